"""What a film says in fewer bytes: it comes back as it was, and is worth it."""

from __future__ import annotations

import json
import random
import zlib

import numpy as np
import pytest

from pages.shared.charts.packed import LONG, MANY, Shared, between
from tests.pages.live.test_film import as_it_was

CHANCE = random.Random("packed")
UP, ACROSS = np.meshgrid(np.linspace(-3, 3, 51), np.linspace(-2, 2, 51))
PLANE = np.round(np.tanh(np.sin(2 * UP) * ACROSS + 0.3 * UP**2 - ACROSS), 4).tolist()


@pytest.mark.parametrize(
    "told",
    [
        PLANE,
        [[None if value < 0 else value for value in row] for row in PLANE],
        [round(CHANCE.uniform(-900, 900), 6) for _ in range(MANY)],
        [None] * MANY,
        [-2147.0] * MANY,
        {"a": [{"z": PLANE, "x": [1, 2]}, {"z": PLANE[:3]}], "b": "c"},
    ],
    ids=["map", "with holes", "row", "nothing", "one", "within"],
)
def test_numbers_come_back_as_they_were(told):
    sent, shared = as_sent(told)
    assert as_it_was(sent, None, shared) == told
    assert len(json.dumps([sent, shared])) < 1.2 * len(json.dumps(told)) + 100


def as_sent(told):
    """Return what is told in fewer bytes, and what is shared, both as the browser reads them."""
    shared = Shared()
    sent = json.loads(json.dumps(shared.shrunk(told)))
    return sent, [as_it_was(json.loads(text), None) for text in shared.texts]


def test_what_stands_in_many_places_is_sent_once():
    other = [[round(value + 1, 4) for value in row] for row in PLANE]
    row = [k / 7 for k in range(LONG)]
    told = [{"z": PLANE, "x": row}, {"z": other, "x": row}, {"z": PLANE, "x": row[::-1]}]
    sent, shared = as_sent(told)
    assert as_it_was(sent, None, shared) == told
    assert shared == [PLANE, row, other, row[::-1]]
    # What is short, or no row, stands where it is.
    assert as_sent([{"x": [1.5, 2.5], "y": "z" * LONG}]) == (
        [{"x": [1.5, 2.5], "y": "z" * LONG}],
        [],
    )


def test_a_map_is_sent_in_few_bytes():
    shared = Shared()
    shared.shrunk(PLANE)
    told, sent = (zlib.compress(text.encode()) for text in (json.dumps(PLANE), *shared.texts))
    assert len(sent) < 0.6 * len(told)


@pytest.mark.parametrize(
    "told",
    [
        [CHANCE.random() for _ in range(MANY)],
        [float("inf"), *[0.5] * MANY],
        [1e9 + 0.5] * MANY,
        list(range(MANY)),
        ["a"] * MANY,
        [0.5] * (MANY - 1),
        [True] * MANY,
        [],
    ],
    ids=["all digits", "infinite", "large", "whole", "texts", "few", "truths", "empty"],
)
def test_what_cannot_be_sent_so_stays(told):
    shared = Shared()
    sent = shared.shrunk(told)
    rows = [json.loads(text) for text in shared.texts]
    assert as_it_was(sent, None, rows) == told
    assert not any("$numbers" in row for row in rows)


def test_a_row_is_told_by_what_lies_between_what_is_the_same():
    rest = [k / 7 for k in range(40)]
    for told in ([*rest, 9.0], rest[:30], [*rest[:10], 5.0, *rest[10:]], [*rest[:-1], 8.0, 9.0]):
        sent = between(rest, told)
        assert sent is not None
        assert len(sent["told"]) <= 2
        assert as_it_was(sent, rest) == told
    assert between([1, 2], [1]) is None
    assert between(rest, [9.0] * 40) is None
    one, two = {"a": 1}, {"b": 2}
    assert as_it_was(between([one, two], [two]), [one, two]) == [two]
    # Where all that is told stands there twice, nothing is counted twice.
    assert as_it_was(between([0.5] * 20, [0.5] * 30), [0.5] * 20) == [0.5] * 30
