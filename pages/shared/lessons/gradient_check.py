"""The choices of the gradient check."""

from __future__ import annotations

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
from pages.shared.state import choice_widgets
from pages.shared.state.computed import passes_of
from pages.shared.words import gradient_check as words_of
from pages.shared.words.numbers import Numbers

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
    return check_gradients(passes_of(exercise), step(), exercise.tied)


def curve(exercise: Exercise) -> ErrorCurve:
    """Return the errors of the chosen parameter over all steps."""
    name = str(st.session_state["checked"])
    return error_curve(passes_of(exercise), name, CURVE, exercise.tied)


def show_table(found: list[Check], numbers: Numbers) -> None:
    """Show the checks: all of them, or how each array came out and those of one."""
    arrays = words_of.arrays(found)
    if arrays:
        st.markdown(words_of.summary(found))
        pick("checked_array", "One by one", arrays)
        chosen = picked("checked_array", arrays)
        found = [check for check in found if array_of(check.name) == chosen]
    st.markdown(words_of.table(found, numbers))
