"""What a link brought: read once a session, and what was wrong in it named until it is closed."""

from __future__ import annotations

import streamlit as st

from blame.exercise import links
from pages.shared.state import exercise
from pages.shared.state.choices import CHOICES
from pages.shared.state.choices.choice_values import PROBLEMS
from pages.shared.state.links import (
    MOST_PROBLEMS,
    as_meant,
    choice_trouble,
    read_otherwise,
    wrong_choices,
)

_READ_AS = "link_read_as"


def prepare() -> None:
    """Set the numbers from the link: once a session, and whenever the reader goes through history.

    Any other change of page loses the numbers of the address, and gets them written there again.
    """
    if exercise.has_begun():
        if exercise.came_by_history():
            exercise.read_address()
        exercise.write_link()
        return
    came = {name: st.query_params.get_all(name) for name in st.query_params}
    meant = as_meant(came)
    given = meant.query
    mended = {name: values for name, values in given.items() if came.get(name) != values}
    if mended or meant.gone:
        exercise.rewrite_address(mended, meant.gone)
    read = links.read_link(given)
    problems = [*read.problems, *wrong_choices(given)]
    exercise.begin(read.exercise, read.start)
    for name in CHOICES:
        if name in given and choice_trouble(name, given[name]):
            # A bound widget would try to read the wrong value again.
            del st.query_params[name]
    plain, said = read_otherwise(given, read.exercise)
    for name, text in plain.items():
        st.query_params[name] = text
    exercise.write_link()
    st.session_state[PROBLEMS] = problems
    st.session_state[_READ_AS] = [*meant.told(problems), *said]
    if problems or plain or mended or meant.gone:
        # This run has the address as it came; a widget would make of 2.5 a 2.
        st.rerun()


def show_problems() -> None:
    """Name what was wrong in the link, or read otherwise, until the reader closes the message."""
    problems = st.session_state.get(PROBLEMS) or []
    read_as = st.session_state.get(_READ_AS) or []
    if not problems and not read_as:
        return
    with st.container(border=True):
        if problems:
            st.markdown("**Some values in the link could not be used.** The others are kept.")
            _list(problems)
        if read_as:
            st.markdown("**Some of the link is read as follows.**")
            _list(read_as)
        st.button("Close", key="close_problems", on_click=_forget_problems)


def _list(sentences: list[str]) -> None:
    for said in sentences[:MOST_PROBLEMS]:
        st.text(said)
    if len(sentences) > MOST_PROBLEMS:
        st.text(f"... and {len(sentences) - MOST_PROBLEMS} more.")


def _forget_problems() -> None:
    st.session_state[PROBLEMS] = []
    st.session_state[_READ_AS] = []
