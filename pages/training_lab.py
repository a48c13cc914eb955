"""The training lab: why a run learns, dies or runs away."""

import streamlit as st

import blame
from pages.shared.lab import kept_runs, landscape, one_step, rate_sweep, runs, verdict
from pages.shared.live.player import PLAYER
from pages.shared.shell.page_frame import lesson
from pages.shared.state.settings import Settings, present, told

VIEWS = {
    "Runs": runs.show_runs,
    "Learning rates": rate_sweep.show_rates,
    "Landscape": landscape.show_landscape,
    "One step": one_step.show_one_step,
}


def page(settings: Settings) -> None:
    """Show the lab."""
    lesson(
        "Training lab",
        "Why does a run learn, die or run away? Change any number in the sidebar. The verdict "
        "reads the run and its blame, the gradient, at every step.",
    )
    kept_runs.prepare()
    box = st.container()
    view = verdict.choose_view()
    with box:
        told(lambda settings: verdict.show_verdict(settings.exercise, settings.numbers))
    VIEWS[view](settings)


PLAYER.send_code()
present(page, still=True)
