"""Ten minutes from nothing: each step moved by hand first, and only then named."""

import streamlit as st

import blame
from pages.shared.shell.page_frame import lesson
from pages.shared.state.settings import Settings, live, present
from pages.shared.tour import current, screen


def page(settings: Settings) -> None:
    """Show the step that the reader is at."""
    current.begin()
    lesson("Ten minutes from nothing", screen.lead())
    screen.steps()
    screen.task()
    # Always there: what changes its place from step to step is mounted anew.
    with st.container(key="tour_button"):
        screen.button()
    with st.container(key="tour_state"):
        live(screen.state)
    net, beside = screen.places()
    with net:
        live(screen.picture)
    with beside:
        live(screen.figure)
    with st.container(key="tour_foot"):
        live(screen.found)
        screen.way_on()
    current.keep_in_browser()


screen.style()
present(page, still=True, of_exercise=False, axis=current.axis_of)
