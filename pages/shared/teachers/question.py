"""The pupil's side of a teacher's question: what it asks, the answer, and what it covers till then.

All of it comes from the link and stays in the session; what is handed in is a text to copy.
"""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from blame.exercise import links as exercise_links
from blame.exercise.exercise import Exercise
from pages.shared.state.choices import COVER, COVERS
from pages.shared.state.exercise import been, exercise_at_rest, start_key
from pages.shared.state.menu import HOME, lessons, page_of
from pages.shared.state.settings import present
from pages.shared.teachers.handed_in import (
    MOST_ANSWER,
    MOST_NAME,
    Answered,
    HandedIn,
    changes_of,
    write,
)
from pages.shared.teachers.links import HANDED, MOST_ASKED, QUESTION, teachers_page

NOTHING, CONCLUSIONS, LESSON = COVERS
_ASKED = "question_asked"
_COVER = "question_covers"
_GIVEN = "question_answers"
_ANSWER, _NAME = "question_answer", "question_name"
_AGAIN = "question_again"
_HANDED = "question_handed_in"


def ask(file: str, *, answered: bool = True) -> None:
    """Show a teacher's question from the link, as text and nothing else, and take the answer.

    Parameters
    ----------
    file : of the page it stands on.
    answered : whether an answer can be given; not on a projector.
    """
    asked = _asked()
    if not asked:
        return
    with st.container(border=True, key="question"):
        st.caption("Your teacher asks")
        st.text(asked)
        if answered:
            _answer(file, asked)


def _asked() -> str:
    asked = str(
        st.session_state.setdefault(
            _ASKED, str(st.query_params.get(QUESTION, ""))[:MOST_ASKED].strip()
        )
    )
    cover = str(st.session_state.setdefault(_COVER, str(st.query_params.get(COVER, NOTHING))))
    if not asked:
        if QUESTION in st.query_params:
            del st.query_params[QUESTION]
        return ""
    # A page change drops what no widget holds.
    for name, text in ((QUESTION, asked), (COVER, "" if cover == NOTHING else cover)):
        if text and st.query_params.get(name) != text:
            st.query_params[name] = text
    return asked


def covered(file: str) -> str:
    """Return what a question that nobody has answered so far covers on a page."""
    return _covers() if file == HOME or file in {page.file for page in lessons()} else NOTHING


def _covers() -> str:
    state = st.session_state
    if not state.get(_ASKED) or state.get(_GIVEN):
        return NOTHING
    cover = str(state.get(_COVER, NOTHING))
    return cover if cover in COVERS else NOTHING


def _answer(file: str, asked: str) -> None:
    state = st.session_state
    given: tuple[str, ...] = state.get(_GIVEN, ())
    if given and not state.get(_AGAIN):
        st.caption("Your answer")
        # As text, not Markdown: it is what the reader typed.
        st.text(given[-1])
        with st.container(horizontal=True, gap="small"):
            st.button("Answer anew", key="question_anew", type="tertiary", on_click=_anew)
        hand_in("question", file, (Answered(asked, given),))
        return
    with st.form("question_form", border=False):
        st.text_area(
            "Your answer",
            key=_ANSWER,
            max_chars=MOST_ANSWER,
            height=80,
            help="Your teacher reads it as you write it. Nothing is stored until you hand it in.",
        )
        st.form_submit_button("Answer", on_click=_commit)
    opens = {
        CONCLUSIONS: "What the page concludes is covered until you have answered.",
        LESSON: "The lesson is covered until you have answered.",
    }
    if said := opens.get(covered(file)):
        st.caption(said)


def _commit() -> None:
    state = st.session_state
    given = str(state.get(_ANSWER) or "").strip()
    if given:
        state[_GIVEN] = (*state.get(_GIVEN, ()), given)
        state[_AGAIN] = False


def _anew() -> None:
    st.session_state[_AGAIN] = True


def hand_in(
    key: str, file: str, answers: Sequence[Answered], about: Exercise | None = None
) -> None:
    """Offer answers, and what was done, as a text to hand in.

    Parameters
    ----------
    key : names the place.
    about : the numbers that the questions are about; those the reader began with if None.
    """
    state = st.session_state
    with st.container(horizontal=True, gap="small", vertical_alignment="bottom"):
        st.text_input(
            "Your name, if your teacher wants it",
            key=f"{_NAME}_{key}",
            max_chars=MOST_NAME,
            persist_state="session",
            width=260,
        )
        st.button(
            "Hand in",
            key=f"hand_in_{key}",
            icon=":material/assignment_turned_in:",
            on_click=_write,
            args=(key, file, tuple(answers), about),
        )
    if code := state.get(f"{_HANDED}_{key}"):
        st.code(f"{teachers_page(file)}?{HANDED}={code}", language=None, wrap_lines=True)
        st.caption(
            "Copy this link and send it to your teacher: it carries your name, your answers, the "
            "numbers you began with and what you changed. Press again when you have done more."
        )


def _write(key: str, file: str, answers: tuple[Answered, ...], about: Exercise | None) -> None:
    state, visited = st.session_state, been()
    handed = HandedIn(
        file,
        answers,
        exercise_links.write_link(about or visited[0]),
        exercise_links.write_link(exercise_at_rest(), start_key()),
        changes_of(visited),
        str(state.get(f"{_NAME}_{key}") or "").strip(),
    )
    state[f"{_HANDED}_{key}"] = write(handed)


def concludes() -> bool:
    """Whether a lesson may say what follows from its numbers; a note in its place if not."""
    if _covers() == NOTHING:
        return True
    st.caption("Covered until you have answered your teacher's question.")
    return False


def cover_lesson(file: str) -> bool:
    """Show nothing of a page but its title while a question covers it; return whether it does."""
    if covered(file) != LESSON:
        return False
    present(lambda settings: st.title(page_of(file).title, anchor=False), of_exercise=False)
    return True
