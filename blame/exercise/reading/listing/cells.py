"""What follows a listing, before any of its syntax: names, bounded work, arrays cell by cell."""

from __future__ import annotations

import ast
from collections.abc import Callable
from typing import Any

import numpy as np

from blame.exercise.reading.listing import symbols
from blame.exercise.reading.listing.symbols import Node, Value
from blame.exercise.reading.listing.values import (
    MOST_CELLS,
    UNKNOWN,
    NotFollowed,
    Stack,
    TooMuch,
    array_of,
    named,
    plain,
)

MOST_WORK = 20_000
"""A listing makes at most so many scalar nodes; the largest exercise needs fewer."""


class Cells:
    """Names and what they hold, and how operations meet arrays of nodes."""

    def __init__(self) -> None:
        self.names: list[dict[str, Value]] = [{}]
        self.work = 0
        self.squared_mean = False

    def spend(self, work: int) -> None:
        self.work += work
        if self.work > MOST_WORK:
            raise TooMuch

    def items(self, value: Value) -> list[Value]:
        """Return what a loop goes through."""
        if isinstance(value, np.ndarray) and value.ndim:
            value = list(value)
        if isinstance(value, Stack):
            value = value.layers
        if not isinstance(value, (list, tuple)) or len(value) > MOST_CELLS:
            raise NotFollowed("loop")
        return list(value)

    def bind(self, target: ast.expr, value: Value) -> None:
        """Give a value to a name, or its parts to several."""
        if isinstance(target, ast.Name):
            self.names[-1][target.id] = value
        elif isinstance(target, (ast.Tuple, ast.List)):
            parts = self.items(value)
            if len(parts) != len(target.elts):
                raise NotFollowed("names and values")
            for one, part in zip(target.elts, parts, strict=True):
                self.bind(one, part)

    def holds(self, value: Value) -> bool:
        if isinstance(value, Node):
            return bool(value.value)
        if isinstance(value, np.ndarray):
            raise NotFollowed("truth of an array")
        return bool(value) and value is not UNKNOWN

    def each(self, function: Callable[[Node], Node], value: Value) -> Value:
        cells = array_of(value)
        self.spend(cells.size)
        made = np.empty(cells.shape, dtype=object)
        for index in np.ndindex(cells.shape):
            made[index] = function(cells[index])
        return plain(made)

    def both(self, function: Callable[[Node, Node], Node], left: Value, right: Value) -> Value:
        if isinstance(left, Node) and isinstance(right, Node):
            self.spend(1)
            return function(left, right)
        a, b = array_of(left), array_of(right)
        try:
            shape = np.broadcast_shapes(a.shape, b.shape)
        except ValueError:
            raise NotFollowed("shapes") from None
        if np.prod(shape, dtype=float) > MOST_CELLS:
            raise TooMuch
        a, b = _spread(a, shape), _spread(b, shape)
        made = np.empty(shape, dtype=object)
        self.spend(made.size)
        for index in np.ndindex(shape):
            made[index] = function(a[index], b[index])
        return plain(made)

    def matmul(self, left: Value, right: Value) -> Value:
        a, b = array_of(left), array_of(right)
        if a.ndim == 0 or b.ndim == 0:
            return self.both(symbols.mul, left, right)
        if _nameless(a) != _nameless(b):
            # What meets named weights without a name of its own is the input.
            a, b = (array_of(named(part, "x")) for part in (a, b))
        inner = a.shape[-1]
        if a.ndim > 2 or b.ndim > 2 or inner != b.shape[0]:
            raise NotFollowed("shapes")
        self.spend(2 * a.size * (b.size // max(inner, 1)))
        columns = b.reshape(inner, -1)
        rows = a.reshape(-1, inner)
        made = np.empty((rows.shape[0], columns.shape[1]), dtype=object)
        for i, j in np.ndindex(made.shape):
            total = symbols.mul(rows[i, 0], columns[0, j])
            for k in range(1, inner):
                total = symbols.add(total, symbols.mul(rows[i, k], columns[k, j]))
            made[i, j] = total
        return plain(made.reshape(a.shape[:-1] + b.shape[1:]))


def _nameless(cells: Any) -> bool:
    return all(cell.op == "num" for cell in cells.ravel())


def _spread(cells: Any, shape: tuple[int, ...]) -> Any:
    return np.broadcast_to(cells, shape)
