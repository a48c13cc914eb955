"""Predict, then look: a lesson is covered until its questions have been answered."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from zlib import crc32

import streamlit as st

from blame.exercise.exercise import Exercise
from blame.practise.question import MOST_TYPED, TOLERANCE, Question, any_near_kink, mark
from blame.practise.quiz import questions
from pages.shared.state.choices import CHOICES
from pages.shared.state.computed import passes_of
from pages.shared.state.drawn_numbers import DRAWS, draw_next
from pages.shared.state.exercise import START, current_exercise
from pages.shared.state.settings import Settings, run_whole, told
from pages.shared.teachers.handed_in import Answered
from pages.shared.teachers.question import hand_in
from pages.shared.words.numbers import printed

READING = "reading"
_ANSWERS = "quiz_answers"
_OPENED = "quiz_opened"


def covers(lesson: str, settings: Settings) -> bool:
    """Show a lesson's questions if the reader wants them first; whether they still cover it."""
    if st.session_state[READING] == CHOICES[READING].default:
        return False
    # Another preset, or other numbers, may cover the lesson anew.
    run_whole()
    exercise = _opened(lesson) or settings.exercise
    asked = questions(lesson, exercise)
    answers = _answers()
    for question in asked:
        _ask(question, answers)
        if question not in answers:
            # One at a time: the next may give what this one asks for.
            break
    if asked and all(question in answers for question in asked):
        told_to = [Answered(each.text, (answers[each],), each.key) for each in asked]
        with st.expander("Hand in your answers", icon=":material/assignment_turned_in:"):
            hand_in(f"quiz_{lesson}", lesson, told_to, exercise)
    left = sum(question not in answers for question in asked)
    if asked and not left:
        _open(lesson, exercise)
    opened = _opened(lesson) is not None
    with st.container(horizontal=True, gap="small", vertical_alignment="center"):
        st.button(
            "New numbers",
            key="quiz_new",
            icon=":material/casino:",
            on_click=draw_next,
            help="Draws from the seed in the sidebar, and from the next one after that.",
        )
        if left and not opened:
            st.button(
                "Show the lesson anyway",
                key="quiz_show",
                type="tertiary",
                on_click=_open,
                args=(lesson, exercise),
            )
    if not asked:
        st.caption(_why_none(exercise))
    elif left and not opened:
        st.caption(f"The lesson is covered until you have answered: {left} to go.")
    else:
        marked = [mark(question, answers[question]) for question in asked if question in answers]
        right = sum(found.right is True for found in marked)
        marks = f"{right} of {len(asked)} right. The lesson is open below."
        told(lambda now: st.caption(f"{marks} {_moved(now, exercise)}"))
    return left > 0 and not opened


def _why_none(exercise: Exercise) -> str:
    if any_near_kink(passes_of(exercise)):
        return "A neuron stands on its kink, so a question here would be a trick. Draw new numbers."
    return (
        "These numbers allow no fair question here. Draw new ones; an exercise that is too large "
        "for pencil and paper has none."
    )


def field_key(question: Question) -> str:
    """Return the key of a question's field: another question, of other numbers, has another."""
    return f"quiz_{question.key}_{crc32(question.text.encode())}"


def _ask(question: Question, answers: Mapping[Question, str]) -> None:
    """Show a question with its field, or with what became of the answer."""
    with st.container(border=True):
        st.markdown(printed(question.text))
        if question in answers:
            _marked(question, answers[question])
            return
        field = field_key(question)
        if field not in st.session_state:
            # The reader has been away: what was typed is gone, and what was said of it goes too.
            st.session_state.pop(f"{field}_trouble", None)
        with st.form(f"form_{field}", border=False):
            if question.choices:
                st.radio(
                    "Your answer",
                    question.choices,
                    index=None,
                    key=field,
                    horizontal=True,
                    label_visibility="collapsed",
                )
            else:
                st.text_input(
                    "Your answer",
                    key=field,
                    max_chars=MOST_TYPED,
                    width=200,
                    placeholder="0.75, 3/4 or 1e-3",
                    help=f"A decimal or a fraction of up to {MOST_TYPED} characters, right within "
                    f"{TOLERANCE:.0%}.",
                )
            st.form_submit_button("Commit", on_click=_commit, args=(question, field))
        if trouble := st.session_state.get(f"{field}_trouble"):
            st.caption(f":material/error: {trouble}")


def _marked(question: Question, given: str) -> None:
    found = mark(question, given)
    sign = (
        ":material/check_circle: **Right.**" if found.right else ":material/cancel: **Not quite.**"
    )
    st.markdown(f"{sign} You answered")
    # As text, not Markdown: it is what the reader typed.
    st.text(given)
    st.markdown(printed(found.words))


def _commit(question: Question, field: str) -> None:
    state = st.session_state
    given = str(state.get(field) or "")
    found = mark(question, given)
    state[f"{field}_trouble"] = found.words if found.right is None else ""
    if found.right is not None:
        _answers()[question] = given


def _answers() -> dict[Question, str]:
    """Return what has been answered in this session, whatever the numbers were."""
    answers: dict[Question, str] = st.session_state.setdefault(_ANSWERS, {})
    return answers


def _open(lesson: str, exercise: Exercise) -> None:
    st.session_state[_OPENED] = _problem(lesson), exercise


def _problem(lesson: str) -> tuple[Any, ...]:
    """Return what a lesson asks about: its start, its shape, and how often it has been drawn."""
    state = st.session_state
    return lesson, state.get(START), state.get(DRAWS, 0), current_exercise().shape


def _opened(lesson: str) -> Exercise | None:
    """Return the numbers that the questions were about when the lesson was opened, or None.

    A number moved by hand does not close it: the picture would vanish under the hand.
    """
    found, exercise = st.session_state.get(_OPENED, (None, None))
    return exercise if found == _problem(lesson) else None


def _moved(settings: Settings, exercise: Exercise) -> str:
    """Say that the reader has moved on from what the questions are about."""
    if settings.exercise == exercise:
        return ""
    return "The questions are about the numbers it opened with; draw new ones to be asked again."
