"""What tells several exercises of one shape apart, and a short text that holds them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from blame.exercise.exercise import Exercise
from blame.exercise.links.write import base_of
from blame.exercise.names import link_name, name_in_link
from blame.exercise.presets import NOTEBOOK

MARK = ";"
AGAIN = "~"
"""Before an exercise that is written by what differs from the one before it."""
_LONGEST = 40


def differing_names(exercises: Sequence[Exercise]) -> tuple[str, ...]:
    """Return the names whose numbers are not the same in all exercises, in the order of links."""
    if len(exercises) < 2:
        return ()
    each = [exercise.numbers() for exercise in exercises]
    return tuple(n for n in each[0] if len({numbers[n] for numbers in each}) > 1)


def write_exercises(exercises: Sequence[Exercise], start: str = "") -> str:
    """Return exercises of one shape as one text, `b1_1:-0.2,steps:9`.

    Of each stands there what differs from the exercise that a link of this shape begins with, or
    after a tilde what differs from the exercise before it, where that is shorter. Exercises are
    parted by a semicolon; one in which nothing differs is a minus sign. No number has a comma
    here, for commas part the numbers: a decimal comma is refused, never read as two.

    Parameters
    ----------
    start : as for `write_link`.
    """
    if not exercises:
        return ""
    base = base_of(exercises[0], start).numbers()
    parts: list[str] = []
    before: Mapping[str, float] | None = None
    for exercise in exercises:
        numbers = exercise.numbers()
        part = _differing(numbers, base) or "-"
        if before is not None and len(other := AGAIN + _differing(numbers, before)) < len(part):
            part = other
        parts.append(part)
        before = numbers
    return MARK.join(parts)


def _differing(numbers: Mapping[str, float], base: Mapping[str, float]) -> str:
    # As they are written, for 0.0 and -0.0 are equal.
    return ",".join(
        f"{link_name(n)}:{v!r}" for n, v in numbers.items() if repr(v) != repr(base.get(n))
    )


def read_exercises(
    text: str, most: int, like: Exercise = NOTEBOOK, start: str = ""
) -> tuple[tuple[Exercise, ...], list[str]]:
    """Return the exercises a text holds, at most so many, and a sentence for each part left out.

    Parameters
    ----------
    like : an exercise of their shape, such as the one in the same link.
    start : as for `write_link`.
    """
    found: list[Exercise] = []
    problems: list[str] = []
    parts = text.split(MARK) if text else []
    base = base_of(like, start).numbers()
    granted = {
        name: _within(base[name], like.bounds_of(name)) for name in base.keys() & like.names()
    }
    before: Mapping[str, float] | None = None
    for number, part in enumerate(parts[: most + 1], start=1):
        if number > most:
            problems.append(f"only the first {most} kept runs are used")
            break
        again = part.startswith(AGAIN)
        try:
            if again and before is None:
                raise ValueError("the one it goes on from is missing")
            exercise = _read(
                part.removeprefix(AGAIN), like, before if again and before else granted
            )
        except ValueError as error:
            problems.append(f"kept run {number} is left out: {error}")
            before = None
            continue
        before = exercise.numbers()
        if exercise not in found:
            found.append(exercise)
    return tuple(found), problems


def _within(value: float, bounds: tuple[float, float]) -> float:
    """Return what a number is taken for: another loss may ask for targets in a range."""
    low, high = bounds
    return low if value < low else high if value > high else value


def _read(part: str, like: Exercise, granted: Mapping[str, float]) -> Exercise:
    changes: dict[str, float] = {}
    for piece in [] if part in ("", "-") else part.split(","):
        name, colon, value = piece.partition(":")
        if not colon:
            raise ValueError(f"{piece[:_LONGEST]!r} is not a name and a number")
        known = name_in_link(name)
        changes[known] = like.parse_number(known, value)
    return like.with_numbers({**granted, **changes})
