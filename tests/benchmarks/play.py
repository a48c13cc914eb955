"""A run of 500 steps played at 60 a second: what is shown, what is asked for, what is held."""

from __future__ import annotations

import time
from contextlib import ExitStack
from typing import Any

from tests.benchmarks.browser import resident
from tests.benchmarks.row import Row
from tests.browser.chromium import open_browser, open_context
from tests.browser.helpers import open_page, set_number, settled
from tests.browser.long_play import LongPlay
from tests.browser.runs import choose_speed, player, press, wait_for_film, wait_for_rest
from tests.browser.server import serve

STEPS, SPEED = 500, 60
PAGE = f"training?steps={STEPS}&learning_rate=0.02"
PLAYS = 8
MINUTES = 10
MOST_SERVER = 20.0
MOST_HEAP = 5.0
"""Megabytes that may be added from the first to the last."""
# In each animation frame: which step the sentence and the picture say they are at.
_WATCH = """() => {
  const sentence = document.querySelector("p.sentence");
  const watched = (window.watched = { frames: 0, steps: new Set(), on: true });
  const look = () => {
    if (!watched.on) return;
    requestAnimationFrame(look);
    watched.frames += 1;
    watched.steps.add(sentence.textContent);
  };
  look();
}"""


def rows() -> list[Row]:
    """Play a run with its film there, one without, and many; then the playground."""
    with open_browser() as browser, serve() as server:
        found = [
            *_played(browser, server.url, warm=True),
            *_played(browser, server.url, warm=False),
        ]
        found += _many(browser, server)
        for speed in (20, 400):
            found += _trained_as_it_plays(browser, server.url, speed)
    return found + _playground()


def _played(browser: Any, url: str, *, warm: bool) -> list[Row]:
    """Play once: after a hand has been near as long as the film takes, or at once."""
    with ExitStack() as stack:
        context = open_context(browser)
        stack.callback(context.close)
        page = context.new_page()
        sent: list[bytes] = []

        def heard(told: Any) -> None:
            # But for the one that says where it rests.
            if b"player_step__moved" not in told:
                sent.append(told)

        page.on("websocket", lambda line: line.on("framesent", heard))
        open_page(page, f"{url}/{PAGE}")
        player(page).wait_for()
        settled(page)
        choose_speed(page, SPEED)
        if warm:
            wait_for_film(page, "step", STEPS + 1)
            page.wait_for_timeout(500)
        page.evaluate(_WATCH)
        sent.clear()
        began = time.monotonic()
        press(page, "Play")
        page.get_by_text(f"After {STEPS} of {STEPS} steps").wait_for(timeout=120_000)
        took = time.monotonic() - began
        wait_for_rest(page)
        settled(page)
        shown = page.evaluate("watched.steps.size")
        frames = page.evaluate("watched.frames")
        page.evaluate("watched.on = false")
    how = "its film there" if warm else "played at once"
    return [
        Row(
            f"play: {STEPS} steps at {SPEED} a second, {how}: steps shown / frames a second",
            f"{shown / took:.1f} /s",
            f"{frames / took:.1f} /s",
            shown / frames,
            "",
            None,
        ),
        Row(
            f"play: {STEPS} steps at {SPEED} a second, {how}: messages while playing",
            f"{len(sent)}",
            f"{took:.1f} s",
            None,
            "0" if warm else "",
            not sent if warm else None,
        ),
    ]


def _trained_as_it_plays(browser: Any, url: str, speed: int) -> list[Row]:
    """Play the playground for ten seconds: pictures a second, and what is said but for frames."""
    context = open_context(browser)
    page = context.new_page()
    sent: list[bytes] = []
    page.on("websocket", lambda line: line.on("framesent", lambda told: sent.append(told)))
    open_page(page, f"{url}/playground?data=moons")
    choose_speed(page, speed)
    settled(page)
    page.evaluate(_WATCH)
    sent.clear()
    began = time.monotonic()
    press(page, "Play")
    page.wait_for_timeout(1000 * min(10, 1900 // speed))
    took = time.monotonic() - began
    shown = page.evaluate("watched.steps.size")
    others = [told for told in sent if b"moved" in told]
    at = int(player(page).get_by_role("slider").input_value())
    context.close()
    what = f"play: the playground at {speed} steps a second"
    return [
        Row(f"{what}: pictures / steps a second", f"{shown / took:.1f} /s", f"{at / took:.1f} /s",
            at / took / speed, "", None),
        Row(f"{what}: messages for frames / others", f"{len(sent) - len(others)}", f"{len(others)}",
            None, "0", not others),
    ]  # fmt: skip


def _many(browser: Any, server: Any) -> list[Row]:
    """Play runs that differ one after the other: what is held after the second and the last."""
    context = open_context(browser)
    page = context.new_page()
    told = context.new_cdp_session(page)
    told.send("Performance.enable")
    open_page(page, f"{server.url}/training?steps=300&learning_rate=0.02")
    player(page).wait_for()
    choose_speed(page, SPEED)
    held = []
    for k in range(PLAYS):
        set_number(page, "learning_rate", round(0.02 + k / 1000, 6))
        press(page, "Play")
        page.get_by_text("After 300 of 300 steps").wait_for(timeout=120_000)
        wait_for_rest(page)
        settled(page)
        press(page, "Start")
        page.get_by_text("After 0 of 300 steps").wait_for()
        page.wait_for_timeout(1000)
        for _ in range(2):
            told.send("HeapProfiler.collectGarbage")
        metrics = told.send("Performance.getMetrics")["metrics"]
        heap = next(each["value"] for each in metrics if each["name"] == "JSHeapUsedSize")
        held.append((resident(server), heap / 2**20))
    context.close()
    (server_first, heap_first), (server_last, heap_last) = held[1], held[-1]
    which = f"play 2 / play {PLAYS} of 300 steps"
    return [
        _row(f"the server's memory, {which}", server_first, server_last, MOST_SERVER),
        _row(f"the page's heap, {which}", heap_first, heap_last, MOST_HEAP),
    ]


def _playground() -> list[Row]:
    """Play ten minutes, reading what is held after the first minute and after the last."""
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
    when = f"the playground, minute 1 / minute {MINUTES}"
    return [
        _row(f"the server's memory, {when}", first.server, last.server, MOST_SERVER),
        _row(f"the page's heap, {when}", first.heap, last.heap, MOST_HEAP),
        Row(f"play: nodes of {when}", f"{first.nodes}", f"{last.nodes}",
            last.nodes / first.nodes, "", None),
    ]  # fmt: skip


def _row(what: str, first: float, last: float, most: float) -> Row:
    return Row(
        f"play: {what}",
        f"{first:.1f} MB",
        f"{last:.1f} MB",
        last / first,
        f"at most +{most:g}",
        last - first <= most,
    )
