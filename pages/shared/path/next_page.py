"""The one obvious way on at the end of a page."""

from __future__ import annotations

import streamlit as st

from pages.shared.state.menu import HOME, next_of, page_of
from pages.shared.state.navigation import page_link


def show_next(file: str) -> None:
    """End a page with the page that comes next; Home has its doors, and ends with none."""
    if file == HOME:
        return
    after = next_of(page_of(file))
    with st.container(border=True, key="next_page"):
        if after.file == HOME:
            page_link(HOME, "Back to the map of all pages")
            return
        page_link(after.file, f"Next: {after.title}")
        st.caption(f"{after.invitation}.{minutes_said(after.minutes)}")


def minutes_said(minutes: int) -> str:
    """Return how long a page takes, as a sentence to put after another; nothing if unknown."""
    if not minutes:
        return ""
    return f" About {minutes} minute{'s' * (minutes != 1)}."
