"""Ten minutes of play in the playground: does memory stay flat, in the server and the browser?"""

from __future__ import annotations

from tests.benchmarks.row import Row
from tests.browser.chromium import open_browser, open_context
from tests.browser.long_play import LongPlay
from tests.browser.server import serve

MINUTES = 10
MOST_SERVER = 20.0
MOST_HEAP = 5.0
"""Megabytes that may be added from the first minute to the last."""


def rows() -> list[Row]:
    """Play, reading what is held after the first minute and after the last."""
    with open_browser() as browser, serve() as server:
        context = open_context(browser)
        playing = LongPlay(context, server)
        playing.play(60)
        first = playing.read()
        playing.play(60 * (MINUTES - 1))
        last = playing.read()
        context.close()
    pictures = last.pictures - first.pictures
    print(f"play: {pictures} pictures between the two columns, minute 1 and minute {MINUTES}")
    return [
        _row("the server's memory", first.server, last.server, MOST_SERVER),
        _row("the page's heap", first.heap, last.heap, MOST_HEAP),
        Row("play: nodes of the page", f"{first.nodes}", f"{last.nodes}",
            last.nodes / first.nodes, "", None),
    ]  # fmt: skip


def _row(what: str, first: float, last: float, most: float) -> Row:
    return Row(
        f"play: {what}, minute 1 / minute {MINUTES}",
        f"{first:.1f} MB",
        f"{last:.1f} MB",
        last / first,
        f"at most +{most:g}",
        last - first <= most,
    )
