"""Links that teachers send: what they carry, and how they are composed."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import urlencode, urlsplit

import streamlit as st

from blame.exercise.exercise import Exercise
from blame.exercise.links import write_link
from pages.shared.state.choices import COVER, choice_widgets
from pages.shared.state.exercise import start_key
from pages.shared.state.links import ASKED as QUESTION
from pages.shared.state.links import HANDED as HANDED
from pages.shared.state.menu import HOME, page_of

TEACHERS = "teachers"
MOST_ASKED = 200
"""So many characters of a teacher's question are shown."""


def address(
    base: str,
    page: str,
    exercise: Exercise,
    extra: Mapping[str, str],
    start: str = "",
) -> str:
    """Return the link to a page with these numbers; what is the default is left out.

    `base` is the address of the page for teachers, or of the app.
    """
    query = write_link(exercise, start)
    query |= {name: value for name, value in extra.items() if value}
    found = f"{app_address(base, TEACHERS)}/{'' if page == HOME else page}"
    return f"{found}?{urlencode(query)}" if query else found


def app_address(base: str, page: str) -> str:
    """Return the address of the app, without a slash at its end, from that of one of its pages."""
    parts = urlsplit(base)
    return f"{parts.scheme}://{parts.netloc}{parts.path.rstrip('/').removesuffix(f'/{page}')}"


def base() -> str:
    """Return the address the page was asked for under."""
    return str(st.context.url or "http://localhost:8501")


def teachers_page(file: str) -> str:
    """Return the address of the page for teachers, from the page that is shown."""
    return f"{app_address(base(), file)}/{TEACHERS}"


def compose() -> dict[str, str]:
    """Let the teacher choose what a link carries beside the numbers, and return it."""
    with st.container(horizontal=True, gap="medium"):
        choice_widgets.titled("to_page", "Page", lambda file: page_of(file).title, width=240)
        choice_widgets.select("to_inputs", "Inputs shown", width=240)
        choice_widgets.select(
            "to_covered",
            "Covered until answered",
            width=240,
            help="What the page concludes (what to notice, the lab's verdict), or all of the "
            "lesson, stays covered until your question has been answered.",
        )
    question = st.text_input(
        "Question at the top (optional)",
        key="to_question",
        max_chars=MOST_ASKED,
        persist_state="session",
        help=f"Shown as plain text; up to {MOST_ASKED} characters.",
    )
    with st.container(horizontal=True, gap="medium"):
        predict = st.toggle("Covered until predicted", key="to_predict", persist_state="session")
        embed = st.toggle("To embed in another page", key="to_embed", persist_state="session")
    state = st.session_state
    asked = question.strip()
    return {
        "inputs": "" if state["to_inputs"] == "all" else str(state["to_inputs"]),
        QUESTION: asked,
        COVER: str(state["to_covered"]) if asked and state["to_covered"] != "nothing" else "",
        "reading": "Predict first" if predict else "",
        "embed": "true" if embed else "",
    }


def composed(exercise: Exercise, extra: Mapping[str, str]) -> str:
    """Return the link to these numbers and the chosen page."""
    return address(base(), str(st.session_state["to_page"]), exercise, extra, start_key())
