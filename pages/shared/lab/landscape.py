"""The training lab's landscape: the loss over two parameters, with the run on it."""

from __future__ import annotations

from functools import lru_cache

import streamlit as st

from blame import History
from blame.exercise.exercise import Exercise
from blame.exercise.names import array_of
from blame.probe.landscape import Landscape, landscape
from blame.training import pass_at
from pages.shared.charts.handles.handle import with_handles
from pages.shared.charts.handles.landscape import start_handles
from pages.shared.charts.handles.rate import RATE
from pages.shared.charts.lab import landscape as land_charts
from pages.shared.charts.lab import surface
from pages.shared.lab import verdict
from pages.shared.live.chart import chart
from pages.shared.state.choices import choice_widgets
from pages.shared.state.computed import run_of
from pages.shared.state.settings import Settings, kept, live
from pages.shared.words.lab.landscape import notes

LARGE = 200
"""Parameters times samples from which on the map has half as many points each way."""


def show_landscape(settings: Settings) -> None:
    """Show the loss over two parameters, with the run on it."""
    names = free_names(settings.exercise)
    if len(names) < 2:
        st.caption("A map needs two numbers that can move, and this exercise has one.")
        return
    with st.container(horizontal=True, gap="medium", vertical_alignment="bottom"):
        choice_widgets.select("land_across", "Across", names, width=150)
        # Where the usual one is not there, two different ones are shown from the start.
        choice_widgets.select("land_up", "Up", _other_first(names), width=150)
        choice_widgets.segments("land_form", "Form")
    if st.session_state["land_across"] == st.session_state["land_up"]:
        st.caption(":material/error: Choose two different parameters.")
        return
    # A map of each step is more than a film can hold.
    verdict.choose_step(plays=False)
    live(_map)
    kept(_notes, lambda place, text: place.caption(text))
    if _is_surface():
        st.caption(
            "No surface to see? It needs WebGL, which this browser may lack: "
            "contours show the same."
        )


def _notes(settings: Settings) -> str:
    history, step, found = _chosen(settings)
    roof = surface.cut(found) if _is_surface() else None
    drag = " Drag the ring to start elsewhere." if step == 0 and not _is_surface() else ""
    return " ".join(notes(found, history, step, roof)) + drag


def free_names(exercise: Exercise) -> tuple[str, ...]:
    """Return the names of the parameters that can move by themselves: of a tied bias its first."""
    return tuple(
        name
        for name in exercise.parameter_names()
        if array_of(name) not in exercise.tied or name == f"{array_of(name)}[0]"
    )


def _other_first(names: tuple[str, ...]) -> tuple[str, ...]:
    return names if names[0] != st.session_state["land_across"] else (*names[1:], names[0])


def _map(settings: Settings) -> None:
    history, step, found = _chosen(settings)
    draw = surface.surface_chart if _is_surface() else land_charts.contour_chart
    # The start is the reader's own; all later steps come from training.
    handles = start_handles(settings.exercise, found, on_surface=_is_surface()) if step == 0 else []
    chart(
        with_handles(draw(found, history, step), handles),
        land_charts.describe_landscape(found, history, step),
        "lab_terrain",
    )


def _is_surface() -> bool:
    return bool(st.session_state["land_form"] == "surface")


def _chosen(settings: Settings) -> tuple[History, int, Landscape]:
    """Return the run, the chosen step, and the slice through it that was chosen."""
    state, exercise = st.session_state, settings.exercise
    history = run_of(exercise)
    step = verdict.step_of(settings)
    first, second = str(state["land_across"]), str(state["land_up"])
    # A large network has a coarser map, so that it comes as soon.
    every = 1 if exercise.n_samples * len(exercise.parameter_names()) < LARGE else 2
    sides = [land_charts.reach(history, name, step)[::every] for name in (first, second)]
    if step == 0:
        # Wherever the start lies in it, the slice is the same.
        exercise = exercise.with_numbers({first: 0.0, second: 0.0})
        across, up = (tuple(side.tolist()) for side in sides)
        return (
            history,
            step,
            _slice_at_start(exercise.with_numbers({RATE: 0.0}), first, second, across, up),
        )
    found = landscape(pass_at(history, step), first, second, *sides, exercise.tied)
    return history, step, found


@lru_cache(maxsize=8)
def _slice_at_start(
    exercise: Exercise, first: str, second: str, across: tuple[float, ...], up: tuple[float, ...]
) -> Landscape:
    return landscape(exercise.backward(), first, second, across, up, exercise.tied)
