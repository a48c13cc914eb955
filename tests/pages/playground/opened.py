"""The playground opened, and the run that it must show."""

from blame.playground.growing_run import advance
from blame.playground.recipe import Recipe, prepare
from tests.pages.app import open_page


def open_playground(**link):
    return open_page("playground", **link)


def run_of(**changes):
    steps = changes.pop("steps")
    found = prepare(Recipe(**changes))
    return found, advance(found.start, steps)
