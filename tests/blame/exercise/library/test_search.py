"""Exercises are found by words, shape, activation and loss."""

from dataclasses import replace

import pytest

from blame.exercise.library.library import LIBRARY
from blame.exercise.library.search import search


def keys(*asked, **more):
    return [entry.key for entry in search(*asked, **more)]


def test_nothing_asked_finds_all_in_order():
    assert keys() == list(LIBRARY) == keys("  ")
    assert keys()[0] == "mazur"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("mattmazur", ["mazur"]),
        ("MAZUR step", ["mazur"]),
        ("step mazur rainbow", []),
        ("w1 to w8", ["mazur"]),
        ("kukiela", ["sentdex-neuron"]),
        ("2-4-1 tanh", ["dlai-week3"]),
        ("2\N{EN DASH}4\N{EN DASH}1", ["dlai-week3"]),
        ("momentum", ["mitchell-4-7"]),
        ("softplus", ["statquest-softplus"]),
        ("xor trask", ["iamtrask-11-lines-b"]),
    ],
)
def test_every_word_must_stand_somewhere_in_the_entry(text, found):
    assert keys(text) == found


def test_shape_activation_and_loss_narrow_it():
    assert keys(shape=(2, 2, 2)) == ["mazur"]
    assert keys(shape=[1, 1, 2, 1]) == ["mse3048198"]
    assert keys(activation="softmax") == [
        "cs763-softmax",
        "postnetwork-softmax",
        "cs231n-toy",
        "jay-3-3-3-3",
    ]
    assert keys(loss="output") == ["karpathy-neuron", "sentdex-neuron", "mse3048198"]
    assert keys("nets", shape=(2, 2, 2), loss="mse") == []
    assert keys("hidden", shape=(2, 2, 1), activation="sigmoid", loss="half_sse") == [
        "macleod-2-2-1"
    ]


def test_other_entries_can_be_searched():
    some = [LIBRARY["mazur"], LIBRARY["nielsen-ch3"]]
    assert search("sigmoid", entries=some) == some
    assert search("slowly", entries=some) == some[1:]


def test_one_more_entry_is_found_like_the_others(monkeypatch):
    entry = replace(LIBRARY["mazur"], key="rainbow", title="Under the rainbow")
    monkeypatch.setitem(LIBRARY, "rainbow", entry)
    assert search("rainbow") == [entry]
    assert keys(shape=(2, 2, 2)) == ["mazur", "rainbow"]
