"""A training run along its steps: the player, and what it shows of the step it is at."""

from __future__ import annotations

import streamlit as st

from blame import BackwardPass, History
from pages.shared.charts.handles.handle import with_handles
from pages.shared.charts.handles.step import step_handles
from pages.shared.charts.lessons.backward_pass import describe_gradients, gradient_chart
from pages.shared.charts.lessons.training import describe_loss_curve, loss_curve
from pages.shared.live.chart import chart
from pages.shared.live.player import player
from pages.shared.live.sentence import sentence
from pages.shared.picture.component import network_picture
from pages.shared.state import steps
from pages.shared.state.computed import pass_of_step, run_of
from pages.shared.state.settings import Settings, live, told
from pages.shared.words.lessons.training_notes import not_on_a_log_scale

STEP = "step"
LOG = "log_loss"
PICTURE = "training_picture"


def show(settings: Settings) -> None:
    """Show the run and its controls."""
    steps.begin(STEP, run_of(settings.exercise).steps)
    live(_player)
    told(lambda now: steps.keep_in_link(STEP, run_of(now.exercise).steps))
    st.toggle("Log scale", key=LOG, persist_state="session")
    live(_loss, _said, _picture, _gradients)


def _at(settings: Settings) -> tuple[History, int, BackwardPass]:
    history = run_of(settings.exercise)
    step = steps.step_of(STEP, history.steps)
    return history, step, pass_of_step(settings.exercise, step)


def _player(settings: Settings) -> None:
    history, _, passes = _at(settings)
    player(STEP, history.steps, f"loss {settings.numbers.text(float(passes.loss))}")


def _loss(settings: Settings) -> None:
    history, step, _ = _at(settings)
    log = bool(st.session_state[LOG])
    handles = step_handles(STEP, history, step, settings.numbers, log=log)
    drawn = with_handles(loss_curve(history, step, log=log), handles)
    chart(drawn, describe_loss_curve(history, step), "loss")


def _said(settings: Settings) -> None:
    history, step, passes = _at(settings)
    loss = settings.numbers.text(float(passes.loss))
    lowest = float(history.losses.min())
    left_out = not_on_a_log_scale(lowest) if st.session_state[LOG] else ""
    sentence(f"**After {step} of {history.steps} steps: loss {loss}** {left_out}".strip(), STEP)


def _picture(settings: Settings) -> None:
    _, step, passes = _at(settings)
    # Only the first step's numbers are the reader's own; all later ones come from training.
    network_picture(
        passes, "both", settings.numbers, PICTURE, editable=step == 0, sample=settings.sample
    )


def _gradients(settings: Settings) -> None:
    _, _, passes = _at(settings)
    chart(
        gradient_chart(passes, "all", common_scale=True, sample=settings.sample),
        describe_gradients(passes, "all", sample=settings.sample),
        "step_gradients",
    )
