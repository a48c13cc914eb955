"""Choosing the part of an exercise that a chart shows, where not all of it fits."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from pages.shared.charts.lessons.forward_pass import View

FEW = 4
"""Choices that stand side by side; more of them are a list."""


def pick(key: str, label: str, among: Sequence[str], *, first: int = 0) -> str:
    """Show a choice among parts of this exercise, where there is one, and return what is chosen.

    Parameters
    ----------
    first : the place of what is chosen until the reader chooses.
    """
    if not among:
        return ""
    state = st.session_state
    default = among[min(first, len(among) - 1)]
    # Written where it must be only: what a browser still holds after its server was lost counts.
    if state.get(key, default) not in among:
        # Of another exercise.
        state[key] = default
    if len(among) == 1:
        return default
    if len(among) <= FEW:
        st.segmented_control(
            label, among, default=default, key=key, required=True, persist_state="session"
        )
    else:
        place = among.index(default)
        st.selectbox(label, among, place, key=key, persist_state="session", width=220)
    return str(state[key])


def picked(key: str, among: Sequence[str], *, first: int = 0) -> str:
    """Return what is chosen without showing the choice."""
    if not among:
        return ""
    chosen = st.session_state.get(key)
    return str(chosen) if chosen in among else among[min(first, len(among) - 1)]


def pick_view(key: str, label: str, views: Sequence[View]) -> None:
    """Show a choice among parts of a network; nothing where a chart holds all of it."""
    pick(key, label, [view.title for view in views])


def picked_view(key: str, views: Sequence[View]) -> View | None:
    """Return the part that is chosen, None where a chart holds all of the network."""
    chosen = picked(key, [view.title for view in views])
    return next((view for view in views if view.title == chosen), None)
