"""The choices of the knife edge, and the way to it from any lesson."""

from __future__ import annotations

import streamlit as st

from blame import BackwardPass
from blame.kinks import on_the_kink
from pages.shared.state import choice_widgets
from pages.shared.state.navigation import page_link
from pages.shared.words.numbers import rounded_values


def choose() -> int:
    """Let the reader choose the neuron and the scale, and return the neuron."""
    with st.container(horizontal=True, gap="medium", vertical_alignment="center"):
        choice_widgets.segments("knife_neuron", "Neuron", ("neuron 0", "neuron 1"))
        st.toggle("Log scale", key="knife_log", persist_state="session")
    return int(st.session_state["knife_neuron"].removeprefix("neuron "))


def point_to_edge(passes: BackwardPass) -> None:
    """Offer the knife edge where a gate, or any value of this pass, is up to rounding."""
    if any(near.any() for near in on_the_kink(passes.forward_pass)):
        page_link("knife_edge", "See one rounding bit decide: the knife edge")
    elif rounded_values(passes):
        page_link("knife_edge", "See what rounding does to these numbers: the knife edge")
