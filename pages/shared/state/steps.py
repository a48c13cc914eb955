"""The step of a run that is looked at: the reader's own, or that of a frame of a film."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import partial

import streamlit as st

from pages.shared.state.choices import CHOICES, choice_values
from pages.shared.state.exercise import put_in_link

OF_EXERCISE, PLAYED = ("step", "lab_step", "run_step"), "play_step"
RUNS = (*OF_EXERCISE, PLAYED)
"""The steps that are chosen on pages, by their names in links; the last is the playground's."""
_IMAGINED: ContextVar[tuple[str, int] | None] = ContextVar("imagined_step", default=None)
"""Not in the session: a run of the script is cut short there, and it would keep what is no more."""
_READ: ContextVar[set[str] | None] = ContextVar("steps_read", default=None)


def step_of(name: str, last: int) -> int:
    """Return the step that is shown of a run of so many steps."""
    if (read := _READ.get()) is not None:
        read.add(name)
    imagined = _IMAGINED.get()
    if imagined and imagined[0] == name:
        return min(imagined[1], last)
    return min(int(st.session_state.get(name, 0)), last)


def places() -> tuple[int, ...]:
    """Return the reader's step in every run."""
    return tuple(int(st.session_state.get(name, 0)) for name in RUNS)


def imagining() -> bool:
    """Return whether what is drawn now is of another step than the reader's."""
    return _IMAGINED.get() is not None


@contextmanager
def imagined_step(name: str, step: int) -> Iterator[None]:
    """Have whatever is drawn meanwhile drawn as if the reader were at another step."""
    before = _IMAGINED.set((name, step))
    try:
        yield
    finally:
        _IMAGINED.reset(before)


@contextmanager
def reading() -> Iterator[set[str]]:
    """Give the names of the runs whose step is asked for meanwhile."""
    read: set[str] = set()
    before = _READ.set(read)
    try:
        yield read
    finally:
        _READ.reset(before)


def begin(name: str, last: int) -> None:
    """Take the step from the link: once a session, and through history."""
    read = partial(_choice_in_link, name) if name in CHOICES else partial(_in_link, last)
    choice_values.from_link(name, read, 0)
    st.session_state.setdefault(name, 0)


def _in_link(last: int, text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and int(text) <= last else None


def _choice_in_link(name: str, text: str) -> int | None:
    # Of a shorter run it is narrowed to the last one (`step_of`).
    choice = CHOICES[name]
    return None if choice.trouble(text) else int(float(choice.read(text)))


def keep_in_link(name: str, last: int) -> None:
    """Put the step into the link, one that the run no longer has as its last."""
    step = min(int(st.session_state.get(name, 0)), last)
    put_in_link(name, str(step) if step else "")
