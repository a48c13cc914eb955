"""Activations by the names that libraries give them."""

from __future__ import annotations

import numpy as np

from blame.exercise.reading.listing import symbols
from blame.exercise.reading.listing.calls.arguments import Call, Named
from blame.exercise.reading.listing.evaluate import Evaluator
from blame.exercise.reading.listing.symbols import Node, Value
from blame.exercise.reading.listing.values import (
    NotFollowed,
    array_of,
)


def elementwise(key: str) -> Call:
    return lambda run, args, named: run.each(lambda z: symbols.function(key, z), args[0])


def leaky(run: Evaluator, args: list[Value], named: Named) -> Value:
    given = named.get("negative_slope", named.get("alpha", args[1] if len(args) > 1 else None))
    slope = given.value if isinstance(given, Node) else 0.01
    return run.each(lambda z: symbols.leaky(z, slope), args[0])


def softmax_rows(run: Evaluator, value: Value) -> Value:
    """Return the softmax of each row; of each column where the rows are single numbers."""
    cells = array_of(value)
    if cells.ndim == 0 or cells.ndim > 2:
        raise NotFollowed("softmax")
    run.spend(2 * cells.size)
    if cells.ndim == 2 and cells.shape[1] == 1:
        return softmax_rows(run, cells.T).T
    made = np.empty(cells.shape, dtype=object)
    for index in np.ndindex(cells.shape[:-1]):
        made[index] = symbols.softmax(list(cells[index]))
    return made


def softmax(run: Evaluator, args: list[Value], named: Named) -> Value:
    return softmax_rows(run, args[0])


def log_softmax(run: Evaluator, args: list[Value], named: Named) -> Value:
    return run.each(lambda share: symbols.function("log", share), softmax_rows(run, args[0]))
