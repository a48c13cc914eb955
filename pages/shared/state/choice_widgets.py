"""Widgets for the choices of `choices.py`: each keeps its value and writes it into the link."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import streamlit as st

from pages.shared.state.choices import CHOICES, Between, Named, OneOf, Text
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
# Both need the key; the default is left out of links.
_KEPT: dict[str, Any] = {"bind": "query-params", "persist_state": "session"}


def select(name: str, label: str, among: Sequence[str] = (), **settings: Any) -> None:
    """Show a choice among texts as a list.

    Without `format_func`: what is shown is what stands in the link.

    Parameters
    ----------
    among : what there is to choose, where that depends on the exercise.
    """
    values, default = _options(name, among)
    index = values.index(default)
    st.selectbox(label, values, index=index, key=name, **_KEPT, **settings)
    _remember(name)


def titled(name: str, label: str, title: Callable[[str], str], **settings: Any) -> None:
    """Show a choice among keys as a list of their titles; what stands in the link is the key.

    Streamlit writes what it shows into the address, so that this is not left to it: a title that
    is worded anew would break every link with it.
    """
    choice = _one_of(name)
    if came_by_history():
        given = st.query_params.get_all(name)
        good = given and not choice_trouble(name, given)
        st.session_state[name] = given[0] if good else choice.default
    st.selectbox(
        label, choice.values, format_func=title, key=name, persist_state="session", **settings
    )
    _remember(name)
    _put_title_in_link(name)


def _put_title_in_link(name: str) -> None:
    chosen = str(st.session_state[name])
    put_in_link(name, "" if chosen == CHOICES[name].default else chosen)


def before(name: str) -> Any:
    """Return what a choice was when it was last drawn. For callbacks of a change of it."""
    return st.session_state[_CHOSEN][name]


def take(name: str, *, is_titled: bool) -> None:
    """Take a choice as its widget has it, without drawing that anew. For callbacks only."""
    st.session_state[_CHOSEN][name] = st.session_state[name]
    if is_titled:
        _put_title_in_link(name)


def scale(name: str, label: str, **settings: Any) -> None:
    """Show a choice among texts in an order as a slider."""
    choice = _one_of(name)
    st.select_slider(label, choice.values, value=choice.default, key=name, **_KEPT, **settings)
    _remember(name)


def segments(name: str, label: str, among: Sequence[str] = (), **settings: Any) -> None:
    """Show a choice among few texts side by side; `among` as for `select`."""
    shown = {"label_visibility": "collapsed", **settings}
    values, default = _options(name, among)
    st.segmented_control(
        label,
        values,
        default=default,
        key=name,
        required=True,
        **_KEPT,
        **shown,
    )
    _remember(name)


def slider(name: str, label: str, *, most: float | None = None, **settings: Any) -> None:
    """Show a number as a slider, up to `most` where that is less than the choice allows."""
    if most is not None:
        keep_within(name, most)
    low, high, default = _bounds(name)
    if most is not None:
        # A slider needs room to slide.
        high = max(low + 1, min(high, most))
    st.slider(label, low, high, default, key=name, **_KEPT, **settings)
    _remember(name)


def text(name: str, label: str, *, most: int | None = None, **settings: Any) -> None:
    """Show a text of the reader's own as a field of several lines.

    Parameters
    ----------
    most : so many characters may be put into it, if not as many as the choice allows; what hears
        of a change then makes it short enough.
    """
    choice = CHOICES[name]
    assert isinstance(choice, Text)
    _recall(name)
    st.text_area(
        label, choice.default, max_chars=most or choice.most, key=name, **_KEPT, **settings
    )
    _remember(name)


def number(name: str, label: str, *, most: float | None = None, **settings: Any) -> None:
    """Show a number as a field, up to `most` where that is less than the choice allows."""
    if most is not None:
        keep_within(name, most)
    low, high, default = _bounds(name)
    high = high if most is None else min(high, most)
    st.number_input(label, low, high, default, key=name, **_KEPT, **settings)
    _remember(name)


def recorded(name: str, label: str, **settings: Any) -> None:
    """Show a number as a field that goes into the link with what else its change puts there.

    One entry of the browser's history, where Streamlit would first change the last one.
    """
    low, high, default = _bounds(name)
    if came_by_history():
        given = st.query_params.get_all(name)
        good = given and not choice_trouble(name, given)
        st.session_state[name] = CHOICES[name].read(given[0]) if good else default
    st.number_input(label, low, high, key=name, persist_state="session", **settings)
    _remember(name)
    chosen = st.session_state[name]
    put_in_link(name, "" if chosen == default else repr(chosen))


def unseen(name: str) -> None:
    """Give a choice that has no widget its value from the link, and write it there."""
    choice, state = CHOICES[name], st.session_state
    if came_by_history():
        given = st.query_params.get_all(name)
        good = given and not choice_trouble(name, given)
        state[name] = choice.read(given[0]) if good else choice.default
    _recall(name)
    put_in_link(name, "" if state[name] == choice.default else str(state[name]))


def chosen(name: str) -> Any:
    """Return what a choice is, also where its widget is still to be drawn."""
    _recall(name)
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

    For what is no choice of `choices.py`, for what there is depends on the exercise: a stage, a
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


def _recall(name: str) -> None:
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


def _remember(name: str) -> None:
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


def _options(name: str, among: Sequence[str]) -> tuple[Sequence[str], str]:
    """Return what can be chosen and the default; what the exercise has not goes back to it."""
    choice = CHOICES[name]
    if not isinstance(choice, Named):
        one_of = _one_of(name)
        return one_of.values, one_of.default
    default = choice.default if choice.default in among else among[0]
    wrong = [text for text in st.query_params.get_all(name) if text not in among]
    if wrong:
        # Streamlit would try to read the wrong value again.
        del st.query_params[name]
        if name not in st.session_state:
            # It is the link's own, not one that an exercise of before had.
            said = f"{name} {OneOf(among, default).trouble(wrong[0])}, got {wrong[0][:40]!r}."
            st.session_state[PROBLEMS] = [
                *st.session_state.get(PROBLEMS, ()),
                f"{said} The default {default} is used.",
            ]
            st.rerun()
    _recall(name)
    if st.session_state[name] not in among:
        st.session_state[name] = default
    return among, default


def _one_of(name: str) -> OneOf:
    choice = CHOICES[name]
    assert isinstance(choice, OneOf)
    _recall(name)
    return choice


def _bounds(name: str) -> tuple[float, float, float]:
    """Return the lowest and highest value and the default, all of one type, as Streamlit asks."""
    choice = CHOICES[name]
    assert isinstance(choice, Between)
    _recall(name)
    kind = int if choice.whole else float
    return kind(choice.low), kind(choice.high), kind(choice.default)
