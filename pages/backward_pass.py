"""Backward pass: the whole chain of blame, one stage at a time or all at once."""

import streamlit as st

from pages.shared import stages
from pages.shared.charts import backward as charts
from pages.shared.layout import lesson, notice, show
from pages.shared.observations import backward_notes
from pages.shared.picture import network_picture
from pages.shared.settings import Settings, present


def page(settings: Settings) -> None:
    """Show the lesson."""
    numbers = settings.numbers
    passes = settings.example.backward()

    lesson(
        "Blame flows backward",
        "Blame is the gradient: how fast the loss would change if a number grew a little. It "
        "starts at the output and is multiplied on its way back.",
    )
    stage = stages.choose()

    picture, bars = st.columns([3, 2], gap="large")
    with bars:
        if stages.as_text():
            stages.text_bars(passes, stage)
        else:
            show(
                charts.gradient_chart(passes, stage, common_scale=stages.common_scale()),
                charts.describe_gradients(passes, stage),
                "gradients",
            )
        stages.view_switches()
    with picture:
        network_picture(passes, "blame", numbers, key="blame_picture")
        stages.explain(stage, settings, passes)

    notice(backward_notes(passes, numbers))


present(page)
