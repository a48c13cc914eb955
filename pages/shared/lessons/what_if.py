"""The choices of the page that nudges a number."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

import streamlit as st

from blame.exercise.exercise import Exercise
from blame.probe.every_nudge import Nudged
from blame.probe.trace import trace_of
from blame.probe.what_if import movable
from pages.shared.charts.handles.handle import Handle
from pages.shared.charts.handles.nudge import nudge_handle
from pages.shared.charts.lessons.what_if import curve_nudges, gap_nudges
from pages.shared.state import echoes
from pages.shared.state.axes import AXES, Axis
from pages.shared.state.choices import CHOICES, Between, choice_widgets
from pages.shared.state.computed import nudged_of, passes_of
from pages.shared.state.exercise import current_exercise
from pages.shared.state.settings import Settings, lay_out_anew

NUDGE = "nudge"
STEP = 0.05
_IMAGINED: ContextVar[float | None] = ContextVar("imagined_nudge", default=None)
"""The nudge of a frame: not in the session, as an imagined exercise is not (state/exercise.py)."""


def choose(exercise: Exercise) -> None:
    """Let the reader choose a number and its nudge; both go into the link."""
    with st.container(horizontal=True, gap="medium", vertical_alignment="bottom"):
        choice_widgets.select(
            "quantity",
            "Number to move",
            movable(trace_of(passes_of(exercise)), exercise.tied),
            width=180,
        )
        echoes.draw(NUDGE)
        choice_widgets.number(
            NUDGE,
            "Nudge",
            step=STEP,
            format="%.12g",
            width=180,
            help="How far it is moved, in its own units.",
        )
        for label, factor in (("Ten times smaller", 0.1), ("Turn around", -1.0)):
            st.button(label, key=f"nudge_{factor:g}", on_click=_scale, args=(factor,))


def _scale(factor: float) -> None:
    nudge = echoes.settled(NUDGE) * factor
    echoes.write(NUDGE, float(f"{nudge:.12g}"))


def _bounds() -> tuple[float, float]:
    choice = CHOICES[NUDGE]
    assert isinstance(choice, Between)
    return choice.low, choice.high


def _axis() -> Axis:
    low, high = _bounds()

    @contextmanager
    def at(value: float) -> Iterator[None]:
        if not low <= value <= high:
            raise ValueError(f"nudge must be from {low} to {high}, got {value}")
        before = _IMAGINED.set(value)
        try:
            yield
        finally:
            _IMAGINED.reset(before)

    def write(value: float) -> None:
        if low <= value <= high:
            echoes.write(NUDGE, value)
            lay_out_anew()

    return Axis(at, (current_exercise(), st.session_state.get("quantity")), write)


AXES[NUDGE] = _axis


def handle(settings: Settings) -> Handle:
    """Return the handle with which the nudge is moved on its curve."""
    return nudge_handle(compute(settings.exercise), NUDGE, _bounds(), STEP, settings.numbers)


def compute(exercise: Exercise) -> Nudged:
    """Return everything the page shows, each idea from one stacked pass."""
    imagined = _IMAGINED.get()
    nudge = float(st.session_state[NUDGE] if imagined is None else imagined)
    name = str(st.session_state["quantity"])
    return nudged_of(exercise, name, nudge, curve_nudges(nudge), gap_nudges(nudge))
