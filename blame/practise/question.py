"""What a question is, how an answer is read, and how it is marked."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from blame.backward import BackwardPass
from blame.exercise.typed import numbers as typed_numbers
from blame.kinks import on_the_kink

TOLERANCE = 0.02
"""A number counts as right within this share of the answer."""
MOST_TYPED = 40
"""So many characters of an answer are taken."""


@dataclass(frozen=True)
class Question:
    """One question: a number is asked for, or one of `choices`.

    `reason` says why the answer is right, with the numbers. `slips` maps wrong answers to the
    misconception that leads to each: texts among the choices, or numbers.
    """

    key: str
    text: str
    answer: float | str
    reason: str
    slips: Mapping[float | str, str]
    choices: tuple[str, ...] = ()
    scale: float | None = None
    """What the tolerance is a share of, where that is not the answer itself."""
    of: str = ""
    """The number that is asked for, by its name; empty where it has none."""

    def __hash__(self) -> int:
        return hash((self.key, self.text))


@dataclass(frozen=True)
class Marked:
    """Whether an answer is right, None where it cannot be read, and what to say about it."""

    right: bool | None
    words: str


def mark(question: Question, given: str) -> Marked:
    """Return whether an answer is right, and why, or the slip behind it.

    Numbers are taken as `read_number` reads them. The answer itself is not said again: it is the
    reader's own text.
    """
    if question.choices:
        if given not in question.choices:
            return Marked(None, "Choose one of the answers.")
        if given == question.answer:
            return Marked(True, question.reason)
        slip = question.slips.get(given, "")
        return Marked(False, f"{slip} {question.reason}".strip())
    typed = typed_numbers.read_number(given)
    if typed.value is None:
        why = "" if typed.why in typed_numbers.NO_NUMBERS else f"That {typed.why}. "
        return Marked(None, f"{why}Write a number, such as 0.75, 3/4 or 1e-3.")
    assert isinstance(question.answer, float)
    # An answer of 1,234 may be right or wrong by how its comma is read.
    read = f"Read as {written_number(typed.value)}. " if typed.said else ""
    if is_close(typed.value, question.answer, question.scale):
        return Marked(True, f"{read}{question.reason}")
    for wrong, slip in question.slips.items():
        if isinstance(wrong, float) and is_close(typed.value, wrong, question.scale):
            return Marked(False, f"{read}{slip} {question.reason}")
    return Marked(False, f"{read}{question.reason}")


def read_number(text: str) -> float | None:
    """Return the number that a text writes; None if it is none."""
    return typed_numbers.read_number(text).value


def is_close(given: float, answer: float, scale: float | None = None) -> bool:
    """Return whether a number counts as the answer: within `TOLERANCE` of it; 0 only as 0.

    `scale` is what the tolerance is a share of, where that is not the answer itself. Nothing
    counts as an answer that has left the floats.
    """
    size = abs(answer) if scale is None else abs(scale)
    return abs(given - answer) <= TOLERANCE * size + 1e-12 < math.inf


def numeric(
    key: str,
    text: str,
    answer: float,
    reason: str,
    slips: list[tuple[float, str]],
    scale: float | None = None,
    of: str = "",
) -> Question:
    """Return a question whose slips are told apart from the answer, and from each other."""
    kept: dict[float | str, str] = {}
    for wrong, words in slips:
        apart = [answer, *(float(other) for other in kept)]
        if not any(
            is_close(wrong, other, scale) or is_close(other, wrong, scale) for other in apart
        ):
            kept[float(wrong)] = words
    return Question(key, text, float(answer), reason, MappingProxyType(kept), scale=scale, of=of)


def written_number(value: float) -> str:
    """Return a number as it is written in a question."""
    # Ten digits: a difference of two of these must come out as it is.
    return f"{float(value) + 0.0:.10g}"


def near_kink(passes: BackwardPass, layer: int = 1, sample: int = 0) -> list[bool]:
    """Return which neurons of a layer, counted from 1, stand on the kink in one sample."""
    return [bool(near) for near in on_the_kink(passes.forward_pass)[layer - 1][sample]]


def any_near_kink(passes: BackwardPass) -> bool:
    """Return whether any neuron stands on a kink in any sample."""
    return any(bool(near.any()) for near in on_the_kink(passes.forward_pass))


def row(values: Iterable[float]) -> str:
    """Return numbers as a row in brackets."""
    return f"[{', '.join(written_number(float(value)) for value in values)}]"


def summed(factors: Iterable[tuple[float, ...]]) -> str:
    """Return a sum of products, written out."""
    return " + ".join(" × ".join(map(written_number, term)) for term in factors)
