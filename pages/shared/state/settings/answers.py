"""How a change is answered: which fragments run again for it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import streamlit as st
from streamlit.runtime.scriptrunner import ScriptRunContext, get_script_run_ctx

from pages.shared.state import exercise, wire
from pages.shared.state.choices import choice_widgets
from pages.shared.state.computed import passes_of
from pages.shared.state.exercise import current_exercise
from pages.shared.state.settings.keys import (
    ANSWERS,
    FILM,
    FILMS,
    LESSON,
    SHAPE,
)


def answer(*others: str, before: tuple[str, ...] = (), numbers_only: bool = False) -> None:
    """Show what a change does, and draw `others`, keys of fragments. For callbacks only.

    Those of `before` are drawn first: what they put into the link is written with the lesson's.

    Running the whole script again would make the browser draw the sidebar anew as well, which
    takes it longer than the charts.

    Parameters
    ----------
    numbers_only : whether nothing but numbers of the exercise changed: films of them stay true.
    """
    if not numbers_only:
        wire.wire().choices += 1
    answers = st.session_state[ANSWERS]
    if st.session_state[SHAPE] != kind_now():
        # Another exercise: what can be chosen on the page is another too, or there is no page.
        answers = LESSON
    running, storage = _running(), run_context().fragment_storage
    # The run that this callback begins may be the one that answers.
    ours = storage.resolve_target([answers, LESSON])
    if before or others or not any(key in running for key in ours):
        films = bool(st.session_state.get(FILMS)) and storage.resolve_target([FILM])
        filming = any(key in running for key in films or ())
        st.rerun([*before, answers, *others, *([FILM] if filming else [])])


def note_choice() -> None:
    """Note that what is shown is another choice: films of the one before are true no longer.

    For callbacks of what is drawn with each answer; a lesson that is laid out anew knows by itself.
    """
    wire.wire().choices += 1


def follow_choice(name: str, *, is_titled: bool = False) -> None:
    """Show what a choice of a lesson's own changes in its parts alone. For callbacks only.

    Where nothing else of the lesson shows it, and where the lesson has parts: else it is laid out
    anew, as for any choice.

    Parameters
    ----------
    is_titled : whether it is drawn by `choice_widgets.titled`.
    """
    answers = st.session_state[ANSWERS]
    if answers == LESSON or not _running():
        return
    choice_widgets.take(name, is_titled=is_titled)
    note_choice()
    st.rerun([answers])


def lay_out_anew(*before: str) -> None:
    """Run a whole lesson again, for a choice of its own that something else wrote. For callbacks.

    Its widgets are drawn there only. `before` are keys of fragments that are drawn first: what they
    put into the link is written with the lesson's.
    """
    note_choice()
    st.rerun([*before, LESSON])


def kind_now() -> tuple[Any, ...]:
    """Return what decides which parts a lesson has: two of a kind differ in numbers alone."""
    now = current_exercise()
    return now.shape, passes_of(now).finite


def _running() -> Sequence[str]:
    """Return which fragments run; none where the whole script does."""
    return run_context().fragment_ids_this_run or ()


def run_context() -> ScriptRunContext:
    context = get_script_run_ctx()
    assert context is not None
    return context


def follow(name: str, value: float) -> None:
    """Show what a number in motion does, and the number itself in the sidebar. For callbacks.

    The link waits until the hand rests: each number in it becomes an entry of the browser's
    history, and the way back should not lead through every stop of a drag.
    """
    exercise.move({name: value})
    answer(numbers_only=True)


def write_numbers(changes: Mapping[str, float], *others: str) -> None:
    """Write numbers that stay, and answer. For callbacks only."""
    exercise.change(changes)
    answer(*others, numbers_only=True)
