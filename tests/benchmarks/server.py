"""What one change costs the server, in processor time over the protocol, beside a bare page."""

from __future__ import annotations

import asyncio
import random
import tempfile
from collections.abc import Sequence
from contextlib import AsyncExitStack, ExitStack
from pathlib import Path
from statistics import median

from tests.benchmarks.browser import BARE, processor
from tests.benchmarks.load.reader import Reader
from tests.benchmarks.load.visits import VISITS, Visit, bare
from tests.benchmarks.row import Row
from tests.browser.server import Server, serve

LESSONS = ("forward_pass", "backward_pass", "relu_gate", "training", "")
ROUNDS = 5
CHANGES = 20


def rows() -> list[Row]:
    """Measure every page beside the bare page with as many charts.

    Twice: as anyone starts it, with Streamlit's own settings, and with this app's. Of these one
    counts: after each run Streamlit collects garbage, which this app leaves to Python.
    """
    with ExitStack() as stack:
        nowhere = stack.enter_context(tempfile.TemporaryDirectory())
        servers = [
            stack.enter_context(serve(*where)) for where in ((), (BARE, Path(nowhere)), (BARE,))
        ]
        return [row for visit in VISITS for row in asyncio.run(_rows(servers, visit))]


async def _rows(servers: Sequence[Server], visit: Visit) -> list[Row]:
    chance = random.Random(0)
    async with AsyncExitStack() as stack:
        mine = await stack.enter_async_context(Reader(servers[0].url, visit))
        # A page without charts is held to the bare page with one.
        count = max(1, mine.first.charts)
        others = [
            await stack.enter_async_context(Reader(server.url, bare(count)))
            for server in servers[1:]
        ]
        readers = [mine, *others]
        times: list[list[float]] = [[] for _ in readers]
        for turn in range(ROUNDS + 1):
            for server, reader, kept in zip(servers, readers, times, strict=True):
                before = processor(server.pid)
                for _ in range(CHANGES):
                    await reader.change(reader.visit.draw(chance))
                if turn:
                    # The first round warms up what is imported and compiled on first use.
                    kept.append(1000 * (processor(server.pid) - before) / CHANGES)
    here, plain, ours = map(median, times)
    most = 1.0 if visit.page in LESSONS else 1.5
    what = f"{visit.page or 'home'}: processor of one change, {mine.first.charts} charts"
    return [
        Row(
            f"{what} / bare page {how}",
            f"{here:.1f} ms",
            f"{there:.1f} ms",
            here / there,
            f"at most {most:g}",
            here / there <= most,
        )
        for how, there in (("as anyone starts it", plain), ("with this app's settings", ours))
    ]
