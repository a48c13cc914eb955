"""The words of the landscape against runs and gates counted by hand."""

import pytest

from blame import PRESETS
from blame.exercise.build import blank
from blame.exercise.presets import drawn
from blame.probe.landscape import landscape
from blame.training import pass_at
from pages.shared.words.lab.landscape import notes
from tests.pages.words.reading import read, run_by_hand

SHUT = PRESETS["gate_shut"].exercise
HISTORY = SHUT.train()
WIDE, NARROW = [-5.0, 0.0, 5.0], [0.45, 0.5, 0.55]
ARROW = "The arrow is the negative gradient of these two; only its direction counts."
NONE = "There is no arrow: no blame reaches these two."
LINE = "Where a dashed gate line is crossed, the slope changes at once."


def told(first="W1[1, 0]", second="W2[0, 0]", across=WIDE, up=WIDE, step=0, roof=None):
    found = landscape(pass_at(HISTORY, step), first, second, across, up)
    return " ".join(notes(found, HISTORY, step, roof))


@pytest.mark.parametrize("step", [0, 3])
def test_the_step_of_the_slice_and_its_ring_are_told(step):
    text = told(step=step)
    held, ring = (
        read(pattern, text)[0]
        for pattern in ("are as they are at step #.", "is the run, the ring its step #;")
    )
    assert held == ring == step
    assert "A slice: the other seven parameters" in text
    assert sum(value.size for value in HISTORY.at(0).parameters().values()) - 2 == 7


def test_points_off_the_map_are_counted():
    hand = run_by_hand(SHUT)
    inside = sum(
        0.45 <= passes["W1[1, 0]"] <= 0.55 and 0.7 <= passes["W2[0, 0]"] <= 0.9 for passes in hand
    )
    text = told(across=NARROW, up=[0.7, 0.9])
    points, on_map = read("Of # points of the run # are on the map.", text)
    assert (points, on_map) == (len(hand), inside)
    all_inside = [-10.0, 10.0]
    assert "points of the run" not in told(across=all_inside, up=all_inside)


def test_all_points_but_one_are_still_counted():
    hand = run_by_hand(SHUT)
    values = [passes["W1[1, 0]"] for passes in hand]
    assert values[0] == max(values) > max(values[1:]) + 1e-6
    text = told(across=[-5.0, values[0] - 1e-9], up=[-10.0, 10.0])
    assert read("Of # points of the run # are on the map.", text) == [51, 50]


def test_the_arrow_is_there_where_blame_reaches_one_of_the_two():
    hand = run_by_hand(SHUT)[0]
    assert hand["dW1[1, 0]"] != 0 == hand["dW1[1, 1]"] == hand["dW2[1, 0]"]
    for second, arrow in (("W2[0, 0]", True), ("W1[1, 1]", True)):
        assert (ARROW in told(second=second)) == arrow
    text = told("W1[1, 1]", "W2[1, 0]")
    assert NONE in text
    assert ARROW not in text
    assert NONE not in told()


def test_a_gate_line_is_told_where_one_crosses_the_map():
    # z1[0] = 0.6 + 2 W1[1, 0] crosses 0 at -0.3.
    assert LINE in told(across=[-1.0, 1.0])
    assert LINE not in told(across=[0.0, 1.0])


def test_gates_that_are_in_the_key_and_flip_nowhere_on_the_map_are_named():
    # Neither of the two moves z1[1]; along the biases both gates flip.
    assert "z1[1] flips nowhere on this map." in told(across=[-1.0, 1.0])
    assert "z1[0] and z1[1] flip nowhere on this map." in told(across=[0.0, 1.0])
    assert "nowhere" not in told("b1[0]", "b1[1]")
    assert "nowhere" not in told(across=[0.0, 1.0], roof=3.0)
    # The key of many shows those alone that flip.
    many = drawn(blank((1, 7, 1), units=("relu", "identity")), 1)
    sides = [-1e-3, 1e-3]
    found = landscape(many.backward(), "W2[0, 0]", "W2[1, 0]", sides, sides)
    assert len(found.gates) == 7
    assert "nowhere" not in " ".join(notes(found, many.train(), 0, None))


def test_a_surface_tells_where_it_is_cut_and_has_neither_arrow_nor_lines():
    text = told(roof=12.345)
    assert read("The surface is cut off above a loss of #.", text) == [12.3]
    assert ARROW not in text
    assert NONE not in text
    assert LINE not in text
    assert "cut off" not in told()
    assert "Of 51 points" in told(across=NARROW, roof=3.0)
