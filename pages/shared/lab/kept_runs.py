"""Runs that the reader has kept to compare with; they go into the link."""

from __future__ import annotations

import streamlit as st

from blame.exercise.exercise import Exercise
from blame.exercise.links.kept import differing_names, read_exercises, write_exercises
from pages.shared.state.exercise import current_exercise, put_in_link, start_key
from pages.shared.state.settings import Settings, note_choice, told, write_numbers
from pages.shared.words.lab.verdicts import change_words

MOST = 5
MOST_OF_ALL = 50
"""So many runs are kept in a session, of exercises of all shapes together."""
LINK = "kept"
"""The name of the kept runs in links."""
_KEPT = "kept_runs"
_PROBLEMS = "kept_problems"


def prepare() -> None:
    """Read the kept runs from the link once a session, and write them into it from then on."""
    state = st.session_state
    if _KEPT not in state:
        text = st.query_params.get(LINK, "")
        state[_KEPT], state[_PROBLEMS] = read_exercises(text, MOST, current_exercise(), start_key())
    told(_write_link)


def _write_link(settings: Settings) -> None:
    put_in_link(LINK, write_exercises(exercises(), start_key()))
    for problem in st.session_state[_PROBLEMS]:
        # As text, not Markdown: it quotes the link.
        st.text(f"In the link, {problem}.")


def exercises() -> tuple[Exercise, ...]:
    """Return the kept runs of exercises of this one's shape, the oldest first."""
    shape = current_exercise().shape
    return tuple(kept for kept in _every() if kept.shape == shape)


def _every() -> tuple[Exercise, ...]:
    kept: tuple[Exercise, ...] = st.session_state[_KEPT]
    return kept


def shown() -> dict[str, Exercise]:
    """Return this run and the kept ones by name: what differs among them."""
    every = (current_exercise(), *exercises())
    names = differing_names(every)
    titles = ["This run", *"ABCDE"[: len(exercises())]]
    found = {}
    for title, exercise in zip(titles, every, strict=True):
        numbers = exercise.numbers()
        differs = change_words({name: numbers[name] for name in names})
        found[f"{title}: {differs}" if differs else title] = exercise
    return found


def has_room() -> bool:
    """Whether this run is kept already or can be."""
    return len(exercises()) < MOST or current_exercise() in exercises()


def keep() -> None:
    """Keep this run if there is room for it. For callbacks only."""
    st.session_state[_PROBLEMS] = []
    if has_room() and current_exercise() not in exercises():
        st.session_state[_KEPT] = (*_every(), current_exercise())[-MOST_OF_ALL:]
        note_choice()


def controls(settings: Settings) -> None:
    """Show the buttons that keep this run, and load or forget the kept ones."""
    kept = exercises()
    known, full = current_exercise() in kept, len(kept) >= MOST
    help_ = (
        "This run is kept already: change a number first."
        if known
        else f"Up to {MOST} runs can be kept: remove one first."
        if full
        else "Keep this run as a ghost, change anything, and see both."
    )
    with st.container(horizontal=True, gap="small", vertical_alignment="center"):
        st.button(
            "Keep this run",
            key="keep",
            icon=":material/keep:",
            on_click=keep,
            disabled=known or full,
            help=help_,
        )
        for k, exercise in enumerate(kept):
            st.button(
                f"Load {'ABCDE'[k]}",
                key=f"load_{k}",
                on_click=_load,
                args=(exercise,),
                help="Put its numbers into the sidebar.",
            )
            st.button(
                f"Remove {'ABCDE'[k]}",
                key=f"remove_{k}",
                type="tertiary",
                on_click=_remove,
                args=(exercise,),
            )
    aside = len(_every()) - len(kept)
    if aside:
        runs = "One kept run is" if aside == 1 else f"{aside} kept runs are"
        st.caption(
            f"{runs} of an exercise of another shape, loss or activation and set aside until you "
            "come back to one like it."
        )
    if not kept:
        st.caption("No run is kept yet. Keep this one, change a number, and both are drawn.")


def _load(exercise: Exercise) -> None:
    write_numbers(exercise.numbers())


def _remove(exercise: Exercise) -> None:
    st.session_state[_KEPT] = tuple(other for other in _every() if other != exercise)
    note_choice()
