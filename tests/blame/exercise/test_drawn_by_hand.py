"""Numbers drawn to be worked with on paper are small, and show both sides of a gate."""

import pytest

from blame.exercise.presets import NOTEBOOK, drawn
from tests.blame.practise.slips.shapes import SHAPES


@pytest.mark.parametrize("seed", range(40))
def test_inputs_are_small_whole_numbers_and_gates_go_both_ways(seed):
    exercise = drawn(NOTEBOOK, seed, by_hand=True)
    values = exercise.numbers()
    assert all(values[f"x[{i}]"] in {-3, -2, -1, 1, 2, 3} for i in (0, 1))
    assert all(values[name] != 0 for name in values if name.startswith("W"))
    assert all(abs(values[name]) <= 1.5 for name in values if name[0] in "Wb")
    gates = [exercise.values()[f"z1[{j}]"] > 0 for j in (0, 1)]
    assert sorted(gates) == [False, True]


def test_another_draw_is_as_it_was_and_other_shapes_can_be_drawn():
    assert drawn(NOTEBOOK, 1) != drawn(NOTEBOOK, 1, by_hand=True)
    for exercise in SHAPES.values():
        inputs = drawn(exercise, 3, by_hand=True).x
        assert ((abs(inputs) >= 1) & (abs(inputs) <= 3)).all()
