"""A changed number is answered by one run, and a still page sends what follows numbers as one."""

import asyncio

import pytest
from streamlit.proto.Code_pb2 import Code
from streamlit.proto.Markdown_pb2 import Markdown

from tests.benchmarks.load.reader import Reader
from tests.benchmarks.load.visits import VISITS, Visit
from tests.browser.server import serve

STILL = (
    "",
    "backward_pass",
    "forward_pass",
    "glossary",
    "gradient_check",
    "knife_edge",
    "relu_gate",
    "teachers",
    "what_if",
)
WORDS = (Markdown, Code)
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
    if visit.page in STILL:
        # One element for all but words, and it goes first.
        wire, *words = answer.elements
        assert [type(each).__name__ for each in words if not isinstance(each, WORDS)] == []
        assert wire.component_name == "blame_wire"
        assert "sheet_part" in answer.told


async def _same_again(url, visit):
    async with Reader(url, visit) as reader:
        await reader.change(0.3)
        return await reader.change(0.3)


@pytest.mark.parametrize("visit", ON_THE_SHEET, ids=lambda visit: visit.page or "home")
def test_words_that_stay_the_same_are_not_sent(server, visit):
    if visit.page in STILL:
        answer = asyncio.run(_same_again(server.url, visit))
        assert [type(each).__name__ for each in answer.elements] == ["BidiComponent"]


async def _drag(url):
    async with Reader(url, Visit("training")) as reader:
        moved = {"name": "b1[0]", "value": 0.4, "number": 1, "rest": True}
        return await reader.say("training_picture__moved", moved), dict(reader._sheet)


def test_a_number_moved_in_the_picture_of_training_is_one_run(server):
    answer, sheet = asyncio.run(_drag(server.url))
    assert answer.runs == 1
    assert sheet["b1[0]"] == "0.4"
