"""The choices of the knife edge, and the way to it from any lesson."""

from __future__ import annotations

from typing import Any

import streamlit as st

from blame import BackwardPass
from blame.kinks import on_the_kink
from pages.shared.state import choice_widgets
from pages.shared.state.computed import passes_of
from pages.shared.state.navigation import page_link
from pages.shared.state.settings import kept
from pages.shared.words.numbers import rounded_values


def choose() -> int:
    """Let the reader choose the neuron and the scale, and return the neuron."""
    with st.container(horizontal=True, gap="medium", vertical_alignment="center"):
        choice_widgets.segments("knife_neuron", "Neuron", ("neuron 0", "neuron 1"))
        st.toggle("Log scale", key="knife_log", persist_state="session")
    return int(st.session_state["knife_neuron"].removeprefix("neuron "))


def point_to_edge() -> None:
    """Offer the knife edge where a gate, or any value of the pass, is up to rounding."""
    kept(lambda settings: _invitation(passes_of(settings.exercise)), _point)


def _invitation(passes: BackwardPass) -> str:
    if any(near.any() for near in on_the_kink(passes.forward_pass)):
        return "See one rounding bit decide: the knife edge"
    if rounded_values(passes):
        return "See what rounding does to these numbers: the knife edge"
    return ""


def _point(place: Any, invitation: str) -> None:
    if invitation:
        with place:
            page_link("knife_edge", invitation)
    else:
        place.empty()
