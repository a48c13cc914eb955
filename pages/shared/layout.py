"""The frame of a lesson: its title, its charts with their words, and what to notice."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import streamlit as st

from blame.example import Example
from pages.shared import code

_STYLES = Path(__file__).with_name("app.css")


def styles() -> None:
    """Send the few rules that Streamlit's theme settings cannot express."""
    st.html(_STYLES)


def lesson(title: str, lead: str) -> None:
    """Open a lesson with its title and its one sentence."""
    st.title(title, anchor=False)
    st.markdown(lead)


def show(figure: Any, alt: str, key: str) -> None:
    """Show a figure; `alt` says in words what it shows, for readers who cannot see it."""
    st.plotly_chart(figure, key=key, alt=alt, config={"displayModeBar": False})


def program(example: Example) -> None:
    """Offer the whole computation as NumPy; Streamlit's code block brings the copy button."""
    with st.expander("The same in NumPy", icon=":material/code:"):
        st.code(code.program(example), language="python")


def heading(text: str) -> None:
    """Show a heading inside a lesson."""
    st.subheader(text, anchor=False)


def notice(sentences: Sequence[str]) -> None:
    """End a lesson with what is true of the current numbers."""
    heading("What to notice")
    st.markdown("\n".join(f"- {sentence}" for sentence in sentences))
