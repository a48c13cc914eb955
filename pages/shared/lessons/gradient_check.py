"""The choices of the gradient check."""

from __future__ import annotations

from functools import lru_cache

import streamlit as st

from blame.exercise.exercise import Exercise
from blame.exercise.names import array_of
from blame.probe.gradient_check import (
    Check,
    ErrorCurve,
    check_gradients,
    error_curve,
    parameter_names,
)
from blame.probe.trace import trace_of
from pages.shared.lessons.part_of import pick, picked
from pages.shared.state.choices import choice_widgets
from pages.shared.state.computed import passes_of
from pages.shared.state.settings import Settings, worded
from pages.shared.words.lessons import gradient_check as words_of

CURVE = [10 ** -(1 + k / 4) for k in range(57)]


def choose(exercise: Exercise) -> None:
    """Let the reader choose the step and the parameter whose error is drawn."""
    with st.container(horizontal=True, gap="medium", vertical_alignment="bottom"):
        names = parameter_names(trace_of(passes_of(exercise)), exercise.tied)
        choice_widgets.select("checked", "Parameter drawn", names, width=180)
        choice_widgets.scale("h", "Step h", width=420)


def step() -> float:
    """Return the chosen step."""
    return float(st.session_state["h"])


def checks(exercise: Exercise) -> list[Check]:
    """Return the check of every parameter at the chosen step."""
    return _checks(exercise, step())


@lru_cache(maxsize=16)
def _checks(exercise: Exercise, h: float) -> list[Check]:
    return check_gradients(passes_of(exercise), h, exercise.tied)


def curve(exercise: Exercise) -> ErrorCurve:
    """Return the errors of the chosen parameter over all steps."""
    name = str(st.session_state["checked"])
    return error_curve(passes_of(exercise), name, CURVE, exercise.tied)


def show_table(exercise: Exercise) -> None:
    """Show the checks: all of them, or how each array came out and those of one."""
    arrays = words_of.arrays(checks(exercise))
    if arrays:
        worded(lambda settings: words_of.summary(checks(settings.exercise)))
        pick("checked_array", "One by one", arrays)
    worded(_table)


def _table(settings: Settings) -> str:
    """Return the table of what is shown one by one, and the kinks that any check crosses."""
    found, numbers = checks(settings.exercise), settings.numbers
    kinks = [f"- {line}" for line in words_of.kinks(found, numbers)]
    if arrays := words_of.arrays(found):
        chosen = picked("checked_array", arrays)
        found = [check for check in found if array_of(check.name) == chosen]
    return "\n\n".join([words_of.table(found, numbers), *(["\n".join(kinks)] if kinks else [])])
