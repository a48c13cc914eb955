"""What one change costs the server, in processor time over the protocol, beside a bare page."""

from __future__ import annotations

import asyncio
import os
import random
from contextlib import AsyncExitStack
from pathlib import Path
from statistics import median

from tests.benchmarks.browser import BARE
from tests.benchmarks.load.reader import Reader
from tests.benchmarks.load.visits import VISITS, Visit, bare
from tests.benchmarks.row import Row
from tests.browser.server import Server, serve

LESSONS = ("forward_pass", "backward_pass", "relu_gate", "training", "")
ROUNDS = 5
CHANGES = 20
_TICKS = os.sysconf("SC_CLK_TCK")


def rows() -> list[Row]:
    """Measure every page beside the bare page with as many charts."""
    with serve() as ours, serve(BARE) as theirs:
        return [asyncio.run(_row(ours, theirs, visit)) for visit in VISITS]


async def _row(ours: Server, theirs: Server, visit: Visit) -> Row:
    chance = random.Random(0)
    async with AsyncExitStack() as stack:
        mine = await stack.enter_async_context(Reader(ours.url, visit))
        # A page without charts is held to the bare page with one.
        count = max(1, mine.first.charts)
        other = await stack.enter_async_context(Reader(theirs.url, bare(count)))
        times: tuple[list[float], list[float]] = ([], [])
        for turn in range(ROUNDS + 1):
            for server, reader, kept in ((ours, mine, times[0]), (theirs, other, times[1])):
                before = _processor(server)
                for _ in range(CHANGES):
                    await reader.change(reader.visit.draw(chance))
                if turn:
                    # The first round warms up what is imported and compiled on first use.
                    kept.append(1000 * (_processor(server) - before) / CHANGES)
    here, there = median(times[0]), median(times[1])
    most = 1.0 if visit.page in LESSONS else 1.5
    return Row(
        f"{visit.page or 'home'}: processor of one change, {mine.first.charts} charts / bare page",
        f"{here:.1f} ms",
        f"{there:.1f} ms",
        here / there,
        f"at most {most:g}",
        here / there <= most,
    )


def _processor(server: Server) -> float:
    """Return the seconds of processor time that a server has used."""
    fields = Path(f"/proc/{server.pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    # utime and stime, the 14th and 15th of all, with two before the bracket.
    return (int(fields[11]) + int(fields[12])) / _TICKS
