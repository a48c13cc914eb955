"""Arrays that are filled, chosen from, or laid out anew."""

from __future__ import annotations

from typing import Any

import numpy as np

from blame.exercise.reading.listing import symbols
from blame.exercise.reading.listing.calls.arguments import Call, Named, axis_of, shape_of, whole
from blame.exercise.reading.listing.evaluate import Evaluator
from blame.exercise.reading.listing.symbols import Value
from blame.exercise.reading.listing.values import (
    MOST_CELLS,
    NotFollowed,
    TooMuch,
    array_of,
    nodes_of,
    plain,
)


def filled(value: float) -> Call:
    def call(run: Evaluator, args: list[Value], named: Named) -> Value:
        return nodes_of(np.full(shape_of(args[:3], named), value))

    return call


def like(value: float) -> Call:
    return lambda run, args, named: nodes_of(np.full(array_of(args[0]).shape, value))


def eye(run: Evaluator, args: list[Value], named: Named) -> Value:
    size = whole(args[0])
    if not 0 < size <= 30:
        raise TooMuch
    return nodes_of(np.eye(size))


def where(run: Evaluator, args: list[Value], named: Named) -> Value:
    parts: list[Any] = [array_of(arg) for arg in args]
    if len(parts) != 3 or np.prod([part.size for part in parts], dtype=float) > MOST_CELLS**2:
        raise TooMuch
    parts = list(np.broadcast_arrays(*parts))
    test, a, b = parts
    if test.size > MOST_CELLS:
        raise TooMuch
    run.spend(test.size)
    made = np.empty(test.shape, dtype=object)
    for index in np.ndindex(test.shape):
        made[index] = symbols.choose(test[index], a[index], b[index])
    return plain(made)


def reshape(run: Evaluator, args: list[Value], named: Named) -> Value:
    sizes = args[1] if len(args) == 2 and isinstance(args[1], (list, tuple)) else args[1:]
    try:
        return plain(array_of(args[0]).reshape(tuple(map(whole, sizes))))
    except ValueError:
        raise NotFollowed("shapes") from None


def transposed(run: Evaluator, args: list[Value], named: Named) -> Value:
    return plain(array_of(args[0]).T)


def unsqueezed(run: Evaluator, args: list[Value], named: Named) -> Value:
    return np.expand_dims(array_of(args[0]), 0 if axis_of(args, named) == 0 else -1)
