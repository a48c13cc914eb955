"""What the reader has chosen: the one place where pages get their numbers from."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass

import streamlit as st

from blame.exercise.example import NAMES, Example
from pages.shared.state import choice_widgets, echoes
from pages.shared.state.choice_widgets import ENTERING
from pages.shared.state.choices import CHOICES
from pages.shared.state.computed import passes_of
from pages.shared.state.links import MOST_PROBLEMS, choice_trouble, read_link, read_otherwise
from pages.shared.words.numbers import Numbers

LESSON = "lesson"
PRESET_STATE = "preset_state"
"""Keys of the fragments that answer to a changed number."""

_READY = "numbers_are_set"
_PAGE = "page_shown"
_SEEN = "example_shown"
_PROBLEMS = "link_problems"
_READ_AS = "link_read_as"
_LIVE = "live_parts"


@dataclass(frozen=True)
class Settings:
    """The reader's numbers and how to write them."""

    example: Example
    numbers: Numbers


def present(page: Callable[[Settings], None]) -> None:
    """Run a page with the reader's settings, as a fragment: a changed number runs only it again."""

    def lesson() -> None:
        st.session_state[_LIVE] = []
        held()["example"] = current_example()
        choice_widgets.begin()
        page(current_settings())

    st.fragment(lesson, key=LESSON)()


def live(part: Callable[[Settings], None], key: str, *, run_every: float | None = None) -> None:
    """Draw a part of a lesson that follows a number while it is being moved.

    The rest of the lesson, its words and formulas, waits until the hand rests: with them the
    browser would be too slow to follow it.
    """
    if key not in st.session_state[_LIVE]:
        st.session_state[_LIVE].append(key)
    st.fragment(lambda: part(current_settings()), key=key, run_every=run_every)()


def answer(name: str | None = None) -> None:
    """Show what a changed number does. For the inputs' callbacks only.

    Running the whole script again would make the browser draw the sidebar anew as well, which
    takes it longer than the charts.
    """
    if name and echoes.echoed(name):
        show_written([name])
    st.rerun([LESSON, PRESET_STATE])


def follow(name: str, value: float) -> None:
    """Show what a number in motion does, and the number itself in the sidebar. For callbacks.

    The link waits until the hand rests: each number in it becomes an entry of the browser's
    history, and the way back should not lead through every stop of a drag.
    """
    echoes.write(name, value, at_rest=False)
    show_written([name])


def write_numbers(changes: Mapping[str, float]) -> None:
    """Put numbers into their inputs and the link, and answer. For callbacks of a lesson only."""
    for name, value in changes.items():
        echoes.write(name, value)
    show_written(changes)


def show_written(names: Iterable[str]) -> None:
    """Draw what answers to written numbers, and their inputs. For callbacks only."""
    names = list(names)
    parts = [LESSON, PRESET_STATE]
    if not all(echoes.at_rest(name) for name in names):
        parts = st.session_state[_LIVE]
    st.rerun([*parts, *map(input_key, names)])


def redraw(key: str) -> None:
    """Draw one live part again. For callbacks only."""
    st.rerun([key])


def input_key(name: str) -> str:
    """Return the key of the fragment that holds the sidebar's input of a number."""
    return f"input_{name}"


@contextmanager
def entering(page: str) -> Iterator[None]:
    """Mark the first run of a page that the reader has come to, so that its choices can tell."""
    state = st.session_state
    state[ENTERING] = state.get(_PAGE) != page
    state[_PAGE] = page
    try:
        yield
    finally:
        state[ENTERING] = False


def held() -> dict[str, Example]:
    """Return what holds the numbers of the lesson on screen, under "example".

    Always the same one in a session, so that a file asked for between two runs can be made from
    it: nothing else of the session can be read there.
    """
    holder: dict[str, Example] = st.session_state.setdefault(_SEEN, {})
    return holder


def check_seen() -> None:
    """Run everything again if the lesson was drawn before what it shows was known.

    On the browser's way back an input takes its number from the address only when it is drawn.
    """
    if choice_widgets.must_run_again() or held().get("example") != current_example():
        st.rerun()


def current_settings() -> Settings:
    """Return what the reader has chosen, as the widgets hold it."""
    example = current_example()
    numbers = Numbers(bool(st.session_state.get("all_digits")))
    return Settings(example, numbers.of(passes_of(example)))


def current_example() -> Example:
    """Return the reader's numbers as the widgets hold them."""
    return Example(**{name: st.session_state[name] for name in NAMES})


def prepare() -> None:
    """Set every number once a session, from the link where it has one, else the notebook's."""
    if _READY in st.session_state:
        return
    given = {name: st.query_params.get_all(name) for name in st.query_params}
    good, problems = read_link(given)
    defaults = Example().numbers()
    for name in NAMES:
        st.session_state.setdefault(name, good.get(name, defaults[name]))
        if name in given and name not in good:
            # A bound widget would try to read the wrong value again.
            del st.query_params[name]
    for name in CHOICES:
        if name in given and choice_trouble(name, given[name]):
            del st.query_params[name]
    plain, said = read_otherwise(given)
    for name, text in plain.items():
        st.query_params[name] = text
    st.session_state[_PROBLEMS] = problems
    st.session_state[_READ_AS] = said
    st.session_state[_READY] = True
    if problems or plain:
        # This run has the address as it came; a widget would make of 2.5 a 2.
        st.rerun()


def write_example(example: Example) -> None:
    """Put every number of `example` into its widget. For callbacks only."""
    for name, value in example.numbers().items():
        echoes.write(name, value)
    _forget_problems()


def show_problems() -> None:
    """Name what was wrong in the link, or read otherwise, until the reader closes the message."""
    problems = st.session_state.get(_PROBLEMS) or []
    read_as = st.session_state.get(_READ_AS) or []
    if not problems and not read_as:
        return
    with st.container(border=True):
        if problems:
            st.markdown("**Some values in the link could not be used.** The others are kept.")
            _list(problems)
        if read_as:
            st.markdown("**Some numbers in the link are read as follows.**")
            _list(read_as)
        st.button("Close", key="close_problems", on_click=_forget_problems)


def _list(sentences: list[str]) -> None:
    for said in sentences[:MOST_PROBLEMS]:
        st.text(said)
    if len(sentences) > MOST_PROBLEMS:
        st.text(f"... and {len(sentences) - MOST_PROBLEMS} more.")


def _forget_problems() -> None:
    st.session_state[_PROBLEMS] = []
    st.session_state[_READ_AS] = []
