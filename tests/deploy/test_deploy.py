"""The documented set-up: readers stay with their process, and come back when it is killed."""

from __future__ import annotations

import asyncio
import json
import os
import signal

import pytest

from tests.benchmarks.load.reader import Reader
from tests.benchmarks.load.visits import Visit
from tests.browser.server import ROOT
from tests.deploy.container import DOCKERFILE, steps
from tests.deploy.proxy import nginx, site

READERS = 8
VISITS = [Visit("backward_pass"), Visit("training"), Visit("training_lab"), Visit("by_hand")]


@pytest.fixture(scope="module")
def met():
    """What readers met whose process was killed under them."""
    if nginx() is None:
        pytest.skip("nginx is missing: apt-get install nginx-light")
    with site(2) as running:
        return asyncio.run(_read(running))


async def _read(running):
    readers = [Reader(running.url, VISITS[k % len(VISITS)]) for k in range(READERS)]
    for k, reader in enumerate(readers):
        await reader.arrive()
        await reader.change(round(-0.1 * (k + 1), 1))
    before = [reader.session for reader in readers]
    # Who connects again with the same cookie finds the same process, and so the same session. In
    # another order, for processes that only take turns would look the same.
    for reader in reversed(readers):
        await reader.leave()
        await reader.come_back()
    again = [reader.session for reader in readers]
    os.kill(running.copies[0].pid, signal.SIGKILL)
    moved = []
    for k, reader in enumerate(readers):
        try:
            await reader.change(0.5 + k / 10)
        except Exception as error:
            moved.append((k, type(error).__name__))
            # Raises unless the number on the page is the one set last.
            await reader.come_back()
    answers = [await reader.change(-1 - k / 10) for k, reader in enumerate(readers)]
    for reader in readers:
        await reader.leave()
    return before, again, moved, answers


def test_a_reader_stays_with_the_process_that_knows_them(met):
    before, again, _, _ = met
    assert again == before


def test_both_processes_had_readers_and_those_of_the_killed_one_came_back(met):
    _, _, moved, answers = met
    assert 0 < len(moved) < READERS
    assert {kind for _, kind in moved} <= {"ConnectionClosedError", "ConnectionClosedOK"}
    assert len(answers) == READERS


def test_the_dockerfile_copies_what_the_app_needs_and_nothing_that_is_not_there():
    found = steps(DOCKERFILE.read_text(encoding="utf-8"))
    copied = {rest.split()[0] for word, rest in found if word == "COPY"}
    assert copied == {"requirements.txt", "streamlit_app.py", ".streamlit", "blame", "pages"}
    assert all((ROOT / source).exists() for source in copied)
    start = json.loads(next(rest for word, rest in found if word == "CMD"))
    assert start[:3] == ["streamlit", "run", "streamlit_app.py"]
