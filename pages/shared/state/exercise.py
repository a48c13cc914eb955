"""The one exercise of a session: what it is now, what it was before, and the link to it.

All inputs write here and all pages read here. An exercise in motion is shown but neither
remembered nor in the link: a drag, or a run of key steps, is one change.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from blame.exercise.exercise import NAMES, Exercise
from pages.shared.state.links import read_link

MOST_REMEMBERED = 100
"""So many exercises can be gone back to."""
_NOW = "exercise"
_AT_REST = "exercise_at_rest"
_PAST = "exercises_before"
_UNDONE = "exercises_undone"
_BESIDE = "beside_the_numbers"


def current_exercise() -> Exercise:
    """Return the reader's numbers."""
    now: Exercise = st.session_state[_NOW]
    return now


def exercise_at_rest() -> Exercise:
    """Return the numbers as they were before any that are still in motion."""
    at_rest: Exercise = st.session_state[_AT_REST]
    return at_rest


def begin(exercise: Exercise) -> None:
    """Begin a session with these numbers."""
    state = st.session_state
    state[_NOW] = state[_AT_REST] = exercise
    state[_PAST] = state[_UNDONE] = ()


def has_begun() -> bool:
    """Return whether the session has an exercise."""
    return _NOW in st.session_state


def move(changes: Mapping[str, float]) -> None:
    """Show numbers that are still in motion."""
    st.session_state[_NOW] = replace(current_exercise(), **changes)


def change(changes: Mapping[str, float]) -> None:
    """Write numbers that stay, and remember the exercise of before."""
    state = st.session_state
    move(changes)
    if state[_NOW] != state[_AT_REST]:
        state[_PAST] = (*state[_PAST], state[_AT_REST])[-MOST_REMEMBERED:]
        state[_UNDONE] = ()
        state[_AT_REST] = state[_NOW]


def can_undo() -> bool:
    """Return whether there is an exercise to go back to."""
    return bool(st.session_state[_PAST])


def can_redo() -> bool:
    """Return whether a change has been undone."""
    return bool(st.session_state[_UNDONE])


def undo() -> None:
    """Go back to the exercise before the last change."""
    change({})
    _step(_PAST, _UNDONE)


def redo() -> None:
    """Make the change again that was undone last."""
    change({})
    _step(_UNDONE, _PAST)


def _step(source: str, target: str) -> None:
    state = st.session_state
    if state[source]:
        state[target] = (*state[target], state[_AT_REST])
        *state[source], state[_NOW] = state[source]
        state[_AT_REST] = state[_NOW]


def link_numbers(exercise: Exercise) -> dict[str, str]:
    """Return the numbers of an exercise as its link spells them; defaults are left out."""
    defaults = Exercise().numbers()
    return {name: repr(v) for name, v in exercise.numbers().items() if v != defaults[name]}


def put_in_link(name: str, text: str) -> None:
    """Have a text of a lesson's own go into the link with the numbers; none takes it out."""
    st.session_state.setdefault(_BESIDE, {})[name] = text


def write_link() -> None:
    """Put the exercise at rest into the address, if it is not there: one entry of the history."""
    beside: dict[str, str] = st.session_state.pop(_BESIDE, {})
    wanted = link_numbers(st.session_state[_AT_REST])
    wanted |= {name: text for name, text in beside.items() if text}
    ours = {*NAMES, *beside}
    if {name: st.query_params.get_all(name) for name in ours if name in st.query_params} == {
        name: [text] for name, text in wanted.items()
    }:
        return
    context = get_script_run_ctx()
    assert context is not None
    # st.query_params sends an address for each name it takes out, and each is an entry of the
    # browser's history. To write all at once it would have to take out the names of widgets.
    with context.session_state.query_params() as parameters:
        others = {name: parameters.get_all(name) for name in parameters if name not in ours}
        parameters.clear_with_no_forward_msg(preserve_embed=True)
        for name, given in {**others, **wanted}.items():
            parameters.set_with_no_forward_msg(name, given)
        parameters._send_query_param_msg()


def came_by_history() -> bool:
    """Return whether the reader went back or forward in the browser to get here."""
    context = get_script_run_ctx()
    return context is not None and context.is_history_navigation


def read_address() -> None:
    """Take the numbers of the address, as if they had been typed."""
    given: dict[str, Sequence[str]] = {
        name: st.query_params.get_all(name) for name in NAMES if name in st.query_params
    }
    change({**Exercise().numbers(), **read_link(given)[0]})
