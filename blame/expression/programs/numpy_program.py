"""The same in NumPy: every value forward, then every piece of blame, one line each."""

from __future__ import annotations

from collections.abc import Iterator

from blame.expression.expression import Expression
from blame.expression.operations import OPERATIONS
from blame.expression.passes import Part
from blame.expression.programs.code_names import (
    code_names,
    grouped,
    leading,
    number,
    refuse_stack,
)


def numpy_program(expression: Expression) -> str:
    """Return a program that works out the values and the blame of an expression, and prints both.

    Raises
    ------
    ValueError
        If it is a stack.
    """
    refuse_stack(expression)
    return "\n".join(_lines(expression)) + "\n"


def blame_line(expression: Expression, k: int) -> str:
    """Return the right side of a node's blame: a term for each use, joined by +."""
    names = code_names(expression)
    return " + ".join(_share(expression, names, part, k) for part in expression.backward().parts[k])


def _lines(expression: Expression) -> Iterator[str]:
    graph, names, result = expression.graph, code_names(expression), expression.graph.result
    yield "import numpy as np"
    yield ""
    yield "# The numbers"
    for k in graph.given:
        yield (
            f"{names[k]} = {number(expression.node_values[k]).strip('()')}"
            if graph.widths[k] == 1
            else f"{names[k]} = {number(expression.node_values[k])}"
        )
    yield ""
    yield "# Forward: each value from those before it"
    for k in leading(expression):
        node = graph.nodes[k]
        operation = OPERATIONS[node.operation]
        inputs = [names[source] for source in node.inputs]
        yield f"{names[k]} = {operation.write(operation.formula, *inputs)}"
    yield ""
    yield "# Backward: each use hands back its own blame times its local slope"
    yield f"d_{names[result]} = 1.0"
    parts = expression.backward().parts
    for k in range(result - 1, -1, -1):
        if parts[k]:
            shares = (_share(expression, names, part, k) for part in parts[k])
            yield f"d_{names[k]} = {' + '.join(shares)}"
    yield ""
    yield f'print("{names[result]} =", {names[result]})'
    for k in graph.given:
        if parts[k]:
            yield f'print("d_{names[k]} =", d_{names[k]})'


def _share(expression: Expression, names: list[str], part: Part, k: int) -> str:
    """Return one use's share: its blame times its local slope, as wide as what it goes to."""
    graph = expression.graph
    node = graph.nodes[part.user]
    operation = OPERATIONS[node.operation]
    inputs = [names[source] for source in node.inputs]
    slope = operation.write(operation.slope_formulas[part.place], *inputs, y=names[part.user])
    upstream = f"d_{names[part.user]}"
    share = upstream if slope == "1" else f"{upstream} * {grouped(slope)}"
    mine, users = graph.widths[k], graph.widths[part.user]
    if mine > users:
        return f"{share} * np.ones({mine})"
    if mine < users:
        return f"np.sum({share} * np.ones({users}))"
    return share
