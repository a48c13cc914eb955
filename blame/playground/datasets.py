"""Small sets of samples to train on, each made from a seed, and a reader's own from CSV."""

from __future__ import annotations

import csv
import io
import math
import re
from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import ArrayLike

from blame.arrays import Array, sample_rows
from blame.exercise.typed_numbers import NO_NUMBERS, TypedNumber, read_number

MOST_SAMPLES = 200
FEWEST_DRAWN = 8
"""A drawn dataset has from `FEWEST_DRAWN` to `MOST_SAMPLES` samples."""
LARGEST_VALUE = 1e6
# Not the name of a column, though it may be no number either: 1'000, or 5 %.
_LIKE_A_NUMBER = re.compile(r"\W{0,3}\d")
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


def read_csv(text: str) -> tuple[Dataset | None, list[str]]:
    """Return the samples that a text holds, and a sentence for each line that is left out.

    Each line is one sample: one or two inputs, then the target, parted by semicolons, tabs, commas
    or spaces. A comma is a decimal comma where something else parts the numbers. A first line of
    names and empty lines are skipped without a word. The first good line decides how many inputs
    there are. None if no line is good.
    """
    rows: list[list[float]] = []
    problems: list[str] = []
    read_as = ""
    is_first = True
    for number, line in enumerate(text.removeprefix("\ufeff").splitlines(), start=1):
        if not line.strip():
            continue
        may_be_names, is_first = is_first, False
        try:
            cells = _cells(line)
        except csv.Error as error:
            problems.append(f"line {number}: {error}")
            continue
        typed = [read_number(cell) for cell in cells]
        values = [one.value for one in typed if one.value is not None]
        if may_be_names and not values and not any(_LIKE_A_NUMBER.match(cell) for cell in cells):
            continue
        trouble = _unread(cells, typed) or _trouble(values, len(rows[0]) if rows else None)
        if trouble:
            problems.append(f"line {number}: {trouble}")
        elif len(rows) == MOST_SAMPLES:
            problems.append(
                f"line {number} and what follows: only the first {MOST_SAMPLES} samples are used"
            )
            break
        else:
            rows.append(values)
            said = next((one.said for one in typed if one.said), "")
            read_as = read_as or (said and f"In line {number} of the text, {said}")
    if not rows:
        return None, problems
    table = np.array(rows)
    return replace(dataset(table[:, :-1], table[:, -1]), read_as=read_as), problems


def _cells(line: str) -> list[str]:
    """Part a line at the first of ; tab , and space that it holds, but at no decimal comma."""
    # A list or a messenger has put a mark after the last number.
    line = line.rstrip(" ,;\t") if line.rstrip()[-1:] in (",", ";") else line
    mark = next((mark for mark in ";\t," if mark in line), None)
    if mark is None or (mark == "," and _has_decimal_commas(line)):
        return line.split()
    return [cell.strip() for cell in next(csv.reader(io.StringIO(line), delimiter=mark))]


def _has_decimal_commas(line: str) -> bool:
    """Whether spaces part the numbers, so that each has a comma of its own at most."""
    words = line.split()
    return len(words) > 1 and all(re.fullmatch(r"[^,]+(,\d[^,]*)?", word) for word in words)


def _unread(cells: list[str], typed: list[TypedNumber]) -> str:
    """Return what is wrong with the first cell that is no number, or nothing."""
    for cell, one in zip(cells, typed, strict=True):
        if one.value is None:
            shown = repr(cell if len(cell) <= 20 else cell[:15] + "...")
            return f"{shown} {'is not a number' if one.why in NO_NUMBERS else one.why}"
    return ""


def _trouble(values: list[float], expected: int | None) -> str:
    if len(values) not in (2, 3):
        return f"needs one or two inputs and a target, got {len(values)} numbers"
    if expected is not None and len(values) != expected:
        return f"has {len(values)} numbers where the first sample has {expected}"
    if not all(math.isfinite(value) and abs(value) <= LARGEST_VALUE for value in values):
        return f"numbers must be finite and at most {LARGEST_VALUE:,.0f} in size"
    return ""
