"""Backward pass: the whole chain of blame, one stage at a time or all at once."""

import blame
from pages.shared import predict, stages
from pages.shared.charts import backward as charts
from pages.shared.computed import passes_of
from pages.shared.edge import point_to_edge
from pages.shared.layout import lesson, notice, program, show, words
from pages.shared.observations import backward_notes
from pages.shared.picture import network_picture
from pages.shared.settings import Settings, live, present


def page(settings: Settings) -> None:
    """Show the lesson."""
    passes = passes_of(settings.example)

    lesson(
        "Blame flows backward",
        "Blame is the gradient: how fast the loss would change if a number grew a little. It "
        "starts at the output and is multiplied on its way back.",
        asked=True,
    )
    if predict.covers("backward_pass", settings):
        return
    stage = stages.choose()
    live(_picture, "backward_picture")
    live(_bars, "bars")
    stages.view_switches()
    stages.explain(stage, settings, passes)
    program(settings.example)
    notice(backward_notes(passes, settings.numbers))
    point_to_edge(passes)


def _picture(settings: Settings) -> None:
    passes, numbers = passes_of(settings.example), settings.numbers
    network_picture(
        passes, "both", numbers, "backward_picture", opened="dW1[1, 0]", lit=stages.lit(passes)
    )


def _bars(settings: Settings) -> None:
    passes, stage = passes_of(settings.example), stages.current()
    if stages.as_text():
        stages.text_bars(passes, stage)
    else:
        show(
            charts.gradient_chart(passes, stage, common_scale=stages.common_scale()),
            charts.describe_gradients(passes, stage),
            "gradients",
        )


present(page)
words("backward_pass")
