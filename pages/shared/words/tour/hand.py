"""What a hand has done in a step of the tour, and how its numbers are written."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from blame.exercise.exercise import Exercise
from blame.probe.trace import Trace, trace_of
from pages.shared.words.agreeing import Multiplied
from pages.shared.words.numbers import Numbers


class Hand(NamedTuple):
    """Where a step begins, where the hand took it up, and where it is now.

    `presses` counts how often the step's button was pressed, where it has one; `pressed` is whether
    it was the last thing that the hand did.
    """

    start: Exercise
    before: Exercise
    now: Exercise
    presses: int = 0
    pressed: bool = False


@lru_cache(maxsize=256)
def trace(exercise: Exercise) -> Trace:
    """Return every number of both passes."""
    return trace_of(exercise.backward())


def value(exercise: Exercise, name: str) -> float:
    """Return one number of both passes by its name."""
    return trace(exercise).value(name)


def loss(exercise: Exercise) -> float:
    """Return the loss."""
    return value(exercise, "loss")


def written(exercise: Exercise, number: float) -> str:
    """Return a number of an exercise as it is written in a sentence."""
    return minus(Numbers().of(trace(exercise).passes).text(number))


def said(exercise: Exercise, name: str) -> str:
    """Return one number of an exercise as it is written in a sentence."""
    return written(exercise, value(exercise, name))


def minus(text: str) -> str:
    """Return a number's text with the sign that is printed."""
    return text.replace("-", "\N{MINUS SIGN}")


def factor(text: str) -> str:
    """Return a number's text as it stands behind a sign: a negative one in parentheses."""
    return f"({text})" if text.startswith("\N{MINUS SIGN}") else text


def product(found: Multiplied) -> str:
    """Return factors and what they make as written: 0.8 × 4.4 = 3.52."""
    first, *others = map(minus, found.factors)
    factors = " × ".join([first, *map(factor, others)])
    return f"{factors} {found.equals} {minus(found.product)}"
