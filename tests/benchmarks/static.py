"""The edition without a server: what it fetches, how soon it is there, beside the server."""

from __future__ import annotations

import gzip
import re
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from statistics import median
from typing import Any

from tests.benchmarks.browser import CHARTS, WATCH, put
from tests.benchmarks.dragging import SECONDS, drag
from tests.benchmarks.dragging.cases import Case
from tests.benchmarks.row import Row
from tests.browser.chromium import open_browser
from tests.browser.helpers import settled
from tests.browser.server import serve
from tests.static.edition import (
    Host,
    PieceMissingError,
    built,
    hosted,
    open_visitor,
    wait_until_kept,
)

DRAGGED = Case("backward_pass", "W1[0, 0]")
VISITS = 5
FEWEST, ENOUGH = 2, 90.0
"""So many visits each at least; after so many seconds no other begins, on a busy machine."""
CHANGES = 10
DRAGS = 3
MOST_MEGA = 12.0
MOST_FIRST, MOST_AGAIN = 6.0, 4.0
"""Seconds to the first chart, on an idle machine of two cores."""
MOST_CHANGE = 1.2
LEAST_DRAG = 0.9
"""Times the server's. A drag shows the same frames in the same way, but no two counts are alike."""
COMPRESSED_BY_HOSTS = {".html", ".js", ".mjs", ".css", ".json", ".svg"}
_ASKED = re.compile(r'"GET /(\S*?)(?:\?\S*)? HTTP/[\d.]+" 200')
Both = tuple[list[float], list[float]]
"""The edition's, and the server's."""


def rows() -> Iterator[Row]:
    """Build the edition, measure it beside the server, and yield each row once it is known."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        try:
            built(folder)
        except PieceMissingError as reason:
            yield Row(f"not measured: {reason}", "", "", None, "", None)
            return
        host = stack.enter_context(hosted(folder))
        urls = (host.url, stack.enter_context(serve()).url)
        browser = stack.enter_context(open_browser())
        mega = _fetched(browser, folder, host)
        yield Row(
            "static: to fetch until the first lesson is there, as a host compresses it",
            f"{mega:.1f} MB",
            "",
            None,
            f"at most {MOST_MEGA:g} MB",
            mega <= MOST_MEGA,
        )
        first, again = _visits(browser, urls)
        yield _seconds("static: first visit to the first chart / server", first, MOST_FIRST)
        yield _seconds("static: second visit to the first chart / server", again, MOST_AGAIN)
        pages = []
        for url in urls:
            context = open_visitor(browser)
            stack.callback(context.close)
            context.add_init_script(WATCH)
            pages.append(_visit(context, url)[0])
        # What is kept for the next visit is kept by then: it would be measured too.
        wait_until_kept(pages[0])
        yield _changed(pages)
        yield _dragged(pages)


def _visit(context: Any, url: str) -> tuple[Any, float]:
    page = context.new_page()
    begun = time.monotonic()
    page.goto(f"{url}/{DRAGGED.page}", wait_until="commit")
    page.wait_for_function(CHARTS)
    return page, time.monotonic() - begun


def _fetched(browser: Any, folder: Path, host: Host) -> float:
    """Return megabytes of what a first visit asks for, each file as a host would send it."""
    context = open_visitor(browser)
    _visit(context, host.url)
    log = host.log()
    context.close()
    total = 0
    for way in set(_ASKED.findall(log)):
        path = folder / way
        path = path / "index.html" if path.is_dir() else path
        content = path.read_bytes()
        total += len(gzip.compress(content) if path.suffix in COMPRESSED_BY_HOSTS else content)
    return total / 1e6


def _visits(browser: Any, urls: tuple[str, str]) -> tuple[Both, Both]:
    """Return the seconds of first and of second visits, edition and server in turn."""
    first: Both = ([], [])
    again: Both = ([], [])
    begun = time.monotonic()
    for count in range(VISITS):
        if count >= FEWEST and time.monotonic() - begun > ENOUGH:
            break
        for url, one, two in zip(urls, first, again, strict=True):
            context = open_visitor(browser)
            page, seconds = _visit(context, url)
            one.append(seconds)
            settled(page)
            if url == urls[0]:
                wait_until_kept(page)
            page.close()
            page, seconds = _visit(context, url)
            two.append(seconds)
            context.close()
    return first, again


def _seconds(what: str, both: Both, most: float) -> Row:
    mine, other = (median(each) for each in both)
    return Row(
        f"{what}, median of {len(both[0])}",
        f"{mine:.1f} s",
        f"{other:.1f} s",
        mine / other,
        f"at most {most:g} s",
        mine <= most,
    )


def _changed(pages: list[Any]) -> Row:
    times: Both = ([], [])
    for page in pages:
        page.bring_to_front()
        settled(page)
    # The first two warm up what is imported and compiled on first use.
    for change in range(CHANGES + 2):
        for page, kept in zip(pages, times, strict=True):
            page.bring_to_front()
            kept.append(put(page, "b1_0", round(0.3 + 0.01 * change, 2)))
    mine, other = (median(kept[2:]) for kept in times)
    return Row(
        f"static: one change to the last chart / server, median of {CHANGES}",
        f"{mine:.0f} ms",
        f"{other:.0f} ms",
        mine / other,
        f"at most {MOST_CHANGE:g}",
        mine <= MOST_CHANGE * other,
    )


def _dragged(pages: list[Any]) -> Row:
    rates: Both = ([], [])
    for _ in range(DRAGS):
        for page, kept in zip(pages, rates, strict=True):
            page.bring_to_front()
            kept.append(drag(page, DRAGGED)["updates"] / SECONDS)
    mine, other = (median(kept) for kept in rates)
    return Row(
        f"static: updates of all parts a second of a drag / server, median of {DRAGS}",
        f"{mine:.0f} /s",
        f"{other:.0f} /s",
        mine / other if other else None,
        f"at least {LEAST_DRAG:g}",
        mine >= LEAST_DRAG * other,
    )
