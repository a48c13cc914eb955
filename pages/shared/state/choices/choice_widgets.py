"""Widgets for the choices: each keeps its value and writes it into the link."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import streamlit as st

from pages.shared.state.choices import CHOICES, Between, Named, OneOf, Text, choice_values
from pages.shared.state.choices.choice_values import PROBLEMS, keep_within, recall, remember
from pages.shared.state.exercise import came_by_history, put_in_link
from pages.shared.state.links import choice_trouble

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
    remember(name)


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
    remember(name)
    _put_title_in_link(name)


def _put_title_in_link(name: str) -> None:
    chosen = str(st.session_state[name])
    put_in_link(name, "" if chosen == CHOICES[name].default else chosen)


def take(name: str, *, is_titled: bool) -> None:
    """Take a choice as its widget has it, without drawing that anew. For callbacks only."""
    choice_values.take(name)
    if is_titled:
        _put_title_in_link(name)


def scale(name: str, label: str, **settings: Any) -> None:
    """Show a choice among texts in an order as a slider."""
    choice = _one_of(name)
    st.select_slider(label, choice.values, value=choice.default, key=name, **_KEPT, **settings)
    remember(name)


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
    remember(name)


def slider(name: str, label: str, *, most: float | None = None, **settings: Any) -> None:
    """Show a number as a slider, up to `most` where that is less than the choice allows."""
    if most is not None:
        keep_within(name, most)
    low, high, default = _bounds(name)
    if most is not None:
        # A slider needs room to slide.
        high = max(low + 1, min(high, most))
    st.slider(label, low, high, default, key=name, **_KEPT, **settings)
    remember(name)


def text(name: str, label: str, *, most: int | None = None, **settings: Any) -> None:
    """Show a text of the reader's own as a field of several lines.

    Parameters
    ----------
    most : so many characters may be put into it, if not as many as the choice allows; what hears
        of a change then makes it short enough.
    """
    choice = CHOICES[name]
    assert isinstance(choice, Text)
    recall(name)
    st.text_area(
        label, choice.default, max_chars=most or choice.most, key=name, **_KEPT, **settings
    )
    remember(name)


def number(name: str, label: str, *, most: float | None = None, **settings: Any) -> None:
    """Show a number as a field, up to `most` where that is less than the choice allows."""
    if most is not None:
        keep_within(name, most)
    low, high, default = _bounds(name)
    high = high if most is None else min(high, most)
    st.number_input(label, low, high, default, key=name, **_KEPT, **settings)
    remember(name)


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
    remember(name)
    chosen = st.session_state[name]
    put_in_link(name, "" if chosen == default else repr(chosen))


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
    recall(name)
    if st.session_state[name] not in among:
        st.session_state[name] = default
    return among, default


def _one_of(name: str) -> OneOf:
    choice = CHOICES[name]
    assert isinstance(choice, OneOf)
    recall(name)
    return choice


def _bounds(name: str) -> tuple[float, float, float]:
    """Return the lowest and highest value and the default, all of one type, as Streamlit asks."""
    choice = CHOICES[name]
    assert isinstance(choice, Between)
    recall(name)
    kind = int if choice.whole else float
    return kind(choice.low), kind(choice.high), kind(choice.default)
