"""What counts as rounding: bounds by hand, wide enough for what rounding does and little wider."""

from fractions import Fraction

import numpy as np
import pytest

from blame import Layer, Network, backward, forward
from blame.probe.gradient_check import Check, check_gradients
from blame.probe.what_if import NudgeCurve, gap_order, nudge_curve, shrinking
from tests.exercises import notebook_with

EPS = 2.0**-52
OPEN = notebook_with(b1_1=0.3)


def curve(losses, *, loss=1.0, slope=0.0, nudges=None):
    nudges = np.linspace(0.1, 1, len(losses)) if nudges is None else np.array(nudges)
    return NudgeCurve("x[0]", 0.0, slope, loss, nudges, np.array(losses), ())


def test_the_noise_of_a_curve_is_eight_roundings_of_its_largest_loss():
    assert curve([3.0, 5.0, 4.0]).noise == 8 * EPS * 5
    assert curve([3.0, 0.0], loss=7.0).noise == 8 * EPS * 7
    assert curve([]).noise == 8 * EPS


def test_the_noise_of_a_curve_covers_what_rounding_did_and_not_a_hundred_times_more():
    nudges = np.linspace(-1.3, 1.7, 400)
    found = nudge_curve(OPEN.backward(), "b2[0]", nudges)
    # y_pred - y_true = 0.65 + nudge: the gap is the nudge squared.
    exact = [float(Fraction(float(nudge)) ** 2) for nudge in nudges]
    off = np.abs(found.gaps - exact).max()
    assert 0 < off <= found.noise <= 100 * off


def test_a_promise_is_the_tangent_and_a_gap_has_no_sign():
    found = curve([9.0, 1.0], loss=4.0, slope=-2.0, nudges=[0.5, -1.0])
    assert found.promises.tolist() == [3, 6]
    assert found.gaps.tolist() == [6, 5]


def powers(order, nudges, scale=1.0):
    return curve([1 + scale * abs(h) ** order for h in nudges], nudges=nudges)


def test_the_order_of_a_gap_is_that_of_its_smallest_nudges():
    nudges = [0.5, 0.25, 0.125, 0.1, 0.05, 0.025, 0.0125, 0.00625]
    for order in (1, 2, 3):
        assert gap_order(powers(order, nudges)) == pytest.approx(order, rel=1e-6)
        assert gap_order(powers(order, [-h for h in nudges[::-1]])) == pytest.approx(order)
    # Of many the five smallest count; what the large nudges do is another story.
    mixed = powers(2, nudges)
    losses = [1e3, 1e2, 1e1, *mixed.losses[3:]]
    assert gap_order(curve(losses, nudges=nudges)) == pytest.approx(2, rel=1e-6)


def test_an_order_takes_three_gaps_a_thousand_times_the_noise():
    nudges, noise = [0.0, 0.4, 0.2, 0.1, 0.05], 8 * EPS
    for third, known in ((1100, True), (900, False)):
        gaps = [0.0, 4000 * noise, 2000 * noise, third * noise, 0.0]
        found = gap_order(curve([1 + gap for gap in gaps], nudges=nudges))
        assert (found is not None) == known
    assert gap_order(powers(2, [0.5, 0.25])) is None
    assert gap_order(powers(2, [0.5, 0.25, 0.125])) == pytest.approx(2)


def test_shrinking_nudges_have_so_many_a_decade():
    assert shrinking(-0.2, 2, 1).tolist() == pytest.approx([-0.2, -0.02, -0.002])
    assert len(shrinking(0.1)) == 25
    assert shrinking(0.1)[[0, 4, -1]].tolist() == pytest.approx([0.1, 0.01, 1e-7])


def by_name(passes, step):
    return {check.name: check for check in check_gradients(passes, step)}


def test_the_noise_of_a_check_by_hand():
    # y_pred = 1.65 and y_true = 1, so the loss is 0.4225 and its slope 1.3. W1[0, 0] = 0.5 moves
    # y_pred one to one: 0.651 squared is the larger loss beside.
    found = by_name(OPEN.backward(), 1e-3)
    carried = 1.3 * (1.65 + 1)
    wanted = 16 * EPS * (0.651**2 + carried + 0.5 * 1.3) / 1e-3
    assert found["W1[0, 0]"].noise == pytest.approx(wanted, rel=1e-9)
    # b1[1] = 0.3 moves it by -1.5: the larger loss lies below.
    wanted = 16 * EPS * (0.6515**2 + carried + 0.3 * 1.95) / 1e-3
    assert found["b1[1]"].noise == pytest.approx(wanted, rel=1e-9)
    assert by_name(OPEN.backward(), 1e-4)["b1[1]"].noise > 9.9 * found["b1[1]"].noise


def test_the_noise_of_a_check_sums_over_outputs():
    network = Network((Layer([[2.0, -3.0]], [0.0, 1.0], "identity"),))
    found = by_name(backward(forward(network, [1.0]), [1.0, 5.0], "half_sse"), 1e-3)
    # Predictions 2 and -2, errors 1 and -7; the loss is 25 and grows as the first output does.
    carried = 1 * (2 + 1) + 7 * (2 + 5)
    largest = (1.001**2 + 49) / 2
    wanted = 16 * EPS * (largest + carried + 2 * 1) / 1e-3
    assert found["W1[0, 0]"].noise == pytest.approx(wanted, rel=1e-9)


@pytest.mark.parametrize("step", [1e-3, 1e-6, 1e-9])
def test_the_noise_of_a_check_covers_what_rounding_did_and_not_a_thousand_times_more(step):
    # Both biases of a straight line under a square: the central quotient has no truncation.
    random = np.random.default_rng(3)
    off, noise = [], []
    for _ in range(40):
        numbers = random.uniform(-2, 2, 4)
        network = Network((Layer(numbers[:2, None], numbers[2:3], "identity"),))
        for check in check_gradients(backward(forward(network, [0.7, -1.1]), numbers[3:]), step):
            off.append(abs(check.central - check.backprop))
            noise.append(check.noise)
    assert (np.array(off) <= noise).all()
    assert max(off) > min(noise) / 1000


def check(backprop, below, above, flipped=(), noise=0.0):
    return Check("b1[0]", backprop, below, above, (below + above) / 2, flipped, noise)


@pytest.mark.parametrize(
    ("found", "verdict", "error"),
    [
        (check(1.0, 1.0, 1.0), "agrees", 0),
        (check(1e6, 1e6 + 0.99, 1e6 + 0.99), "agrees", 0.99e-6),
        (check(1e6, 1e6 + 1.1, 1e6 + 1.1), "differs", 1.1e-6),
        (check(1.0, 1.1, 1.1, noise=0.2), "rounding", 0.1 / 1.1),
        (check(1.0, 1.1, 1.1, noise=0.01), "differs", 0.1 / 1.1),
        (check(-4.0, 4.0, 4.0), "differs", 2),
        (check(-1.0, -2.0, -2.0), "differs", 0.5),
        (check(-2.0, -1.0, -1.0), "differs", 0.5),
        (check(1.0, 1.0, 1.0, ("z1[0]",)), "kink", 0),
        (check(0.0, 0.0, 0.0), "agrees", 0),
        (check(0.0, 1.0, 1.0), "differs", 1),
        (check(2.0, 0.0, 0.0, noise=2.0), "rounding", 1),
    ],
)
def test_the_verdict_of_a_check(found, verdict, error):
    assert found.verdict == verdict
    assert found.relative_error == pytest.approx(error, rel=1e-5)


def test_the_side_is_that_of_the_closer_slope():
    assert check(1.0, 0.0, 1.2).side == "above"
    assert check(1.0, 1.2, 0.0).side == "below"
    assert check(-1.0, -1.5, -0.6).side == "above"
    # Neither is closer: below is said, as the convention takes the shut side.
    assert check(1.0, 0.0, 2.0).side == "below"
