"""How the numbers of an expression are called and written: formulas with names and with numbers."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from blame.expression.expression import Expression
from blame.expression.graph import CONSTANT
from blame.expression.operations import OPERATIONS
from blame.expression.operations.operation import on_screen
from pages.shared.words.numbers import Numbers

MOST_ENTRIES = 3
"""Entries of a vector that are written out."""
MOST_TEXT = 20
"""Characters of a formula above a node."""


def name_of(expression: Expression, k: int) -> str:
    """Return what a node is called; a constant is its number."""
    node = expression.graph.nodes[k]
    if node.operation == CONSTANT:
        return vector_text(expression.node_values[k], Numbers())
    return node.name


def vector_text(value: ArrayLike, numbers: Numbers, *, signed: bool = False) -> str:
    """Return a number, or a vector in brackets, as text with the long minus."""
    entries = np.ravel(value).tolist()
    # Of a long vector only what is shown is written.
    most = len(entries) if numbers.all_digits else MOST_ENTRIES
    shown = [number_text(entry, numbers, signed=signed) for entry in entries[:most]]
    if len(entries) == 1:
        return shown[0]
    if len(entries) > len(shown):
        shown = [*shown, "..."]
    return f"({', '.join(shown)})"


def number_text(value: float, numbers: Numbers, *, signed: bool = False) -> str:
    """Return one number as text with the long minus."""
    return minus(numbers.signed(value) if signed else numbers.text(value))


def minus(text: str) -> str:
    """Return a text with the long minus; that of an exponent stays."""
    return text.replace("e-", "\0").replace("-", "\u2212").replace("\0", "e-")


def formula(expression: Expression, k: int) -> str:
    """Return what a node is made of, with names: `x + y`."""
    node = expression.graph.nodes[k]
    operation = OPERATIONS[node.operation]
    inputs = [_bracketed(name_of(expression, source)) for source in node.inputs]
    if operation.sign:
        return on_screen(operation.write(operation.formula, *inputs))
    return f"{operation.title}({', '.join(name_of(expression, source) for source in node.inputs)})"


def with_numbers(expression: Expression, k: int, numbers: Numbers) -> str:
    """Return what a node is made of, with the numbers: `\u22122 + 5`."""
    node = expression.graph.nodes[k]
    operation = OPERATIONS[node.operation]
    inputs = [vector_text(expression.node_values[s], numbers) for s in node.inputs]
    if operation.sign:
        written = [_bracketed(text) for text in inputs]
        return on_screen(operation.write(operation.formula, *written))
    whole = ", ".join(inputs)
    # A vector alone brings its own brackets.
    return f"{operation.title}{whole if whole[0] == '(' and len(inputs) == 1 else f'({whole})'}"


def slope_formula(expression: Expression, k: int, place: int) -> str:
    """Return the local slope of a node at one of its inputs, with names."""
    node = expression.graph.nodes[k]
    operation = OPERATIONS[node.operation]
    if operation.said:
        return operation.said[place]
    inputs = [_bracketed(name_of(expression, source)) for source in node.inputs]
    return on_screen(operation.write(operation.slope_formulas[place], *inputs, y=node.name))


def short_formula(expression: Expression, k: int) -> str:
    """Return what stands above a node: its name and formula, or the sign alone if that is long."""
    node = expression.graph.nodes[k]
    if not node.inputs:
        return node.name
    whole = f"{node.name} = {formula(expression, k)}"
    if len(whole) <= MOST_TEXT:
        return whole
    return f"{node.name}: {OPERATIONS[node.operation].symbol}"


def _bracketed(text: str) -> str:
    return f"({text})" if text.startswith(("\u2212", "-")) else text
