"""A hand that drags and plays for minutes: what the server and the browser hold stays flat."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import Any

from tests.benchmarks.browser import resident
from tests.benchmarks.dragging import drag
from tests.benchmarks.dragging.cases import Case
from tests.benchmarks.row import Row
from tests.browser.chromium import open_browser, open_context
from tests.browser.helpers import click, go_to, open_page, settled
from tests.browser.runs import choose_speed, player, press, wait_for_rest
from tests.browser.server import Server, serve

MINUTES = 2.0
WARM = 0.25
"""The share of the time after which what is held is read first: all films are made by then."""
STEPS = 50
DRAG = 4.0
"""Seconds of each drag."""
MOST_SERVER, MOST_HEAP, MOST_NODES = 20.0, 5.0, 500
"""Megabytes, megabytes and nodes that may be added from then to the end."""
LESSON = Case("training", "W1[0, 0]")
STEP = Case("training", "The step of the run", handle=True, pixels=24)
GATE = Case("relu_gate", "b1[0], the bias of neuron 0", handle=True)
BIAS = Case("relu_gate", "b1[1]")


@dataclass(frozen=True)
class Reading:
    """What is held, in megabytes; `nodes` counts the page's DOM nodes."""

    server: float
    heap: float
    nodes: int


def rows(minutes: float = MINUTES) -> list[Row]:
    """Drag and play for so many minutes, and compare what is held early on and at the end."""
    with open_browser() as browser, serve() as server:
        context = open_context(browser)
        page = context.new_page()
        told = context.new_cdp_session(page)
        told.send("Performance.enable")
        open_page(page, f"{server.url}/training")
        began, rounds, first = time.monotonic(), 0, None
        while (passed := time.monotonic() - began) < 60 * minutes or rounds < 2:
            if rounds and first is None and passed > 60 * minutes * WARM:
                first = _read(told, server)
                early = rounds
            _round(page)
            rounds += 1
        last = _read(told, server)
        context.close()
    assert first is not None
    what = f"hand: round {early} / round {rounds} of dragging and playing"
    return [
        _row(f"{what}, the server's memory", first.server, last.server, MOST_SERVER),
        _row(f"{what}, the page's heap", first.heap, last.heap, MOST_HEAP),
        Row(
            f"{what}, the page's nodes",
            f"{first.nodes}",
            f"{last.nodes}",
            last.nodes / first.nodes,
            f"at most +{MOST_NODES}",
            last.nodes - first.nodes <= MOST_NODES,
        ),
    ]


def _round(page: Any) -> None:
    """Play a run and drag along it, drag a number, then drag on the gate's page; begin anew."""
    player(page).wait_for()
    choose_speed(page, 20)
    press(page, "Play")
    page.get_by_text(f"After {STEPS} of {STEPS} steps").wait_for(timeout=60_000)
    wait_for_rest(page)
    _start(page)
    drag(page, STEP, seconds=DRAG)
    _start(page)
    drag(page, LESSON, seconds=DRAG)
    go_to(page, "Learn", "ReLU gate")
    drag(page, GATE, seconds=DRAG)
    drag(page, BIAS, seconds=DRAG)
    click(page, page.get_by_role("button", name="Reset the numbers"))
    go_to(page, "Learn", "Training")


def _start(page: Any) -> None:
    press(page, "Start")
    page.get_by_text(f"After 0 of {STEPS} steps").wait_for()
    page.wait_for_timeout(1000)
    settled(page)


def _read(told: Any, server: Server) -> Reading:
    for _ in range(2):
        told.send("HeapProfiler.collectGarbage")
    found = {each["name"]: each["value"] for each in told.send("Performance.getMetrics")["metrics"]}
    return Reading(resident(server), found["JSHeapUsedSize"] / 2**20, int(found["Nodes"]))


def _row(what: str, first: float, last: float, most: float) -> Row:
    added = last - first
    return Row(
        what, f"{first:.1f} MB", f"{last:.1f} MB", last / first, f"at most +{most:g}", added <= most
    )
