"""Small sets of samples to train on, each made from a seed."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import ArrayLike, NDArray

from blame.arrays import Array, read_only, sample_rows

MOST_SAMPLES = 200
FEWEST_DRAWN = 8
MOST_CLASSES = 6
"""A drawn dataset has from `FEWEST_DRAWN` to `MOST_SAMPLES` samples."""
_Make = Callable[[int, float, np.random.Generator], tuple[ArrayLike, ArrayLike]]


@dataclass(frozen=True, eq=False)
class Dataset:
    """Inputs (n_samples, n_in) and targets (n_samples, 1).

    `read_as` says, for samples from a text, how its first number of another spelling is read.
    `classes` are the names of the classes where targets are words: target k is the k-th of them.
    """

    x: Array
    target: Array
    read_as: str = ""
    classes: tuple[str, ...] = ()
    known_classes: int = 0
    """How many classes the whole data have, where these are some of its samples."""

    @property
    def n_in(self) -> int:
        """How many inputs a sample has."""
        return self.x.shape[1]

    @property
    def n_classes(self) -> int:
        """How many classes the targets can be, numbered from 0; 0 where they are no classes."""
        if self.known_classes or self.classes:
            return self.known_classes or len(self.classes)
        highest = float(self.target.max())
        whole = bool((self.target == np.floor(self.target)).all())
        if not whole or float(self.target.min()) < 0 or not 1 <= highest < MOST_CLASSES:
            return 0
        return int(highest) + 1

    def of(self, rows: NDArray[np.intp]) -> Dataset:
        """Return some of the samples; they have the classes of all."""
        return replace(
            self,
            x=read_only(self.x[rows]),
            target=read_only(self.target[rows]),
            known_classes=self.n_classes,
        )

    def title_of(self, target: float) -> str:
        """Return what a target is called: a class's name, else the number."""
        return self.classes[int(target)] if self.classes else f"{target:g}"


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


def _three_arms(n: int, noise: float, random: np.random.Generator) -> tuple[ArrayLike, ArrayLike]:
    arm = np.arange(n) % 3
    along = (1 + np.arange(n) // 3) / (1 + (n - 1) // 3)
    angle = 2 * np.pi * arm / 3 + 2.2 * along
    x = 2.2 * along[:, None] * np.stack([np.cos(angle), np.sin(angle)], axis=1)
    return x + noise * random.normal(size=x.shape), arm


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
    "three arms": Source(
        "Three arms", "Three classes, each an arm that turns around the middle.", _three_arms
    ),
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
