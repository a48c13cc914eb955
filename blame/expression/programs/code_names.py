"""What an expression's numbers are called in a program, and how its lines are written there."""

from __future__ import annotations

import builtins
import keyword
import re

from blame.arrays import Array
from blame.expression.expression import Expression
from blame.expression.graph import CONSTANT
from blame.expression.operations import OPERATIONS

_TAKEN = frozenset(
    (*keyword.kwlist, *dir(builtins), *OPERATIONS, "np", "torch", "Value", "each", "other")
)


def code_names(expression: Expression) -> list[str]:
    """Return a name in Python for each node; of a constant the number itself."""
    found: list[str] = []
    used: set[str] = set()
    for k, node in enumerate(expression.graph.nodes):
        if node.operation == CONSTANT:
            found.append(number(expression.node_values[k]))
            continue
        name = re.sub(r"\W+", "_", node.name).strip("_")
        # d_x is the blame of x.
        name = f"v{name}" if name.startswith("d_") else name
        while name in _TAKEN or name in used:
            name += "_"
        used.add(name)
        found.append(name)
    return found


def number(value: Array) -> str:
    """Return a number or a vector as Python writes it; in brackets what could be misread."""
    entries = value.tolist()
    if len(entries) > 1:
        return f"np.array({entries!r})"
    return f"({entries[0]!r})" if entries[0] < 0 else repr(entries[0])


def leading(expression: Expression) -> list[int]:
    """Return the operations in order, those that do not lead to the result included."""
    return [k for k, node in enumerate(expression.graph.nodes) if node.inputs]


def grouped(written: str) -> str:
    """Return a formula so that it can stand in a product."""
    plain = written.replace("np.", "").replace("_", "").replace(".", "")
    return written if plain.isalnum() or _is_one_call(written) else f"({written})"


def _is_one_call(written: str) -> bool:
    """Whether it is one call or one bracket: what it opens first closes at its very end."""
    head, bracket, rest = written.partition("(")
    if not bracket or not (head == "" or head.replace("np.", "").isidentifier()):
        return False
    depth = 1
    for at, sign in enumerate(rest):
        depth += (sign == "(") - (sign == ")")
        if depth == 0:
            return at == len(rest) - 1
    return False


def refuse_stack(expression: Expression) -> None:
    """Raise a ValueError for a stack: a program is of one expression."""
    if expression.stack:
        raise ValueError(f"a program is of one expression, this is a stack {expression.stack}")
