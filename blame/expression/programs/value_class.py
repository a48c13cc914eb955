"""A small `Value` class to take away: numbers that remember what they were made of."""

from __future__ import annotations

from collections.abc import Iterator

from blame.expression.expression import Expression
from blame.expression.graph import Node
from blame.expression.operations import OPERATIONS
from blame.expression.programs.code_names import code_names, leading, refuse_stack
from blame.refusals import RefusedError

CLASS = '''import numpy as np


class Value:
    """A number that remembers what it was made of, and how much each of them counted."""

    def __init__(self, data, made_of=()):
        self.data = data
        self.made_of = made_of  # pairs: a Value, and the local slope at it
        self.grad = 0.0

    def backward(self):
        """Send blame back, from this number to all that it was made of."""
        order, seen = [], set()

        def visit(value):
            if value not in seen:
                seen.add(value)
                for source, _ in value.made_of:
                    visit(source)
                order.append(value)

        visit(self)
        self.grad = 1.0
        for value in reversed(order):
            for source, slope in value.made_of:
                source.grad += value.grad * slope
'''


def value_program(expression: Expression) -> str:
    """Return a program with a `Value` class and only the operations that the expression uses.

    Raises
    ------
    RefusedError
        If there is a vector: a Value holds one number.
    ValueError
        If it is a stack.
    """
    refuse_stack(expression)
    if max(expression.graph.widths) > 1:
        raise RefusedError(
            "a Value holds one number, and this expression has a vector; "
            "take the NumPy or the PyTorch program"
        )
    return "\n".join([CLASS, *_operations(expression), *_lines(expression)]) + "\n"


def _moving(expression: Expression, node: Node) -> str:
    """Return which inputs are Values: the letters of those that a given number moves."""
    inputs = zip("ab", node.inputs, strict=False)
    return "".join(letter for letter, source in inputs if expression.graph.moves[source])


def _function(expression: Expression, node: Node) -> str:
    """Return what a node's function is called: all Values, or which one where others are plain."""
    moving = _moving(expression, node)
    whole = len(moving) == len(node.inputs)
    return node.operation if whole else f"{node.operation}_{moving or 'plain'}"


def _operations(expression: Expression) -> Iterator[str]:
    done: set[str] = set()
    for k in leading(expression):
        node = expression.graph.nodes[k]
        name = _function(expression, node)
        if name in done:
            continue
        done.add(name)
        operation, moving = OPERATIONS[node.operation], _moving(expression, node)
        letters = "ab"[: operation.arity]
        inputs = [f"{letter}.data" if letter in moving else letter for letter in letters]
        slopes = [
            operation.write(operation.slope_formulas[letters.index(letter)], *inputs)
            for letter in moving
        ]
        pairs = ", ".join(
            f"({letter}, {slope})" for letter, slope in zip(moving, slopes, strict=True)
        )
        yield ""
        yield f"def {name}({', '.join(letters)}):"
        yield f"    y = {operation.write(operation.formula, *inputs)}"
        yield f"    return Value(y, [{pairs}])" if moving else "    return y"
        yield ""


def _lines(expression: Expression) -> Iterator[str]:
    graph, names = expression.graph, code_names(expression)
    result = names[graph.result]
    yield ""
    for k in graph.given:
        yield f"{names[k]} = Value({expression.node_values[k][0].item()!r})"
    for k in leading(expression):
        node = graph.nodes[k]
        inputs = ", ".join(names[source].strip("()") for source in node.inputs)
        yield f"{names[k]} = {_function(expression, node)}({inputs})"
    yield ""
    yield f"{result}.backward()"
    yield f'print("{result} =", {result}.data)'
    for k in graph.given:
        yield f'print("d_{names[k]} =", {names[k]}.grad)'
