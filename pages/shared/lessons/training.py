"""Playing a training run: the chosen step, its loss, its blame and its gates.

While it plays only a fragment runs again, never the whole page.
"""

from __future__ import annotations

import time
from functools import partial

import streamlit as st

from blame import History
from blame.training import pass_at
from pages.shared.charts.lessons.backward_pass import describe_gradients, gradient_chart
from pages.shared.charts.lessons.training import describe_loss_curve, loss_curve
from pages.shared.live.chart import chart
from pages.shared.live.timers import GONE, let_timer_stop, stop_timer
from pages.shared.picture.component import network_picture
from pages.shared.state import choice_widgets, echoes
from pages.shared.state.computed import run_of
from pages.shared.state.exercise import put_in_link, write_link
from pages.shared.state.settings import Settings, current_settings, ticking
from pages.shared.words.training_notes import not_on_a_log_scale

SPEEDS = {
    "1 step a second": 1,
    "2 steps a second": 2,
    "4 steps a second": 4,
    "20 steps a second": 20,
}
SCREEN = "training_picture"
TICK = 0.25
"""Fewest seconds between two pictures; a speed beyond it takes several steps at once."""


@st.fragment
def play() -> None:
    """Show the run and its controls; using one reruns this fragment and no more."""
    history = run_of(current_settings().exercise)
    state = st.session_state
    for key, value in {"playing": False, "ticked": 0.0}.items():
        state.setdefault(key, value)
    choice_widgets.from_link("step", partial(_step_in_link, history.steps), 0)
    if state["playing"] and time.monotonic() - state["ticked"] > GONE:
        state["playing"] = False
    stop_timer()
    _controls(history)
    every = max(TICK, 1 / SPEEDS[state["speed"]]) if state["playing"] else None
    # A fragment of its own, so that each tick redraws the pictures and leaves the buttons alone.
    ticking(partial(_screen, every=every), SCREEN, every)


def _step_in_link(last: int, text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and int(text) <= last else None


def _controls(history: History) -> None:
    state = st.session_state
    last = history.steps
    with st.container(horizontal=True, gap="small", vertical_alignment="bottom"):
        if state["playing"]:
            st.button("Pause", key="pause", icon=":material/pause:", on_click=_pause)
        else:
            st.button(
                "Play", key="play", icon=":material/play_arrow:", on_click=_play, args=(last,)
            )
        st.button(
            "Start", key="to_start", icon=":material/first_page:", on_click=_go, args=(-last, last)
        )
        st.button(
            "Back", key="step_back", icon=":material/chevron_left:", on_click=_go, args=(-1, last)
        )
        st.button(
            "Step", key="step_on", icon=":material/chevron_right:", on_click=_go, args=(1, last)
        )
        st.selectbox(
            "Speed",
            SPEEDS,
            index=1,
            key="speed",
            persist_state="session",
            width=170,
            label_visibility="collapsed",
        )
        st.toggle("Log scale", key="log_loss", persist_state="session")


def _play(last: int) -> None:
    state = st.session_state
    if state["step"] >= last:
        state["step"] = 0
    state["playing"], state["ticked"] = True, time.monotonic()


def _pause() -> None:
    if st.session_state["playing"]:
        let_timer_stop()
    st.session_state["playing"] = False


def _go(by: int, last: int) -> None:
    _pause()
    step = echoes.settled("step") + by
    echoes.write("step", min(max(step, 0), last))


def _screen(settings: Settings, every: float | None) -> None:
    state = st.session_state
    history, numbers = run_of(settings.exercise), settings.numbers
    if state["playing"] and every is not None:
        _advance(history.steps, every)
    if "step" in state or history.steps == 0:
        state["step"] = min(int(state.get("step", 0)), history.steps)
    echoes.draw("step")
    if history.steps > 0:
        st.slider("step", 0, history.steps, key="step", persist_state="session")
    step = int(state["step"])
    passes = pass_at(history, step)
    log = bool(state["log_loss"])
    chart(loss_curve(history, step, log=log), describe_loss_curve(history, step), "loss")
    if log and (left_out := not_on_a_log_scale(float(history.losses.min()))):
        st.caption(left_out)
    loss = numbers.text(float(passes.loss))
    st.markdown(f"**After {step} of {history.steps} steps: loss {loss}**")
    # Only the first step's numbers are the reader's own; all later ones come from training.
    network_picture(passes, "both", numbers, SCREEN, editable=step == 0, sample=settings.sample)
    chart(
        gradient_chart(passes, "all", common_scale=True, sample=settings.sample),
        describe_gradients(passes, "all", sample=settings.sample),
        "step_gradients",
    )
    if state["playing"] and step >= history.steps:
        # The play is over: the timer and the Pause button must go.
        _pause()
        stop_timer()
    if not state["playing"]:
        put_in_link("step", str(step) if step else "")
        write_link()


def _advance(last: int, every: float) -> None:
    """Move on by the steps of one tick, unless this rerun came before its time."""
    state, now = st.session_state, time.monotonic()
    if now - state["ticked"] >= 0.8 * every:
        steps = max(1, round(SPEEDS[state["speed"]] * every))
        state["step"] = min(state["step"] + steps, last)
        state["ticked"] = now
