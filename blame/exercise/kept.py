"""What tells several examples apart, and a short text that holds an example."""

from __future__ import annotations

from collections.abc import Sequence

from blame.exercise.exercise import Exercise
from blame.exercise.names import link_name, name_in_link
from blame.exercise.presets import NOTEBOOK

MARK = ";"


def differing_names(exercises: Sequence[Exercise]) -> tuple[str, ...]:
    """Return the names whose numbers are not the same in all examples, in the order of links."""
    each = [exercise.numbers() for exercise in exercises]
    return tuple(n for n in NOTEBOOK.names() if len({numbers[n] for numbers in each}) > 1)


def write_exercises(exercises: Sequence[Exercise]) -> str:
    """Return examples as one text: of each what differs from the notebook's, `b1_1:-0.2,steps:9`.

    Examples are parted by a semicolon; the notebook's own is a minus sign. No number has a comma
    here, for commas part the numbers: a decimal comma is refused, never read as two.
    """
    defaults = NOTEBOOK.numbers()
    each = [
        {link_name(n): v for n, v in exercise.numbers().items() if v != defaults[n]}
        for exercise in exercises
    ]
    return MARK.join(",".join(f"{n}:{v!r}" for n, v in found.items()) or "-" for found in each)


def read_exercises(text: str, most: int) -> tuple[tuple[Exercise, ...], list[str]]:
    """Return the examples a text holds, at most so many, and a sentence for each part left out."""
    found: list[Exercise] = []
    problems: list[str] = []
    parts = text.split(MARK) if text else []
    for number, part in enumerate(parts[: most + 1], start=1):
        if number > most:
            problems.append(f"only the first {most} kept runs are used")
            break
        try:
            exercise = _read(part)
        except ValueError as error:
            problems.append(f"kept run {number} is left out: {error}")
            continue
        if exercise not in found:
            found.append(exercise)
    return tuple(found), problems


def _read(part: str) -> Exercise:
    changes: dict[str, float] = {}
    for piece in [] if part == "-" else part.split(","):
        name, colon, value = piece.partition(":")
        if not colon:
            raise ValueError(f"{piece[:40]!r} is not a name and a number")
        known = name_in_link(name)
        changes[known] = NOTEBOOK.parse_number(known, value)
    return NOTEBOOK.with_numbers(changes)
