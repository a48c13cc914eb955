"""Exercises of other shapes than the notebook's, every number of them its own."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Any

import numpy as np

from blame.exercise.exercise import Exercise
from blame.network import Layer, Network


def shaped(
    sizes: Sequence[int],
    samples: int = 1,
    *,
    biases: Sequence[bool] | None = None,
    **settings: Any,
) -> Exercise:
    """Return an exercise of this shape; a bias that is tied is 0.5 everywhere.

    Parameters
    ----------
    biases : whether each layer has one; all do where it is None.
    settings : what else `Exercise` takes.
    """
    tied = settings.get("tied", ())
    counted = iter(np.arange(1, 2000) / 8)

    def numbers(*shape: int) -> Any:
        return np.array([next(counted) for _ in range(int(np.prod(shape)))]).reshape(shape)

    has = biases or [True] * (len(sizes) - 1)
    ends = ["relu"] * (len(sizes) - 2) + ["identity"]
    layers = []
    for k, (n_in, n_out) in enumerate(pairwise(sizes)):
        bias = np.full(n_out, 0.5) if f"b{k + 1}" in tied else numbers(n_out)
        layers.append(Layer(numbers(n_in, n_out), bias if has[k] else None, ends[k]))
    x, target = numbers(samples, sizes[0]), numbers(samples, sizes[-1])
    if settings.get("loss") == "output":
        target = None
    return Exercise(Network(tuple(layers)), x, target, **settings)
