"""What a call is given: whole numbers, a shape, an axis."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from blame.exercise.reading.listing.evaluate import Evaluator
from blame.exercise.reading.listing.symbols import Node, Value
from blame.exercise.reading.listing.values import (
    MOST_CELLS,
    NotFollowed,
    TooMuch,
)

Named = dict[str, Value]
Call = Callable[[Evaluator, list[Value], Named], Value]


def whole(value: Value) -> int:
    if isinstance(value, bool) or not isinstance(value, Node):
        raise NotFollowed("whole number")
    if not abs(value.value) <= 1e9:
        raise NotFollowed("whole number")
    return int(value.value)


def shape_of(args: list[Value], named: Named) -> tuple[int, ...]:
    sizes = named.get("size", named.get("shape", args[0] if len(args) == 1 else args))
    listed = list(sizes) if isinstance(sizes, (list, tuple)) else [sizes]
    shape = tuple(map(whole, listed))
    if not 0 < np.prod(shape, dtype=float) <= MOST_CELLS or any(size < 1 for size in shape):
        raise TooMuch
    return shape


def axis_of(args: list[Value], named: Named) -> int | None:
    axis = named.get("axis", named.get("dim", args[1] if len(args) > 1 else None))
    return None if axis is None else whole(axis)
