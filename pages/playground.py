"""The playground: many samples, larger networks, and what the blame makes of them."""

import streamlit as st

import blame
from pages.shared import choosing, playing, recipes, watching
from pages.shared.layout import lesson
from pages.shared.settings import Settings, present


def page(settings: Settings) -> None:
    """Show the playground."""
    lesson(
        "Playground",
        "Many samples share one network, and each has its own blame, its own gradient. Choose data "
        "and network, press Play, and look inside. The numbers in the sidebar belong to the "
        "lessons.",
    )
    recipes.choose()
    with st.container(horizontal=True, gap="medium", vertical_alignment="center"):
        choosing.segments("play_view", "Look inside")
        layers = len(recipes.current().hidden)
        if st.session_state["play_view"] == watching.NEURONS and layers > 1:
            choosing.number("play_layer", "Hidden layer", most=layers, step=1, width=120)
    playing.play(watching.screen)


present(page)
