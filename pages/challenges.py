"""Challenges: goals that are met by changing the network."""

import blame
from pages.shared.lessons import challenges
from pages.shared.picture.component import network_picture
from pages.shared.shell.page_frame import heading, lesson
from pages.shared.state.computed import passes_of
from pages.shared.state.settings import Settings, live, present, told


def page(settings: Settings) -> None:
    """Show the chosen challenge."""
    lesson(
        "Challenges",
        "Change numbers in the sidebar or in the picture until the goal is met. It is recognised "
        "at once, and tells what it teaches about blame, the gradient.",
    )
    key = challenges.choose()
    challenges.show(key)
    live(_picture)
    heading("Your progress")
    told(lambda settings: challenges.keep())


def _picture(settings: Settings) -> None:
    network_picture(passes_of(settings.exercise), "both", settings.numbers, "challenge_picture")


present(page, still=True)
