"""On the projector: the network alone, as large as the wall, stage by stage with two keys."""

import blame
from blame.probe.trace import trace_of
from pages.shared.lessons import sample
from pages.shared.picture.component import network_picture
from pages.shared.picture.flow import flow_data
from pages.shared.state.computed import passes_of
from pages.shared.state.settings import Settings, live, present
from pages.shared.teachers import on_the_wall

PICTURE = "projector_picture"


def page(settings: Settings) -> None:
    """Show the network, and nothing that it does not need."""
    sample.choose(settings)
    live(_picture)
    # Below: the wall has room for the picture and its sentence.
    on_the_wall.title()


def _picture(settings: Settings) -> None:
    exercise, numbers = settings.exercise, settings.numbers
    passes = passes_of(exercise)
    network_picture(
        passes,
        "both",
        numbers,
        PICTURE,
        sample=settings.sample,
        flow=lambda: flow_data(exercise, trace_of(passes), numbers, sample=settings.sample),
    )


on_the_wall.begin(PICTURE)
present(page, still=True)
