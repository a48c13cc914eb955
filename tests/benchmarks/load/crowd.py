"""Many readers at once, each changing a number every two seconds."""

from __future__ import annotations

import asyncio
import random
import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from statistics import median, quantiles

from websockets.exceptions import ConnectionClosed

from tests.benchmarks.load.reader import Reader
from tests.benchmarks.load.visits import Visit

EVERY = 2.0
"""Seconds from one change of a reader to the next."""
ARRIVING = 4
"""How many readers may be opening their page at the same time."""


@dataclass
class Figures:
    """What a crowd met in a stretch of time."""

    waits: list[float] = field(default_factory=list)
    """Seconds from each change to its last chart."""
    errors: list[str] = field(default_factory=list)
    returns: list[float] = field(default_factory=list)
    """Seconds from when a reader met a lost connection until they had page and number again."""

    @property
    def middle(self) -> float:
        """The median wait in seconds."""
        return median(self.waits) if self.waits else float("inf")

    @property
    def slow(self) -> float:
        """The 95th percentile of the waits in seconds."""
        return quantiles(self.waits, n=20)[-1] if len(self.waits) > 1 else float("inf")

    @property
    def times(self) -> str:
        """The median and the 95th percentile, as text."""
        return f"{self.middle * 1e3:.0f}, {self.slow * 1e3:.0f} ms"

    def __str__(self) -> str:
        errors = f"; {len(self.errors)} errors, the first: {self.errors[0]}" if self.errors else ""
        back = f"; {len(self.returns)} came back" if self.returns else ""
        back += f", the last after {max(self.returns):.1f} s" if self.returns else ""
        return f"{len(self.waits)} changes, median and 95th percentile {self.times}{back}{errors}"


class Crowd:
    """Readers of one server; `grow` to any number, `watch` for a while, `leave` at the end."""

    def __init__(self, url: str, visits: Sequence[Visit], seed: int = 1) -> None:
        self._url = url
        self._visits = visits
        self._seed = seed
        self._readers: list[asyncio.Task[None]] = []
        self._met = 0
        self._door = asyncio.Semaphore(ARRIVING)
        self.figures = Figures()

    def __len__(self) -> int:
        return len(self._readers)

    async def grow(self, count: int) -> None:
        """Let readers come or go until there are `count`, and return when all are reading."""
        while len(self._readers) > count:
            self._readers.pop().cancel()
        arrivals = []
        while len(self._readers) < count:
            arrived = asyncio.Event()
            arrivals.append(arrived)
            self._readers.append(asyncio.create_task(self._read(self._met, arrived)))
            self._met += 1
        for arrived in arrivals:
            await arrived.wait()

    async def watch(self, seconds: float) -> Figures:
        """Return what happens in the next seconds."""
        self.figures = Figures()
        await asyncio.sleep(seconds)
        found, self.figures = self.figures, Figures()
        return found

    async def leave(self) -> None:
        """Let everyone go."""
        readers = list(self._readers)
        await self.grow(0)
        await asyncio.gather(*readers, return_exceptions=True)

    async def _use(self, reader: Reader, chance: random.Random, due: float) -> float:
        """Have a reader do what it does again and again, and return when it is to do so next."""
        answer = await reader.change(reader.visit.draw(chance))
        self.figures.waits.append(answer.charted - due)
        return due + EVERY

    async def _read(self, number: int, arrived: asyncio.Event) -> None:
        chance = random.Random(f"{self._seed} {number}")
        visit = self._visits[number % len(self._visits)]
        reader = Reader(self._url, visit)
        try:
            async with self._door:
                await reader.arrive()
            arrived.set()
            due = time.perf_counter() + chance.uniform(0, EVERY)
            while True:
                await asyncio.sleep(due - time.perf_counter())
                # From when it was due: a reader held up by one answer must not hide the next.
                try:
                    due = await self._use(reader, chance, due)
                except ConnectionClosed:
                    lost = time.perf_counter()
                    await reader.come_back()
                    self.figures.returns.append(time.perf_counter() - lost)
                    due = time.perf_counter() + EVERY
        except Exception as error:
            self.figures.errors.append(f"{visit.page}: {type(error).__name__}: {error}")
        finally:
            arrived.set()
            with suppress(Exception):
                await reader.leave()
