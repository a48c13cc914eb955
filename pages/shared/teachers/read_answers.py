"""The teacher's side of what pupils hand in: each answer beside what was asked and done."""

from __future__ import annotations

from urllib.parse import urlencode

import streamlit as st

from blame.exercise.exercise import Exercise
from blame.practise.question import mark
from blame.practise.quiz import MAKERS, questions
from pages.shared.state.links import HANDED
from pages.shared.state.menu import HOME, linked_pages, page_of
from pages.shared.teachers.handed_in import (
    MOST_READ,
    MOST_TEXT,
    Answered,
    HandedIn,
    exercise_in,
    read,
)
from pages.shared.teachers.links import app_address, base

_PASTED = "handed_in_texts"


def came_to_read() -> bool:
    """Whether the link carries what was handed in: then that goes first."""
    return HANDED in st.query_params


def show_answers() -> None:
    """Take what pupils have handed in, and show it; a link that carries one shows it at once."""
    st.header("Read what was handed in", anchor=False)
    st.markdown(
        "Each pupil sends you a link. Open it, or paste all of them here together, with whatever "
        "stands around them. They are read in your own session and kept nowhere."
    )
    state = st.session_state
    state.setdefault(_PASTED, str(st.query_params.get(HANDED, ""))[:MOST_TEXT])
    text = st.text_area(
        "What was handed in", key=_PASTED, max_chars=MOST_TEXT, height=100, persist_state="session"
    )
    found, broken = read(text or "")
    if broken:
        st.text(f"{broken} could not be read: part of the link is missing.")
    if text and not found and not broken:
        st.text("Nothing that was handed in stands in this text.")
    for handed in found:
        _show(handed)
    if len(found) > 1:
        st.caption("All of them, for a spreadsheet:")
        st.code(_lines(found), language=None)
    if len(found) == MOST_READ:
        st.caption(f"{MOST_READ} are read at once; paste the others after them.")


def _show(handed: HandedIn) -> None:
    """Show one. Whatever a pupil wrote is shown as text, never as Markdown."""
    exercise = exercise_in(handed.began)
    with st.container(border=True):
        st.text(f"{handed.name or 'No name'}, {_title(handed.page)}")
        for answered in handed.answers:
            st.caption("Asked, and answered")
            st.text(answered.question)
            st.text(" \u2192 ".join(answered.given))
            if said := verdict(handed.page, exercise, answered):
                st.text(said)
        done = "; ".join(handed.changes)
        st.text(f"Changed, in order: {done}" if done else "No number was changed.")
        if handed.page in linked_pages():
            st.link_button("Open with these numbers", _opened(handed))


def verdict(page: str, exercise: Exercise, answered: Answered) -> str:
    """Return whether a question of the app's own is answered right, worked out again here.

    Nothing for a teacher's own question, which only the teacher can judge.
    """
    if not answered.key:
        return ""
    if answered.key not in MAKERS:
        return "Not a question of this app."
    for question in questions(page, exercise):
        if question.key == answered.key and question.text == answered.question:
            first, last = (mark(question, answered.given[k]).right for k in (0, -1))
            tries = len(answered.given)
            if last and not first:
                return f"Right at attempt {tries}."
            return "Right." if last else "Not right."
    return "These numbers do not ask this question."


def _lines(found: list[HandedIn]) -> str:
    """Return a line for each answer, its parts between tabs."""
    rows = [("name", "page", "question", "answer", "marked", "changes")]
    for handed in found:
        exercise = exercise_in(handed.began)
        rows += [
            (
                handed.name,
                _title(handed.page),
                answered.question,
                answered.given[-1],
                verdict(handed.page, exercise, answered),
                str(len(handed.changes)),
            )
            for answered in handed.answers
        ]
    return "\n".join("\t".join(_cell(part) for part in row) for row in rows)


def _cell(text: str) -> str:
    """Return a text as one cell: a spreadsheet takes what begins with such a sign for a formula."""
    plain = " ".join(text.split())
    return f"'{plain}" if plain[:1] in ("=", "+", "-", "@") else plain


def _title(page: str) -> str:
    return page_of(page).title if page in linked_pages() else "a page of another kind"


def _opened(handed: HandedIn) -> str:
    """Return the link to the page with the numbers at the end."""
    page = "" if handed.page == HOME else handed.page
    query = f"?{urlencode(handed.now)}" if handed.now else ""
    return f"{app_address(base(), 'teachers')}/{page}{query}"
