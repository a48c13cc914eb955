"""Samples added, moved and removed one at a time, and written as the text that holds them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from blame.arrays import Array, read_only
from blame.playground.datasets import MOST_SAMPLES, Dataset

DIGITS = 4
"""Significant digits of a sample's numbers in the text: a link holds them all."""


def write_csv(data: Dataset) -> str:
    """Return samples as a text that `read_csv` reads, a line each."""
    return "\n".join(
        ",".join(
            [*(f"{value:.{DIGITS}g}" for value in x), _target(data, float(target))],
        )
        for x, (target,) in zip(data.x, data.target, strict=True)
    )


def added(data: Dataset, x: Sequence[float], target: float) -> Dataset:
    """Return the samples with one more, the last.

    Raises
    ------
    ValueError
        If there is no room for one more.
    """
    if len(data.x) >= MOST_SAMPLES:
        raise ValueError(f"there are {MOST_SAMPLES} samples, and no more fit: remove one first")
    return _with(data, np.vstack([data.x, [x]]), np.vstack([data.target, [[target]]]))


def moved(data: Dataset, row: int, x: Sequence[float]) -> Dataset:
    """Return the samples with one at another place."""
    _check(data, row)
    places = data.x.copy()
    places[row] = x
    return _with(data, places, data.target)


def removed(data: Dataset, row: int) -> Dataset:
    """Return the samples without one.

    Raises
    ------
    ValueError
        If it is the last one left.
    """
    _check(data, row)
    if len(data.x) == 1:
        raise ValueError("the last sample must stay: there is nothing to train on without it")
    return _with(data, np.delete(data.x, row, axis=0), np.delete(data.target, row, axis=0))


def nearest(data: Dataset, place: Sequence[float], axes: tuple[int, int] = (0, 1)) -> int:
    """Return the row of the sample that is nearest to a place on the map of two inputs.

    Each input counts by how far the samples spread along it, as the map is drawn.
    """
    seen = data.x[:, list(axes)]
    spread = np.where(np.ptp(seen, axis=0) > 0, np.ptp(seen, axis=0), 1.0)
    return int(np.argmin((((seen - np.asarray(place)) / spread) ** 2).sum(axis=1)))


def _check(data: Dataset, row: int) -> None:
    if not 0 <= row < len(data.x):
        raise ValueError(f"there is no sample {row}: they go from 0 to {len(data.x) - 1}")


def _with(data: Dataset, x: Array, target: Array) -> Dataset:
    return replace(data, x=read_only(x), target=read_only(target))


def _target(data: Dataset, target: float) -> str:
    return data.classes[int(target)] if data.classes else f"{target:.{DIGITS}g}"
