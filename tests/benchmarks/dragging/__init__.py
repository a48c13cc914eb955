"""How often all that a page shows follows a hand in motion, near the server and far from it."""

from __future__ import annotations

import time
from contextlib import ExitStack
from statistics import median
from typing import Any

from tests.benchmarks.dragging.cases import CASES, LAB, Case
from tests.benchmarks.dragging.watching import HAND, WATCH
from tests.benchmarks.row import Row
from tests.browser.chromium import open_browser, open_context
from tests.browser.helpers import open_page, settled
from tests.browser.network import behind_network
from tests.browser.server import serve

DELAYS = (0.0, 0.15, 0.3)
"""Seconds each way."""
SECONDS = 3.0
GOAL = 40.0
TAKES = 7
"""Pixels after which a hand has taken what it drags."""
TOUCHES = 5
TOUCHED = (
    Case("backward_pass", "W1[0, 0]"),
    Case(f"{LAB}Landscape", "The start of the run along W2[0, 0]", handle=True, up=True),
)
MOST_WAIT = 150
"""Milliseconds from the touch to the first frame that follows."""


def rows() -> list[Row]:
    """Measure each case at each distance, and how soon a touched number follows."""
    found = []
    with open_browser() as browser, serve() as app:
        for case in CASES:
            found += [row for delay in DELAYS for row in _dragged(browser, app.url, case, delay)]
        found += [_touched(browser, app.url, case) for case in TOUCHED]
    return found


def grip(page: Any, case: Case) -> Any:
    """Return what the hand takes."""
    if case.handle:
        return page.locator(f'.handle[aria-label^="{case.name}"]').first
    return page.locator(f'.item[data-name="{case.name}"]')


def drag(page: Any, case: Case, delay: float = 0.0, seconds: float = SECONDS) -> dict[str, Any]:
    """Drag to and fro for a while, and return what was seen of it."""
    x, y = _bring(page, case)
    page.wait_for_timeout(1500 + 4000 * delay)
    page.mouse.down()
    way = (0, -1) if case.up else (1, 0)
    x, y = x + TAKES * way[0], y + TAKES * way[1]
    page.mouse.move(x, y)
    page.wait_for_timeout(1000 + 2000 * delay)
    grip(page, case).evaluate(WATCH, case.result)
    grip(page, case).evaluate(HAND, [x, y, *(case.pixels * each for each in way), 20, seconds])
    page.evaluate("watched.on = false")
    page.mouse.up()
    settled(page)
    seen: dict[str, Any] = page.evaluate("watched")
    return seen


def _bring(page: Any, case: Case) -> tuple[float, float]:
    """Bring the hand to what it is to take, and return where that is."""
    taken = grip(page, case)
    taken.scroll_into_view_if_needed()
    box = taken.bounding_box()
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.mouse.move(x, y)
    return x, y


def _dragged(browser: Any, url: str, case: Case, delay: float) -> list[Row]:
    with ExitStack() as stack:
        page = _visit(stack, browser, url, case, delay)
        seen = drag(page, case, delay)
    rate = seen["updates"] / SECONDS
    stale = sum(sum(counts.values()) - max(counts.values()) for counts in seen["seen"].values())
    wrong = seen["blank"] + stale
    where = f"{case.said}, {1000 * delay:.0f} ms"
    return [
        Row(
            f"{where}: updates of all {seen['parts']} / frames",
            f"{rate:.1f} /s",
            f"{seen['frames'] / SECONDS:.1f} /s",
            seen["updates"] / seen["frames"],
            f"at least {GOAL:g} /s",
            rate >= GOAL,
        ),
        Row(
            f"{where}: blank or stale",
            f"{wrong} of {seen['frames']}",
            "",
            None,
            "0",
            wrong == 0,
        ),
    ]


def _touched(browser: Any, url: str, case: Case) -> Row:
    """A press without any time over the number before it, and a step at once."""
    times = []
    for _ in range(TOUCHES):
        with ExitStack() as stack:
            page = _visit(stack, browser, url, case, 0.0)
            box = grip(page, case).bounding_box()
            x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
            grip(page, case).evaluate(WATCH, case.result)
            page.mouse.move(x, y)
            page.mouse.down()
            page.mouse.move(*((x, y - 13) if case.up else (x + 13, y)))
            page.wait_for_function("() => watched.first !== null")
            times.append(page.evaluate("watched.first"))
            page.evaluate("watched.on = false")
            page.mouse.up()
            settled(page)
    middle_one = median(times)
    return Row(
        f"{case.said}: touch to the first frame that follows, median of {TOUCHES}",
        f"{middle_one:.0f} ms",
        "",
        None,
        f"under {MOST_WAIT} ms",
        middle_one < MOST_WAIT,
    )


def _visit(stack: ExitStack, browser: Any, url: str, case: Case, delay: float) -> Any:
    context = open_context(browser)
    stack.callback(context.close)
    page = context.new_page()
    line = stack.enter_context(behind_network(url))
    open_page(page, f"{line.url}/{case.page}")
    grip(page, case).wait_for()
    settled(page)
    page.wait_for_timeout(500)
    line.delay = delay
    # Closed while the line is still there.
    stack.callback(page.goto, "about:blank")
    time.sleep(0.2)
    return page
