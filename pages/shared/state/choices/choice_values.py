"""The value of each choice: the session's, the link's, or what it is set to from elsewhere."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import streamlit as st

from pages.shared.state.choices import CHOICES
from pages.shared.state.exercise import came_by_history, put_in_link
from pages.shared.state.links import choice_trouble

PROBLEMS = "link_problems"
"""Where the sentences stand that say what a link has wrong."""
_CHOSEN = "choices_made"
ENTERING = "entering_a_page"
"""Whether this run is the first of a page that the reader has come to."""
_AGAIN = "choices_need_a_run"
_PUT = "choices_to_set"
_DRAWN = "choices_drawn"
_ASIDE = "choices_drawn_beside"


def unseen(name: str) -> None:
    """Give a choice that has no widget its value from the link, and write it there."""
    choice, state = CHOICES[name], st.session_state
    if came_by_history():
        given = st.query_params.get_all(name)
        good = given and not choice_trouble(name, given)
        state[name] = choice.read(given[0]) if good else choice.default
    recall(name)
    put_in_link(name, "" if state[name] == choice.default else str(state[name]))


def chosen(name: str) -> Any:
    """Return what a choice is, also where its widget is still to be drawn."""
    recall(name)
    return st.session_state[name]


def keep_within(name: str, most: float) -> None:
    """Take a number that is too large for its widget back to `most`, in the link as well.

    Runs the page again: Streamlit writes the value of a widget that is new on the page into the
    link only if it was set in a run before.
    """
    state = st.session_state
    if name not in state and float(st.query_params.get(name, 0)) > most:
        # Streamlit would take the default instead.
        del st.query_params[name]
    elif state.get(name, 0) <= most:
        return
    state[name] = int(most) if isinstance(CHOICES[name].default, int) else float(most)
    st.rerun()


def from_link(name: str, read: Callable[[str], Any], default: Any) -> None:
    """Give a page's own state its value from the link: once a session, and through history.

    For what is no choice of `CHOICES`, for what there is depends on the exercise: a stage, a
    step. Whoever draws it puts it into the link with `put_in_link`.

    Parameters
    ----------
    read : returns the value of a text, None where there is no such thing.
    """
    if name in st.session_state and not came_by_history():
        return
    given = st.query_params.get_all(name)
    value = read(given[0][:40]) if len(given) == 1 else None
    if value is not None or name in st.session_state:
        st.session_state[name] = default if value is None else value


def put(name: str, value: Any) -> None:
    """Set a choice, wherever its widget is drawn next. For callbacks that end with `st.rerun`.

    Streamlit takes it into the link if it is set in the very run that draws a widget which has
    been there before, or in a run before the one that draws a new widget.
    """
    st.session_state[name] = value
    if name in st.session_state[_DRAWN]:
        _put_in_next_run(name, value)


def begin() -> None:
    """Begin a run of a page; what `beside` has drawn stays on screen though the page runs again."""
    st.session_state[_DRAWN] = set(st.session_state.get(_ASIDE, ()))


def beside(draw: Callable[[], None]) -> None:
    """Draw choices that stand beside a page, and run without it."""
    state = st.session_state
    before = state.get(_DRAWN, set())
    state[_DRAWN] = set()
    draw()
    state[_ASIDE] = state[_DRAWN]
    state[_DRAWN] = before | state[_ASIDE]


def check_choices() -> None:
    """End a run of a page; with another one, if that must write a choice into the link."""
    if st.session_state.pop(_AGAIN, False):
        st.rerun()


def _put_in_next_run(name: str, value: Any) -> None:
    st.session_state.setdefault(_PUT, {})[name] = value


def recall(name: str) -> None:
    """Give a choice its value once a session, or what it has been set to since.

    That is the link's, where it has one: a page whose server was started again asks with the link
    it had, and Streamlit would believe the default that stands here.
    """
    state = st.session_state
    if name in state.get(_PUT, {}):
        state[name] = state[_PUT].pop(name)
    if name not in state:
        given = st.query_params.get_all(name)
        linked = given and not choice_trouble(name, given)
        state[name] = CHOICES[name].read(given[0]) if linked else CHOICES[name].default


def remember(name: str) -> None:
    """Note what a choice is, or that the browser's way back has lost it.

    Streamlit takes a page's choices out of the address that is left behind. On the way back it
    finds none there and sets each to its default, so the page must run once more to undo that.
    """
    state = st.session_state
    chosen: dict[str, Any] = state.setdefault(_CHOSEN, {})
    missing = state.get(ENTERING) and name not in st.query_params
    if missing and state[name] != chosen.get(name, state[name]):
        _put_in_next_run(name, chosen[name])
        state[_AGAIN] = True
        return
    state[_DRAWN].add(name)
    chosen[name] = state[name]


def before(name: str) -> Any:
    """Return what a choice was when it was last drawn. For callbacks of a change of it."""
    return st.session_state[_CHOSEN][name]


def take(name: str) -> None:
    """Take a choice as its widget has it, without drawing that anew. For callbacks only."""
    st.session_state[_CHOSEN][name] = st.session_state[name]
