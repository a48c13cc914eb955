"""The inputs that every lesson shares, laid out like the matrices they are."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

import streamlit as st

from blame.exercise.example import BOUNDS, NAMES, SYMBOLS, Example
from blame.exercise.presets import MOST_SEED, PRESETS
from pages.shared.shell.take_away import take_away
from pages.shared.state import echoes
from pages.shared.state.drawn_numbers import SEED, draw, draw_next
from pages.shared.state.settings import (
    PRESET_STATE,
    answer,
    current_example,
    input_key,
    write_example,
    write_numbers,
)

DEFAULTS = Example().numbers()
CELL = 114
"""Width of one entry in pixels: fixed, so that a matrix keeps its columns on a phone."""


def sidebar() -> None:
    """Show every input in the sidebar."""
    with st.sidebar:
        with st.container(key="group_preset"):
            _preset()
        _matrix("x", "the input", [["x_0", "x_1"]])
        _matrix("W1", "row: input, column: neuron", [["W1_0_0", "W1_0_1"], ["W1_1_0", "W1_1_1"]])
        _matrix("b1", "one bias a neuron", [["b1_0", "b1_1"]])
        with st.container(horizontal=True, gap="xxsmall"):
            with st.container(width=CELL):
                _matrix("W2", "row: neuron", [["W2_0_0"], ["W2_1_0"]])
            with st.container(width=CELL, gap="xxsmall"):
                _matrix("b2", "bias", [["b2_0"]])
                _matrix("y_true", "target", [["y_true"]])
        with st.container(horizontal=True, gap="xxsmall", key="group_rates"):
            _cell("learning_rate", step=0.01, label="learning rate")
            _cell("steps", step=1, label="steps")
        with st.container(key="group_random"):
            _random()
        st.toggle(
            "All digits",
            key="all_digits",
            persist_state="session",
            on_change=answer,
            help="Write every number with all the digits the computer holds, instead of four.",
        )
        take_away()


def closest_preset(example: Example) -> str:
    """Return the key of the preset that shares the most numbers with `example`."""
    return min(PRESETS, key=lambda key: len(changed_names(example, key)))


def changed_names(example: Example, preset: str) -> list[str]:
    """Return the names whose numbers differ from the preset's; steps are the reader's own."""
    ours, theirs = example.numbers(), PRESETS[preset].example.numbers()
    return [name for name in NAMES if name != "steps" and ours[name] != theirs[name]]


def _preset() -> None:
    st.session_state.setdefault("preset", closest_preset(current_example()))
    st.selectbox(
        "Preset",
        PRESETS,
        format_func=lambda key: PRESETS[key].title,
        key="preset",
        persist_state="session",
        on_change=_load_preset,
    )
    _preset_state()


@st.fragment(key=PRESET_STATE)
def _preset_state() -> None:
    """Show what differs from the preset, and the way back to it."""
    preset = st.session_state["preset"]
    changed = changed_names(current_example(), preset)
    listed = ", ".join(SYMBOLS[name] for name in changed[:3])
    more = f" and {len(changed) - 3} more" if len(changed) > 3 else ""
    st.caption(f"Changed: {listed}{more}" if changed else PRESETS[preset].story)
    # Always there: an element that comes and goes would remount the inputs below it, and a
    # remounted input no longer writes its value into the link.
    st.button(
        "Reset to the preset",
        key="reset",
        on_click=_reset,
        icon=":material/undo:",
        disabled=not changed,
        width="stretch",
    )


def _load_preset() -> None:
    _write_but_steps(PRESETS[st.session_state["preset"]].example)


def _reset() -> None:
    # The button's fragment alone would run: the numbers themselves say what else must.
    preset = st.session_state["preset"]
    theirs = PRESETS[preset].example.numbers()
    write_numbers({name: theirs[name] for name in changed_names(current_example(), preset)})


def _write_but_steps(example: Example) -> None:
    # How many steps to train is the reader's choice, not part of the network.
    write_example(Example(**{**example.numbers(), "steps": st.session_state["steps"]}))


@st.fragment(key=input_key(SEED))
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
            width=CELL,
            help="The same seed always draws the same numbers. Typing one draws from it.",
        )
        st.button(
            "Randomise",
            key="randomise",
            on_click=draw_next,
            icon=":material/casino:",
            help="New numbers of one decimal, from the seed shown; once drawn, from the next one.",
        )


def _matrix(symbol: str, meaning: str, rows: Sequence[Sequence[str]]) -> None:
    """Show a small grid of inputs under the matrix's name."""
    with st.container(gap="xxsmall", key=f"group_{symbol}"):
        st.markdown(f"`{symbol}` :small[:gray[{meaning}]]")
        for row in rows:
            with st.container(horizontal=True, gap="xxsmall"):
                for name in row:
                    _cell(name)


def _cell(name: str, step: float = 0.1, label: str | None = None) -> None:
    """Show one entry; a fragment, so that a number changed by a lesson is written here alone."""
    with st.container(width=CELL):
        st.fragment(partial(_number, name, step, label), key=input_key(name))()


def _number(name: str, step: float, label: str | None) -> None:
    echoes.draw(name)
    low, high = BOUNDS[name]
    whole = isinstance(step, int)
    st.number_input(
        label or SYMBOLS[name],
        min_value=int(low) if whole else low,
        max_value=int(high) if whole else high,
        value=DEFAULTS[name],
        step=step,
        format="%d" if whole else "%.15g",
        key=name,
        on_change=answer,
        args=(name,),
        bind="query-params",
        persist_state="session",
        label_visibility="visible" if label else "collapsed",
        width=CELL,
    )
