"""Paste an exercise: the text, what was understood, what was assumed, and what was not read."""

from __future__ import annotations

import streamlit as st

from blame.exercise.numpy_lines import inputs
from blame.exercise.reading.draft import Assumption, Reading
from blame.exercise.reading.reader import EXPRESSION, MOST_TEXT, read_exercise
from pages.shared.picture.component import network_picture
from pages.shared.state.exercise import change_to
from pages.shared.state.navigation import page_link
from pages.shared.words.exercise import shape_words
from pages.shared.words.numbers import Numbers

_TEXT = "paste_text"
_PICTURE = "paste_picture"
_HEIGHT = 240
"""Pixels."""
_HOLDS = (
    "A NumPy or PyTorch listing, a printed state_dict, Keras weights, a table of w1, w2, ..., "
    "LaTeX matrices, cells of a spreadsheet, or the exercise's own words. It is read, never run."
)


def show() -> None:
    """Show the field, and beside it what was understood."""
    field, understood = st.columns([5, 6], gap="medium")
    with field:
        text = st.text_area(
            "Your exercise as text",
            key=_TEXT,
            height=_HEIGHT,
            max_chars=MOST_TEXT,
            placeholder=_HOLDS,
            persist_state="session",
        )
        # A press on it leaves the field, which is what has the text read.
        st.button("Read it", key="paste_read", icon=":material/visibility:", width="stretch")
        reading = read_exercise(text, _choices()) if text else None
        if reading is not None:
            _assumed(reading)
            _problems(reading)
            if EXPRESSION in reading.problems:
                page_link("expression", "Read it as an expression", text=text)
    with understood:
        if reading is not None and reading.exercise is not None:
            _understood(reading)


def _understood(reading: Reading) -> None:
    """Show the exercise as a picture and as a listing, and the way to use it."""
    exercise = reading.exercise
    st.caption(f"Understood: {shape_words(exercise)}")
    network_picture(exercise.backward(), "forward", Numbers(), _PICTURE, editable=False)
    if st.button(
        "Use this exercise",
        key="paste_use",
        type="primary",
        icon=":material/check:",
        width="stretch",
    ):
        change_to(exercise, names=reading.named)
        st.rerun()
    with st.expander("As a listing"):
        st.code("\n".join(inputs(exercise)), language="python", wrap_lines=True)


def _choices() -> dict[str, str]:
    """Return what the reader has said instead of what was assumed."""
    chosen: dict[str, str] = st.session_state.setdefault("paste_choices", {})
    return chosen


def _assumed(reading: Reading) -> None:
    """Name what was assumed, each with a switch."""
    if not reading.assumed and not reading.said:
        return
    st.markdown("**Taken so, for the text leaves it open**" if reading.assumed else "")
    for assumption in reading.assumed:
        _switch(assumption)
    for said in reading.said:
        st.text(said)


def _switch(assumption: Assumption) -> None:
    words = dict(assumption.alternatives)
    if len(words) < 2:
        st.text(assumption.sentence)
        return
    key = f"paste_{assumption.key}"
    st.session_state[key] = assumption.choice

    def choose() -> None:
        _choices()[assumption.key] = st.session_state[key]

    st.selectbox(
        assumption.sentence,
        list(words),
        format_func=lambda choice: words.get(choice, choice),
        key=key,
        on_change=choose,
    )


def _problems(reading: Reading) -> None:
    """Name what could not be read."""
    if not reading.problems:
        return
    with st.container(border=True):
        st.markdown("**Not read**")
        for problem in reading.problems:
            # As text: it quotes what was pasted.
            st.text(problem)
