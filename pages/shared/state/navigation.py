"""The navigation that Streamlit is told of, and links from page to page."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import streamlit as st

from pages.shared.state.menu import SECTIONS, page_of

# An icon of our own: a page's menu icon would be fetched from a font server for the browser's tab.
ICON = Path(__file__).parents[1] / "shell" / "icon.png"
PAGES = Path(__file__).parents[2]


def navigate() -> Any:
    """Declare the navigation and return the page that was asked for."""
    # Before the navigation, which would take the page's menu icon for the tab's.
    st.set_page_config(page_title="Blame", page_icon=str(ICON), layout="wide")
    first = next(iter(SECTIONS.values()))[0]
    page = st.navigation(
        {
            section: [
                st.Page(
                    PAGES / f"{page.file}.py",
                    title=page.title,
                    icon=page.icon,
                    default=page == first,
                )
                for page in pages
            ]
            for section, pages in SECTIONS.items()
        },
        position="top",
    )
    # Each page its own: in the browser's history, its tabs and a list of marks they stand alone.
    title = "Blame" if page.url_path == "" else f"{page.title} \u2013 Blame"
    st.set_page_config(page_title=title, page_icon=str(ICON), layout="wide")
    return page


def page_of_file(file: str) -> Any:
    """Return a page by the name of its file, to lead there."""
    # As a page, not a path: a part drawn on its own has no list to look a path up in.
    return st.Page(PAGES / f"{file}.py", icon=page_of(file).icon)


def page_link(file: str, label: str, **choices: str) -> None:
    """Show a link to another lesson; the reader's numbers go along, and choices if given."""
    icon = page_of(file).icon
    st.page_link(
        page_of_file(file),
        label=label,
        icon=icon,
        query_params=choices or None,
    )
