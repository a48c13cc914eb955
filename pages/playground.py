"""The playground: many samples, larger networks, and what the blame makes of them."""

import streamlit as st

import blame
from blame.playground.growing_run import GrowingRun
from blame.playground.recipe import Prepared
from pages.shared.lessons import challenges
from pages.shared.playground import growing_run, recipe_choices, screen
from pages.shared.shell.page_frame import lesson
from pages.shared.state import choice_widgets
from pages.shared.state.settings import Settings, present


def page(settings: Settings) -> None:
    """Show the playground."""
    lesson(
        "Playground",
        "Many samples share one network, and each has its own blame, its own gradient. Choose data "
        "and network, press Play, and look inside. The numbers in the sidebar belong to the "
        "lessons.",
    )
    recipe_choices.choose()
    with st.container(horizontal=True, gap="medium", vertical_alignment="center"):
        choice_widgets.segments("play_view", "Look inside")
        layers = len(recipe_choices.current().hidden)
        if st.session_state["play_view"] == screen.NEURONS and layers > 1:
            choice_widgets.number("play_layer", "Hidden layer", most=layers, step=1, width=120)
    growing_run.play(_screen)


def _screen(prepared: Prepared, run: GrowingRun, step: int) -> None:
    screen.screen(prepared, run, step)
    challenges.congratulate()


present(page, of_exercise=False)
