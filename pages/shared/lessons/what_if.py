"""The choices of the page that nudges a number."""

from __future__ import annotations

import streamlit as st

from blame.exercise.exercise import Exercise
from blame.probe.every_nudge import Nudged
from blame.probe.trace import trace_of
from blame.probe.what_if import movable
from pages.shared.charts.lessons.what_if import curve_nudges, gap_nudges
from pages.shared.state import choice_widgets, echoes
from pages.shared.state.computed import nudged_of, passes_of


def choose(exercise: Exercise) -> None:
    """Let the reader choose a number and its nudge; both go into the link."""
    with st.container(horizontal=True, gap="medium", vertical_alignment="bottom"):
        choice_widgets.select(
            "quantity",
            "Number to move",
            movable(trace_of(passes_of(exercise)), exercise.tied),
            width=180,
        )
        echoes.draw("nudge")
        choice_widgets.number(
            "nudge",
            "Nudge",
            step=0.05,
            format="%.12g",
            width=180,
            help="How far it is moved, in its own units.",
        )
        for label, factor in (("Ten times smaller", 0.1), ("Turn around", -1.0)):
            st.button(label, key=f"nudge_{factor:g}", on_click=_scale, args=(factor,))


def _scale(factor: float) -> None:
    nudge = echoes.settled("nudge") * factor
    echoes.write("nudge", float(f"{nudge:.12g}"))


def compute(exercise: Exercise) -> Nudged:
    """Return everything the page shows, each idea from one stacked pass."""
    name, nudge = str(st.session_state["quantity"]), float(st.session_state["nudge"])
    return nudged_of(exercise, name, nudge, curve_nudges(nudge), gap_nudges(nudge))
