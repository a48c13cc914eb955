"""Readers who drag rather than type: by a film, and as it was before, each movement told.

Both drag alike, a number of the backward page to and fro for two seconds of every four. Without a
film one movement is in flight, as many a second as a browser showed at most when there was none.
With it three pieces of film are asked for, as for a number that was not touched before, and where
the hand rests is told.
"""

from __future__ import annotations

import asyncio
import random
import time
from collections.abc import Iterator, Sequence

from tests.benchmarks.browser import processor
from tests.benchmarks.load.crowd import Crowd
from tests.benchmarks.load.reader import Reader
from tests.benchmarks.load.visits import Visit

VISIT = Visit("backward_pass", key="W1[0, 0]", part="backward_picture")
DRAG, EVERY = 2.0, 4.0
"""Seconds that a drag takes, and from one to the next."""
TOLD = 13.9
"""Movements told a second, before there were films, on an idle machine."""
PIECES = (8, 40, 40)
"""Places asked for, piece by piece (live/scripts/film/asks.js)."""
DRAGS = 10
GOAL = 2.0


class Dragging(Crowd):
    """Readers who drag. A wait is that for a movement's answer; of a film, for its first piece."""

    def __init__(self, url: str, visits: Sequence[Visit], *, filmed: bool) -> None:
        super().__init__(url, visits)
        self._filmed = filmed

    async def _use(self, reader: Reader, chance: random.Random, due: float) -> float:
        waits = drag_by_film if self._filmed else drag_told
        self.figures.waits += await waits(reader, due)
        return due + EVERY


async def drag_by_film(reader: Reader, due: float) -> list[float]:
    """Drag with a film, and return the seconds until what was waited for came."""
    places = _places(reader.number)
    waits = []
    for count in PIECES:
        piece = [value for _, value in zip(range(count), places, strict=False)]
        came = await reader.film(reader.visit.key, piece)
        if not waits:
            waits.append(came.ended - due)
    await asyncio.sleep(due + DRAG - time.perf_counter())
    now = time.perf_counter()
    return [*waits, (await reader.change(reader.number + 0.1)).charted - now]


async def drag_told(reader: Reader, due: float) -> list[float]:
    """Drag with each movement told, and return the seconds until each was answered."""
    number, waits = reader.number, []
    for k in range(int(DRAG * TOLD)):
        moved = due + k / TOLD
        if time.perf_counter() > due + DRAG:
            break
        await asyncio.sleep(moved - time.perf_counter())
        # What the hand passes while an answer is on its way is not told.
        moved = max(moved, time.perf_counter() - 1 / TOLD)
        answer = await reader.change(round(number + (k % 20) / 10, 6), rest=False)
        waits.append(answer.charted - moved)
    await reader.change(round(number + 0.1, 6))
    return waits


def _places(number: float) -> Iterator[float]:
    """Yield the places around a number, the nearest first."""
    yield number
    for k in range(1, 100):
        yield round(number + k / 10, 6)
        yield round(number - k / 10, 6)


async def cost(url: str, pid: int, *, filmed: bool) -> float:
    """Return the milliseconds of the server's processor for one drag."""
    drag = drag_by_film if filmed else drag_told
    async with Reader(url, VISIT) as reader:
        await drag(reader, time.perf_counter())
        before = processor(pid)
        for _ in range(DRAGS):
            await drag(reader, time.perf_counter())
        return 1000 * (processor(pid) - before) / DRAGS
