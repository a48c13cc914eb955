"""Where the reader looks in the playground: which view, which layer, which two inputs."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from pages.shared.playground.recipe_choices import current
from pages.shared.state.choices import PLAY_VIEWS, choice_widgets
from pages.shared.state.computed import prepared

NETWORK, NEURONS, SAMPLES, _ = PLAY_VIEWS
ACROSS, UP = "play_across", "play_up"


def choose(*more: Callable[[], None]) -> None:
    """Let the reader choose what is shown beside the map, and what the map is of; then `more`."""
    recipe = current()
    n_in = prepared(recipe).data.n_in
    with st.container(horizontal=True, gap="medium", vertical_alignment="center"):
        choice_widgets.segments("play_view", "Look inside")
        layers = len(recipe.hidden)
        if st.session_state["play_view"] == NEURONS and layers > 1:
            choice_widgets.number("play_layer", "Hidden layer", most=layers, step=1, width=120)
        if n_in > 2:
            for name, label in ((ACROSS, "Across: x"), (UP, "Up: x")):
                choice_widgets.number(name, label, most=n_in - 1, step=1, width=110)
        for part in more:
            part()


def axes(n_in: int) -> tuple[int, int]:
    """Return the inputs that the map goes across and up: two different ones."""
    if n_in < 3:
        return 0, 1
    across, up = (min(int(st.session_state.get(name, k)), n_in - 1) for k, name in enumerate(_BOTH))
    return (across, up) if across != up else (across, (across + 1) % n_in)


_BOTH = (ACROSS, UP)
