"""How often the charts follow a number in motion, beside Streamlit's slider moved by its keys."""

from __future__ import annotations

import time
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from tests.benchmarks.browser import CHART
from tests.benchmarks.row import Row
from tests.browser.chromium import open_browser, open_context
from tests.browser.helpers import open_page, settled
from tests.browser.server import serve

NUMBER = ".st-key-number [role=slider], .st-key-number input"
SLIDER = Path(__file__).with_name("bare_slider.py")
SECONDS = 4.0
ROUNDS = 3
GOAL = 10.0
MOST_BLANK = 0.02
# A frame is blank if a chart is missing from it, or has no bar in it. A chart counts as updated
# when its bars are others than in the frame before.
_WATCH = """() => {
  window.watched = {updates: 0, frames: 0, blank: 0, on: true};
  let last = "";
  const look = () => {
    if (!watched.on) return;
    const charts = [...document.querySelectorAll("SELECTOR")];
    const seen = charts.filter((chart) => chart.checkVisibility({visibilityProperty: true}));
    const bars = seen.flatMap((chart) => [...chart.querySelectorAll(".point path")]);
    watched.frames += 1;
    if (!bars.length) watched.blank += 1;
    const now = bars.map((bar) => bar.getAttribute("d")).join();
    if (now && now !== last) watched.updates += 1;
    last = now || last;
    requestAnimationFrame(look);
  };
  look();
}""".replace("SELECTOR", CHART)


def rows() -> list[Row]:
    """Measure both, turn by turn, and return a row for each goal."""
    ours: list[dict[str, float]] = []
    theirs: list[dict[str, float]] = []
    with open_browser() as browser, serve() as app, serve(SLIDER) as bare, ExitStack() as stack:
        lesson = _page(stack, browser, f"{app.url}/backward_pass", ".item")
        slider = _page(
            stack, browser, bare.url, ".st-key-number [role=slider], .st-key-number input"
        )
        for _ in range(ROUNDS):
            for page, move, kept in ((lesson, drag, ours), (slider, _press_keys, theirs)):
                page.bring_to_front()
                kept.append(measure(page, move))
    best = max(round_["rate"] for round_ in ours)
    middle = sorted(round_["rate"] for round_ in ours)[ROUNDS // 2]
    bare_middle = sorted(round_["rate"] for round_ in theirs)[ROUNDS // 2]
    blank = sum(round_["blank"] for round_ in ours) / sum(round_["frames"] for round_ in ours)
    return [
        Row(
            "backward_pass: chart updates a second while dragging / bare slider by keys",
            f"{middle:.1f} /s",
            f"{bare_middle:.1f} /s",
            middle / bare_middle if bare_middle else None,
            f"at least {GOAL:g} /s",
            middle >= GOAL,
        ),
        Row("the best of its rounds", f"{best:.1f} /s", "", None, "", None),
        Row(
            "frames with a blank chart over those drags",
            f"{100 * blank:.1f} %",
            "",
            None,
            f"at most {100 * MOST_BLANK:g} %",
            blank <= MOST_BLANK,
        ),
    ]


def _page(stack: ExitStack, browser: Any, url: str, awaited: str) -> Any:
    context = open_context(browser)
    stack.callback(context.close)
    page = context.new_page()
    if "backward_pass" in url:
        open_page(page, url)
    else:
        page.goto(url)
    page.locator(awaited).first.wait_for()
    page.locator(f"{CHART} .point path").first.wait_for(state="attached")
    settled(page)
    return page


def measure(page: Any, move: Any) -> dict[str, float]:
    begin, step, end = move(page)
    begin()
    page.wait_for_timeout(1000)
    page.evaluate(_WATCH)
    started = time.monotonic()
    count = 0
    while time.monotonic() - started < SECONDS:
        count += 1
        step(count)
    seconds = time.monotonic() - started
    page.evaluate("watched.on = false")
    end()
    settled(page)
    seen = page.evaluate("watched")
    return {"rate": seen["updates"] / seconds, "frames": seen["frames"], "blank": seen["blank"]}


def drag(page: Any) -> tuple[Any, Any, Any]:
    box = page.locator('.item[data-name="W1[0, 0]"]').bounding_box()
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2

    def begin() -> None:
        page.mouse.move(x, y)
        page.mouse.down()
        page.mouse.move(x + 12, y)

    def step(count: int) -> None:
        # To and fro, some 16 ms a movement, as a hand's mouse reports it.
        place = count % 60
        page.mouse.move(x + 12 + 6 * min(place, 60 - place), y)
        page.wait_for_timeout(16)

    return begin, step, page.mouse.up


def _press_keys(page: Any) -> tuple[Any, Any, Any]:
    def begin() -> None:
        page.locator(NUMBER).first.focus()

    def step(count: int) -> None:
        page.keyboard.press("ArrowRight" if count % 60 < 30 else "ArrowLeft")
        page.wait_for_timeout(16)

    return begin, step, lambda: None
