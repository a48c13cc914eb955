"""The challenges: choosing one, recognising that it is met, and keeping what has been met."""

from __future__ import annotations

from functools import partial

import streamlit as st

from blame.exercise.exercise import Exercise
from blame.exercise.names import title_of
from blame.playground.growing_run import advance
from blame.practise.challenges import (
    CHALLENGES,
    MOST_CODE,
    Challenge,
    progress_code,
    read_progress,
)
from pages.shared.playground import growing_run, recipe_choices
from pages.shared.state import choice_widgets, echoes
from pages.shared.state.computed import prepared
from pages.shared.state.exercise import change_to
from pages.shared.state.navigation import page_link
from pages.shared.state.settings import Settings, answer, kept, worded
from pages.shared.words.exercise import shape_words

CHOICE = "challenge"
_DONE = "challenges_met"
_CODE = "challenge_code"
_TROUBLE = "challenge_code_trouble"


def done() -> tuple[str, ...]:
    """Return the keys of the challenges met in this session, in the order of difficulty."""
    met: tuple[str, ...] = st.session_state.setdefault(_DONE, ())
    return met


def choose() -> str:
    """Let the reader choose a challenge, and return its key."""
    with st.container(horizontal=True, gap="small", vertical_alignment="bottom"):
        echoes.draw(CHOICE)
        choice_widgets.titled(CHOICE, "Challenge", lambda key: CHALLENGES[key].title, width=220)
        for label, by in (("Back", -1), ("Next", 1)):
            st.button(label, key=f"challenge_{label.lower()}", on_click=_go, args=(by,))
    return str(st.session_state[CHOICE])


def _go(by: int) -> None:
    keys = list(CHALLENGES)
    key = keys[(keys.index(echoes.settled(CHOICE)) + by) % len(keys)]
    echoes.write(CHOICE, key)


def show(key: str) -> None:
    """Show a challenge and whether it is met; what is met is kept."""
    challenge = CHALLENGES[key]
    with st.container(border=True, key="challenge_card"):
        number = list(CHALLENGES).index(key) + 1
        st.markdown(f"**{number}. {challenge.title}**")
        st.markdown(challenge.goal)
        worded(partial(_state, key))
        with st.container(horizontal=True, gap="small", vertical_alignment="center"):
            kept(
                lambda settings: settings.exercise == challenge.start,
                lambda place, at_start: place.button(
                    "Set the numbers it starts from",
                    key="challenge_start",
                    icon=":material/restart_alt:",
                    on_click=_start,
                    args=(key,),
                    disabled=at_start,
                ),
                "content",
            )
            if challenge.solved is not None:
                page_link("playground", "To the playground")
        with st.expander("Hint", icon=":material/lightbulb:", key=f"hint_{key}"):
            st.markdown(challenge.hint)


def _state(key: str, settings: Settings) -> str:
    """Say whether a challenge is met; what is met is kept."""
    challenge, exercise = CHALLENGES[key], settings.exercise
    met = _is_met(challenge, exercise)
    if met and key not in done():
        st.session_state[_DONE] = (*done(), key)
    if not challenge.fits(exercise):
        return (
            f":material/info: This challenge is about an exercise of another kind than yours, "
            f"which is {shape_words(exercise)}. It starts from {shape_words(challenge.start)}: "
            "the button sets that. Undo brings yours back."
        )
    if met:
        return f":material/check_circle: **Met.** {challenge.learned}"
    if touched := challenge.touched(exercise):
        listed = ", ".join(title_of(name) for name in touched[:4])
        more = f" and {len(touched) - 4} more" if len(touched) > 4 else ""
        return (
            f":material/block: Not this way: {listed}{more} must stay as the challenge sets "
            f"{'it' if len(touched) == 1 else 'them'}."
        )
    said = "Met before. " if key in done() else ""
    return f":material/radio_button_unchecked: {said}Not met with these numbers."


def _start(key: str) -> None:
    change_to(CHALLENGES[key].start, "notebook")
    answer()


def _is_met(challenge: Challenge, exercise: Exercise) -> bool:
    if challenge.solved is None:
        return challenge.is_met(exercise)
    recipe = recipe_choices.current()
    step = int(st.session_state.get(growing_run.STEP, 0))
    return challenge.solved(recipe, advance(prepared(recipe).start, step))


def keep() -> None:
    """Offer the progress as a code to copy, and take one that is pasted."""
    met = done()
    st.progress(len(met) / len(CHALLENGES), f"{len(met)} of {len(CHALLENGES)} met")
    if met:
        st.markdown("Progress is kept while this page is open. The code keeps it for longer:")
        st.code(progress_code(met), language=None, wrap_lines=True)
    with (
        st.form("progress_form", border=False),
        st.container(horizontal=True, gap="small", vertical_alignment="bottom"),
    ):
        st.text_input("A code from before", key=_CODE, max_chars=MOST_CODE, width=320)
        st.form_submit_button("Take it up", on_click=_take_up)
    for problem in st.session_state.get(_TROUBLE, ()):
        # As text, not Markdown: it quotes what the reader typed.
        st.text(problem)


def _take_up() -> None:
    known, problems = read_progress(str(st.session_state.get(_CODE) or ""))
    both = {*done(), *known}
    st.session_state[_DONE] = tuple(key for key in CHALLENGES if key in both)
    st.session_state[_TROUBLE] = problems
