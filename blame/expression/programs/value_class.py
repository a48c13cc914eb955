"""A small `Value` class to take away: numbers that remember what they were made of."""

from __future__ import annotations

import re
from collections.abc import Iterator

from blame.expression.expression import Expression
from blame.expression.graph import CONSTANT, Node
from blame.expression.operations import OPERATIONS
from blame.expression.operations.operation import Operation
from blame.expression.programs.code_names import code_names, leading, refuse_stack

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

    A vector is a list of Values.

    Raises
    ------
    ValueError
        If it is a stack.
    """
    refuse_stack(expression)
    return "\n".join([CLASS, *_operations(expression), *_lines(expression)]) + "\n"


def _moving(expression: Expression, node: Node) -> str:
    """Return which inputs are Values: the letters of those that a given number moves."""
    inputs = zip("ab", node.inputs, strict=False)
    return "".join(letter for letter, source in inputs if expression.graph.moves[source])


def _function(expression: Expression, node: Node) -> str:
    """Return what a node's function is called: all Values, or which one where others are plain."""
    moving = _moving(expression, node)
    whole = len(moving) == len(node.inputs)
    name = re.sub(r"\W", "_", node.operation)
    return name if whole else f"{name}_{moving or 'plain'}"


def _operations(expression: Expression) -> Iterator[str]:
    done: set[str] = set()
    for k in leading(expression):
        node = expression.graph.nodes[k]
        name, operation = _function(expression, node), OPERATIONS[node.operation]
        if name in done or operation.taken is not None:
            continue
        done.add(name)
        yield ""
        if operation.gathers:
            yield from _gathering(operation, name, moves=bool(_moving(expression, node)))
        else:
            yield from _single(operation, name, _moving(expression, node))
        yield ""


def _single(operation: Operation, name: str, moving: str) -> Iterator[str]:
    """Yield a function of single numbers."""
    letters = "ab"[: operation.arity]
    inputs = [f"{letter}.data" if letter in moving else letter for letter in letters]
    slopes = [
        operation.write(operation.slope_formulas[letters.index(letter)], *inputs)
        for letter in moving
    ]
    pairs = ", ".join(f"({letter}, {slope})" for letter, slope in zip(moving, slopes, strict=True))
    yield f"def {name}({', '.join(letters)}):"
    yield f"    y = {operation.write(operation.formula, *inputs)}"
    yield f"    return Value(y, [{pairs}])" if moving else "    return y"


def _gathering(operation: Operation, name: str, *, moves: bool) -> Iterator[str]:
    """Yield a function that makes one number out of a vector."""
    yield f"def {name}(vector):"
    yield f"    a = np.array([{'each.data' if moves else 'each'} for each in vector])"
    yield f"    y = {operation.write(operation.formula, 'a')}"
    if not moves:
        yield "    return y"
        return
    slope = operation.write(operation.slope_formulas[0], "a")
    ones = "np.ones(len(vector))"
    yield f"    slopes = {ones if slope == '1' else f'{slope} * {ones}'}"
    yield "    return Value(y, [*zip(vector, slopes)])"


def _lines(expression: Expression) -> Iterator[str]:
    graph, names = expression.graph, code_names(expression)
    result = names[graph.result]
    yield ""
    for k in graph.given:
        values = ", ".join(f"Value({entry!r})" for entry in expression.node_values[k].tolist())
        yield f"{names[k]} = {values if graph.widths[k] == 1 else f'[{values}]'}"
    for k in leading(expression):
        yield f"{names[k]} = {_call(expression, k, names)}"
    yield ""
    yield f"{result}.backward()"
    yield f'print("{result} =", {result}.data)'
    for k in graph.given:
        wide = graph.widths[k] > 1
        each = f"np.array([each.grad for each in {names[k]}])"
        grad = each if wide else f"{names[k]}.grad"
        yield f'print("d_{names[k]} =", {grad})'


def _call(expression: Expression, k: int, names: list[str]) -> str:
    """Return what works a node out; of vectors entry by entry."""
    graph, node = expression.graph, expression.graph.nodes[k]
    operation, name = OPERATIONS[node.operation], _function(expression, node)
    inputs = [_input(expression, source, names[source]) for source in node.inputs]
    if operation.taken is not None:
        return f"{inputs[0]}[{operation.taken}]"
    if operation.gathers and graph.widths[node.inputs[0]] == 1:
        return f"{name}([{inputs[0]}])"
    if operation.gathers or graph.widths[k] == 1:
        return f"{name}({', '.join(inputs)})"
    wide = [graph.widths[source] > 1 for source in node.inputs]
    if wide == [True, True]:
        return f"[{name}(each, other) for each, other in zip({', '.join(inputs)})]"
    each = ["each" if is_wide else one for one, is_wide in zip(inputs, wide, strict=True)]
    return f"[{name}({', '.join(each)}) for each in {inputs[wide.index(True)]}]"


def _input(expression: Expression, k: int, name: str) -> str:
    entries = expression.node_values[k].tolist()
    if expression.graph.nodes[k].operation != CONSTANT:
        return name
    return repr(entries if len(entries) > 1 else entries[0])
