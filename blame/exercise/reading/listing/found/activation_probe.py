"""Which activation a listing's own function is: told by its values, however it is written."""

from __future__ import annotations

import math
from typing import Protocol

import numpy as np

from blame.exercise.reading.listing.symbols import FUNCTIONS, Value, num
from blame.exercise.reading.listing.values import (
    Act,
    NotFollowed,
    TooMuch,
    UserFunction,
    nodes_of,
    numbers_of,
)

PLACES = (-1.7, -0.4, 0.3, 2.1)
CANDIDATES = ("sigmoid", "tanh", "relu", "softplus")


class Prober(Protocol):
    """What follows a function's body with numbers for its arguments."""

    probing: int

    def inline(
        self, function: UserFunction, args: list[Value], given: dict[str, Value]
    ) -> Value: ...


def turns_out(run: Prober, function: UserFunction) -> Act | bool:
    """Return the activation whose values a function has, False where it has none's."""
    run.probing += 1
    try:
        return _of_one(_values(run, function)) or _of_several(run, function)
    finally:
        run.probing -= 1


def _values(run: Prober, function: UserFunction) -> list[float] | None:
    try:
        return [float(numbers_of(run.inline(function, [num(z)], {}))) for z in PLACES]
    except (NotFollowed, TypeError, ValueError):
        pass
    try:
        found = numbers_of(run.inline(function, [nodes_of(np.array(PLACES))], {}))
    except (NotFollowed, TooMuch):
        return None
    return found.tolist() if found.shape == (len(PLACES),) else None


def _of_one(values: list[float] | None) -> Act | None:
    if values is None:
        return None
    for name in CANDIDATES:
        if _close(values, [FUNCTIONS[name](z) for z in PLACES]):
            return Act(name)
    slope = values[0] / PLACES[0]
    if 0 < slope < 1 and _close(values, [z if z > 0 else slope * z for z in PLACES]):
        return Act("leaky_relu", round(slope, 12))
    return None


def _of_several(run: Prober, function: UserFunction) -> Act | bool:
    zs = np.array([0.3, -1.0, 1.2])
    for shape in ((3,), (1, 3), (3, 1)):
        try:
            found = numbers_of(run.inline(function, [nodes_of(zs.reshape(shape))], {})).ravel()
        except (NotFollowed, TypeError):
            continue
        if found.shape == zs.shape and _close(
            found.tolist(), (np.exp(zs) / np.exp(zs).sum()).tolist()
        ):
            return Act("softmax")
    return False


def _close(found: list[float], wanted: list[float]) -> bool:
    return all(math.isclose(a, b, abs_tol=1e-7) for a, b in zip(found, wanted, strict=True))
