"""The training lab's landscape: the loss over two parameters, with the run on it."""

from __future__ import annotations

import streamlit as st

from blame import History
from blame.probe.landscape import Landscape, landscape
from blame.training import pass_at
from pages.shared.charts.lab import landscape as land_charts
from pages.shared.charts.lab import surface
from pages.shared.lab import verdict
from pages.shared.shell.page_frame import show
from pages.shared.state import choice_widgets
from pages.shared.state.computed import run_of
from pages.shared.state.settings import Settings, live
from pages.shared.words.numbers import short


def terrain(settings: Settings) -> None:
    """Show the loss over two parameters, with the run on it."""
    with st.container(horizontal=True, gap="medium", vertical_alignment="bottom"):
        choice_widgets.select("land_across", "Across", width=150)
        choice_widgets.select("land_up", "Up", width=150)
        choice_widgets.segments("land_form", "Form")
    if st.session_state["land_across"] == st.session_state["land_up"]:
        st.caption(":material/error: Choose two different parameters.")
        return
    step = verdict.choose_step(run_of(settings.example).steps)
    live(_terrain, "lab_terrain")
    st.caption(" ".join(_terrain_words(run_of(settings.example), step)))


def _terrain_words(history: History, step: int) -> list[str]:
    state = st.session_state
    found = _slice(history, step, str(state["land_across"]), str(state["land_up"]))
    inside = land_charts.on_the_map(found, history)
    said = [f"A slice: the other seven parameters are as they are at step {step}."]
    said.append(
        f"The line with dots is the run, the ring its step {step}; the rest of the run lies before "
        "or behind the slice."
    )
    if inside < history.steps + 1:
        said.append(f"Of {history.steps + 1} points of the run {inside} are on the map.")
    if state["land_form"] == "surface":
        said.append(f"The surface is cut off above a loss of {short(surface.cut(found), 3)}.")
        return said
    if any(land_charts.slopes_at(found, history, step)):
        said.append("The arrow is the negative gradient of these two; only its direction counts.")
    else:
        said.append("There is no arrow: no blame reaches these two.")
    if land_charts.crossed(found):
        said.append("Where a dashed gate line is crossed, the slope changes at once.")
    return said


def _terrain(settings: Settings) -> None:
    history = run_of(settings.example)
    state = st.session_state
    step = min(int(state[verdict.STEP]), history.steps)
    found = _slice(history, step, str(state["land_across"]), str(state["land_up"]))
    draw = surface.surface_chart if state["land_form"] == "surface" else land_charts.contour_chart
    show(
        draw(found, history, step),
        land_charts.describe_landscape(found, history, step),
        "lab_terrain",
    )


def _slice(history: History, step: int, first: str, second: str) -> Landscape:
    return landscape(
        pass_at(history, step),
        first,
        second,
        land_charts.reach(history, first, step),
        land_charts.reach(history, second, step),
    )
