"""Numbers and choices that a lesson has written, until the browser is sure to hold them.

Each message of a browser says what all its inputs hold. One that leaves before a written number
has arrived there brings the number of before along, an echo, and Streamlit would take it back.
"""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from typing import Any

import streamlit as st

_WRITTEN = "written_numbers"
Value = float | str
HEARD = 1.0
"""Seconds after which a number is taken to have arrived. No hand goes from the picture to a field
and puts the number of before there in less."""
LOST = 10.0
"""Seconds after which a number whose input has not been drawn is no longer waited for."""


@dataclass
class _Written:
    value: Value
    past: set[Value | None] = field(default_factory=set)
    written: float = field(default_factory=time.monotonic)
    drawn: float | None = None

    def on_its_way(self) -> bool:
        now = time.monotonic()
        return now - self.written < LOST if self.drawn is None else now - self.drawn < HEARD


def write(name: str, value: Value) -> None:
    """Put a number into its input. For callbacks that have the input drawn."""
    state = st.session_state
    before = _on_its_way(name)
    past = before.past | {before.value} if before else set()
    state.setdefault(_WRITTEN, {})[name] = _Written(value, past | {state.get(name)})
    state[name] = value


def echoed(name: str) -> bool:
    """Return whether what an input says is an echo, and put what was written there again."""
    state = st.session_state
    found = _on_its_way(name)
    if found is None or state[name] not in found.past - {found.value}:
        state.get(_WRITTEN, {}).pop(name, None)
        return False
    write(name, found.value)
    return True


def settled(name: str) -> Any:
    """Return what an input holds, unless it is an echo: then what was written. For callbacks."""
    echoed(name)
    return st.session_state[name]


def draw(name: str) -> None:
    """Write a number once more, just before its input is drawn.

    Streamlit takes a number into the link only if it was written in the very run that draws its
    input, and a callback that names the parts to draw ends in a run of its own.
    """
    if name not in st.session_state.get(_WRITTEN, {}):
        return
    found = _found(name)
    if found.drawn is None:
        found.drawn = time.monotonic()
        st.session_state[name] = st.session_state[name]


def _found(name: str) -> _Written:
    found: _Written = st.session_state[_WRITTEN][name]
    return found


def _on_its_way(name: str) -> _Written | None:
    """Return the number written to an input, if the browser may not have heard of it."""
    if name in st.session_state.get(_WRITTEN, {}) and _found(name).on_its_way():
        return _found(name)
    return None
