"""A page as a fragment, with what stands beside it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext

import streamlit as st

from pages.shared.state import axes, exercise, wire
from pages.shared.state.choices import choice_values
from pages.shared.state.choices.choice_values import ENTERING
from pages.shared.state.exercise import current_exercise
from pages.shared.state.menu import page_of
from pages.shared.state.settings.answers import answer, kind_now, run_context
from pages.shared.state.settings.chosen import Settings, held, settings_at_rest
from pages.shared.state.settings.keys import (
    ANSWER,
    ANSWERS,
    FILM,
    FILMS,
    LESSON,
    OF_EXERCISE,
    PAGE,
    PARTS,
    SHAPE,
)
from pages.shared.state.settings.parts import Parts
from pages.shared.state.settings.shown import if_it_holds

_BESIDE = "drawn_beside_the_lesson"
_FILMED = "sends_the_films_of_a_lesson"


def present(
    page: Callable[[Settings], None],
    *,
    still: bool = False,
    of_exercise: bool = True,
    axis: axes.AxisOf | None = None,
) -> None:
    """Run a page, and what stands beside it, as a fragment: a changed number runs only it again.

    A `still` page shows no number but in the parts that it gives to `live`, `worded` and `told`:
    then only these run again. In one fragment, for a browser's message can ask for one only.

    A page that is not `of_exercise` is there whatever the numbers of the exercise are; one with
    numbers of its own says by `axis` along which of them there are films.
    """
    state = st.session_state
    axes.belong(axis)
    state[OF_EXERCISE] = of_exercise
    beside: tuple[Callable[[], Callable[[], None]], ...] = state.get(_BESIDE, ())

    def lesson() -> None:
        wire.begin(on=still)
        parts = state[PARTS] = Parts() if still else None
        state[SHAPE] = kind_now()
        state[FILMS] = False
        choice_values.begin()
        # Streamlit knows a fragment by its place: what answers stands second, however much the
        # page shows of this exercise. In another place it may not write beside the lesson.
        with st.container() if still else nullcontext():
            if_it_holds(page, settings_at_rest, title=page_of(state[PAGE] or "home").title)
        state[PARTS] = None
        if parts is None or not parts:
            # Nothing on this page follows the numbers by itself.
            state[ANSWERS] = LESSON
            wire.begin(on=False)
            held()["exercise"] = current_exercise()
            for begin in beside:
                of_the_shell(begin())()
            exercise.write_link()
            return
        state[ANSWERS] = ANSWER
        for begin in beside:
            parts.lay_out(of_the_shell(begin()))
        laid_out = iter([True])

        def send() -> None:
            wire.send(axes.stamps(), lambda: answer(numbers_only=True))

        def answering() -> None:
            held()["exercise"] = current_exercise()
            parts.answer(send, laid_out=next(laid_out, False))
            exercise.write_link()

        st.fragment(answering, key=ANSWER)()
        if film := state.get(_FILMED):
            state[FILMS] = True
            st.fragment(lambda: film(parts), key=FILM)()

    st.fragment(lesson, key=LESSON)()


def run_whole() -> None:
    """Have all of a still page run again for a changed number: more of it than its parts follows.

    To be called before any of its parts is drawn.
    """
    st.session_state[PARTS] = None
    wire.begin(on=False)


def of_the_shell(draw: Callable[[], None]) -> Callable[[], None]:
    """Return what draws a thing that stands beside a lesson as of the shell, not of the page.

    Streamlit takes what is of a page away when the reader leaves it: the sheet would be mounted
    anew on the next one.
    """

    def drawn() -> None:
        context = run_context()
        with context.run_with_active_hash(context.pages_manager.main_script_hash):
            draw()

    return drawn


@contextmanager
def entering(
    page: str,
    *beside: Callable[[], Callable[[], None]],
    film: Callable[[Parts], None] | None = None,
) -> Iterator[None]:
    """Mark the first run of a page that the reader has come to, so that its choices can tell.

    Parameters
    ----------
    page : its address.
    beside : what is drawn with the page whenever that answers to a number: each begins anew and
        returns what draws it.
    film : sends films of a lesson's parts to the browser, in a fragment of its own.
    """
    state = st.session_state
    state[_BESIDE] = beside
    state[_FILMED] = film
    state[ENTERING] = state.get(PAGE) != page
    state[PAGE] = page
    try:
        yield
    finally:
        state[ENTERING] = False


def is_shown(page: str) -> bool:
    """Return whether a page is the one on screen."""
    return bool(st.session_state.get(PAGE) == page)
