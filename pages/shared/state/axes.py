"""The axes of films: along which a page can be drawn before anybody has gone there.

A number of the exercise is an axis by its name. What else there is, the steps of a run for one,
is entered in `AXES`.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from functools import partial

import streamlit as st

from blame.exercise.exercise import Exercise
from pages.shared.state import exercise, steps
from pages.shared.state.computed import run_of
from pages.shared.state.wire import wire

MOST_FILMS = 4
"""So many films a browser keeps, those of the axes it went along last."""
_FILMED = "axes_with_a_film"
_OWN = "axes_of_the_page"


@dataclass(frozen=True)
class Axis:
    """What can be gone along.

    Attributes
    ----------
    at : draws what is drawn meanwhile as it is at a place; ValueError where there is no such,
        NotYetError where that takes longer to work out than a piece of a film may.
    others : all that the pictures along it depend on besides.
    write : puts what it is along to a value for good, where that is no number of the exercise and
        a hand may do so; for callbacks only.
    run : of the steps of a run, their name: parts that show no step stay as they are.
    """

    at: Callable[[float], AbstractContextManager[None]]
    others: Hashable
    write: Callable[[float], None] | None = None
    run: str = ""


class NotYetError(Exception):
    """What stands at a place is still being worked out: it can be asked for again."""


AXES: dict[str, Callable[[], Axis]] = {}
"""Axes that are no number of the exercise: name -> the axis of the exercise as it is now."""


AxisOf = Callable[[str], Axis | None]


def belong(own: AxisOf | None) -> None:
    """Begin a page: whose its numbers are, the reader's exercise's if None.

    The numbers of a page with an exercise of its own may be called as the reader's are.
    """
    st.session_state[_OWN] = own


def axis_of(name: str) -> Axis | None:
    """Return the axis of a name on the page on screen; None where there is none."""
    own: AxisOf | None = st.session_state.get(_OWN)
    if own is not None:
        return own(name)
    if name in AXES:
        return AXES[name]()
    return number_axis(exercise.current_exercise(), name, exercise.imagined)


def number_axis(
    now: Exercise, name: str, imagined: Callable[[Exercise], AbstractContextManager[None]]
) -> Axis | None:
    """Return the axis of one number of an exercise; None where it has no such.

    Parameters
    ----------
    imagined : draws what is drawn meanwhile as if the exercise were another.
    """
    if name not in now.names():
        return None

    def at(value: float) -> AbstractContextManager[None]:
        if now.check_number(name, value) != value:
            raise ValueError(f"{name} cannot be {value}")
        return imagined(now.with_numbers({name: value}))

    low, high = now.bounds_of(name)
    # The same for every value of this number.
    return Axis(at, (now.with_numbers({name: min(max(0.0, low), high)}), steps.places()))


def _run(name: str) -> Axis:
    now = exercise.current_exercise()

    def at(value: float) -> AbstractContextManager[None]:
        if not 0 <= value <= run_of(now).steps or value != int(value):
            raise ValueError(f"the run has no step {value}")
        return steps.imagined_step(name, int(value))

    others = tuple(zip(steps.RUNS, steps.places(), strict=True))
    return Axis(at, (now, tuple(other for other in others if other[0] != name)), run=name)


AXES |= {name: partial(_run, name) for name in steps.OF_EXERCISE}


def stamp(axis: Axis) -> str:
    """Return what two films along an axis share if they are of one and the same thing."""
    of = wire()
    return f"{of.lesson}.{of.choices}.{hash(axis.others):x}"


def filmed(name: str) -> None:
    """Note that the browser has a film along this axis."""
    names = [other for other in st.session_state.get(_FILMED, ()) if other != name]
    st.session_state[_FILMED] = (*names, name)[-MOST_FILMS:]


def stamps() -> dict[str, str]:
    """Return for each film that the browser may hold the stamp it must have to be true."""
    along = {name: axis_of(name) for name in st.session_state.get(_FILMED, ())}
    return {name: stamp(axis) for name, axis in along.items() if axis is not None}
