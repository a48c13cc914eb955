"""The choices of the knife edge, and the way to it from any lesson."""

from __future__ import annotations

from typing import Any

import streamlit as st

from blame import BackwardPass
from blame.exercise.exercise import Exercise
from blame.exercise.presets import NOTEBOOK
from blame.kinks import on_the_kink
from pages.shared.state.choices import choice_widgets
from pages.shared.state.computed import passes_of
from pages.shared.state.exercise import change_to
from pages.shared.state.navigation import page_link
from pages.shared.state.settings import answer, kept
from pages.shared.words.numbers import rounded_values

FEW = 4
"""So many neurons stand side by side; more of them are a list."""


def choose(exercise: Exercise) -> tuple[int, int]:
    """Let the reader choose the neuron and the scale; return its layer, from 1, and the neuron."""
    places = neurons(exercise)
    with st.container(horizontal=True, gap="medium", vertical_alignment="center"):
        if len(places) <= FEW:
            choice_widgets.segments("knife_neuron", "Neuron", list(places))
        else:
            choice_widgets.select("knife_neuron", "Neuron", list(places), width=160)
        st.toggle("Log scale", key="knife_log", persist_state="session")
    return places[str(st.session_state["knife_neuron"])]


def neurons(exercise: Exercise) -> dict[str, tuple[int, int]]:
    """Return every hidden neuron's place by its name; with several layers that of its z."""
    widths = exercise.sizes[1:-1]
    alone = len(widths) == 1
    return {
        f"neuron {j}" if alone else f"z{k}[{j}]": (k, j)
        for k, width in enumerate(widths, start=1)
        for j in range(width)
    }


def say_where_it_holds(why: str) -> None:
    """Say for which exercises the page holds, and offer one of them."""
    st.info(
        "This page works one exercise out in four arithmetics. It holds for one sample, hidden "
        "layers of ReLUs, a last layer without an activation, a squared error and plain steps: "
        f"here, {why}. The other pages show this exercise as float64 has it."
    )
    st.button(
        "Open the notebook, where it holds",
        key="knife_notebook",
        icon=":material/menu_book:",
        on_click=_open_notebook,
    )


def _open_notebook() -> None:
    change_to(NOTEBOOK, "notebook")
    answer()


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
