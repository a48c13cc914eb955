"""What a whole array of somebody's numbers is beside the true ones.

Transposed, a constant times too large, the array of another layer, or one slip.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

import numpy as np

from blame.arrays import Array
from blame.exercise.exercise import Exercise
from blame.exercise.names import array_of
from blame.practise.slips.asked import ask, find_name, known_places
from blame.practise.slips.desk import Setup
from blame.practise.slips.registry import SLIPS
from blame.practise.slips.search import find_slips
from blame.practise.slips.work import Work

Kind = Literal["equal", "turned", "multiple", "elsewhere", "slip", "other"]
_LARGEST_PART = 64
"""A factor is told as a fraction where its parts are no larger."""


@dataclass(frozen=True)
class ArrayVerdict:
    """One array of somebody's: its name, what it is, and that in words."""

    array: str
    kind: Kind
    words: str


def compare_arrays(
    exercise: Exercise, numbers: Mapping[str, float | str]
) -> tuple[ArrayVerdict, ...]:
    """Return a verdict for each array of which somebody has all numbers, two or more.

    Raises
    ------
    ValueError
        As `find_slips`.
    """
    asked = ask(exercise, numbers)
    known = known_places(exercise)
    whole: dict[str, list[str]] = {}
    for name in known:
        whole.setdefault(array_of(name), []).append(name)
    true = _true(exercise)
    own = dict(zip(asked.names, zip(asked.printed, asked.units, strict=True), strict=True))
    numbers_by = {find_name(exercise, name): value for name, value in numbers.items()}
    found = []
    for array, names in whole.items():
        if len(names) < 2 or not set(names) <= set(own):
            continue
        shape = _shape(names)
        printed = np.array([own[name][0] for name in names]).reshape(shape)
        units = np.array([own[name][1] for name in names]).reshape(shape)
        verdict = _verdict(array, printed, units, true)
        if verdict.kind in ("other", "multiple"):
            verdict = _by_slip(exercise, verdict, {name: numbers_by[name] for name in names})
        found.append(verdict)
    return tuple(found)


def _verdict(array: str, printed: Array, units: Array, true: Mapping[str, Array]) -> ArrayVerdict:
    def same(values: Array) -> bool:
        return values.shape == printed.shape and bool(
            (np.abs(printed - values) <= units * 1.000001 + 1e-12 * np.abs(values)).all()
        )

    right = true[array]
    if same(right):
        return ArrayVerdict(array, "equal", f"{array} is equal to the true one.")
    if right.ndim == 2 and same(right.T):
        return ArrayVerdict(array, "turned", f"{array} has rows and columns the other way round.")
    factor = _factor(printed, units, right)
    if factor is not None:
        return ArrayVerdict(array, "multiple", f"{array} is {_written(factor)} times the true one.")
    if right.ndim == 2 and right.shape[0] == right.shape[1]:
        factor = _factor(printed, units, right.T)
        if factor is not None:
            return ArrayVerdict(
                array,
                "turned",
                f"{array} has rows and columns the other way round, and is {_written(factor)} "
                "times the true one.",
            )
    for other, values in true.items():
        if other != array and values.any() and same(values):
            return ArrayVerdict(array, "elsewhere", f"{array} is {other}, of another place.")
    return ArrayVerdict(array, "other", f"{array} is another, by no single factor.")


def _by_slip(
    exercise: Exercise, verdict: ArrayVerdict, numbers: Mapping[str, float | str]
) -> ArrayVerdict:
    """Return a verdict with the one slip that makes the whole array, where there is one."""
    for found in find_slips(exercise, numbers):
        if len(found.slips) > 1 or found.leaves or found.breaks:
            continue
        slip = SLIPS[found.slips[0]]
        if verdict.kind == "other":
            return ArrayVerdict(
                verdict.array,
                "slip",
                f"{verdict.array} is what you get if {slip.does}: {slip.instead}.",
            )
        said = f"{verdict.words[:-1]}, which you get if {slip.does}."
        return ArrayVerdict(verdict.array, verdict.kind, said)
    return verdict


def _factor(printed: Array, units: Array, right: Array) -> float | None:
    """Return the one factor between two arrays, or None; zeros must be zeros in both."""
    if right.shape != printed.shape or ((right == 0) & (np.abs(printed) > units)).any():
        return None
    told = (right != 0) & (printed != 0)
    if told.sum() < 2:
        return None
    # Each number leaves a range for the factor; all of them together must leave some.
    ends = np.stack([(printed - units / 2)[told] / right[told],
                     (printed + units / 2)[told] / right[told]])  # fmt: skip
    slack = 1e-12 * np.abs(ends).max()
    low, high = float(ends.min(0).max()) - slack, float(ends.max(0).min()) + slack
    if low > high or ((right != 0) & ~told & (np.abs(right) * abs(high) > units)).any():
        return None
    middle = (low + high) / 2
    simple = float(Fraction(middle).limit_denominator(_LARGEST_PART))
    return simple if simple and low <= simple <= high else middle


def _written(factor: float) -> str:
    part = Fraction(factor).limit_denominator(_LARGEST_PART)
    if abs(float(part) - factor) > 1e-12 * abs(factor) or abs(part.numerator) > _LARGEST_PART:
        return f"{factor:.5g}"
    return str(part)


def _true(exercise: Exercise) -> dict[str, Array]:
    """Return every array of both passes and of one update, by its name."""
    known = known_places(exercise)
    asked = ask(exercise, dict.fromkeys(known, 1.0))
    (values,) = asked.values(Work(Setup.of(exercise)))
    arrays: dict[str, list[str]] = {}
    for name in known:
        arrays.setdefault(array_of(name), []).append(name)
    by_name = dict(zip(asked.names, values, strict=True))
    return {
        array: np.array([by_name[name] for name in names]).reshape(_shape(names))
        for array, names in arrays.items()
    }


def _shape(names: list[str]) -> tuple[int, ...]:
    """Return the shape of an array by the name of its last number."""
    index = names[-1].partition("[")[2].rstrip("]")
    return tuple(int(each) + 1 for each in index.split(", ")) if index else ()
