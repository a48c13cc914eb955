"""The challenges: choosing one, and recognising that it is met."""

from __future__ import annotations

from functools import partial
from typing import Any

import streamlit as st

from blame.exercise.names import title_of
from blame.playground.growing_run import advance
from blame.practise.challenges import CHALLENGES
from blame.practise.progress import how, how_played, proof_code
from pages.shared.playground import runs
from pages.shared.practise import challenge_run
from pages.shared.practise.progress import done, note_met
from pages.shared.state import echoes
from pages.shared.state.choices import choice_widgets
from pages.shared.state.computed import prepared
from pages.shared.state.exercise import change_to, put_in_link
from pages.shared.state.links import BEGUN, MET
from pages.shared.state.navigation import page_link
from pages.shared.state.settings import Settings, kept, worded
from pages.shared.words.exercise import shape_words

CHOICE = "challenge"
_BEGUN = "challenge_begun"


def choose() -> str:
    """Let the reader choose a challenge, and return its key."""
    with st.container(horizontal=True, gap="small", vertical_alignment="bottom"):
        echoes.draw(CHOICE)
        choice_widgets.titled(
            CHOICE, "Challenge", lambda key: CHALLENGES[key].title, width=200, on_change=_chosen
        )
        for label, by in (("Back", -1), ("Next", 1)):
            st.button(label, key=f"challenge_{label.lower()}", on_click=_go, args=(by,))
    return str(st.session_state[CHOICE])


def _go(by: int) -> None:
    keys = list(CHALLENGES)
    key = keys[(keys.index(echoes.settled(CHOICE)) + by) % len(keys)]
    echoes.write(CHOICE, key)
    _start(key)


def _chosen() -> None:
    _start(str(st.session_state[CHOICE]))


def show(key: str) -> None:
    """Show a challenge and whether it is met; what is met is kept."""
    challenge = CHALLENGES[key]
    state = st.session_state
    state.setdefault(_BEGUN, str(st.query_params.get(BEGUN, "")))
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
            kept(lambda settings: _next_to(key), partial(_offer, key), "content")
            if challenge.solved is not None:
                page_link("playground", "To the playground")
        if challenge.run:
            challenge_run.show(key)
        with st.expander("Hint", icon=":material/lightbulb:", key=f"hint_{key}"):
            st.markdown(challenge.hint)


def _next_to(key: str) -> str:
    """Return the title of the next challenge that is not met, once this one is."""
    following = _following(key)
    return CHALLENGES[following].title if key in done() and following else ""


def _following(key: str) -> str:
    keys = list(CHALLENGES)
    at = keys.index(key) + 1
    return next((other for other in (*keys[at:], *keys[:at]) if other not in done()), "")


def _offer(key: str, place: Any, title: str) -> None:
    if not title:
        place.empty()
        return
    place.button(
        f"Next: {title}",
        key="challenge_on",
        type="primary",
        icon=":material/arrow_forward:",
        on_click=_on,
        args=(key,),
    )


def _on(key: str) -> None:
    following = _following(key)
    echoes.write(CHOICE, following)
    _start(following)


def _state(key: str, settings: Settings) -> str:
    """Say whether a challenge is met; what is met on purpose is kept."""
    challenge, exercise, state = CHALLENGES[key], settings.exercise, st.session_state
    if challenge.solved is not None:
        return recognised(key) or f":material/radio_button_unchecked: {_before(key)}Not met so far."
    if exercise == challenge.start:
        state[_BEGUN] = key
    put_in_link(BEGUN, state[_BEGUN])
    met = challenge.is_met(exercise)
    if met and state[_BEGUN] == key and key not in done():
        note_met(key, how(key, exercise))
    put_in_link(MET, proof_code(done()))
    if not challenge.fits(exercise):
        return (
            f":material/info: This challenge is about an exercise of another kind than yours, "
            f"which is {shape_words(exercise)}. It starts from {shape_words(challenge.start)}: "
            "the button sets that. Undo brings yours back."
        )
    far = challenge.gauge(exercise).replace("-", "\u2212")
    if met and key in done():
        return f":material/check_circle: **Met.** {challenge.learned}"
    if met:
        return (
            f":material/info: These numbers meet the goal, but nobody has got here yet from where "
            f"it starts. The button sets that. {far}"
        )
    if touched := challenge.touched(exercise):
        listed = ", ".join(title_of(name) for name in touched[:4])
        more = f" and {len(touched) - 4} more" if len(touched) > 4 else ""
        return (
            f":material/block: Not this way: {listed}{more} must stay as the challenge sets "
            f"{'it' if len(touched) == 1 else 'them'}."
        )
    return f":material/radio_button_unchecked: {_before(key)}Not met with these numbers. {far}"


def _before(key: str) -> str:
    return "Met before. " if key in done() else ""


def recognised(key: str = "") -> str:
    """Return what to say of a challenge of the playground that its run meets, and keep it.

    Parameters
    ----------
    key : of one; the first that is met where it is empty.
    """
    recipe, run = runs.run_so_far()
    step = int(st.session_state.get(runs.STEP, 0))
    if run.steps < step and run.overflow_step is None:
        # Nobody has watched it yet: it stands in the link.
        run = advance(prepared(recipe).start, step)
    for name in [key] if key else CHALLENGES:
        solved = CHALLENGES[name].solved
        if solved is None or not solved(recipe, run):
            continue
        if name not in done():
            note_met(name, how_played(recipe, run.steps))
        put_in_link(MET, proof_code(done()))
        return f":material/check_circle: **Met.** {CHALLENGES[name].learned}"
    return ""


def congratulate() -> None:
    """Say in the playground that its run meets a challenge."""
    # A run that is still on its way is not tried all the way each time.
    said = "" if runs.anything_missing() else recognised()
    if not said:
        # What answers to a step may write only where the whole lesson has written.
        st.empty()
        return
    with st.container(border=True):
        st.markdown(said)
        page_link("challenges", "To the challenges")


def _start(key: str) -> None:
    st.session_state[_BEGUN] = key
    st.session_state[challenge_run.STEP] = 0
    if CHALLENGES[key].solved is None:
        # What is pressed stands in the lesson, which runs again by itself.
        change_to(CHALLENGES[key].start, "notebook")
