"""The playground: many samples, larger networks, and what the blame makes of them."""

import blame
from blame.playground.growing_run import GrowingRun
from blame.playground.recipe import Prepared
from pages.shared.lessons import challenges
from pages.shared.playground import edit, growing_run, inputs, kept, looks, screen, take_away
from pages.shared.playground.recipe_choices import RATES
from pages.shared.shell.page_frame import lesson
from pages.shared.state import choice_widgets
from pages.shared.state.settings import Settings, present


def page(settings: Settings) -> None:
    """Show the playground."""
    lesson(
        "Playground",
        "Many samples share one network, and each has its own blame, its own gradient. Choose data "
        "and network in the sidebar, press Play, and look inside.",
    )
    choice_widgets.unseen(RATES)
    looks.choose(edit.switch, kept.keep_button)
    kept.buttons()
    edit.controls()
    growing_run.play(_screen)


def _screen(prepared: Prepared, run: GrowingRun, step: int) -> None:
    take_away.hold(prepared, run, step)
    screen.screen(prepared, run, step)
    kept.side_by_side(run, step)
    challenges.congratulate()


inputs.show()
present(page, of_exercise=False)
