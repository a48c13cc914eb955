"""By hand: a worksheet for the current numbers, checked as it is filled in."""

import streamlit as st

import blame
from blame.exercise.numpy_lines import inputs
from pages.shared.practise import worksheet
from pages.shared.shell.page_frame import lesson
from pages.shared.state.settings import Settings, present


def page(settings: Settings) -> None:
    """Show the worksheet."""
    lesson(
        "By hand",
        "Work out the forward pass, the blame, the gradient, and the update with pencil and paper. "
        "Each entry is checked at once, and an error carried forward is told from a new one.",
    )
    st.code("\n".join(inputs(settings.exercise)), language="python", wrap_lines=True)
    worksheet.sheet(settings)


present(page)
