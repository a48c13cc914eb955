"""Many readers of one server at the same time: each sees what follows from its own numbers."""

from __future__ import annotations

import asyncio
import random
import re
from collections import Counter
from contextlib import suppress

from websockets.exceptions import ConnectionClosed

from blame.exercise.presets import NOTEBOOK
from blame.playground.recipe import Recipe, prepare
from pages.shared.words.numbers import full, short
from tests.benchmarks.load.answer import Answer
from tests.benchmarks.load.reader import Reader
from tests.benchmarks.load.visits import Visit
from tests.browser.server import serve
from tests.exercises import changed
from tests.pages.app import BESIDE

TOO_BIG = 1009
"""What a WebSocket is closed with for a message that is too big."""
EACH = 2
"""Readers of each page."""
CHANGES = 7
DIGITS = 9
OWN = re.compile(rf"(?<![\d.])1\.\d{{{DIGITS}}}(?!\d)")
"""How a number that belongs to one reader is written, on every page."""
PLAYED = "data=xor&width_1=3&play_step=60"


def own_numbers() -> list[list[float]]:
    """Return numbers for each reader, so long that no computation comes upon one of them."""
    chance = random.Random("strangers")
    count = EACH * len(BESIDE) * CHANGES
    # The last digit is no 0: it would not be written.
    drawn = [
        round(1 + (10 * k + 7) / 10**DIGITS, DIGITS) for k in chance.sample(range(10**8), count)
    ]
    return [drawn[k : k + CHANGES] for k in range(0, count, CHANGES)]


def expected(page: str, value: float) -> list[str]:
    """Return what a page must say to the reader who has set b1[0], or here the seed, to this."""
    if page == "playground":
        recipe = Recipe(data="xor", hidden=(3,), weights_seed=seed_of(value))
        # Another seed is another run: it begins anew.
        return [f"After 0 steps: loss {short(prepare(recipe).start.losses[0])}**"]
    exercise = changed(NOTEBOOK, b1_0=value)
    loss = float(exercise.backward().loss)
    if page == "training_lab":
        # In a table no number breaks at its minus sign.
        last = short(float(exercise.train().losses[-1])).replace("e-", "e\u2011")
        return [f"| {last} |"]
    if page == "glossary":
        return [f"b1 = [{value}, ", f"`{loss:.10g}`"]
    if page in ("expression", "my_numbers"):
        # Its words are of, or wait for, the reader's own numbers: only the sheet tells these.
        return [f"{value}"]
    if page in ("by_hand", "teachers"):
        return [{"by_hand": f"b1 = np.array([{value}, ", "teachers": f"b1_0={value}"}[page]]
    return [f"Loss {full(loss)}.", f"b1[0] = {value}"]


def seed_of(value: float) -> int:
    """Return a seed of its own for each number: the playground does not show the sidebar's."""
    return int(f"{value:.{DIGITS}f}"[-6:])


class Exact(Reader):
    """A reader who wants every number with all its digits."""

    async def arrive(self) -> Reader:
        """Open the page, and turn the switch before the first change."""
        await super().arrive()
        if "all_digits" in self._inputs:
            self._values[self._inputs["all_digits"][0]] = True
        return self


def said(answer: Answer) -> str:
    """Return all that came, charts and pictures included, as one text."""
    return "\n".join(
        element.SerializeToString().decode("utf-8", errors="replace") for element in answer.elements
    )


async def read(url: str, page: str, values: list[float], seen: Counter[str]) -> list[str]:
    """Change a number again and again; return whatever was not as expected."""
    if page == "playground":
        visit = Visit(page, PLAYED, key="weights_seed")
    else:
        visit = Visit("" if page == "home" else page, key="b1[0]")
    mine, wrong = {str(value) for value in values}, []
    async with Exact(url, visit) as reader:
        for value in values:
            answer = await reader.change(seed_of(value) if page == "playground" else value)
            text = said(answer)
            wrong += [
                f"{page} at {value} does not say {part!r}"
                for part in expected(page, value)
                if part not in text
            ]
            strange = set(OWN.findall(text)) - mine
            wrong += [f"{page} at {value} says {number}" for number in strange & ALL]
            seen[page] += str(value) in text
    return wrong


NUMBERS = own_numbers()
ALL = {str(value) for values in NUMBERS for value in values}


async def crowd(url: str) -> tuple[list[str], Counter[str]]:
    """Let all read at once."""
    seen: Counter[str] = Counter()
    found = await asyncio.gather(
        *(read(url, BESIDE[k % len(BESIDE)], values, seen) for k, values in enumerate(NUMBERS))
    )
    return [said for wrong in found for said in wrong], seen


async def shout(url: str) -> tuple[int, str]:
    """Send far more than any reader has to say; return the server's word and a neighbour's page."""
    async with Reader(url, Visit("", key="b1[0]")) as neighbour:
        reader = await Reader(url, Visit("")).arrive()
        assert reader._connection
        with suppress(ConnectionClosed):
            await reader._connection.send(bytes(6_000_000))
            async with asyncio.timeout(20):
                # What was on its way before comes still.
                while True:
                    await reader._connection.recv()
        return reader._connection.close_code or 0, said(await neighbour.change(1.5))


def test_a_message_too_large_ends_its_own_connection_and_no_other():
    with serve() as server:
        code, neighbour = asyncio.run(shout(server.url))
    assert code == TOO_BIG
    assert "b1[0] = 1.5" in neighbour


def test_readers_at_the_same_time_see_their_own_numbers_alone():
    with serve() as server:
        wrong, seen = asyncio.run(crowd(server.url))
    assert wrong == []
    # Wherever the number is shown it was found, so a stranger's would have been.
    for page in BESIDE:
        if page not in ("playground", "training_lab"):
            assert seen[page] == EACH * CHANGES, page
    assert len(ALL) == EACH * CHANGES * len(BESIDE) > 200
