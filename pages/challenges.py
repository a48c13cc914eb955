"""Challenges: goals that are met by changing the network."""

from functools import partial

import blame
from pages.shared.live.player import PLAYER
from pages.shared.practise import challenge_run, challenges, progress
from pages.shared.shell.page_frame import heading, lesson
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
    live(partial(challenge_run.picture, key))
    heading("Your progress")
    told(lambda settings: progress.keep())


PLAYER.send_code()
present(page, still=True)
