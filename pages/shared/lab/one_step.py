"""The training lab's picture of the network at one step of the run."""

from __future__ import annotations

import streamlit as st

from blame.training import pass_at
from pages.shared.lab import verdict
from pages.shared.lessons import sample
from pages.shared.picture.component import network_picture
from pages.shared.state.computed import run_of
from pages.shared.state.settings import Settings, live


def show_one_step(settings: Settings) -> None:
    """Show the network at one step of the run."""
    history = run_of(settings.exercise)
    step = verdict.choose_step(history.steps)
    loss = settings.numbers.text(float(history.losses[step]))
    st.markdown(f"**After {step} of {history.steps} steps: loss {loss}**")
    sample.choose(settings)
    live(_step)


def _step(settings: Settings) -> None:
    history = run_of(settings.exercise)
    step = min(int(st.session_state[verdict.STEP]), history.steps)
    passes = pass_at(history, step)
    network_picture(
        passes, "both", settings.numbers, "lab_picture", editable=step == 0, sample=settings.sample
    )
