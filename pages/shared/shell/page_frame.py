"""The frame of a lesson: its title, its charts with their words, and what to notice."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import streamlit as st

from blame.exercise.exercise import Exercise
from pages.shared.state.choices import choice_widgets
from pages.shared.state.menu import page_of
from pages.shared.state.navigation import page_link
from pages.shared.state.settings import Settings, told, worded
from pages.shared.teachers.question import concludes
from pages.shared.words import numpy_program

NO_MORE = "No more than what stands above."
"""Where the one sentence that follows the hand says all there is to notice."""
_STYLES = Path(__file__).with_name("app.css")


def begin() -> None:
    """Begin a page: send the few rules that Streamlit's theme settings cannot express."""
    st.html(_STYLES)


def lesson(title: str, lead: str, *, asked: bool = False) -> None:
    """Open a lesson with its title and its one sentence.

    Where it has questions (`asked`), the choice to answer them first stands beside the title, for
    the height of a row is missed below.
    """
    if asked:
        with st.container(horizontal=True, vertical_alignment="center"):
            st.title(title, anchor=False, width="stretch")
            choice_widgets.segments("reading", "How to take the lesson")
    else:
        st.title(title, anchor=False)
    if lead:
        st.markdown(lead)


def program() -> None:
    """Offer the whole computation as NumPy, written when it is unfolded.

    Streamlit's code block brings the copy button.
    """
    folded = st.expander(
        "The same in NumPy", icon=":material/code:", key="program", on_change="rerun"
    )
    if folded.open:
        with folded:
            told(lambda settings: _written(settings.exercise))


def _written(exercise: Exercise) -> None:
    st.code(numpy_program.program(exercise), language="python")


def heading(text: str) -> None:
    """Show a heading inside a lesson."""
    st.header(text, anchor=False)


def noticed(sentences: Callable[[Settings], Sequence[str]]) -> None:
    """End a lesson with what is true of the current numbers."""
    heading("What to notice")
    if concludes():
        worded(lambda settings: "\n".join(f"- {said}" for said in sentences(settings)) or NO_MORE)


def words(page: str) -> None:
    """Point from a lesson to its words; after it, not in it, so that no number draws them anew."""
    with st.container(key="page_words", horizontal=True, gap="small", vertical_alignment="center"):
        st.caption("In the glossary:", width="content")
        for word in page_of(page).words:
            page_link("glossary", word, word=word)
