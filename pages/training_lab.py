"""The training lab: why a run learns, dies or runs away."""

import blame
from pages.shared import kept, lab, terrain, views
from pages.shared.layout import lesson
from pages.shared.settings import Settings, present

VIEWS = {
    "Runs": views.runs,
    "Learning rates": views.rates,
    "Landscape": terrain.terrain,
    "One step": views.one_step,
}


def page(settings: Settings) -> None:
    """Show the lab."""
    lesson(
        "Training lab",
        "Why does a run learn, die or run away? Change any number in the sidebar. The verdict "
        "reads the run and its blame, the gradient, at every step.",
    )
    kept.prepare()
    lab.verdict(settings.example, settings.numbers)
    VIEWS[lab.choose_view()](settings)


present(page)
