"""The edition without a server: what it fetches, how soon it is there, beside the server."""

from __future__ import annotations

import gzip
import re
import tempfile
import time
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from statistics import median
from typing import Any

from tests.benchmarks.browser import CHARTS, WATCH, put
from tests.benchmarks.dragging import SECONDS, drag
from tests.benchmarks.row import Row
from tests.browser.chromium import open_browser, open_context
from tests.browser.helpers import settled
from tests.browser.server import serve
from tests.static.edition import PieceMissingError, built, hosted, open_visitor, wait_until_kept

PAGE = "backward_pass"
VISITS = 3
CHANGES = 8
MOST_MEGA = 12.0
MOST_FIRST, MOST_AGAIN = 6.0, 4.0
"""Seconds to the first chart, on an idle machine of two cores."""
MOST_RATIO = 1.2
COMPRESSED_BY_HOSTS = {".html", ".js", ".mjs", ".css", ".json", ".svg"}
_ASKED = re.compile(r'"GET /(\S*?)(?:\?\S*)? HTTP/[\d.]+" 200')


def rows() -> list[Row]:
    """Build the edition, measure it beside the server, and return one row each."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        try:
            built(folder)
        except PieceMissingError as reason:
            return [Row(f"not measured: {reason}", "", "", None, "", None)]
        host = stack.enter_context(hosted(folder))
        app = stack.enter_context(serve())
        browser = stack.enter_context(open_browser())
        first: tuple[list[float], list[float]] = ([], [])
        again: tuple[list[float], list[float]] = ([], [])
        pages: list[Any] = []
        for visit in range(VISITS):
            contexts = (open_visitor(browser), open_context(browser))
            for context, url, one, two in zip(
                contexts, (host.url, app.url), first, again, strict=True
            ):
                context.add_init_script(WATCH)
                asked = len(host.log())
                page, seconds = _visit(context, url)
                if not visit and url == host.url:
                    fetched = _fetched(folder, host.log()[asked:])
                one.append(seconds)
                if url == host.url:
                    wait_until_kept(page)
                page.close()
                page, seconds = _visit(context, url)
                two.append(seconds)
                if visit == VISITS - 1:
                    pages.append(page)
                    stack.callback(context.close)
                else:
                    context.close()
        return [
            Row(
                "static: to fetch until the first lesson is there, as a host compresses it",
                f"{fetched:.1f} MB",
                "",
                None,
                f"at most {MOST_MEGA:g} MB",
                fetched <= MOST_MEGA,
            ),
            _seconds("static: first visit to the first chart / server", first, MOST_FIRST),
            _seconds("static: second visit to the first chart / server", again, MOST_AGAIN),
            _changed(pages),
            _dragged(pages),
        ]


def _visit(context: Any, url: str) -> tuple[Any, float]:
    page = context.new_page()
    begun = time.monotonic()
    page.goto(f"{url}/{PAGE}")
    page.wait_for_function(CHARTS)
    return page, time.monotonic() - begun


def _fetched(folder: Path, log: str) -> float:
    """Return megabytes of what was asked for, each file as a host would send it."""
    total = 0
    for way in set(_ASKED.findall(log)):
        path = folder / way
        path = path / "index.html" if path.is_dir() else path
        content = path.read_bytes()
        total += len(gzip.compress(content) if path.suffix in COMPRESSED_BY_HOSTS else content)
    return total / 1e6


def _seconds(what: str, both: tuple[list[float], list[float]], most: float) -> Row:
    mine, other = (median(each) for each in both)
    return Row(
        what, f"{mine:.1f} s", f"{other:.1f} s", mine / other, f"at most {most:g} s", mine <= most
    )


def _changed(pages: list[Any]) -> Row:
    kept: tuple[list[float], list[float]] = ([], [])
    for page in pages:
        settled(page)
    for change in range(CHANGES + 2):
        for page, times in zip(pages, kept, strict=True):
            page.bring_to_front()
            times.append(put(page, "b1_0", round(0.3 + 0.01 * change, 2)))
    mine, other = (median(times[2:]) for times in kept)
    return _ratio("static: one change to the last chart / server", "ms", mine, other, lambda r: r)


def _dragged(pages: list[Any]) -> Row:
    rates = []
    for page in pages:
        page.bring_to_front()
        rates.append(drag(page, "W1[0, 0]")["updates"] / SECONDS)
    what = "static: updates of all parts a second while dragging / server"
    return _ratio(what, "/s", *rates, lambda ratio: 1 / ratio if ratio else float("inf"))


def _ratio(
    what: str, unit: str, mine: float, other: float, slower: Callable[[float], float]
) -> Row:
    ratio = mine / other
    met = slower(ratio) <= MOST_RATIO
    goal = f"{MOST_RATIO:g} times"
    return Row(what, f"{mine:.0f} {unit}", f"{other:.0f} {unit}", ratio, goal, met)
