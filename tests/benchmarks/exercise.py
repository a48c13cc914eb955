"""What an exercise of one's own costs the server, beside the notebook's, over the protocol.

Four promises: a change of a large exercise within twice the notebook's time on every page, a
library exercise that opens as fast as the notebook, a paste read at once, and nothing in a paste or
a link that keeps the server.
"""

from __future__ import annotations

import asyncio
import random
import time
from collections.abc import Callable
from contextlib import AsyncExitStack
from dataclasses import replace
from statistics import median

from blame.exercise.library.library import LIBRARY
from blame.exercise.reading.reader import read_exercise
from tests.benchmarks.browser import processor
from tests.benchmarks.load.reader import Reader
from tests.benchmarks.load.visits import VISITS, Visit
from tests.benchmarks.row import Row
from tests.blame.exercise.reading.hostile import HOSTILE
from tests.blame.exercise.reading.pasted import PASTES, text_of
from tests.browser.server import Server, serve

ROUNDS, CHANGES = 3, 10
OPENED = 5
"""How often each exercise of the library is opened."""
READ, LONGEST = 0.050, 0.200
"""Seconds for a real paste, and for whatever anybody sends."""
_SHAPE = ((4, 8), (8, 8), (8, 3))
LARGE = (
    "sizes=4-8-8-3&n_samples=4&units=relu-relu-identity&loss=mse"
    "&x=1,2,-1,.5;.2,.3,.4,-.5;-1,0,1,2;.7,-.7,.1,.3&y_true=1,0,0;0,1,0;0,0,1;.5,.5,0&"
) + "&".join(
    f"W{k}="
    + ";".join(
        ",".join(f"{((7 * i + 5 * j + k) % 11 - 5) / 5:.1f}" for j in range(width))
        for i in range(height)
    )
    for k, (height, width) in enumerate(_SHAPE, start=1)
)
VIEWS = ("Learning rates", "Landscape", "One step")
OTHERS_OWN = ("depth", "playground", "expression", "tour")
"""Pages whose charts are not of the exercise."""
LINKS = {
    "the largest exercise": "sizes=10-10-10-10-10&n_samples=8&units=softplus-tanh-sigmoid-softmax"
    "&loss=cross_entropy&steps=500",
    "many names": "&".join(f"w{k}={k}" for k in range(2000)),
    "many sizes": "sizes=" + "-".join(["10"] * 3000),
    "a long array": "sizes=4-8-8-3&W1=" + ";".join([",".join(["1"] * 50)] * 200),
    "a long number": "W1_0_0=" + "9" * 12000,
    "many kept runs": "kept=" + "W1[0,0]:.5;" * 2000,
    "a name that goes on": "exercise=" + "mazur" * 4000,
}


def rows() -> list[Row]:
    """Measure everything and return one row each."""
    with serve() as server:
        return [
            *(asyncio.run(change(server, visit)) for visit in _visits()),
            *asyncio.run(opening(server)),
            paste(),
            hostile(),
            asyncio.run(links(server)),
        ]


def _visits() -> list[Visit]:
    lessons = [visit for visit in VISITS if visit.page not in OTHERS_OWN]
    lab = Visit("training_lab")
    return [
        *(replace(visit, key="b1[0]") for visit in lessons),
        *(replace(lab, query=f"lab_view={view.replace(' ', '+')}") for view in VIEWS),
    ]


async def change(server: Server, visit: Visit) -> Row:
    """A number changed on a 4-8-8-3 exercise of four samples, and on the notebook's."""
    chance = random.Random(0)
    given = f"{visit.query}&" if visit.query else ""
    large = replace(visit, query=given + LARGE)
    async with AsyncExitStack() as stack:
        readers = [
            await stack.enter_async_context(Reader(server.url, each)) for each in (large, visit)
        ]
        times: tuple[list[float], list[float]] = ([], [])
        for turn in range(ROUNDS + 1):
            for reader, kept in zip(readers, times, strict=True):
                before = processor(server.pid)
                for _ in range(CHANGES):
                    await reader.change(reader.visit.draw(chance))
                if turn:
                    # The first round warms up what is imported and worked out on first use.
                    kept.append((processor(server.pid) - before) / CHANGES)
    where = " ".join(filter(None, (visit.page or "home", visit.query)))
    return _row(f"{where}: a change on 4-8-8-3 with four samples / the notebook's", *times, 2.0)


async def opening(server: Server) -> list[Row]:
    """Every exercise of the library opened on the home page and the backward pass."""
    found = []
    for page in ("", "backward_pass"):
        times: tuple[list[float], list[float]] = ([], [])
        for turn in range(OPENED + 1):
            for key in LIBRARY:
                for query, kept in ((f"exercise={key}", times[0]), ("", times[1])):
                    before = processor(server.pid)
                    async with Reader(server.url, Visit(page, query)):
                        pass
                    if turn:
                        kept.append(processor(server.pid) - before)
        found.append(
            _row(f"{page or 'home'}: a library exercise opened / the notebook", *times, 1.25)
        )
    return found


def paste() -> Row:
    """The real paste that takes longest to read."""
    name, seconds = _slowest({name: text_of(name) for name in PASTES})
    return _within(f"reading a paste: the slowest of {len(PASTES)}, {name}", seconds, READ)


def hostile() -> Row:
    """The hostile paste that takes longest to refuse."""
    name, seconds = _slowest({name: text[:20_000] for name, text in HOSTILE.items()})
    return _within(f"a paste made to hurt: the slowest of {len(HOSTILE)}, {name}", seconds, LONGEST)


async def links(server: Server) -> Row:
    """What a link has the server do beyond what the notebook's page asks, at its worst."""
    worst, most = "", 0.0
    plain = await _opened(server, "")
    for name, query in LINKS.items():
        seconds = await _opened(server, query) - plain
        if seconds > most:
            worst, most = name, seconds
    return _within(f"a link made to hurt: the slowest of {len(LINKS)}, {worst}", most, LONGEST)


async def _opened(server: Server, query: str) -> float:
    best = float("inf")
    for _ in range(3):
        before = processor(server.pid)
        async with Reader(server.url, Visit("backward_pass", query)):
            pass
        best = min(best, processor(server.pid) - before)
    return best


def _slowest(texts: dict[str, str]) -> tuple[str, float]:
    times = {name: _best(lambda text=text: read_exercise(text)) for name, text in texts.items()}
    return max(times.items(), key=lambda one: one[1])


def _best(do: Callable[[], object], times: int = 3) -> float:
    """Return the best of a few times: whatever else runs on the machine only adds to it."""
    best = float("inf")
    for _ in range(times):
        before = time.process_time()
        do()
        best = min(best, time.process_time() - before)
    return best


def _row(what: str, ours: list[float], other: list[float], most: float) -> Row:
    mine, theirs = median(ours), median(other)
    ratio = mine / theirs if theirs else None
    met = None if ratio is None else ratio <= most
    return Row(what, _ms(mine), _ms(theirs), ratio, f"at most {most:g}", met)


def _within(what: str, seconds: float, most: float) -> Row:
    return Row(what, _ms(seconds), "", None, f"below {_ms(most)}", seconds < most)


def _ms(seconds: float) -> str:
    return f"{1000 * seconds:.0f} ms"
