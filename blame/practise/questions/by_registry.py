"""The wrong answers to a question that the slips of the registry make, told in their words."""

from __future__ import annotations

from dataclasses import replace
from types import MappingProxyType

import numpy as np

from blame.exercise.exercise import Exercise
from blame.practise.question import Question, is_close
from blame.practise.slips.asked import ask, known_places
from blame.practise.slips.registry import SLIPS
from blame.practise.slips.search import setup_of
from blame.practise.slips.work import Work


def with_registry(question: Question, exercise: Exercise) -> Question:
    """Return a question that knows every slip of the registry at the step it asks for.

    The step is worked out from the right numbers, as the question gives them. Where a slip makes
    what the question itself knows as wrong, the slip's words are said.
    """
    places = known_places(exercise)
    if question.of not in places or not isinstance(question.answer, float):
        return question
    setup = setup_of(exercise)
    everything = ask(exercise, dict.fromkeys(places, 1.0))
    (right,) = everything.values(Work(setup))
    if not np.isfinite(right).all():
        return question
    asked = ask(exercise, dict(zip(everything.names, right.tolist(), strict=True)))
    fitting = [slip for slip in SLIPS.values() if slip.fits(setup) and not slip.alone]
    changes = [(slip.changes, np.array([row])) for row, slip in enumerate(fitting)]
    work = Work(setup, changes, len(fitting), asked.given)
    made = asked.values(work)[:, asked.names.index(question.of)]
    found: dict[float | str, str] = {}
    for slip, value in zip(fitting, made.tolist(), strict=True):
        if np.isfinite(value) and not _taken(question, value, (question.answer, *found)):
            found[value] = f"That is what you get if {slip.does}: {slip.instead}."
    own: dict[float | str, str] = {
        wrong: words
        for wrong, words in question.slips.items()
        if isinstance(wrong, float) and not _taken(question, wrong, tuple(found))
    }
    found |= own
    return replace(question, slips=MappingProxyType(found))


def _taken(question: Question, value: float, others: tuple[float | str, ...]) -> bool:
    """Whether a number cannot be told from one of the others."""
    return any(
        is_close(value, float(other), question.scale)
        or is_close(float(other), value, question.scale)
        for other in others
    )
