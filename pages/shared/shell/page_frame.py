"""The frame of a lesson: its title, its charts with their words, and what to notice."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import streamlit as st

from blame.exercise.example import Example
from pages.shared.state import choice_widgets
from pages.shared.state.menu import page_of
from pages.shared.state.navigation import page_link
from pages.shared.words import numpy_program

_SHOWN = "shown_charts"
_STYLES = Path(__file__).with_name("app.css")


def begin() -> None:
    """Begin a page: send the few rules that Streamlit's theme settings cannot express."""
    st.html(_STYLES)
    st.session_state[_SHOWN] = {}


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
    st.markdown(lead)


def show(
    figure: Any, alt: str, key: str, *, on_point: Callable[[dict[str, Any]], None] | None = None
) -> None:
    """Show a figure; `alt` says in words what it shows, for readers who cannot see it.

    `on_point` is told of the point that a reader clicks, for callbacks only.

    Streamlit mounts a changed chart anew, and Plotly needs a moment to draw it. So that no hole
    opens, a chart has two places in turn, and the figure before stays under the new one a while.
    """
    shown = st.session_state[_SHOWN]
    turn, now, before = shown.get(key, (0, None, None))
    if now and now[0] != figure:
        # A figure of another size would stick out from under the new one.
        before = now if now[0].plain_height == figure.plain_height else None
        turn += 1
    shown[key] = turn, (figure, alt), before
    with st.container(key=f"chart_{key}"):
        # The stylesheet tells the two apart by their order: the last one is the new one.
        for when, chart in ((turn - 1, before), (turn, (figure, alt))):
            if chart:
                # A clicked point is told once for each key: a chart that has one needs a key that
                # has not been there before, or the same point of a later chart would be ignored.
                place = when if on_point else when % 2
                _chart(*chart, key=f"{key}_{place}", on_point=on_point)


def _chart(
    figure: Any, alt: str, *, key: str, on_point: Callable[[dict[str, Any]], None] | None
) -> None:
    config = {
        "displaylogo": False,
        "modeBarButtons": [["toImage"]],
        "toImageButtonOptions": {"format": "svg", "filename": key.rpartition("_")[0]},
    }
    if on_point is None:
        st.plotly_chart(figure, key=key, alt=alt, config=config)
        return

    def selected() -> None:
        points = st.session_state[key].selection.points
        if points:
            on_point(points[0])

    st.plotly_chart(
        figure, key=key, alt=alt, config=config, on_select=selected, selection_mode="points"
    )


def program(example: Example) -> None:
    """Offer the whole computation as NumPy; Streamlit's code block brings the copy button."""
    with st.expander("The same in NumPy", icon=":material/code:"):
        st.code(numpy_program.program(example), language="python")


def heading(text: str) -> None:
    """Show a heading inside a lesson."""
    st.header(text, anchor=False)


def notice(sentences: Sequence[str]) -> None:
    """End a lesson with what is true of the current numbers."""
    heading("What to notice")
    st.markdown("\n".join(f"- {sentence}" for sentence in sentences))


def words(page: str) -> None:
    """Point from a lesson to its words; after it, not in it, so that no number draws them anew."""
    with st.container(horizontal=True, gap="small", vertical_alignment="center"):
        st.caption("In the glossary:", width="content")
        for word in page_of(page).words:
            page_link("glossary", word, word=word)
