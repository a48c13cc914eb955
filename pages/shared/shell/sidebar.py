"""The inputs that every lesson shares: the preset, the sheet of numbers, the seed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import streamlit as st

from blame.exercise.exercise import NAMES, SYMBOLS, Exercise
from blame.exercise.presets import MOST_SEED, PRESETS
from pages.shared.live.sheet import sheet
from pages.shared.shell.take_away import take_away
from pages.shared.state import echoes
from pages.shared.state.drawn_numbers import SEED, SEED_INPUT, draw, draw_next
from pages.shared.state.exercise import current_exercise
from pages.shared.state.settings import answer, write_exercise, write_numbers

SEED_WIDTH = 114
"""Pixels."""


@dataclass(frozen=True)
class Inputs:
    """The places in the sidebar that are filled while the lesson is, and how."""

    _presets: Any
    _state: Any
    _sheet: Any

    def presets(self) -> None:
        """Offer the presets."""
        with self._presets:
            st.selectbox(
                "Preset",
                PRESETS,
                format_func=lambda key: PRESETS[key].title,
                key="preset",
                persist_state="session",
                on_change=_load_preset,
            )

    def preset_state(self) -> None:
        """Show what differs from the preset, and the way back to it."""
        preset = st.session_state["preset"]
        changed = changed_names(current_exercise(), preset)
        listed = ", ".join(SYMBOLS[name] for name in changed[:3])
        more = f" and {len(changed) - 3} more" if len(changed) > 3 else ""
        with self._state:
            st.caption(f"Changed: {listed}{more}" if changed else PRESETS[preset].story)
            # Always there: an element that comes and goes would mount the sheet below it anew.
            st.button(
                "Reset to the preset",
                key="reset",
                on_click=_reset,
                icon=":material/undo:",
                disabled=not changed,
                width="stretch",
            )

    def sheet(self) -> None:
        """Show the numbers."""
        with self._sheet:
            sheet()


def begin_sidebar() -> Inputs:
    """Set the places apart, in their order."""
    st.session_state.setdefault("preset", closest_preset(current_exercise()))
    with st.sidebar:
        with st.container(key="group_preset"):
            presets, state = st.container(), st.container()
        return Inputs(presets, state, st.container())


def sidebar(inputs: Inputs) -> None:
    """Show the inputs that no number changes."""
    inputs.presets()
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
        take_away()


def closest_preset(exercise: Exercise) -> str:
    """Return the key of the preset that shares the most numbers with `example`."""
    return min(PRESETS, key=lambda key: len(changed_names(exercise, key)))


def changed_names(exercise: Exercise, preset: str) -> list[str]:
    """Return the names whose numbers differ from the preset's; steps are the reader's own."""
    ours, theirs = exercise.numbers(), PRESETS[preset].exercise.numbers()
    return [name for name in NAMES if name != "steps" and ours[name] != theirs[name]]


def _load_preset() -> None:
    _write_but_steps(PRESETS[st.session_state["preset"]].exercise)


def _reset() -> None:
    preset = st.session_state["preset"]
    theirs = PRESETS[preset].exercise.numbers()
    write_numbers({name: theirs[name] for name in changed_names(current_exercise(), preset)})


def _write_but_steps(exercise: Exercise) -> None:
    # How many steps to train is the reader's choice, not part of the network.
    write_exercise(Exercise(**{**exercise.numbers(), "steps": current_exercise().steps}))


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
