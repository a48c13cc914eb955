"""The values of an expression in exact fractions: what it would be on paper, without rounding."""

from __future__ import annotations

from fractions import Fraction

import numpy as np

from blame.arrays import Array
from blame.expression.expression import Expression
from blame.expression.limits import LARGEST_EXPONENT
from blame.expression.operations import OPERATIONS

MOST_DIGITS = 400
"""Digits that a fraction may grow to; a longer one is given up."""


def exact_values(expression: Expression) -> list[Array | None]:
    """Return every node's value as fractions, None where it is no fraction, as behind a tanh.

    Each number counts as the decimal that its float is written as: 0.1 is one tenth.

    Raises
    ------
    ValueError
        If this is a stack.
    """
    if expression.stack:
        raise ValueError(f"fractions are of one expression, this is a stack {expression.stack}")
    values: list[Array | None] = []
    for k, node in enumerate(expression.graph.nodes):
        if not node.inputs:
            entries = expression.node_values[k].tolist()
            values.append(np.array([Fraction(repr(entry)) for entry in entries], dtype=object))
            continue
        values.append(_operated(node.operation, [values[source] for source in node.inputs]))
    return values


def exact_distance(expression: Expression, name: str) -> Fraction | None:
    """Return how far an operation stands from its kink on paper; None where no fraction says so."""
    k = expression.place_of(name)
    node = expression.graph.nodes[k]
    kink = OPERATIONS[node.operation].kink
    values = exact_values(expression)
    inputs = [values[source] for source in node.inputs]
    if kink is None or any(value is None for value in inputs):
        return None
    return min(abs(Fraction(entry)) for entry in np.ravel(kink.at(*inputs)).tolist())


def _operated(name: str, inputs: list[Array | None]) -> Array | None:
    known = [value for value in inputs if value is not None]
    if len(known) < len(inputs):
        return None
    if name == "power" and max(abs(entry) for entry in np.ravel(known[1])) > LARGEST_EXPONENT:
        # A given exponent may be of any size: its fraction would fill the memory.
        return None
    try:
        found = OPERATIONS[name].value(*inputs)
    except (TypeError, ValueError, ArithmeticError, AttributeError):
        # A function that NumPy has for floats only.
        return None
    entries = np.ravel(found).tolist()
    if not all(isinstance(entry, Fraction | int) and _short(entry) for entry in entries):
        return None
    return found


def _short(entry: Fraction | int) -> bool:
    return max(abs(entry.numerator), entry.denominator).bit_length() < MOST_DIGITS * 10 // 3
