"""What a hand did at a handle of a chart: the number it moves is shown, or written once it rests.

The script tells one change at a time, as that of the picture does, and waits until it is answered.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import streamlit as st

from pages.shared.state.axes import AXES
from pages.shared.state.exercise import current_exercise
from pages.shared.state.settings import follow, write_numbers


def seen(place: str) -> int:
    """Return the number of what was last heard from a chart: its script waits for it."""
    return int(st.session_state.get(_seen(place), 0))


def _seen(place: str) -> str:
    return f"{place}_seen"


def hear(place: str, said: Any) -> None:
    """Do what the hand at a chart says; nothing where it makes no sense. For callbacks only."""
    if not isinstance(said, Mapping):
        return
    name, value, count = said.get("name"), said.get("value"), said.get("number")
    if isinstance(count, int):
        st.session_state[_seen(place)] = count
    if not isinstance(name, str) or not isinstance(value, int | float):
        return
    rests = bool(said.get("rest"))
    if name in AXES:
        write = AXES[name]().write
        if write and rests:
            write(float(value))
        return
    now = current_exercise()
    if name not in now.names():
        return
    try:
        value = now.check_number(name, value)
    except ValueError:
        return
    if rests:
        write_numbers({name: value})
    else:
        follow(name, value)
