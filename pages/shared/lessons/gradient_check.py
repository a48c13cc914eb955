"""The choices of the gradient check."""

from __future__ import annotations

import streamlit as st

from blame.exercise.exercise import Exercise
from blame.probe.gradient_check import Check, ErrorCurve, check_gradients, error_curve
from pages.shared.state import choice_widgets
from pages.shared.state.computed import passes_of

CURVE = [10 ** -(1 + k / 4) for k in range(57)]


def choose(exercise: Exercise) -> None:
    """Let the reader choose the step and the parameter whose error is drawn."""
    with st.container(horizontal=True, gap="medium", vertical_alignment="bottom"):
        choice_widgets.select("checked", "Parameter drawn", exercise.parameter_names(), width=180)
        choice_widgets.scale("h", "Step h", width=420)


def step() -> float:
    """Return the chosen step."""
    return float(st.session_state["h"])


def checks(exercise: Exercise) -> list[Check]:
    """Return the check of every parameter at the chosen step."""
    return check_gradients(passes_of(exercise), step())


def curve(exercise: Exercise) -> ErrorCurve:
    """Return the errors of the chosen parameter over all steps."""
    return error_curve(passes_of(exercise), str(st.session_state["checked"]), CURVE)
