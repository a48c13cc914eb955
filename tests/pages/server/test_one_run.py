"""A changed number is answered by one run, and a still page sends only what follows numbers."""

import asyncio

import pytest
from streamlit.proto.ButtonGroup_pb2 import ButtonGroup
from streamlit.proto.Heading_pb2 import Heading

from tests.benchmarks.load.reader import Reader
from tests.benchmarks.load.visits import VISITS
from tests.browser.server import serve

STILL = ("", "backward_pass", "forward_pass", "relu_gate", "what_if")
ON_THE_SHEET = [visit for visit in VISITS if visit.key == "b1[0]"]


@pytest.fixture(scope="module")
def server():
    with serve() as running:
        yield running


async def _change(url, visit):
    async with Reader(url, visit) as reader:
        await reader.change(0.3)
        return await reader.change(0.4), dict(reader._sheet)


@pytest.mark.parametrize("visit", ON_THE_SHEET, ids=lambda visit: visit.page or "home")
def test_a_changed_number_is_answered_by_one_run(server, visit):
    answer, sheet = asyncio.run(_change(server.url, visit))
    assert answer.runs == 1
    assert sheet["b1[0]"] == "0.4"
    chosen = [element for element in answer.elements if isinstance(element, ButtonGroup)]
    headings = [element.body for element in answer.elements if isinstance(element, Heading)]
    if visit.page in STILL:
        assert chosen == []
        assert headings in ([], ["What to notice"])
