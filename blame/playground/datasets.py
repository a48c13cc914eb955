"""Small sets of samples to train on, each made from a seed."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from blame.arrays import Array, sample_rows

MOST_SAMPLES = 200
FEWEST_DRAWN = 8
"""A drawn dataset has from `FEWEST_DRAWN` to `MOST_SAMPLES` samples."""
_Make = Callable[[int, float, np.random.Generator], tuple[ArrayLike, ArrayLike]]


@dataclass(frozen=True, eq=False)
class Dataset:
    """Inputs (n_samples, n_in) and targets (n_samples, 1).

    `read_as` says, for samples from a text, how its first number of another spelling is read.
    """

    x: Array
    target: Array
    read_as: str = ""

    @property
    def n_in(self) -> int:
        """How many inputs a sample has."""
        return self.x.shape[1]


@dataclass(frozen=True)
class Source:
    """How a dataset is made, its title, and the one sentence that says what it asks for.

    `drawn` says whether the number of samples, the noise and the seed make a difference.
    """

    title: str
    story: str
    make: _Make
    drawn: bool = True


def _one_sample(n: int, noise: float, random: np.random.Generator) -> tuple[ArrayLike, ArrayLike]:
    return [[1.0, 2.0]], [1.0]


def _four_points(n: int, noise: float, random: np.random.Generator) -> tuple[ArrayLike, ArrayLike]:
    x = np.array([[1.0, 2.0], [2.0, 2.0], [0.0, 1.0], [3.0, 1.0]])
    return x, (x.sum(axis=1) > 3).astype(float)


def _two_lines(n: int, noise: float, random: np.random.Generator) -> tuple[ArrayLike, ArrayLike]:
    x = np.linspace(-2, 2, n)
    y = np.where(x < 0, -0.5 * x, 1.5 * x) - 0.5
    return x[:, None], y + noise * random.normal(size=n)


def _xor(n: int, noise: float, random: np.random.Generator) -> tuple[ArrayLike, ArrayLike]:
    return [[0, 0], [0, 1], [1, 0], [1, 1]], [0, 1, 1, 0]


def _circles(n: int, noise: float, random: np.random.Generator) -> tuple[ArrayLike, ArrayLike]:
    inner = np.arange(n) % 2
    angle = 2 * np.pi * np.arange(n) / n
    radius = np.where(inner, 0.8, 2.0)
    x = radius[:, None] * np.stack([np.cos(angle), np.sin(angle)], axis=1)
    return x + noise * random.normal(size=x.shape), inner


def _moons(n: int, noise: float, random: np.random.Generator) -> tuple[ArrayLike, ArrayLike]:
    lower = np.arange(n) % 2
    angle = np.pi * (np.arange(n) // 2) / ((n - 1) // 2)
    up = np.stack([np.cos(angle), np.sin(angle)], axis=1)
    down = np.stack([1 - np.cos(angle), 0.5 - np.sin(angle)], axis=1)
    x = 1.5 * (np.where(lower[:, None] == 1, down, up) - [0.5, 0.25])
    return x + noise * random.normal(size=x.shape), lower


DATASETS: dict[str, Source] = {
    "one sample": Source(
        "One sample", "The lesson's own: x = [1, 2], y_true = 1.", _one_sample, drawn=False
    ),
    "four points": Source(
        "Four points", "1 where x[0] + x[1] > 3; one line is enough.", _four_points, drawn=False
    ),
    "two lines": Source("Two lines", "Regression: two straight lines that meet at 0.", _two_lines),
    "xor": Source("XOR", "1 where exactly one input is 1; no single line will do.", _xor, False),
    "circles": Source("Circles", "A ring of 0 around a ring of 1.", _circles),
    "moons": Source("Moons", "Two half moons that reach into each other.", _moons),
}
"""Every dataset by name. A new one is one entry here."""


def make_dataset(name: str, n_samples: int = 100, noise: float = 0.1, seed: int = 0) -> Dataset:
    """Return a registered dataset.

    Parameters
    ----------
    n_samples : from `FEWEST_DRAWN` to `MOST_SAMPLES`; some datasets have a number of their own.
    noise : standard deviation of what is added to inputs, or to targets in regression; from 0 up.
    seed : the same seed gives the same samples.

    Raises
    ------
    ValueError
        If the name is unknown or a number out of range.
    """
    if name not in DATASETS:
        raise ValueError(f"unknown dataset {name!r}; choose from {', '.join(DATASETS)}")
    if not FEWEST_DRAWN <= n_samples <= MOST_SAMPLES:
        raise ValueError(
            f"n_samples must be from {FEWEST_DRAWN} to {MOST_SAMPLES}, got {n_samples}"
        )
    if not (math.isfinite(noise) and noise >= 0) or seed < 0:
        raise ValueError(f"noise and seed must be from 0 up, got {noise} and {seed}")
    return dataset(*DATASETS[name].make(n_samples, noise, np.random.default_rng(seed)))


def dataset(x: ArrayLike, target: ArrayLike) -> Dataset:
    """Return samples as a dataset: x (n_samples, n_in), target (n_samples,)."""
    inputs = np.asarray(x, dtype=np.float64)
    wanted = np.asarray(target, dtype=np.float64).reshape(-1, 1)
    return Dataset(
        sample_rows("x", inputs, inputs.shape[-1], np.float64),
        sample_rows("target", wanted, 1, np.float64),
    )
