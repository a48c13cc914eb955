"""Widgets for the choices of `choices.py`: each keeps its value and writes it into the link."""

from __future__ import annotations

from typing import Any

import streamlit as st

from pages.shared.choices import CHOICES, Between, OneOf, Text

_CHOSEN = "choices_made"
ENTERING = "entering_a_page"
"""Whether this run is the first of a page that the reader has come to."""
AGAIN = "choices_were_lost"
"""Whether the page must be run once more to bring lost choices back."""
_PUT = "choices_to_set"
# Both need the key; the default is left out of links.
_KEPT: dict[str, Any] = {"bind": "query-params", "persist_state": "session"}


def select(name: str, label: str, **settings: Any) -> None:
    """Show a choice among texts as a list."""
    choice = _one_of(name)
    index = choice.values.index(choice.default)
    st.selectbox(label, choice.values, index=index, key=name, **_KEPT, **settings)
    _remember(name)


def scale(name: str, label: str, **settings: Any) -> None:
    """Show a choice among texts in an order as a slider."""
    choice = _one_of(name)
    st.select_slider(label, choice.values, value=choice.default, key=name, **_KEPT, **settings)
    _remember(name)


def segments(name: str, label: str) -> None:
    """Show a choice among few texts side by side."""
    choice = _one_of(name)
    st.segmented_control(
        label,
        choice.values,
        default=choice.default,
        key=name,
        required=True,
        label_visibility="collapsed",
        **_KEPT,
    )
    _remember(name)


def slider(name: str, label: str, *, most: float | None = None, **settings: Any) -> None:
    """Show a number as a slider, up to `most` where that is less than the choice allows."""
    low, high, default = _bounds(name)
    if most is not None:
        # A slider needs room to slide.
        high = max(low + 1, min(high, most))
    st.slider(label, low, high, default, key=name, **_KEPT, **settings)
    _remember(name)


def text(name: str, label: str, **settings: Any) -> None:
    """Show a text of the reader's own as a field of several lines."""
    choice = CHOICES[name]
    assert isinstance(choice, Text)
    _recall(name)
    st.text_area(label, choice.default, max_chars=choice.most, key=name, **_KEPT, **settings)
    _remember(name)


def number(name: str, label: str, **settings: Any) -> None:
    """Show a number as a field."""
    st.number_input(label, *_bounds(name), key=name, **_KEPT, **settings)
    _remember(name)


def put(name: str, value: Any) -> None:
    """Set a choice, wherever its widget is drawn next. For callbacks only.

    Streamlit takes it into the link only if it is set in the very run that draws the widget.
    """
    st.session_state[name] = value
    st.session_state.setdefault(_PUT, {})[name] = value


def _recall(name: str) -> None:
    """Give a choice its default once a session, or what it has been set to since."""
    state = st.session_state
    if name in state.get(_PUT, {}):
        state[name] = state[_PUT].pop(name)
    state.setdefault(name, CHOICES[name].default)


def _remember(name: str) -> None:
    """Note what a choice is, or that the browser's way back has lost it.

    Streamlit takes a page's choices out of the address that is left behind. On the way back it
    finds none there and sets each to its default, so the page must run once more to undo that.
    """
    state = st.session_state
    chosen: dict[str, Any] = state.setdefault(_CHOSEN, {})
    if state.get(ENTERING) and name not in st.query_params and name in chosen:
        if chosen[name] != state[name]:
            state.setdefault(_PUT, {})[name] = chosen[name]
            state[AGAIN] = True
        return
    chosen[name] = state[name]


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
