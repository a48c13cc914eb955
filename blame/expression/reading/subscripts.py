"""Names with an index, `W1[0, 1]`, and tables of numbers, `W1 = [[1, 2], [3, 4]]`."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from blame.expression.reading.numbers import number_of

MOST_INDEX = 99
MOST_AXES = 3


def subscript_name(tree: ast.expr) -> str | None:
    """Return what a name with an index is called, written as NumPy does; None for anything else.

    `W1[0,1]` and `W1[0][1]` are both `W1[0, 1]`.
    """
    index: list[int] = []
    while isinstance(tree, ast.Subscript):
        found = _places(tree.slice)
        if found is None or not all(0 <= place <= MOST_INDEX for place in found):
            return None
        index = [*found, *index]
        if len(index) > MOST_AXES:
            return None
        tree = tree.value
    if not isinstance(tree, ast.Name) or not index:
        return None
    return named(tree.id, index)


def named(name: str, index: list[int]) -> str:
    """Return a name with an index as it is written: `W1[0, 1]`."""
    return f"{name}[{', '.join(map(str, index))}]"


def entry_of(tree: ast.Subscript) -> int | None:
    """Return which entry of a vector is taken, from its end where below 0; None for a slice."""
    found = _places(tree.slice)
    return found[0] if found and len(found) == 1 else None


def table(tree: ast.expr) -> Iterator[tuple[list[int], ast.expr]] | None:
    """Return each number of a table with its index, row by row; None where it is no table."""
    if not isinstance(tree, ast.List | ast.Tuple) or not tree.elts:
        return None
    rows = [row for row in tree.elts if isinstance(row, ast.List | ast.Tuple) and row.elts]
    if len(rows) < len(tree.elts) or len({len(row.elts) for row in rows}) > 1:
        return None
    if any(number_of(row) is None for row in rows):
        return None
    return (([i, j], one) for i, row in enumerate(rows) for j, one in enumerate(row.elts))


def _places(index: ast.expr) -> list[int] | None:
    entries = index.elts if isinstance(index, ast.Tuple) else [index]
    places = [_whole(entry) for entry in entries]
    found = [place for place in places if place is not None]
    return found if found and len(found) == len(places) else None


def _whole(tree: ast.expr) -> int | None:
    sign = -1 if isinstance(tree, ast.UnaryOp) and isinstance(tree.op, ast.USub) else 1
    plain = tree.operand if isinstance(tree, ast.UnaryOp) and sign < 0 else tree
    if isinstance(plain, ast.Constant) and type(plain.value) is int:
        return sign * plain.value
    return None
