"""The one exercise of a session: what it is now, what it was before, and the link to it.

All inputs write here and all pages read here. An exercise in motion is shown but neither
remembered nor in the link: a drag, or a run of key steps, is one change.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from typing import NamedTuple

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from blame.exercise import links
from blame.exercise.exercise import Exercise
from blame.exercise.library.library import LIBRARY
from pages.shared.state.links import as_meant

MOST_REMEMBERED = 100
"""So many exercises can be gone back to."""
_NOW = "exercise"
_AT_REST = "exercise_at_rest"
_PAST = "exercises_before"
_UNDONE = "exercises_undone"
START = "start"
"""The key of the choice among what an exercise can start from."""
_BESIDE = "beside_the_numbers"
_WRITTEN = "numbers_written_into_the_address"
_IMAGINED: ContextVar[Exercise | None] = ContextVar("imagined", default=None)
"""Not in the session, where any access may cut a run short: it would keep what is no more."""


class _Kept(NamedTuple):
    """An exercise at rest, and what belongs to it: where it comes from, and its own names."""

    exercise: Exercise
    start: str
    names: Mapping[str, str]


def current_exercise() -> Exercise:
    """Return the reader's exercise."""
    now: Exercise = _IMAGINED.get() or st.session_state[_NOW]
    return now


def exercise_at_rest() -> Exercise:
    """Return the exercise as it was before any number that is still in motion."""
    return _at_rest().exercise


def start_key() -> str:
    """Return the key of what the reader set out from, or nothing."""
    return _at_rest().start


def own_names() -> dict[str, str]:
    """Return what the exercise's source calls its numbers, by our names: w1 for W1[0, 0]."""
    kept = _at_rest()
    return {ours: theirs for theirs, ours in kept.names.items() if ours in kept.exercise.names()}


def begin(exercise: Exercise, start: str = "") -> None:
    """Begin a session with this exercise, and the key of what it starts from."""
    state = st.session_state
    state[_NOW] = exercise
    state[_AT_REST] = _Kept(exercise, start, _names_of(start))
    state[_PAST] = state[_UNDONE] = ()


def has_begun() -> bool:
    """Return whether the session has an exercise."""
    return _NOW in st.session_state


def move(changes: Mapping[str, float]) -> None:
    """Show numbers that are still in motion."""
    st.session_state[_NOW] = current_exercise().with_numbers(changes)


@contextmanager
def imagined(other: Exercise) -> Iterator[None]:
    """Have whatever is drawn meanwhile drawn as if the reader's exercise were another one."""
    before = _IMAGINED.set(other)
    try:
        yield
    finally:
        _IMAGINED.reset(before)


def change(changes: Mapping[str, float]) -> None:
    """Write numbers that stay, and remember the exercise of before."""
    move(changes)
    _rest(_at_rest()._replace(exercise=current_exercise()))


def change_to(exercise: Exercise, start: str = "", names: Mapping[str, str] | None = None) -> None:
    """Put another exercise in the place of this one, which is remembered.

    Parameters
    ----------
    start : the key of what it starts from, for the link.
    names : what its source calls its numbers: {"w1": "W1[0, 0]"}; those of the start if None.
    """
    st.session_state[_NOW] = exercise
    _rest(_Kept(exercise, start, _names_of(start) if names is None else names))


def been() -> tuple[Exercise, ...]:
    """Return the exercises that led to the one at rest, and it: `MOST_REMEMBERED` before at most.

    What has been undone is not among them.
    """
    return tuple(kept.exercise for kept in (*st.session_state[_PAST], _at_rest()))


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


def _at_rest() -> _Kept:
    kept: _Kept = st.session_state[_AT_REST]
    return kept


def _names_of(start: str) -> Mapping[str, str]:
    return LIBRARY[start].own_names if start in LIBRARY else {}


def _rest(now: _Kept) -> None:
    state = st.session_state
    if now.exercise != state[_AT_REST].exercise:
        state[_PAST] = (*state[_PAST], state[_AT_REST])[-MOST_REMEMBERED:]
        state[_UNDONE] = ()
    state[_AT_REST] = now


def _step(source: str, target: str) -> None:
    state = st.session_state
    if state[source]:
        state[target] = (*state[target], state[_AT_REST])
        *state[source], state[_AT_REST] = state[source]
        state[_NOW] = state[_AT_REST].exercise


def put_in_link(name: str, text: str) -> None:
    """Have a text of a lesson's own go into the link with the numbers; none takes it out."""
    st.session_state.setdefault(_BESIDE, {})[name] = text


def write_link() -> None:
    """Put the exercise at rest into the address, if it is not there: one entry of the history."""
    state = st.session_state
    beside: dict[str, str] = state.pop(_BESIDE, {})
    numbers = links.write_link(exercise_at_rest(), start_key())
    # What was written last may be on its way still: the browser then tells of the address before.
    arrived = state.get(_WRITTEN, numbers) == numbers
    wanted = numbers | {name: text for name, text in beside.items() if text}
    ours = {name for name in st.query_params if links.is_ours(name)} | {*wanted, *beside}
    there = {name: st.query_params.get_all(name) for name in ours if name in st.query_params}
    if arrived and there == {name: [text] for name, text in wanted.items()}:
        return
    rewrite_address({name: [text] for name, text in wanted.items()}, ours)
    state[_WRITTEN] = numbers


def rewrite_address(wanted: Mapping[str, Sequence[str]], instead_of: Collection[str]) -> None:
    """Put names with their values into the address, in the place of others, as one change.

    st.query_params sends an address for each name it takes out, and each is an entry of the
    browser's history. To write all at once it would have to take out the names of widgets.
    """
    context = get_script_run_ctx()
    assert context is not None
    with context.session_state.query_params() as parameters:
        gone = {*wanted, *instead_of}
        others = {name: parameters.get_all(name) for name in parameters if name not in gone}
        parameters.clear_with_no_forward_msg(preserve_embed=True)
        for name, given in {**others, **wanted}.items():
            parameters.set_with_no_forward_msg(name, given)
        parameters._send_query_param_msg()


def came_by_history() -> bool:
    """Return whether the reader went back or forward in the browser to get here."""
    context = get_script_run_ctx()
    return context is not None and context.is_history_navigation


def read_address() -> None:
    """Take the exercise of the address, as if it had been typed."""
    st.session_state.pop(_WRITTEN, None)
    query = {name: st.query_params.get_all(name) for name in st.query_params}
    read = links.read_link(as_meant(query).query)
    change_to(read.exercise, read.start)
