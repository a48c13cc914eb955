"""How many readers one server process holds, and what they cost it, beside a bare Streamlit page.

Simulated readers, spread over all pages, each change a number every two seconds. They speak
Streamlit's own protocol from this process; the server runs in another, on the loopback address.
"""

from __future__ import annotations

import asyncio
import tempfile
from collections.abc import Sequence
from pathlib import Path

from tests.benchmarks.browser import BARE, resident
from tests.benchmarks.load.crowd import Crowd
from tests.benchmarks.load.drags import DRAG, VISIT, Dragging, cost
from tests.benchmarks.load.reader import Reader
from tests.benchmarks.load.visits import VISITS, Visit, bare
from tests.benchmarks.row import Row
from tests.browser.server import ROOT, Server, serve

SLOW = 0.5
"""Seconds within which 95 of 100 changes must be answered."""
SHARE = 1.0
"""The goal: as many readers as this share of what the bare page holds."""
SETTLE, WINDOW = 5.0, 16.0
"""Seconds to wait after readers have come, and seconds then watched."""
TWICE = 2.0
"""The goal of readers who drag: so many times as many by films as were held before."""
CALMER = 6
"""So many times it is waited for that long."""
FINE = 1.06
"""The search ends when the smallest crowd not held is at most so many times the largest held."""
CALM = 0.8
"""The share of the readers a server holds that then read for `LONG` seconds."""
LONG = 180.0
MOST_EACH, MOST_IN_ALL, MOST_AFTER = 1.5, 690.0, 1.1
"""Megabytes a session and in all, and how many times the memory before, once all have left."""
FORGOTTEN = 135.0
"""Seconds after which Streamlit has let go of sessions that a reader may still come back to."""


def rows() -> list[Row]:
    """Search for the largest crowd of each, then let four fifths of ours read for three minutes.

    The bare page is tried twice: as anyone starts it, and with this app's settings (server.py).
    """
    charts = asyncio.run(_count_charts())
    say("this app")
    with serve() as ours:
        held = asyncio.run(largest(ours.url, VISITS, 40))
    found = []
    for how, where, first in (
        ("as anyone starts it", None, 40),
        ("with this app's settings", ROOT, 120),
    ):
        say(f"bare page {how}")
        with tempfile.TemporaryDirectory() as nowhere, serve(BARE, where or Path(nowhere)) as other:
            crowd = [bare(count) for count in charts]
            found.append((how, asyncio.run(largest(other.url, crowd, first))))
    return [
        *(_beside(held, how, bare_held) for how, bare_held in found),
        *dragging(),
        *asyncio.run(endure(max(1, int(CALM * held)))),
    ]


def _beside(held: int, how: str, bare_held: int) -> Row:
    share = held / bare_held if bare_held else None
    return Row(
        f"readers one process holds, 95 % within {SLOW * 1e3:g} ms / bare page {how}",
        f"{held}",
        f"{bare_held}",
        share,
        f"at least {SHARE:g}",
        share is not None and share >= SHARE,
    )


def dragging() -> list[Row]:
    """What a drag costs the server, and how many readers who drag one process holds.

    By a film, and with each movement told as it was before: side by side.
    """
    costs, held = [], []
    with serve() as server:
        for filmed in (True, False):
            costs.append(asyncio.run(cost(server.url, server.pid, filmed=filmed)))
    for filmed in (True, False):
        say(f"readers who drag, {'by a film' if filmed else 'each movement told'}")
        with serve() as server:
            crowd = Dragging(server.url, [VISIT], filmed=filmed)
            held.append(asyncio.run(largest_of(crowd, 20)))
    how = "by a film / each movement told"
    share = held[0] / held[1] if held[1] else None
    return [
        Row(
            f"processor of a drag of {DRAG:g} s, {how}",
            f"{costs[0]:.0f} ms",
            f"{costs[1]:.0f} ms",
            costs[0] / costs[1],
            f"at most {1 / TWICE:g}",
            costs[0] / costs[1] <= 1 / TWICE,
        ),
        Row(
            f"readers who drag that one process holds, {how}",
            f"{held[0]}",
            f"{held[1]}",
            share,
            f"at least {TWICE:g}",
            share is not None and share >= TWICE,
        ),
    ]


async def _count_charts() -> list[int]:
    """Return how many charts each page first shows; the bare page is given as many."""
    counts = []
    with serve() as server:
        for visit in VISITS:
            async with Reader(server.url, visit) as reader:
                counts.append(reader.first.charts)
    return counts


async def largest(url: str, visits: Sequence[Visit], first: int) -> int:
    """Return the largest number of readers found answered fast enough."""
    return await largest_of(Crowd(url, visits), first)


async def largest_of(crowd: Crowd, first: int) -> int:
    """Return how many readers of a crowd were found answered fast enough, at most.

    Begins with `first`, goes up by half until it is too many, then halves the distance.
    """
    held, too_many, count = 0, 0, first
    while not too_many or too_many > FINE * held + 1:
        await crowd.grow(count)
        await _calm(crowd)
        met = await crowd.watch(WINDOW)
        say(f"  {count} readers: {met}")
        if met.slow < SLOW and not met.errors:
            held = count
        else:
            too_many = count
        count = (held + too_many) // 2 if too_many else held * 3 // 2
        if count == held:
            break
    await crowd.leave()
    return held


async def _calm(crowd: Crowd) -> None:
    """Wait until what a larger crowd had asked for before is answered, or it is clear that not."""
    for _ in range(CALMER):
        if (await crowd.watch(SETTLE)).slow < SLOW:
            break


async def endure(count: int) -> list[Row]:
    """Let `count` readers read for three minutes on a fresh server, then leave."""
    with serve() as server:
        await _warm_up(server)
        before = resident(server)
        crowd = Crowd(server.url, VISITS)
        await crowd.grow(count)
        await asyncio.sleep(SETTLE)
        met = await crowd.watch(LONG)
        full = resident(server)
        after = await _left(server, crowd)
        crowd = Crowd(server.url, VISITS, seed=2)
        await crowd.grow(count)
        await crowd.watch(WINDOW)
        again = await _left(server, crowd)
    each = (full - before) / count
    return [
        _row(f"errors, {count} readers, {LONG:g} s", f"{len(met.errors)}", "none", not met.errors),
        _row("  median, and 95th percentile, from a change to its last chart", met.times, "", None),
        _row("  changes answered", f"{len(met.waits)}", "", None),
        _row("  memory a session", f"{each:.2f} MB", f"under {MOST_EACH:g} MB", each < MOST_EACH),
        _row("  memory in all", f"{full:.0f} MB", f"under {MOST_IN_ALL:g} MB", full < MOST_IN_ALL),
        Row(
            "  memory after they have left / before they came",
            f"{after:.0f} MB",
            f"{before:.0f} MB",
            after / before,
            f"at most {MOST_AFTER:g}",
            after / before <= MOST_AFTER,
        ),
        Row(
            "  memory after a second crowd has left / after the first",
            f"{again:.0f} MB",
            f"{after:.0f} MB",
            again / after,
            f"at most {MOST_AFTER:g}",
            again / after <= MOST_AFTER,
        ),
    ]  # fmt: skip


async def _left(server: Server, crowd: Crowd) -> float:
    """Let everyone go, and return the memory once Streamlit has forgotten them."""
    await crowd.leave()
    await asyncio.sleep(FORGOTTEN)
    # It forgets old sessions when a new one comes.
    await _warm_up(server)
    return resident(server)


async def _warm_up(server: Server) -> None:
    """Visit every page once, so that what is imported on first use counts as there before."""
    for visit in VISITS:
        async with Reader(server.url, visit):
            pass


def say(text: str) -> None:
    """Print what is going on, at once: this takes minutes."""
    print(text, flush=True)


def _row(what: str, figure: str, goal: str, met: bool | None) -> Row:
    return Row(what, figure, "", None, goal, met)
