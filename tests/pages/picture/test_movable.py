"""Which numbers of the picture a hand may move, and how far."""

import pytest

from blame.exercise.presets import PRESETS
from blame.probe.trace import Trace
from pages.shared.picture.data import picture_data
from pages.shared.words.numbers import Numbers

TRACE = Trace(PRESETS["notebook"].exercise.backward())
TYPED = {
    "x[0]", "x[1]", "W1[0, 0]", "W1[0, 1]", "W1[1, 0]", "W1[1, 1]", "b1[0]", "b1[1]",
    "W2[0, 0]", "W2[1, 0]", "b2[0]", "y_true",
}  # fmt: skip


def items(data):
    columns = [node for column in data["columns"] for node in column]
    found = [item for node in columns for item in [*node["lines"], *node["below"]]]
    return found + [item for edge in data["edges"] for item in edge["items"]]


@pytest.mark.parametrize("view", ["forward", "blame", "both"])
def test_what_was_typed_can_be_moved_and_nothing_that_follows_from_it(view):
    movable = [item for item in items(picture_data(TRACE, view, Numbers())) if "set" in item]
    assert {item["id"] for item in movable} == TYPED
    for item in movable:
        assert item["value"] == TRACE.value(item["id"])
        assert item["low"] < item["value"] < item["high"]


def test_a_picture_that_is_only_shown_lets_nothing_be_moved():
    shown = items(picture_data(TRACE, "both", Numbers(), editable=False))
    assert len(shown) > 30
    assert not any("set" in item for item in shown)


def test_of_what_was_typed_some_alone_may_be_movable():
    for chosen in (("W1[0, 0]",), ("x[0]", "b2[0]"), ()):
        shown = items(picture_data(TRACE, "both", Numbers(), movable=chosen))
        assert {item["set"] for item in shown if "set" in item} == set(chosen)
    # What follows from others is not moved, even where it is chosen.
    shown = items(picture_data(TRACE, "both", Numbers(), movable=("z1[0]", "loss")))
    assert not any("set" in item for item in shown)
