"""The generators that listings draw from, each made anew from the seed that is written.

NumPy promises that `RandomState` never changes its streams, and of `default_rng` it does not. What
other libraries draw cannot be worked out here.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from blame.arrays import Array

MOST_DRAWN = 2000
LEGACY = "NumPy's legacy generator, np.random.seed"
NEW = "NumPy's default_rng (PCG64)"


class Generator:
    """A seeded generator of a listing, and what to call it."""

    def __init__(self, seed: int, kind: str = LEGACY) -> None:
        self.seed = seed
        self.kind = kind
        self._state: Any = (
            np.random.RandomState(seed) if kind == LEGACY else np.random.default_rng(seed)
        )

    def draw(self, name: str, numbers: list[Any], named: dict[str, Any]) -> Array | None:
        """Return what a call such as randn(2, 3) or uniform(-1, 1, (2, 3)) draws, None if unknown.

        Only floats are drawn, at most `MOST_DRAWN` of them.
        """
        if name in ("randn", "rand"):
            shape = tuple(int(size) for size in numbers)
            return self._bounded(name, shape, lambda: getattr(self._state, name)(*shape))
        if name in ("random", "random_sample", "standard_normal"):
            shape = _shape(named.get("size", numbers[0] if numbers else ()))
            return self._bounded(name, shape, lambda: getattr(self._state, name)(shape or None))
        if name in ("normal", "uniform"):
            first, second = ("loc", "scale") if name == "normal" else ("low", "high")
            low = float(named.get(first, numbers[0] if numbers else 0))
            high = float(named.get(second, numbers[1] if len(numbers) > 1 else 1))
            shape = _shape(named.get("size", numbers[2] if len(numbers) > 2 else ()))
            return self._bounded(
                name, shape, lambda: getattr(self._state, name)(low, high, shape or None)
            )
        return None

    def _bounded(self, name: str, shape: tuple[int, ...], draw: Callable[[], Any]) -> Array | None:
        size = 1
        for length in shape:
            size *= length
        if not hasattr(self._state, name) or len(shape) > 3 or not 0 < size <= MOST_DRAWN:
            return None
        return np.asarray(draw(), dtype=float)


def _shape(size: Any) -> tuple[int, ...]:
    return tuple(int(n) for n in size) if isinstance(size, (list, tuple)) else (int(size),)
