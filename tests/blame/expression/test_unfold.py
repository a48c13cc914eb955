"""Exercises unfolded: every number is the network's own."""

import re

import pytest

from blame import LIBRARY, PRESETS, read_expression
from blame.expression.unfold import MOST_UNFOLDED, can_unfold, unfold, unfolded_text

SMALL = [key for key, entry in LIBRARY.items() if can_unfold(entry.exercise)]
SAME_ORDER = ("macleod-2-2-1", "seed-blame", "hmkcode-2-2-1", "grokking-ch5-in", "nielsen-ch3")


def grouped(exercise):
    """Return the gradient of each number by its name in the expression, the tied ones summed."""
    values, found = exercise.values(), {}
    for name in exercise.numbers():
        array = name.partition("[")[0]
        gradient = values.get(f"d{name}", values.get(f"d_{name}"))
        if gradient is not None:
            own = f"{array}[0]" if array in exercise.tied else name
            found[own] = found.get(own, 0.0) + gradient
    return found


def test_there_is_something_to_unfold():
    assert len(SMALL) >= 20
    assert any(LIBRARY[key].exercise.tied for key in SMALL)
    assert any(LIBRARY[key].exercise.n_samples > 1 for key in SMALL)


@pytest.mark.parametrize("key", SMALL)
def test_an_unfolded_exercise_has_the_networks_values_and_blame(key):
    exercise = LIBRARY[key].exercise
    expression = unfold(exercise)
    values = exercise.values()
    assert float(expression.values["loss"]) == pytest.approx(values["loss"], rel=1e-13)
    # Each quantity has the name that it has everywhere else.
    assert set(exercise.numbers()) & set(expression.values)
    for name, value in values.items():
        if name in expression.values and name != "loss":
            assert float(expression.values[name]) == pytest.approx(value, rel=1e-12)
    blame, truth = expression.gradient(), grouped(exercise)
    assert set(truth) <= set(blame)
    for name, gradient in truth.items():
        assert float(blame[name]) == pytest.approx(gradient, rel=1e-10, abs=1e-13)


@pytest.mark.parametrize("key", SAME_ORDER)
def test_where_sums_have_one_order_it_is_the_same_bit_for_bit(key):
    exercise = LIBRARY[key].exercise
    blame = unfold(exercise).gradient()
    for name, gradient in grouped(exercise).items():
        assert float(blame[name]) == gradient


@pytest.mark.parametrize("key", PRESETS)
def test_presets_unfold(key):
    exercise = PRESETS[key].exercise
    if can_unfold(exercise):
        assert float(unfold(exercise).values["loss"]) == pytest.approx(exercise.values()["loss"])


def test_a_larger_exercise_is_refused():
    with pytest.raises(ValueError, match=f"up to {MOST_UNFOLDED} numbers, got 118"):
        unfolded_text(LIBRARY["cs231n-toy"].exercise)


def test_the_text_reads_back():
    text = unfolded_text(PRESETS["notebook"].exercise)
    assert "z1[0] = x[0] * W1[0, 0] + x[1] * W1[1, 0] + b1[0]" in text
    assert read_expression(text).blame()["W2[0, 0]"] == pytest.approx(5.5)
    # Links sent while the names were written otherwise still say the same.
    old = re.sub(r"\[(\d+)(?:, (\d+))?\]", lambda m: "_" + "_".join(filter(None, m.groups())), text)
    assert read_expression(old).blame()["W2_0_0"] == pytest.approx(5.5)
