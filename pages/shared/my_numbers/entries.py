"""Where somebody's own numbers are entered: as a text, or array by array; both are one text."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from blame.exercise.exercise import Exercise
from blame.practise.slips.example import example_text
from blame.practise.slips.pasted.code_gradients import read_code_gradients
from blame.practise.slips.pasted.own_numbers import (
    OwnNumbers,
    arrays_of,
    read_own_numbers,
    row_of,
    with_array,
)
from pages.shared.state.choices import MOST_TEXT, OWN_KINDS, choice_widgets
from pages.shared.state.exercise import exercise_at_rest
from pages.shared.words import slips as words_of

TEXT, KIND = "own", "own_kind"
_HEIGHT = 200
"""Pixels."""
_GROUPS: dict[str, Callable[[str], bool]] = {
    "The way forward": lambda array: not array.startswith(("d", "new ")),
    "The way back": lambda array: array.startswith("d"),
    "After one update": lambda array: array.startswith("new "),
}
_PLACES = {
    OWN_KINDS[0]: "z1[0] = 2.1\nloss = 0.78\ndW1 = [[0.95, -2.85], [1.9, -5.7]]",
    OWN_KINDS[1]: "W1.grad = tensor([[0.95, -2.85], [1.9, -5.7]])\nb1.grad = tensor([0.95, -2.85])",
}


def of_code() -> bool:
    """Return whether what is entered are gradients that code prints."""
    return st.session_state.get(KIND) == OWN_KINDS[1]


def entered(exercise: Exercise, say: Callable[[OwnNumbers], None]) -> OwnNumbers:
    """Show the fields, and return the numbers that stand in them.

    `say` tells how many are right: above the fields, for on a phone all else is below them.
    """
    choice_widgets.segments(KIND, "What you have")
    choice_widgets.text(
        TEXT,
        "Your numbers",
        height=_HEIGHT,
        placeholder=_PLACES[st.session_state[KIND]],
        help=words_of.HOW_TO_ENTER,
    )
    text = st.session_state[TEXT]
    with st.container(horizontal=True, gap="small"):
        # A press on it leaves the field, which is what has the text read.
        st.button("Check them", key="own_check", icon=":material/search:")
        if text.strip():
            st.button("Clear", key="own_clear", icon=":material/undo:", on_click=_clear)
        else:
            st.button(
                "Show an example", key="own_example", icon=":material/lightbulb:", on_click=_example
            )
    read = read_code_gradients if of_code() else read_own_numbers
    own = read(exercise, text)
    _said(own)
    say(own)
    if not of_code():
        _fields(exercise, own)
    return own


def _fields(exercise: Exercise, own: OwnNumbers) -> None:
    """Show a field for each array, with the numbers that stand in the text."""
    with (
        st.container(key="own_fields"),
        st.expander("Array by array", icon=":material/edit:", expanded=True),
    ):
        st.caption("Numbers in a row, parted by commas; ? for one that you don't have.")
        for title, belongs in _GROUPS.items():
            st.markdown(f"**{title}**")
            with st.container(horizontal=True, gap="small"):
                for array, names in arrays_of(exercise).items():
                    if belongs(array):
                        _field(array, names, row_of(names, own.numbers))


def _field(array: str, names: tuple[str, ...], row: str) -> None:
    key = f"own_{array}"
    st.session_state[key] = row
    with st.container(width=96 if len(names) == 1 else 150):
        label = array if len(names) == 1 else f"{array}, {len(names)} numbers"
        st.text_input(label, key=key, max_chars=MOST_TEXT, on_change=_mend, args=(array,))


def _mend(array: str) -> None:
    """Put what is typed into a field into the text."""
    typed = str(st.session_state[f"own_{array}"])
    whole = with_array(exercise_at_rest(), st.session_state[TEXT], array, typed)
    st.session_state[TEXT] = whole[:MOST_TEXT]


def _clear() -> None:
    st.session_state[TEXT] = ""


def _example() -> None:
    st.session_state[TEXT] = example_text(exercise_at_rest(), code=of_code())


def _said(own: OwnNumbers) -> None:
    for said in own.said:
        # As text: it quotes what was pasted.
        st.text(said)
    if own.problems:
        with st.container(border=True):
            st.markdown("**Not read**")
            for problem in own.problems:
                st.text(problem)
