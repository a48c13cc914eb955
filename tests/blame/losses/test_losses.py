"""Each loss on several samples and outputs, against fractions and sums written out."""

import math
from fractions import Fraction

import numpy as np
import pytest

from blame import LOSSES, Layer, Network, backward, forward
from blame.losses import check_domain

PREDICTION = [[0.25, 0.5, 0.875], [0.75, 0.125, 0.5]]
TARGET = [[0.0, 1.0, 0.25], [1.0, 0.0, 0.5]]
PAIRS = [
    (Fraction(p), Fraction(t))
    for row, wanted in zip(PREDICTION, TARGET, strict=True)
    for p, t in zip(row, wanted, strict=True)
]


def cost(p, t):
    """The binary cross-entropy of one entry; a side that is not asked for costs nothing."""
    return -(t * math.log(p) if t else 0) - ((1 - t) * math.log(1 - p) if t != 1 else 0)


def slope(p, t):
    """d/dp of -t ln p - (1 - t) ln(1 - p)."""
    return (-t / p if t else 0) + ((1 - t) / (1 - p) if t != 1 else 0)


def surprise(p, t):
    """What one entry of a cross-entropy of shares costs."""
    return -(t * math.log(p)) if t else 0


VALUES = {
    "mse": sum((p - t) ** 2 for p, t in PAIRS) / 6,
    "half_sse": sum((p - t) ** 2 for p, t in PAIRS) / 2,
    "sse": sum((p - t) ** 2 for p, t in PAIRS),
    "bce": sum(cost(float(p), float(t)) for p, t in PAIRS) / 6,
    "bce_sum": sum(cost(float(p), float(t)) for p, t in PAIRS),
    # The mean over the two samples, not over the six entries.
    "cross_entropy": sum(surprise(float(p), float(t)) for p, t in PAIRS) / 2,
    "cross_entropy_sum": sum(surprise(float(p), float(t)) for p, t in PAIRS),
    "output": sum(p for p, _ in PAIRS),
}
SLOPES = {
    "mse": [2 * (p - t) / 6 for p, t in PAIRS],
    "half_sse": [p - t for p, t in PAIRS],
    "sse": [2 * (p - t) for p, t in PAIRS],
    "bce": [slope(p, t) / 6 for p, t in PAIRS],
    "bce_sum": [slope(p, t) for p, t in PAIRS],
    "cross_entropy": [-t / p / 2 for p, t in PAIRS],
    "cross_entropy_sum": [-t / p for p, t in PAIRS],
    "output": [1 for _ in PAIRS],
}


@pytest.mark.parametrize("name", VALUES)
def test_a_loss_of_two_samples_and_three_outputs_by_fractions(name):
    loss, prediction, target = LOSSES[name], np.array(PREDICTION), np.array(TARGET)
    assert float(loss.value(prediction, target)) == pytest.approx(float(VALUES[name]), rel=1e-14)
    found = loss.gradient(prediction, target)
    assert found.shape == (2, 3)
    assert found.ravel() == pytest.approx([float(s) for s in SLOPES[name]], rel=1e-14)


@pytest.mark.parametrize("name", VALUES)
def test_a_stack_has_a_loss_for_each_member(name):
    stack = np.array([PREDICTION, TARGET])
    # As in `backward`: ln 0 is taken, and then not used.
    with np.errstate(all="ignore"):
        found = LOSSES[name].value(stack, np.array([TARGET, TARGET]))
    assert found.shape == (2,)
    assert found[0] == pytest.approx(float(VALUES[name]), rel=1e-14)
    # The targets of 0.25 and 0.5 cost something even when met: their entropy.
    left = -(0.25 * math.log(0.25) + 0.75 * math.log(0.75) - math.log(2))
    shares = -0.25 * math.log(0.25) - 0.5 * math.log(0.5)
    lowest = {
        "bce": left / 6,
        "bce_sum": left,
        "cross_entropy": shares / 2,
        "cross_entropy_sum": shares,
        "output": sum(map(sum, TARGET)),
    }
    assert found[1] == pytest.approx(lowest.get(name, 0), rel=1e-13)


def test_through_a_sigmoid_the_gradients_are_those_of_the_prediction():
    z = [[-1.5, 0.0, 2.0], [0.75, -3.0, 0.5]]
    network = Network((Layer(np.eye(3), np.zeros(3), "sigmoid"),))
    back = backward(forward(network, z), TARGET, "bce")
    guesses = [1 / (1 + math.exp(-v)) for row in z for v in row]
    pairs = [(p, float(t)) for p, (_, t) in zip(guesses, PAIRS, strict=True)]
    assert float(back.loss) == pytest.approx(sum(cost(p, t) for p, t in pairs) / 6, rel=1e-13)
    assert back.activation_gradients[0].ravel() == pytest.approx(
        [slope(p, t) / 6 for p, t in pairs], rel=1e-13
    )
    assert back.deltas[0].ravel() == pytest.approx([(p - t) / 6 for p, t in pairs], rel=1e-13)


def test_the_edges_of_a_domain_are_in_it():
    check_domain(LOSSES["bce"], "target", np.array([0.0, 1.0]))
    for outside in (-1e-9, 1 + 1e-9):
        with pytest.raises(ValueError, match="bce needs every target between 0 and 1"):
            check_domain(LOSSES["bce"], "target", np.array([0.5, outside]))
    check_domain(LOSSES["mse"], "target", np.array([-1e300, 1e300]))


def test_a_certain_and_right_prediction_has_a_gradient_that_is_a_number():
    # 1 / s(z) is 1 there; the side that is not asked for, e^800, is no float.
    network = Network((Layer([[1.0]], [0.0], "sigmoid"),))
    for z, target, wanted in ((800.0, 1.0, -1.0), (-800.0, 0.0, 1.0)):
        back = backward(forward(network, [z]), [target], "bce")
        assert back.activation_gradients[0].item() == wanted
