"""The inputs that every lesson shares: the exercise, its sheet of numbers, the seed."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import streamlit as st

from blame.exercise.exercise import Exercise
from blame.exercise.names import title_of
from blame.exercise.presets import MOST_SEED, PRESETS
from blame.exercise.starts import STARTS
from pages.shared.live.sheet import sheet
from pages.shared.shell import your_exercise
from pages.shared.shell.take_away import take_away
from pages.shared.state import echoes
from pages.shared.state.choices import NOTATION, choice_widgets
from pages.shared.state.drawn_numbers import SEED, SEED_INPUT, draw, draw_next
from pages.shared.state.exercise import START, change_to, current_exercise, start_key
from pages.shared.state.settings import answer, chosen_notation, write_numbers
from pages.shared.state.settings.parts import Slot
from pages.shared.words.exercise import shape_words

OWN = "own"
SEED_WIDTH = 114
"""Pixels."""


@dataclass(frozen=True)
class Inputs:
    """The places in the sidebar that are filled while the lesson is, and how."""

    _start: Any
    _sheet: Any

    def start(self) -> Callable[[], None]:
        """Return what shows the exercise, beginning with nothing on screen."""
        choice, story, reset = Slot(_choice), Slot(_story), Slot(_reset_button)

        def draw() -> None:
            now = current_exercise()
            start = start_of(now)
            changed = changed_names(now, start) if start in STARTS else []
            with self._start:
                choice.show(start)
                story.show(_changed(changed) or _story_of(now, start))
                # Always there: an element that comes and goes would mount the sheet anew.
                reset.show(bool(changed))

        return draw

    def sheet(self) -> Callable[[], None]:
        """Return what shows the numbers."""

        def draw() -> None:
            with self._sheet:
                sheet()

        return draw


def begin_sidebar() -> Inputs:
    """Set the places apart, in their order."""
    with st.sidebar:
        with st.container(key="group_start"):
            your_exercise.button("your_exercise")
            start = st.container()
        return Inputs(start, st.container())


def sidebar() -> None:
    """Show the inputs that no number changes."""
    with st.sidebar:
        with st.container(key="group_random"):
            st.fragment(_random, key=SEED_INPUT)()
        st.toggle(
            "All digits",
            key="all_digits",
            persist_state="session",
            on_change=answer,
            help="Write every number with all the digits the computer holds, instead of four.",
        )
        _notation()
        take_away()


def start_of(exercise: Exercise) -> str:
    """Return the key of what an exercise is compared with, or `OWN` where nothing has its shape.

    That is what the reader set out from where it has the same shape, else the preset that shares
    the most numbers.
    """
    start = start_key()
    if start in STARTS and _shape(start) == exercise.shape:
        return start
    ours = exercise.numbers()
    alike = [key for key in PRESETS if _shape(key) == exercise.shape]
    return min(alike, key=lambda key: len(_changed_names(ours, key)), default=OWN)


def changed_names(exercise: Exercise, start: str) -> list[str]:
    """Return the names whose numbers differ from the start's; steps are the reader's own."""
    return _changed_names(exercise.numbers(), start)


def _changed_names(ours: Mapping[str, float], start: str) -> list[str]:
    theirs = _numbers(start)
    return [name for name in theirs if name != "steps" and ours[name] != theirs[name]]


@lru_cache(maxsize=64)
def _numbers(start: str) -> Mapping[str, float]:
    return STARTS[start].exercise.numbers()


@lru_cache(maxsize=64)
def _shape(start: str) -> Hashable:
    return STARTS[start].exercise.shape


def _choice(place: Any, start: str) -> None:
    st.session_state[START] = start
    place.selectbox(
        "Exercise",
        list(dict.fromkeys([*PRESETS, start])),
        format_func=lambda key: STARTS[key].title if key in STARTS else "Your own",
        key=START,
        persist_state="session",
        on_change=_load,
    )


def _story(place: Any, text: str) -> None:
    place.caption(text)


def _reset_button(place: Any, changed: bool) -> None:
    place.button(
        "Reset the numbers",
        key="reset",
        on_click=_reset,
        icon=":material/undo:",
        disabled=not changed,
        width="stretch",
    )


def _changed(names: Sequence[str]) -> str:
    listed = ", ".join(title_of(name) for name in names[:3])
    more = f" and {len(names) - 3} more" if len(names) > 3 else ""
    return f"Changed: {listed}{more}" if names else ""


def _story_of(exercise: Exercise, start: str) -> str:
    return STARTS[start].story if start in STARTS else shape_words(exercise)


def _notation() -> None:
    """Let the reader choose how formulas are written, and say what the choice is."""
    choice_widgets.segments(
        NOTATION,
        "Notation",
        label_visibility="visible",
        help="How the formulas are written: with the notebook's names and x W, or as courses do: "
        "∂L/∂w, δ, and W x with one row a neuron, as PyTorch stores weights. All else, the "
        "sheet, the picture, the charts and what a number opens to, keeps the notebook's names.",
    )
    st.caption(f"Formulas with {chosen_notation().said}")


def _load() -> None:
    key = st.session_state[START]
    if key in STARTS:
        # How many steps to train is the reader's choice, not part of the network.
        steps = {"steps": current_exercise().steps}
        change_to(STARTS[key].exercise.with_numbers(steps), key)
    answer()


def _reset() -> None:
    now = current_exercise()
    start = start_of(now)
    theirs = STARTS[start].exercise.numbers()
    write_numbers({name: theirs[name] for name in changed_names(now, start)})


def _random() -> None:
    echoes.draw(SEED)
    with st.container(horizontal=True, gap="xxsmall", vertical_alignment="bottom"):
        st.number_input(
            "seed",
            min_value=0,
            max_value=MOST_SEED,
            value=1,
            step=1,
            key=SEED,
            persist_state="session",
            on_change=draw,
            width=SEED_WIDTH,
            help="The same seed always draws the same numbers. Typing one draws from it.",
        )
        st.button(
            "Randomise",
            key="randomise",
            on_click=draw_next,
            icon=":material/casino:",
            help="New numbers of one decimal, from the seed shown; once drawn, from the next one.",
        )
