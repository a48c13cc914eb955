"""Samples added, moved and removed by hand: on the map, or typed. What comes of it is the reader's
own text of samples."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import streamlit as st

from blame.playground.datasets import MOST_CLASSES, Dataset
from blame.playground.edited import added, moved, nearest, removed, write_csv
from blame.playground.own_samples import read_csv
from blame.playground.recipe import OWN, prepare, whole_data
from pages.shared.playground import drag, looks, runs
from pages.shared.playground.recipe_choices import current
from pages.shared.state.choices import MOST_TEXT, choice_values
from pages.shared.state.settings import lay_out_anew

ADD, MOVE, REMOVE = WAYS = ("Add", "Move", "Remove")
_ON, _WAY, _TARGET, _ROW, _PLACE, _PICKED, _SAID = (
    f"edit_{what}" for what in ("on", "way", "target", "row", "place", "picked", "said")
)


def switch() -> None:
    """Show the switch that lets the reader edit the samples."""
    st.toggle("Edit samples", key=_ON, persist_state="session", on_change=_forget)


def controls() -> None:
    """Show what can be done with the samples, where that is switched on."""
    state = st.session_state
    if not state.get(_ON):
        return
    data = _samples()
    with st.container(border=True, key="edit_samples"):
        with st.container(horizontal=True, gap="small", vertical_alignment="bottom"):
            st.segmented_control(
                "What to do",
                WAYS,
                default=ADD,
                key=_WAY,
                required=True,
                persist_state="session",
                on_change=_forget,
                label_visibility="collapsed",
            )
            way = str(state[_WAY])
            if way == ADD:
                _target(data)
            else:
                last = len(data.x) - 1
                st.number_input("Sample", 0, last, min(_row(), last), 1, width=90, key=_ROW)
            if way != REMOVE:
                st.text_input(
                    "Its inputs",
                    key=_PLACE,
                    max_chars=200,
                    width=150,
                    placeholder=", ".join(["0.5", "-1", *["0"] * 8][: data.n_in]),
                )
            st.button(way, key="edit_do", on_click=_typed)
        st.caption(_how(way, data))
        if said := state.get(_SAID):
            # As text, not Markdown: it quotes what the reader typed.
            st.text(said)
    if way == MOVE and data.n_in > 1:
        places = data.x[:, list(looks.axes(data.n_in))].tolist()
        drag.drag_on_map(places, state.get(_PICKED), _dropped)


def on_map() -> Callable[[Mapping[str, Any]], None] | None:
    """Return what a click on the map does, or nothing where the samples are not being edited."""
    if not st.session_state.get(_ON) or _samples().n_in < 2:
        return None
    return _clicked


def _samples() -> Dataset:
    data, _ = whole_data(current())
    return prepare(current()).every if data is None else data


def _target(data: Dataset) -> None:
    if not data.n_classes:
        st.number_input("Its target", value=0.0, format="%.12g", key=_TARGET, width=110)
        return
    count = data.n_classes
    if not data.classes and count < MOST_CLASSES:
        # One class more can be begun.
        count += 1
    targets = [data.title_of(k) for k in range(count)]
    st.selectbox("Its target", targets, key=_TARGET, width=110)


def _how(way: str, data: Dataset) -> str:
    picked = st.session_state.get(_PICKED)
    there = (
        "Where there is one input, samples are typed."
        if data.n_in < 2
        else f"Sample {picked} is picked: click where it goes."
        if way == MOVE and picked is not None
        else {
            ADD: "Click on the map where a sample shall be.",
            MOVE: "Drag a sample on the map, or click on it, then where it goes.",
            REMOVE: "Click on the sample that shall go.",
        }[way]
    )
    others = " Its other inputs are the mean." if data.n_in > 2 and way == ADD else ""
    return f"{there}{others} Or type it here. The samples become your own, and the run begins anew."


def _row() -> int:
    return int(st.session_state.get(_ROW) or 0)


def _forget() -> None:
    st.session_state[_PICKED], st.session_state[_SAID] = None, ""


def _clicked(point: Mapping[str, Any]) -> None:
    """Do what is chosen at a place of the map, which the browser tells."""
    state, data = st.session_state, _samples()
    place = [point.get("x"), point.get("y")]
    if not all(isinstance(value, int | float) and abs(value) < 1e6 for value in place):
        return
    axes, way = looks.axes(data.n_in), str(state[_WAY])
    picked = state.get(_PICKED)
    if way == ADD:
        x = _moved_to(data.x.mean(axis=0).tolist(), axes, place)
        _write(lambda: added(data, x, _chosen_target(data)))
    elif way == REMOVE:
        _write(lambda: removed(data, nearest(data, place, axes)))
    elif picked is None or picked >= len(data.x):
        state[_PICKED] = nearest(data, place, axes)
        # What is picked is said above the map.
        lay_out_anew()
    else:
        x = _moved_to(data.x[picked].tolist(), axes, place)
        _write(lambda: moved(data, picked, x))


def _dropped(row: int, place: tuple[float, float] | None) -> None:
    """Do what a hand has done with a sample on the map: moved it, or picked it by a click."""
    data = _samples()
    if row >= len(data.x):
        return
    if place is None:
        st.session_state[_PICKED] = row
        return
    x = _moved_to(data.x[row].tolist(), looks.axes(data.n_in), place)
    _write(lambda: moved(data, row, x))


def _moved_to(x: list[float], axes: tuple[int, int], place: Sequence[Any]) -> list[float]:
    for axis, value in zip(axes, place, strict=True):
        x[axis] = float(value)
    return x


def _typed() -> None:
    """Do what is chosen with the sample and the inputs that are typed."""
    state, data = st.session_state, _samples()
    way, row = str(state[_WAY]), _row()
    if way == REMOVE:
        _write(lambda: removed(data, row))
        return
    read, problems = read_csv(f"{state.get(_PLACE) or ''}, 0")
    if read is None or read.n_in != data.n_in:
        wanted = f"{data.n_in} number{'' if data.n_in == 1 else 's'}"
        state[_SAID] = f"Its inputs are {wanted}, such as 0.5, 1. " + " ".join(problems[:1])
        return
    x = read.x[0].tolist()
    if way == ADD:
        _write(lambda: added(data, x, _chosen_target(data)))
    else:
        _write(lambda: moved(data, row, x))


def _chosen_target(data: Dataset) -> float:
    chosen = st.session_state.get(_TARGET)
    if not data.n_classes:
        return float(chosen or 0)
    names = [data.title_of(k) for k in range(data.n_classes)]
    return float(names.index(chosen)) if chosen in names else float(chosen or 0)


def _write(change: Callable[[], Dataset]) -> None:
    """Make the changed samples the reader's own, and begin anew; or say why it can't be."""
    _forget()
    try:
        text = write_csv(change())
    except ValueError as wrong:
        return _say(f"{str(wrong).capitalize()}.")
    if len(text) > MOST_TEXT:
        return _say(f"A link holds {MOST_TEXT:,} characters: remove a sample first.")
    choice_values.put("data", OWN)
    choice_values.put("csv", text)
    return runs.begin_anew()


def _say(words: str) -> None:
    st.session_state[_SAID] = words
    # It stands above the map, which may be what was clicked.
    lay_out_anew()
