"""A first visit over 400 kbit/s and 200 ms, as Chromium narrows its own line: what comes when."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from typing import Any

from tests.benchmarks.row import Row
from tests.browser.chromium import open_browser, open_context
from tests.browser.server import serve

PAGES = ("", "backward_pass")
BITS = 400_000
"""A second, both ways."""
LATENCY = 200
"""Milliseconds."""
MOST_HEADING, MOST_ALL = 15.0, 60.0
"""Seconds."""
QUIET = 4.0
"""Seconds without another file after which all have come."""
WAIT = 240_000
FIRST = "() => document.querySelector('#first-words .title')?.checkVisibility()"
HEADING = "() => document.querySelector('[data-testid=stMain] h1')?.checkVisibility()"
_ANYWHERE = """() => [document, ...[...document.querySelectorAll("*")].map((e) => e.shadowRoot)]
  .some((root) => root?.querySelector("%s"))"""
PICTURE = _ANYWHERE % ".picture .item"
CHARTS = _ANYWHERE % ".js-plotly-plot .main-svg"
COVERED = {"": PICTURE, "backward_pass": CHARTS}
"""Page -> what is the last to be drawn there."""


@dataclass
class Visit:
    """What came over the line, in bytes by file, and when the last of it was there."""

    began: float = field(default_factory=time.monotonic)
    files: dict[str, int] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)
    messages: int = 0
    last: float = 0.0

    def came(self, told: dict[str, Any]) -> None:
        """Note a file that is there."""
        name = self.names.get(told["requestId"], "")
        self.files[name] = self.files.get(name, 0) + int(told["encodedDataLength"])
        self.last = self.seconds()

    def seconds(self) -> float:
        """Return how long ago the visit began."""
        return time.monotonic() - self.began


def visit(page: Any, url: str, *, slow: bool = True) -> Visit:
    """Go to a page over such a line, and return what comes."""
    told = page.context.new_cdp_session(page)
    told.send("Network.enable")
    if slow:
        share = {"downloadThroughput": BITS / 8, "uploadThroughput": BITS / 8}
        told.send(
            "Network.emulateNetworkConditions", {"offline": False, "latency": LATENCY, **share}
        )
    seen = Visit()
    told.on(
        "Network.requestWillBeSent",
        lambda e: seen.names.__setitem__(e["requestId"], e["request"]["url"].split("/")[-1]),
    )
    told.on("Network.loadingFinished", seen.came)
    page.goto(url, wait_until="commit", timeout=WAIT)
    return seen


def rows() -> list[Row]:
    """Measure each page once and return its rows."""
    with open_browser() as browser, serve() as server:
        return [row for name in PAGES for row in _rows(browser, server.url, name)]


def _rows(browser: Any, url: str, name: str) -> list[Row]:
    context = open_context(browser)
    page = context.new_page()
    seen = visit(page, f"{url}/{name}")
    page.wait_for_function(FIRST, timeout=WAIT)
    first = seen.seconds()
    page.wait_for_function(HEADING, timeout=WAIT)
    heading = seen.seconds()
    page.wait_for_function(PICTURE, timeout=WAIT)
    picture = seen.seconds()
    page.wait_for_function(COVERED[name], timeout=WAIT)
    drawn = seen.seconds()
    while seen.seconds() - seen.last < QUIET:
        page.wait_for_timeout(500)
    context.close()
    everything = max(drawn, seen.last)
    what = f"400 kbit/s, first visit, {name or 'home'}: to the"
    megabytes = sum(seen.files.values()) / 1e6
    return [
        _row(f"{what} title and first sentence", first, MOST_HEADING),
        _row(f"{what} heading of the whole page", heading, MOST_HEADING),
        _row(f"{what} picture", picture, None),
        _row(f"{what} last of {len(seen.files)} files, {megabytes:.2f} MB", everything, MOST_ALL),
    ]


def _row(what: str, seconds: float, most: float | None) -> Row:
    goal = "" if most is None else f"at most {most:g} s"
    return Row(what, f"{seconds:.1f} s", "", None, goal, None if most is None else seconds <= most)
