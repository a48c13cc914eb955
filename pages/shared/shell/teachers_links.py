"""Links that teachers send: what they show, what they ask, and how they are composed."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import urlencode, urlsplit

import streamlit as st

from blame.exercise.exercise import Exercise
from blame.exercise.links import write_link
from pages.shared.state import choice_widgets
from pages.shared.state.exercise import start_key
from pages.shared.state.menu import page_of

QUESTION, INPUTS = "ask", "inputs"
MOST_ASKED = 200
"""So many characters of a teacher's question are shown."""
GROUPS: dict[str, tuple[str, ...]] = {
    "all": (),
    "x and target": ("start", "W", "b", "rates", "random"),
    "weights": ("start", "x", "y_true", "rates", "random"),
    "biases": ("start", "x", "W", "y_true", "rates", "random"),
    "learning rate": ("start", "x", "W", "b", "y_true", "random"),
    "none": ("start", "x", "W", "b", "y_true", "rates", "random"),
}
"""Which inputs a link shows -> the groups of the sidebar that it hides."""
LESSON_PLAN: tuple[tuple[str, str, str, Mapping[str, str]], ...] = (
    (
        "0 to 5 min",
        "A guess that is off. What does each number have to do with it?",
        "home",
        {QUESTION: "Which number would you change to bring the loss down?"},
    ),
    (
        "5 to 15 min",
        "Forward by hand, then look.",
        "forward_pass",
        {"b1_1": "-0.2", "reading": "Predict first"},
    ),
    (
        "15 to 25 min",
        "Backward: blame, stage by stage.",
        "backward_pass",
        {"b1_1": "-0.2", QUESTION: "Why does column 1 of dW1 hold only zeros?"},
    ),
    (
        "25 to 35 min",
        "The gate: open it, shut it, predict.",
        "relu_gate",
        {"b1_1": "-0.2", INPUTS: "biases", QUESTION: "At which b1[1] does blame begin to flow?"},
    ),
    (
        "35 to 45 min",
        "What the blame is for: a run that dies, and a remedy.",
        "training_lab",
        {QUESTION: "What killed the neurons, and which learning rate saves them?"},
    ),
)
"""When, what for, which page, and what the link carries."""


def ask() -> None:
    """Show a teacher's question from the link, as text and nothing else."""
    asked = st.session_state.setdefault(
        "question_asked", str(st.query_params.get(QUESTION, ""))[:MOST_ASKED].strip()
    )
    if not asked:
        if QUESTION in st.query_params:
            del st.query_params[QUESTION]
        return
    # A page change drops what no widget holds.
    if st.query_params.get(QUESTION) != asked:
        st.query_params[QUESTION] = asked
    with st.container(border=True, key="question"):
        st.caption("Your teacher asks")
        st.text(asked)


def hide_inputs() -> tuple[str, ...]:
    """Hide the groups of the sidebar that the link does not show; their numbers stay.

    Returns their names, for the sheet to leave them out.
    """
    # A wrong value has been named, and taken out of the link, by now.
    shown = st.session_state.setdefault("inputs_shown", str(st.query_params.get(INPUTS, "all")))
    hidden = GROUPS.get(shown, ())
    if not hidden:
        return ()
    if st.query_params.get(INPUTS) != shown:
        st.query_params[INPUTS] = shown
    # Only names of this file get here, never text of the link.
    rules = ", ".join(f".st-key-group_{group}" for group in hidden)
    st.html(f"<style>{rules} {{ display: none; }}</style>")
    return hidden


def address(
    base: str, page: str, exercise: Exercise, extra: Mapping[str, str], start: str = ""
) -> str:
    """Return the link to a page with these numbers; what is the default is left out.

    `base` is the address of the page for teachers, or of the app.
    """
    parts = urlsplit(base)
    query = write_link(exercise, start)
    query |= {name: value for name, value in extra.items() if value}
    folder = parts.path.rstrip("/").removesuffix("/teachers")
    path = f"{folder}/{'' if page == 'home' else page}"
    found = f"{parts.scheme}://{parts.netloc}{path}"
    return f"{found}?{urlencode(query)}" if query else found


def base() -> str:
    """Return the address the page was asked for under."""
    return str(st.context.url or "http://localhost:8501")


def compose() -> dict[str, str]:
    """Let the teacher choose what a link carries beside the numbers, and return it."""
    with st.container(horizontal=True, gap="medium"):
        choice_widgets.titled("to_page", "Page", lambda file: page_of(file).title, width=240)
        choice_widgets.select("to_inputs", "Inputs shown", width=240)
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
    return {
        INPUTS: "" if state["to_inputs"] == "all" else str(state["to_inputs"]),
        QUESTION: question.strip(),
        "reading": "Predict first" if predict else "",
        "embed": "true" if embed else "",
    }


def composed(exercise: Exercise, extra: Mapping[str, str]) -> str:
    """Return the link to these numbers and the chosen page."""
    return address(base(), str(st.session_state["to_page"]), exercise, extra, start_key())
