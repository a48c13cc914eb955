"""Sums, means, products of matrices and the largest: numbers that come together."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from blame.exercise.reading.listing import symbols
from blame.exercise.reading.listing.calls.arguments import Call, Named, axis_of
from blame.exercise.reading.listing.evaluate import Evaluator
from blame.exercise.reading.listing.symbols import Node, Value, num
from blame.exercise.reading.listing.values import (
    NotFollowed,
    array_of,
    plain,
)


def _added(run: Evaluator, args: list[Value], named: Named) -> tuple[Any, int]:
    """Return the sums along an axis, and how many numbers are in each."""
    cells = array_of(args[0])
    axis = axis_of(args, named)
    run.spend(cells.size)
    keep = any(run.holds(named.get(name)) for name in ("keepdims", "keepdim"))
    if axis is None:
        moved = cells.reshape(-1)
    elif -cells.ndim <= axis < cells.ndim:
        moved = np.moveaxis(cells, axis, 0)
    else:
        raise NotFollowed("axis")
    made = np.empty(moved.shape[1:], dtype=object)
    for index in np.ndindex(made.shape):
        total = num(0)
        for k in range(moved.shape[0]):
            total = symbols.add(total, moved[(k, *index)])
        made[index] = total
    if keep and axis is not None:
        made = np.expand_dims(made, axis)
    return made, moved.shape[0]


def summed(run: Evaluator, args: list[Value], named: Named) -> Value:
    return plain(_added(run, args, named)[0])


def mean(run: Evaluator, args: list[Value], named: Named) -> Value:
    made, count = _added(run, args, named)
    if not count:
        raise NotFollowed("mean of nothing")
    run.squared_mean = True
    return run.each(lambda total: symbols.div(total, num(count)), made)


def matmul(run: Evaluator, args: list[Value], named: Named) -> Value:
    return run.matmul(args[0], args[1])


def binary(function: Callable[[Node, Node], Node]) -> Call:
    return lambda run, args, named: run.both(function, args[0], args[1])


def largest(run: Evaluator, args: list[Value], named: Named) -> Value:
    if len(args) == 2 and not named:
        return run.both(symbols.larger, args[0], args[1])
    cells = array_of(args[0]).ravel()
    run.spend(cells.size)
    # The largest pre-activation, taken away before an exponential: a number without a past.
    return num(max(cell.value for cell in cells))
