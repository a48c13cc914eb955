"""Gradient checks: verdicts on both sides, one-sided slopes at constructed kinks, error curves."""

import numpy as np
import pytest

from blame import Layer, Network, backward, forward, initialise, numerical_gradient
from blame.exercise.presets import NOTEBOOK
from blame.probe.gradient_check import Check, check_gradients, error_curve
from tests.exercises import notebook_with

OPEN = notebook_with(b1_1=0.3)


def checks(exercise, step=1e-5):
    return {check.name: check for check in check_gradients(exercise.backward(), step)}


def test_a_smooth_place_agrees_and_equals_the_other_quotient():
    found = checks(OPEN)
    assert len(found) == 9
    assert {check.verdict for check in found.values()} == {"agrees"}
    other = numerical_gradient(OPEN.network, OPEN.x, OPEN.target)
    for i in range(2):
        for j in range(2):
            assert found[f"W1[{i}, {j}]"].central == pytest.approx(
                other.weight_gradients[0][i, j], rel=1e-9
            )


def test_at_the_notebooks_kink_the_two_slopes_are_told():
    found = checks(NOTEBOOK, 1e-3)
    for name, slope in (("W1[0, 1]", -3.75), ("W1[1, 1]", -7.5), ("b1[1]", -3.75)):
        check = found[name]
        # Up the gate stays open: from there alone, the quotient is the slope that is taken.
        assert (check.verdict, check.clean) == ("agrees", "above")
        assert check.quotient == check.one_sided == pytest.approx(slope, rel=1e-9)
        assert check.central == pytest.approx(slope / 2, rel=1e-2)
        assert check.flipped == ("z1[1]",)
        assert check.below == pytest.approx(0, abs=1e-12)
        assert check.above == pytest.approx(slope, rel=1e-2)
        assert check.side == "above"
    assert found["W1[0, 0]"].verdict == "agrees"
    # On a kink from which the convention takes the shut side.
    shut = checks(notebook_with(W1_0_1=0, W1_1_1=0, b1_1=0), 1e-3)["b1[1]"]
    assert (shut.verdict, shut.clean, shut.side, shut.backprop) == ("agrees", "below", "below", 0)
    # A gradient that rounding made is 0 on paper, and so is its quotient.
    assert 0 < found["W2[1, 0]"].backprop < 1e-16
    assert {check.verdict for check in found.values()} == {"agrees"}
    # The same place, seen with a step too small to reach the kink.
    assert checks(notebook_with(b1_1=-0.1 + 1e-4), 1e-5)["b1[1]"].verdict == "agrees"
    beside = checks(notebook_with(b1_1=-0.1 + 1e-4), 1e-3)["b1[1]"]
    assert (beside.verdict, beside.clean) == ("agrees", "above")


def test_a_wrong_gradient_is_found_from_one_side_too():
    wrong = Check("b1[1]", -3.0, 0.0, -3.75, -1.875, ("z1[1]",), 1e-12, "above", -3.75)
    assert wrong.verdict == "differs"
    assert wrong.relative_error == pytest.approx(0.2)


def test_where_gates_flip_on_both_sides_nothing_is_proved():
    # z1 is 0.05 on both samples, 1 and -1: W1 moved either way by 0.1 shuts the gate of one.
    network = Network((Layer([[0.0]], [0.05], "relu"), Layer([[1.0]], [0.0])))
    passes = backward(forward(network, [[1.0], [-1.0]]), [[1.0], [0.0]])
    (check, *_) = check_gradients(passes, 0.1)
    assert (check.name, check.verdict, check.clean) == ("W1[0, 0]", "kink", "")


def test_a_tiny_step_is_lost_in_rounding_and_a_wrong_gradient_is_found():
    verdicts = {check.verdict for check in checks(OPEN, 1e-15).values()}
    assert verdicts <= {"rounding", "agrees"}
    assert "rounding" in verdicts
    wrong = Check("W1[0, 0]", 1.3, 1.29, 1.31, 1.31, (), 1e-9)
    assert wrong.verdict == "differs"
    assert wrong.relative_error == pytest.approx(0.01 / 1.31)
    assert Check("b1[0]", 0, 0, 0, 0, (), 0).verdict == "agrees"


def test_errors_fall_with_the_step_and_rise_again():
    steps = 10.0 ** -np.arange(1, 16)
    curve = error_curve(OPEN.backward(), "W1[1, 0]", steps)
    # L is a parabola in any one weight: the one-sided error is h L'' / 2 over the slope, 4 h / 2.6,
    # and the central quotient has no truncation at all.
    up = 2.6 + 4 * steps[:5]
    assert curve.one_sided[:5] == pytest.approx(4 * steps[:5] / up, rel=1e-3)
    assert curve.central[:4].max() < 1e-11
    assert curve.central[-1] > 1e-4
    assert curve.one_sided[7:].min() < curve.one_sided[0] / 1e5
    assert curve.one_sided[-1] > 1e-4


@pytest.mark.parametrize("seed", range(5))
def test_deeper_networks_are_checked_too(seed):
    network = initialise((3, 5, 4, 2), seed, activation="tanh")
    generator = np.random.default_rng(seed)
    passes = backward(forward(network, generator.normal(size=3)), generator.normal(size=2), "mse")
    found = check_gradients(passes, 1e-5)
    assert len(found) == 3 * 5 + 5 + 5 * 4 + 4 + 4 * 2 + 2
    assert {check.verdict for check in found} <= {"agrees", "rounding"}


def test_a_step_that_is_none_is_refused():
    for step in (0.0, -1e-3, float("nan"), float("inf")):
        with pytest.raises(ValueError, match="positive finite"):
            check_gradients(OPEN.backward(), step)
    with pytest.raises(ValueError, match="there is no number"):
        error_curve(OPEN.backward(), "W9[0, 0]", [1e-3])
