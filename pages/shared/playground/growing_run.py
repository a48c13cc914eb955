"""Playing a run of the playground: train on while it is watched, stop and go on at will.

While it plays only a fragment runs again. Steps once trained are kept, so going back costs nothing.
"""

from __future__ import annotations

import time
from collections.abc import Callable

import streamlit as st

from blame.playground.growing_run import CHUNK, GrowingRun, advance
from blame.playground.recipe import Prepared, Recipe
from pages.shared.live.timers import GONE, let_timer_stop, stop_timer
from pages.shared.playground import recipe_choices
from pages.shared.state import choice_widgets
from pages.shared.state.choices import MOST_PLAYED
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
STEP = "play_step"
SCREEN = "playground_screen"
PATIENCE = 0.1
"""Seconds after which a run on its way to a far step is shown, with its progress."""
_RUN, _AT, _PLAYING, _TICKED, _SPEED, _BUSY = (
    f"playground_{what}" for what in ("run", "at", "playing", "ticked", "speed", "busy")
)


@st.fragment(key="playground_play")
def play(screen: Callable[[Prepared, GrowingRun, int], None]) -> None:
    """Show the controls and, in a fragment of its own, what `screen` draws of the current step."""
    state = st.session_state
    for key, value in {_PLAYING: False, _TICKED: 0.0}.items():
        state.setdefault(key, value)
    if state[_PLAYING] and time.monotonic() - state[_TICKED] > GONE:
        _pause()
    stop_timer()
    _controls()
    if not state[_PLAYING]:
        state[_AT] = int(state[STEP])
        _train_on()
    busy = state[_PLAYING] or _missing() > 0
    state[_BUSY] = busy
    # It has just been trained on as far as patience reaches: not once more in the same run.
    trained = iter([not state[_PLAYING]])
    ticking(
        lambda settings: _screen(screen, trained=next(trained, False)),
        SCREEN,
        TICK if busy else None,
    )


def _controls() -> None:
    state = st.session_state
    with st.container(horizontal=True, gap="small", vertical_alignment="bottom"):
        if state[_PLAYING]:
            st.button("Pause", key="play_pause", icon=":material/pause:", on_click=_pause)
        else:
            st.button("Play", key="play_on", icon=":material/play_arrow:", on_click=_play)
        for label, key, icon, by in (
            ("Start", "play_start", "first_page", -MOST_PLAYED),
            ("Back", "play_back", "chevron_left", -1),
            ("Step", "play_one", "chevron_right", 1),
        ):
            st.button(
                label,
                key=key,
                icon=f":material/{icon}:",
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
            width=190,
            label_visibility="collapsed",
        )
        choice_widgets.number(
            STEP,
            "Go to step",
            step=10,
            width=130,
            disabled=state[_PLAYING],
            help=f"How many updates have been made, up to {MOST_PLAYED:,}.",
        )


def _play() -> None:
    state = st.session_state
    if state[_AT] >= MOST_PLAYED:
        state[_AT] = 0
    state[_PLAYING], state[_TICKED] = True, time.monotonic()


def _pause() -> None:
    if st.session_state[_PLAYING]:
        let_timer_stop()
    st.session_state[_PLAYING] = False
    choice_widgets.put(STEP, int(st.session_state.get(_AT, 0)))


def _go(by: int) -> None:
    _, run = run_so_far()
    at = int(st.session_state.get(_AT, 0))
    if run.overflow_step is not None:
        # The run ends before the step that was asked for.
        at = min(at, run.steps)
    st.session_state[_AT] = min(max(at + by, 0), MOST_PLAYED)
    _pause()


def run_so_far() -> tuple[Recipe, GrowingRun]:
    """Return the run of the current recipe with all the steps that have been trained."""
    recipe = recipe_choices.current()
    kept = st.session_state.get(_RUN)
    if kept is None or kept[0] != recipe:
        kept = recipe, prepared(recipe).start
        st.session_state[_RUN] = kept
    found: tuple[Recipe, GrowingRun] = kept
    return found


def _missing() -> int:
    """Return how many steps are still to be trained until the step that is asked for."""
    _, run = run_so_far()
    return 0 if run.overflow_step is not None else int(st.session_state[_AT]) - run.steps


def _train_on() -> GrowingRun:
    """Train towards the step that is asked for, as far as patience reaches."""
    recipe, run = run_so_far()
    began = time.monotonic()
    while _missing() > 0 and time.monotonic() - began < PATIENCE:
        run = advance(run, min(CHUNK, _missing()))
        st.session_state[_RUN] = recipe, run
    return run


def _screen(screen: Callable[[Prepared, GrowingRun, int], None], *, trained: bool) -> None:
    state = st.session_state
    if state[_PLAYING]:
        _tick()
    run = run_so_far()[1] if trained else _train_on()
    step = min(int(state[_AT]), run.steps)
    left = _missing()
    if left > 0 and not state[_PLAYING]:
        with st.container(horizontal=True, vertical_alignment="center"):
            st.progress(run.steps / int(state[_AT]), f"Training: {run.steps} of {state[_AT]} steps")
            st.button("Stop", key="play_stop", icon=":material/stop:", on_click=_stop)
    screen(prepared(recipe_choices.current()), run, step)
    over = run.overflow_step is not None and step >= run.steps
    if state[_PLAYING] and (step >= MOST_PLAYED or over):
        state[_AT] = step
        _pause()
    if not state[_PLAYING] and left <= 0 and state.pop(_BUSY, False):
        # A far step has been reached.
        let_timer_stop()
    stop_timer()


def _stop() -> None:
    """Stay at the last step that has been trained."""
    _, run = run_so_far()
    st.session_state[_AT] = run.steps
    _pause()


def _tick() -> None:
    """Move on by the steps of one tick, unless this run came before its time."""
    state, now = st.session_state, time.monotonic()
    if now - state[_TICKED] >= 0.8 * TICK:
        steps = max(1, round(SPEEDS[state[_SPEED]] * TICK))
        state[_AT] = min(state[_AT] + steps, MOST_PLAYED)
        state[_TICKED] = now
