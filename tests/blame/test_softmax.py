"""Shares: their slopes by exact fractions, their tails, and where they may stand."""

import math
from fractions import Fraction

import numpy as np
import pytest

from blame import ACTIVATIONS, Layer, Network, backward, forward
from blame.activations import Activation, Joint, units

# Logarithms of whole numbers: the shares are fractions.
PARTS = [1, 2, 5]
Z = np.log(PARTS)
SHARES = [Fraction(part, sum(PARTS)) for part in PARTS]
EYE = Network((Layer(np.eye(3), None, "softmax"),))


def jacobian():
    return [[SHARES[i] * ((i == j) - SHARES[j]) for j in range(3)] for i in range(3)]


def test_values_and_slopes_are_the_fractions():
    softmax = ACTIVATIONS["softmax"]
    assert softmax.value(Z) == pytest.approx([float(p) for p in SHARES], rel=1e-15)
    assert softmax.derivative(Z) == pytest.approx([float(p * (1 - p)) for p in SHARES], rel=1e-15)
    wanted = np.array(jacobian(), dtype=float)
    np.testing.assert_allclose(softmax.jacobian(Z), wanted, rtol=1e-15)
    both = softmax.jacobian(np.array([Z, Z[::-1]]))
    np.testing.assert_allclose(both, [wanted, wanted[::-1, ::-1]], rtol=1e-15)


def test_an_elementwise_jacobian_is_its_slopes_on_the_diagonal():
    assert ACTIVATIONS["relu"].jacobian(np.array([2.0, -1.0])).tolist() == [[1, 0], [0, 0]]


@pytest.mark.parametrize("loss", ["mse", "half_sse", "sse"])
def test_under_a_squared_error_the_whole_jacobian_counts(loss):
    target = [Fraction(1, 4), Fraction(0), Fraction(1)]
    scale = {"mse": Fraction(2, 3), "half_sse": 1, "sse": 2}[loss]
    upstream = [scale * (p - t) for p, t in zip(SHARES, target, strict=True)]
    delta = [sum(u * row[j] for u, row in zip(upstream, jacobian(), strict=True)) for j in range(3)]
    back = backward(forward(EYE, Z), [float(t) for t in target], loss)
    assert back.deltas[0][0] == pytest.approx([float(d) for d in delta], rel=1e-14)
    # The diagonal alone, which is all the local gradients hold, gives something else.
    short = [float(u * row[j]) for j, (u, row) in enumerate(zip(upstream, jacobian(), strict=True))]
    assert not np.allclose(back.deltas[0][0], short, rtol=0.1)
    np.testing.assert_allclose(back.local_gradients[0][0], [float(p * (1 - p)) for p in SHARES])


@pytest.mark.parametrize("target", [[0, 0, 1], [0.25, 0.5, 0.25], [1, 1, 0.5], [0, 0, 0]])
def test_cross_entropy_sends_back_the_share_minus_the_target(target):
    back = backward(forward(EYE, Z), np.array(target, float), "cross_entropy_sum")
    goal = [Fraction(t) for t in target]
    wanted = [p * sum(goal) - t for p, t in zip(SHARES, goal, strict=True)]
    assert back.deltas[0][0] == pytest.approx([float(w) for w in wanted], rel=1e-14, abs=1e-17)
    cost = -sum(t * math.log(p) for t, p in zip(target, SHARES, strict=True))
    assert float(back.loss) == pytest.approx(cost, rel=1e-14)


def test_the_mean_is_over_samples_and_not_over_outputs():
    x, target = np.array([Z, Z[::-1]]), [0, 1]
    mean = backward(forward(EYE, x), target, "cross_entropy")
    total = backward(forward(EYE, x), target, "cross_entropy_sum")
    assert float(mean.loss) == pytest.approx(float(total.loss) / 2, rel=1e-15)
    np.testing.assert_allclose(mean.deltas[0], total.deltas[0] / 2, rtol=1e-15)


def test_nothing_is_lost_in_the_tails():
    # e^-50 beside 1, and e^-2000, which no float holds.
    back = backward(forward(EYE, [50.0, 0.0, -1950.0]), 0, "cross_entropy_sum")
    small = math.exp(-50)
    assert float(back.loss) == pytest.approx(small, rel=1e-14)
    assert back.deltas[0][0] == pytest.approx([-small, small, 0], rel=1e-14)
    assert back.local_gradients[0][0] == pytest.approx([small, small, 0], rel=1e-14)
    wrong = backward(forward(EYE, [0.0, -800.0, 0.0]), 1, "cross_entropy_sum")
    assert float(wrong.loss) == pytest.approx(800 + math.log(2), rel=1e-15)
    assert wrong.deltas[0][0].tolist() == [0.5, -1, 0.5]


@pytest.mark.parametrize("width", [1, 2, 7, 8, 9, 16])
@pytest.mark.parametrize("loss", ["mse", "cross_entropy"])
def test_a_stack_is_its_members_bit_for_bit_at_every_width(width, loss):
    generator = np.random.default_rng(width)
    weights, x = generator.normal(size=(5, 3, width)), generator.normal(size=(4, 3))
    target = generator.uniform(size=(4, width))
    stack = backward(forward(Network((Layer(weights, None, "softmax"),)), x), target, loss)
    for m in range(5):
        alone = backward(forward(Network((Layer(weights[m], None, "softmax"),)), x), target, loss)
        assert np.array_equal(stack.forward_pass.prediction[m], alone.forward_pass.prediction)
        assert np.array_equal(stack.deltas[0][m], alone.deltas[0])
        assert np.array_equal(stack.local_gradients[0][m], alone.local_gradients[0])
        assert stack.loss[m] == alone.loss


def test_it_stands_in_the_last_layer_only():
    assert "softmax" not in units()
    with pytest.raises(
        ValueError,
        match="layer 1 has the activation softmax, which only the last layer may have; "
        "choose from relu, leaky_relu, ",
    ):
        Network((Layer(np.eye(2), None, "softmax"), Layer(np.eye(2), None)))


def test_a_joint_activation_of_ones_own_is_one_entry():
    # Each output is the sum of all z: the Jacobian is 1 everywhere.
    def total(z):
        return np.broadcast_to(z.sum(-1, keepdims=True), z.shape).copy()

    own = Activation("total", total, np.ones_like, "", joint=Joint(lambda z, u: total(u)))
    back = backward(forward(Network((Layer(np.eye(2), None, own),)), [1.0, 2.0]), [0, 1], "sse")
    assert back.forward_pass.prediction.tolist() == [[3, 3]]
    assert back.deltas[0].tolist() == [[10, 10]]
    with pytest.raises(ValueError, match="total works on a whole layer at once"):
        Activation("total", total, np.ones_like, "", (0.0,), second_derivative=np.zeros_like,
                   joint=own.joint)  # fmt: skip
