"""What the reader has chosen: the one place where pages get their numbers from."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import streamlit as st

from blame.exercise.exercise import Exercise
from pages.shared.state import exercise
from pages.shared.state.choices import NOTATION, SAMPLE, sample_names
from pages.shared.state.computed import passes_of
from pages.shared.state.exercise import current_exercise
from pages.shared.words.notation import NOTATIONS, OURS, Notation
from pages.shared.words.numbers import Numbers

_SEEN = "example_shown"


@dataclass(frozen=True)
class Settings:
    """The reader's numbers and how to write them."""

    exercise: Exercise
    numbers: Numbers
    sample: int = 0
    """The sample that is looked at, where there are several."""


def held() -> dict[str, Exercise]:
    """Return what holds the numbers of the lesson on screen, under "exercise".

    Always the same one in a session, so that a file asked for between two runs can be made from
    it: nothing else of the session can be read there.
    """
    holder: dict[str, Exercise] = st.session_state.setdefault(_SEEN, {})
    return holder


def current_settings() -> Settings:
    """Return what the reader has chosen, as it is now."""
    return _settings_of(current_exercise())


def settings_at_rest() -> Settings:
    return _settings_of(exercise.exercise_at_rest())


def _settings_of(chosen: Exercise) -> Settings:
    all_digits = bool(st.session_state.get("all_digits"))
    return _settings(chosen, all_digits, chosen_notation(), _chosen_sample(chosen))


@lru_cache(maxsize=64)
def _settings(chosen: Exercise, all_digits: bool, notation: Notation, sample: int) -> Settings:
    numbers = Numbers(all_digits, notation=notation, faces=True)
    return Settings(chosen, numbers.of(passes_of(chosen)), sample)


def _chosen_sample(chosen: Exercise) -> int:
    """Return the sample that is looked at; the first where the exercise has no other."""
    if chosen.n_samples == 1:
        return 0
    text, names = _chosen(SAMPLE), sample_names(chosen.n_samples)
    return names.index(text) if text in names else 0


def chosen_notation() -> Notation:
    """Return how the reader wants formulas written."""
    return NOTATIONS.get(_chosen(NOTATION), OURS)


def _chosen(name: str) -> str:
    """Return a choice: until its widget is drawn, what the link says stands there only.

    That is before it has been drawn once, and where the reader has come by the browser's history.
    """
    linked = st.query_params.get(name, "")
    if linked and exercise.came_by_history():
        return linked
    return str(st.session_state.get(name) or linked)
