"""How often all that a lesson shows follows a number in motion, near the server and far from it."""

from __future__ import annotations

import time
from contextlib import ExitStack
from statistics import median
from typing import Any

from tests.benchmarks.browser import CHART
from tests.benchmarks.row import Row
from tests.browser.chromium import open_browser, open_context
from tests.browser.hand import item, middle
from tests.browser.helpers import open_page, settled
from tests.browser.network import behind_network
from tests.browser.server import serve

PAGES = {
    "backward_pass": "W1[0, 0]",
    "forward_pass": "W1[0, 0]",
    "relu_gate": "b1[0]",
    "what_if": "W2[0, 0]",
    "expression": "x",
}
"""Page -> the number that is dragged in its picture."""
RESULTS = {"expression": "f"}
"""Page -> what its picture calls the result, if not `loss`."""
DELAYS = (0.0, 0.15, 0.3)
"""Seconds each way."""
SECONDS = 4.0
GOAL = 40.0
TOUCHES = 5
MOST_WAIT = 150
"""Milliseconds from the touch to the first frame that follows."""
# In each animation frame: the number that the picture says is under the hand, and what every part
# shows. An update is a frame in which what follows from the number, loss and charts, is another. A
# part is blank where nothing is drawn in it, and stale where it shows for one number now this and
# now that: the frames that showed the rarer of the two are counted.
_WATCH = """([name, of]) => {
  const hosts = [...document.querySelectorAll("*")].filter((e) => e.shadowRoot);
  const picture = hosts.map((e) => e.shadowRoot.querySelector(".picture")).find(Boolean);
  const stage = picture.querySelector(".stage svg"), receipt = picture.querySelector(".receipt");
  const item = (one) => stage.querySelector(`.item[data-name="${one}"]`);
  const inView = (e) => {
    const box = e.getBoundingClientRect();
    return box.bottom > 0 && box.top < innerHeight;
  };
  const charts = [...document.querySelectorAll("SELECTOR")].filter(inView);
  const marks = (chart) => [...chart.querySelectorAll(".plot path, .ytick text, .infolayer text")]
    .map((e) => e.getAttribute("d") ?? e.textContent).join();
  const result = () => item(of).textContent;
  const watched = (window.watched = {
    updates: 0, frames: 0, blank: 0, seen: {}, on: true, parts: charts.length + 2,
    began: null, first: null, before: result(),
  });
  picture.addEventListener("pointerdown", () => (watched.began = performance.now()), true);
  let last = null;
  const look = () => {
    if (!watched.on) return;
    requestAnimationFrame(look);
    const shown = [stage.textContent, receipt.textContent, ...charts.map(marks)];
    watched.frames += 1;
    if (shown.some((part) => !part)) watched.blank += 1;
    const follows = [result(), ...shown.slice(2)].join();
    if (last !== null && follows !== last) watched.updates += 1;
    last = follows;
    if (watched.first === null && result() !== watched.before) {
      watched.first = performance.now() - watched.began;
    }
    const at = item(name).getAttribute("aria-valuenow");
    shown.forEach((part, i) => {
      const of = (watched.seen[`${at} ${i}`] ??= {});
      of[part] = (of[part] ?? 0) + 1;
    });
  };
  look();
}""".replace("SELECTOR", CHART)
# To and fro, a step every 12 ms: faster than a screen, so that it is the page that says how often.
_HAND = """([name, x, y, step, span, seconds]) => new Promise((done) => {
  const hosts = [...document.querySelectorAll("*")].filter((e) => e.shadowRoot);
  const picture = hosts.map((e) => e.shadowRoot.querySelector(".picture")).find(Boolean);
  const stage = picture.querySelector(".stage svg");
  const until = performance.now() + 1000 * seconds;
  let count = 0;
  const move = () => {
    const place = count++ % (2 * span);
    const clientX = x + step * (place < span ? place : 2 * span - place);
    stage.dispatchEvent(new PointerEvent("pointermove", {clientX, clientY: y, bubbles: true}));
    if (performance.now() < until) setTimeout(move, 12);
    else done(count);
  };
  move();
})"""


def rows() -> list[Row]:
    """Measure each page at each distance, and how soon a touched number follows."""
    found = []
    with open_browser() as browser, serve() as app:
        for page in PAGES:
            found += [row for delay in DELAYS for row in _dragged(browser, app.url, page, delay)]
        found.append(_touched(browser, app.url))
    return found


def drag(page: Any, number: str, delay: float = 0.0, result: str = "loss") -> dict[str, Any]:
    """Drag a number of the picture to and fro, and return what was seen of it."""
    item(page, number).scroll_into_view_if_needed()
    x, y = middle(page, number)
    page.mouse.move(x, y)
    page.wait_for_timeout(1500 + 4000 * delay)
    page.mouse.down()
    page.mouse.move(x + 7, y)
    page.wait_for_timeout(1000 + 2000 * delay)
    page.evaluate(_WATCH, [number, result])
    page.evaluate(_HAND, [number, x + 7, y, 6, 20, SECONDS])
    page.evaluate("watched.on = false")
    page.mouse.up()
    settled(page)
    seen: dict[str, Any] = page.evaluate("watched")
    return seen


def _dragged(browser: Any, url: str, name: str, delay: float) -> list[Row]:
    with ExitStack() as stack:
        page = _visit(stack, browser, url, name, delay)
        seen = drag(page, PAGES[name], delay, RESULTS.get(name, "loss"))
    rate = seen["updates"] / SECONDS
    stale = sum(sum(counts.values()) - max(counts.values()) for counts in seen["seen"].values())
    wrong = seen["blank"] + stale
    where = f"{name}, {1000 * delay:.0f} ms each way"
    return [
        Row(
            f"{where}: updates of all {seen['parts']} parts / frames a second",
            f"{rate:.1f} /s",
            f"{seen['frames'] / SECONDS:.1f} /s",
            seen["updates"] / seen["frames"],
            f"at least {GOAL:g} /s",
            rate >= GOAL,
        ),
        Row(
            f"{where}: frames with a blank or stale part",
            f"{wrong} of {seen['frames']}",
            "",
            None,
            "0",
            wrong == 0,
        ),
    ]


def _touched(browser: Any, url: str) -> Row:
    """A press without any time over the number before it, and a step at once."""
    times = []
    for _ in range(TOUCHES):
        with ExitStack() as stack:
            page = _visit(stack, browser, url, "backward_pass", 0.0)
            number = PAGES["backward_pass"]
            x, y = middle(page, number)
            page.evaluate(_WATCH, [number, "loss"])
            page.mouse.move(x, y)
            page.mouse.down()
            page.mouse.move(x + 13, y)
            page.wait_for_function("() => watched.first !== null")
            times.append(page.evaluate("watched.first"))
            page.evaluate("watched.on = false")
            page.mouse.up()
            settled(page)
    middle_one = median(times)
    return Row(
        f"backward_pass: touch to the first frame that follows, median of {TOUCHES}",
        f"{middle_one:.0f} ms",
        "",
        None,
        f"under {MOST_WAIT} ms",
        middle_one < MOST_WAIT,
    )


def _visit(stack: ExitStack, browser: Any, url: str, name: str, delay: float) -> Any:
    context = open_context(browser)
    stack.callback(context.close)
    page = context.new_page()
    line = stack.enter_context(behind_network(url))
    open_page(page, f"{line.url}/{name}")
    item(page, PAGES[name]).wait_for()
    settled(page)
    page.wait_for_timeout(500)
    line.delay = delay
    # Closed while the line is still there.
    stack.callback(page.goto, "about:blank")
    time.sleep(0.2)
    return page
