"""Challenges: goals that are met by changing the network."""

import blame
from pages.shared import challenging
from pages.shared.computed import passes_of
from pages.shared.layout import heading, lesson
from pages.shared.picture import network_picture
from pages.shared.settings import Settings, live, present


def page(settings: Settings) -> None:
    """Show the chosen challenge."""
    lesson(
        "Challenges",
        "Change numbers in the sidebar or in the picture until the goal is met. It is recognised "
        "at once, and tells what it teaches about blame, the gradient.",
    )
    key = challenging.choose()
    challenging.show(key, settings.example)
    live(_picture, "challenge_picture")
    heading("Your progress")
    challenging.keep()


def _picture(settings: Settings) -> None:
    network_picture(passes_of(settings.example), "both", settings.numbers, "challenge_picture")


present(page)
