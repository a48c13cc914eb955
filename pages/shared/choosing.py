"""Widgets for the choices of `choices.py`: each keeps its value and writes it into the link."""

from __future__ import annotations

from typing import Any

import streamlit as st

from pages.shared.choices import CHOICES, Between, OneOf

# Both need the key; the default is left out of links.
_KEPT: dict[str, Any] = {"bind": "query-params", "persist_state": "session"}


def select(name: str, label: str, **settings: Any) -> None:
    """Show a choice among texts as a list."""
    choice = _one_of(name)
    index = choice.values.index(choice.default)
    st.selectbox(label, choice.values, index=index, key=name, **_KEPT, **settings)


def scale(name: str, label: str, **settings: Any) -> None:
    """Show a choice among texts in an order as a slider."""
    choice = _one_of(name)
    st.select_slider(label, choice.values, value=choice.default, key=name, **_KEPT, **settings)


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


def slider(name: str, label: str, **settings: Any) -> None:
    """Show a number as a slider."""
    st.slider(label, *_bounds(name), key=name, **_KEPT, **settings)


def number(name: str, label: str, **settings: Any) -> None:
    """Show a number as a field."""
    st.number_input(label, *_bounds(name), key=name, **_KEPT, **settings)


def _one_of(name: str) -> OneOf:
    choice = CHOICES[name]
    assert isinstance(choice, OneOf)
    st.session_state.setdefault(name, choice.default)
    return choice


def _bounds(name: str) -> tuple[float, float, float]:
    """Return the lowest and highest value and the default, all of one type, as Streamlit asks."""
    choice = CHOICES[name]
    assert isinstance(choice, Between)
    st.session_state.setdefault(name, choice.default)
    kind = int if choice.whole else float
    return kind(choice.low), kind(choice.high), kind(choice.default)
