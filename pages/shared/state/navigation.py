"""The menu: every page of the app in its section. A new page is one line here."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import streamlit as st

# An icon of our own: a page's menu icon would be fetched from a font server for the browser's tab.
ICON = Path(__file__).parents[1] / "shell" / "icon.png"
PAGES = Path(__file__).parents[2]

SECTIONS: dict[str, list[tuple[str, str, str]]] = {
    "": [("home", "Start here", ":material/home:")],
    "Learn": [
        ("forward_pass", "Forward pass", ":material/arrow_forward:"),
        ("backward_pass", "Backward pass", ":material/arrow_back:"),
        ("relu_gate", "ReLU gate", ":material/door_front:"),
        ("training", "Training", ":material/trending_down:"),
    ],
    "Train": [
        ("training_lab", "Training lab", ":material/science:"),
        ("playground", "Playground", ":material/scatter_plot:"),
    ],
    "Practise": [
        ("by_hand", "By hand", ":material/edit:"),
        ("challenges", "Challenges", ":material/flag:"),
    ],
    "Explore": [
        ("what_if", "What if?", ":material/question_mark:"),
        ("gradient_check", "Gradient check", ":material/fact_check:"),
        ("knife_edge", "The knife edge", ":material/balance:"),
        ("depth", "Does blame fade?", ":material/layers:"),
    ],
    "More": [
        ("glossary", "Glossary", ":material/menu_book:"),
        ("teachers", "For teachers", ":material/school:"),
    ],
}
"""Section -> (file in pages/, title, icon). The first page of all is the one at `/`."""


def navigate() -> Any:
    """Declare the navigation and return the page that was asked for."""
    st.set_page_config(page_title="Blame", page_icon=str(ICON), layout="wide")
    first = next(iter(SECTIONS.values()))[0][0]
    return st.navigation(
        {
            section: [
                st.Page(PAGES / f"{file}.py", title=title, icon=icon, default=file == first)
                for file, title, icon in pages
            ]
            for section, pages in SECTIONS.items()
        },
        position="top",
    )


def title_of(file: str) -> str:
    """Return the title of a page."""
    return next(title for pages in SECTIONS.values() for name, title, _ in pages if name == file)


def page_link(file: str, label: str, **choices: str) -> None:
    """Show a link to another lesson; the reader's numbers go along, and choices if given."""
    icon = next(icon for pages in SECTIONS.values() for name, _, icon in pages if name == file)
    # As a page, not a path: a part drawn on its own has no list to look a path up in.
    st.page_link(
        st.Page(PAGES / f"{file}.py", icon=icon),
        label=label,
        icon=icon,
        query_params=choices or None,
    )
