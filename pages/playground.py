"""The playground: many samples, larger networks, and what the blame makes of them."""

import blame
from pages.shared.live.player import PLAYER
from pages.shared.playground import edit, growing_run, inputs, kept, looks, runs, screen, take_away
from pages.shared.playground.recipe_choices import RATES
from pages.shared.practise import challenges
from pages.shared.shell.page_frame import lesson
from pages.shared.state.choices import choice_values
from pages.shared.state.settings import Settings, present, told


def page(settings: Settings) -> None:
    """Show the playground."""
    lesson(
        "Playground",
        "Many samples share one network, and each has its own blame, its own gradient. Choose data "
        "and network in the sidebar, press Play, and look inside.",
    )
    choice_values.unseen(RATES)
    looks.choose(edit.switch, kept.keep_button)
    kept.buttons()
    edit.controls()
    growing_run.controls()
    screen.screen()
    kept.side_by_side()
    told(take_away.hold, lambda settings: challenges.congratulate())


PLAYER.send_code()
inputs.show()
present(page, still=True, of_exercise=False, axis=runs.axis)
