"""What the reader has chosen: the one place where pages get their numbers from."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import streamlit as st
from streamlit.runtime.scriptrunner import ScriptRunContext, get_script_run_ctx

from blame.exercise.exercise import Exercise
from blame.refusals import RefusedError
from pages.shared.state import axes, choice_widgets, exercise, wire
from pages.shared.state.choice_widgets import ENTERING
from pages.shared.state.choices import NOTATION, SAMPLE, sample_names
from pages.shared.state.computed import passes_of
from pages.shared.state.exercise import current_exercise
from pages.shared.state.menu import page_of
from pages.shared.state.parts import Parts, Slot, say_refused
from pages.shared.words.notation import NOTATIONS, OURS, Notation
from pages.shared.words.numbers import Numbers

LESSON, ANSWER = "lesson", "answer"
"""Keys of the fragments that answer to a changed number: a whole page, or the parts of a still one.
"""
FILM = "film"
"""Key of the fragment that sends the frames of a film, and draws nothing else."""
MISSING = "plotly_is_missing"
"""Set where charts are Streamlit's own, for want of its Plotly (chart.py)."""

_PAGE = "page_shown"
_SEEN = "example_shown"
_BESIDE = "drawn_beside_the_lesson"
_FILMED = "sends_the_films_of_a_lesson"
_FILMS = "lesson_has_films"
_PARTS = "parts_that_follow_numbers"
_ANSWERS = "fragment_that_answers"
_SHAPE = "shape_of_the_lesson"
_OF_EXERCISE = "lesson_speaks_of_the_exercise"


@dataclass(frozen=True)
class Settings:
    """The reader's numbers and how to write them."""

    exercise: Exercise
    numbers: Numbers
    sample: int = 0
    """The sample that is looked at, where there are several."""


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
    state[_OF_EXERCISE] = of_exercise
    beside: tuple[Callable[[], Callable[[], None]], ...] = state.get(_BESIDE, ())

    def lesson() -> None:
        wire.begin(on=still)
        parts = state[_PARTS] = Parts() if still else None
        state[_SHAPE] = _kind_now()
        state[_FILMS] = False
        choice_widgets.begin()
        # Streamlit knows a fragment by its place: what answers stands second, however much the
        # page shows of this exercise. In another place it may not write beside the lesson.
        with st.container() if still else nullcontext():
            _if_it_holds(page, _settings_at_rest, title=page_of(state[_PAGE] or "home").title)
        state[_PARTS] = None
        if parts is None or not parts:
            # Nothing on this page follows the numbers by itself.
            state[_ANSWERS] = LESSON
            wire.begin(on=False)
            held()["exercise"] = current_exercise()
            for begin in beside:
                _of_the_shell(begin())()
            exercise.write_link()
            return
        state[_ANSWERS] = ANSWER
        for begin in beside:
            parts.lay_out(_of_the_shell(begin()))
        laid_out = iter([True])

        def send() -> None:
            wire.send(axes.stamps(), lambda: answer(numbers_only=True))

        def answering() -> None:
            held()["exercise"] = current_exercise()
            parts.answer(send, laid_out=next(laid_out, False))
            exercise.write_link()

        st.fragment(answering, key=ANSWER)()
        if film := state.get(_FILMED):
            state[_FILMS] = True
            st.fragment(lambda: film(parts), key=FILM)()

    st.fragment(lesson, key=LESSON)()


def run_whole() -> None:
    """Have all of a still page run again for a changed number: more of it than its parts follows.

    To be called before any of its parts is drawn.
    """
    st.session_state[_PARTS] = None
    wire.begin(on=False)


def _of_the_shell(draw: Callable[[], None]) -> Callable[[], None]:
    """Return what draws a thing that stands beside a lesson as of the shell, not of the page.

    Streamlit takes what is of a page away when the reader leaves it: the sheet would be mounted
    anew on the next one.
    """

    def drawn() -> None:
        context = _context()
        with context.run_with_active_hash(context.pages_manager.main_script_hash):
            draw()

    return drawn


def live(*parts: Callable[[Settings], None]) -> None:
    """Draw parts of a lesson that follow a number while it is being moved: charts, the picture.

    The rest of the lesson, its words and formulas, waits until the hand rests: with them the
    browser would be too slow to follow it.
    """
    for part in parts:
        if st.session_state.get(MISSING):
            _draw(part, current_settings)
        else:
            _lay_out(part, current_settings)


def worded(*parts: Callable[[Settings], str]) -> None:
    """Show Markdown that follows a number once the hand rests; sent only where it has changed."""
    for words in parts:
        kept(words, lambda place, text: place.markdown(text))


def kept(
    shown: Callable[[Settings], Hashable],
    draw: Callable[[Any, Any], Any],
    width: Any = "stretch",
) -> None:
    """Show one thing that follows a number once the hand rests; sent only where it has changed.

    Parameters
    ----------
    shown : says what is to be shown.
    draw : shows it, given the place for it.
    width : of that place; "content" in a row.
    """
    slot = Slot(draw, width)
    _lay_out(lambda settings: slot.show(shown(settings)), _settings_at_rest)


def told(*parts: Callable[[Settings], None]) -> None:
    """Draw parts of a lesson that follow a number once the hand rests, and are no mere words."""
    for part in parts:
        _draw(part, _settings_at_rest)


def _lay_out(part: Callable[[Settings], None], settings: Callable[[], Settings]) -> None:
    parts: Parts | None = st.session_state.get(_PARTS)
    if parts is None:
        _if_it_holds(part, settings)
    else:
        parts.lay_out(lambda: part(_within_floats(settings())))


def _draw(part: Callable[[Settings], None], settings: Callable[[], Settings]) -> None:
    parts: Parts | None = st.session_state.get(_PARTS)
    if parts is None:
        _if_it_holds(part, settings)
    else:
        parts.draw_anew(lambda: _if_it_holds(part, settings))


def ticking(part: Callable[[Settings], None], key: str, run_every: float | None) -> None:
    """Draw a part that follows a number, and runs by itself every so many seconds."""
    st.fragment(lambda: _if_it_holds(part, current_settings), key=key, run_every=run_every)()


def _if_it_holds(
    part: Callable[[Settings], None], settings: Callable[[], Settings], title: str = ""
) -> None:
    """Draw a part, or say for which exercises it holds where it does not for this one.

    `title` is that of a page, which is named too where none of it can be shown.
    """
    try:
        now = _within_floats(settings())
    except RefusedError as refused:
        if title:
            st.title(title)
        say_refused(refused)
        return
    try:
        part(now)
    except RefusedError as refused:
        say_refused(refused)


def _within_floats(settings: Settings) -> Settings:
    """Return the settings if both passes of their numbers are numbers.

    Raises
    ------
    RefusedError
        Where the loss or some blame is none, for then nothing true can be said of it.
    """
    if st.session_state[_OF_EXERCISE] and not passes_of(settings.exercise).finite:
        raise RefusedError(
            "the loss or some blame of these numbers is too large for a float, as where a guess "
            "is exactly 0 or 1 and its target is not; take smaller weights or inputs, or another "
            "loss"
        )
    return settings


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
    answers = st.session_state[_ANSWERS]
    if st.session_state[_SHAPE] != _kind_now():
        # Another exercise: what can be chosen on the page is another too, or there is no page.
        answers = LESSON
    running, storage = _running(), _context().fragment_storage
    # The run that this callback begins may be the one that answers.
    ours = storage.resolve_target([answers, LESSON])
    if before or others or not any(key in running for key in ours):
        films = bool(st.session_state.get(_FILMS)) and storage.resolve_target([FILM])
        filming = any(key in running for key in films or ())
        st.rerun([*before, answers, *others, *([FILM] if filming else [])])


def note_choice() -> None:
    """Note that what is shown is another choice: films of the one before are true no longer.

    For callbacks of what is drawn with each answer; a lesson that is laid out anew knows by itself.
    """
    wire.wire().choices += 1


def lay_out_anew() -> None:
    """Run a whole lesson again, for a choice of its own that something else wrote. For callbacks.

    Its widgets are drawn there only.
    """
    note_choice()
    st.rerun([LESSON])


def _kind_now() -> tuple[Any, ...]:
    """Return what decides which parts a lesson has: two of a kind differ in numbers alone."""
    now = current_exercise()
    return now.shape, passes_of(now).finite


def _running() -> Sequence[str]:
    """Return which fragments run; none where the whole script does."""
    return _context().fragment_ids_this_run or ()


def _context() -> ScriptRunContext:
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
    state[ENTERING] = state.get(_PAGE) != page
    state[_PAGE] = page
    try:
        yield
    finally:
        state[ENTERING] = False


def is_shown(page: str) -> bool:
    """Return whether a page is the one on screen."""
    return bool(st.session_state.get(_PAGE) == page)


def held() -> dict[str, Exercise]:
    """Return what holds the numbers of the lesson on screen, under "exercise".

    Always the same one in a session, so that a file asked for between two runs can be made from
    it: nothing else of the session can be read there.
    """
    holder: dict[str, Exercise] = st.session_state.setdefault(_SEEN, {})
    return holder


def current_settings() -> Settings:
    """Return what the reader has chosen, as it is now."""
    return _settings_of(current_exercise())


def _settings_at_rest() -> Settings:
    return _settings_of(exercise.exercise_at_rest())


def _settings_of(chosen: Exercise) -> Settings:
    all_digits = bool(st.session_state.get("all_digits"))
    return _settings(chosen, all_digits, chosen_notation(), _chosen_sample(chosen))


@lru_cache(maxsize=64)
def _settings(chosen: Exercise, all_digits: bool, notation: Notation, sample: int) -> Settings:
    numbers = Numbers(all_digits, notation=notation, faces=True)
    return Settings(chosen, numbers.of(passes_of(chosen)), sample)


def _chosen_sample(chosen: Exercise) -> int:
    """Return the sample that is looked at; the first where the exercise has no other."""
    if chosen.n_samples == 1:
        return 0
    text, names = _chosen(SAMPLE), sample_names(chosen.n_samples)
    return names.index(text) if text in names else 0


def chosen_notation() -> Notation:
    """Return how the reader wants formulas written."""
    return NOTATIONS.get(_chosen(NOTATION), OURS)


def _chosen(name: str) -> str:
    """Return a choice: before its widget has been drawn once, it stands in the link only."""
    return str(st.session_state.get(name) or st.query_params.get(name, ""))
