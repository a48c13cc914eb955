"""Playing a run of the playground: train on while it is watched, stop and go on at will.

While it plays only a fragment runs again. Steps once trained are kept, so going back costs nothing.
"""

from __future__ import annotations

import time
from collections.abc import Callable

import streamlit as st

from blame.playground.growing_run import GrowingRun
from blame.playground.recipe import Prepared
from pages.shared.live.timers import GONE, let_timer_stop, stop_timer
from pages.shared.playground import recipe_choices, runs
from pages.shared.playground.runs import AT, PLAYING, STEP
from pages.shared.state import choice_widgets
from pages.shared.state.choices import MOST_PLAYED, PLAY_UNTIL
from pages.shared.state.computed import prepared
from pages.shared.state.settings import ticking

SPEEDS = {
    "4 steps a second": 4,
    "20 steps a second": 20,
    "100 steps a second": 100,
    "400 steps a second": 400,
}
TICK = 0.5
"""Seconds between two pictures: the browser must have drawn one before the next one comes."""
SCREEN = "playground_screen"
UNTIL = "play_until"
_UNTIL = dict(zip(PLAY_UNTIL, ("the last step", "it has learnt"), strict=True))
_TICKED, _SPEED, _BUSY, _FROM = (
    f"playground_{what}" for what in ("ticked", "speed", "busy", "played_from")
)


@st.fragment(key="playground_play")
def play(screen: Callable[[Prepared, GrowingRun, int], None]) -> None:
    """Show the controls and, in a fragment of its own, what `screen` draws of the current step."""
    state = st.session_state
    for key, value in {PLAYING: False, _TICKED: 0.0}.items():
        state.setdefault(key, value)
    if state[PLAYING] and time.monotonic() - state[_TICKED] > GONE:
        _pause()
    stop_timer()
    _controls()
    if not state[PLAYING]:
        state[AT] = int(state[STEP])
        runs.train_on()
    busy = state[PLAYING] or runs.anything_missing()
    state[_BUSY] = busy
    # It has just been trained on as far as patience reaches: not once more in the same run.
    trained = iter([not state[PLAYING]])
    ticking(
        lambda settings: _screen(screen, trained=next(trained, False)),
        SCREEN,
        TICK if busy else None,
    )


def _controls() -> None:
    state = st.session_state
    with st.container(horizontal=True, gap="small", vertical_alignment="bottom"):
        if state[PLAYING]:
            st.button("Pause", key="play_pause", icon=":material/pause:", on_click=_pause)
        else:
            st.button("Play", key="play_on", icon=":material/play_arrow:", on_click=_play)
        for label, key, icon, by in (
            ("Start", "play_start", ":material/first_page:", -MOST_PLAYED),
            ("Back", "play_back", ":material/chevron_left:", -1),
            ("Step", "play_one", ":material/chevron_right:", 1),
        ):
            st.button(
                label,
                key=key,
                icon=icon,
                on_click=_go,
                args=(by,),
                help="Back to the same weights, step 0." if label == "Start" else None,
            )
        st.selectbox(
            "Speed",
            SPEEDS,
            index=1,
            key=_SPEED,
            persist_state="session",
            width=160,
            label_visibility="collapsed",
        )
        choice_widgets.titled(
            UNTIL,
            "Until",
            lambda until: _UNTIL[until],
            width=140,
            help="It has learnt once every training sample is right; or, where targets are other "
            "numbers, once the guesses miss by a tenth of their spread.",
        )
        choice_widgets.number(
            STEP,
            "Go to step",
            step=10,
            width=112,
            disabled=state[PLAYING],
            help=f"How many updates have been made, up to {MOST_PLAYED:,}.",
        )


def _play() -> None:
    state = st.session_state
    if state[AT] >= MOST_PLAYED:
        state[AT] = 0
    state[PLAYING], state[_TICKED], state[_FROM] = True, time.monotonic(), int(state[AT])


def _pause() -> None:
    runs.stand_at(int(st.session_state.get(AT, 0)))


def _go(by: int) -> None:
    _, run = runs.run_so_far()
    at = int(st.session_state.get(AT, 0))
    if run.overflow_step is not None:
        # The run ends before the step that was asked for.
        at = min(at, run.steps)
    st.session_state[AT] = min(max(at + by, 0), MOST_PLAYED)
    _pause()


def _screen(screen: Callable[[Prepared, GrowingRun, int], None], *, trained: bool) -> None:
    state = st.session_state
    if state[PLAYING]:
        _tick()
    run = runs.run_so_far()[1] if trained else runs.train_on()
    step = min(int(state[AT]), run.steps)
    learnt = _learnt(run, step)
    if learnt is not None:
        step = state[AT] = learnt
    left = runs.missing()
    if left > 0 and not state[PLAYING]:
        with st.container(horizontal=True, vertical_alignment="center"):
            st.progress(run.steps / int(state[AT]), f"Training: {run.steps} of {state[AT]} steps")
            st.button("Stop", key="play_stop", icon=":material/stop:", on_click=_stop)
    screen(prepared(recipe_choices.current()), run, step)
    over = run.overflow_step is not None and step >= run.steps
    if state[PLAYING] and (step >= MOST_PLAYED or over or learnt is not None):
        state[AT] = step
        _pause()
    if not state[PLAYING] and not runs.anything_missing() and state.pop(_BUSY, False):
        # A far step has been reached.
        let_timer_stop()
    stop_timer()


def _learnt(run: GrowingRun, step: int) -> int | None:
    """Return the step at which a run that plays has learnt, if it is to stop there."""
    state = st.session_state
    if not state[PLAYING] or str(state[UNTIL]) != PLAY_UNTIL[1]:
        return None
    found = run.learnt_after(min(int(state.get(_FROM, 0)), step))
    return found if found is not None and found <= step else None


def _stop() -> None:
    """Stay at the last step that has been trained."""
    _, run = runs.run_so_far()
    st.session_state[AT] = run.steps
    _pause()


def _tick() -> None:
    """Move on by the steps of one tick, unless this run came before its time."""
    state, now = st.session_state, time.monotonic()
    if now - state[_TICKED] >= 0.8 * TICK:
        steps = max(1, round(SPEEDS[state[_SPEED]] * TICK))
        state[AT] = min(state[AT] + steps, MOST_PLAYED)
        state[_TICKED] = now
