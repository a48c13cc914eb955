"""Difference quotients against polynomials of a stack, several samples and outputs."""

import numpy as np
import pytest

from blame import Layer, Network, numerical_gradient

X = [[1.0, 3.0], [2.0, -1.0]]
TARGET = [[0.0, 1.0], [2.0, -2.0]]


def by_hand(W, b):
    """The gradient of the mean of four squares of a linear layer, entry by entry."""
    dW, db = np.zeros((2, 2)), np.zeros(2)
    for x, target in zip(X, TARGET, strict=True):
        for j in range(2):
            error = sum(x[i] * W[i][j] for i in range(2)) + b[j] - target[j]
            db[j] += 2 * error / 4
            for i in range(2):
                dW[i, j] += 2 * error * x[i] / 4
    return dW, db


@pytest.mark.parametrize("step", [1e-5, 0.5, 2.0])
def test_a_parabola_has_its_slope_whatever_the_step(step):
    W, b = [[0.5, -1.0], [2.0, 0.25]], [0.125, -3.0]
    found = numerical_gradient(Network((Layer(W, b),)), X, TARGET, "mse", step)
    dW, db = by_hand(W, b)
    np.testing.assert_allclose(found.weight_gradients[0], dW, rtol=1e-8)
    np.testing.assert_allclose(found.bias_gradients[0], db, rtol=1e-8)


def test_a_stack_is_differenced_member_by_member():
    W = np.arange(24.0).reshape(2, 3, 2, 2) / 8 - 1
    b = np.array([[0.5, -0.5]] * 3)
    found = numerical_gradient(Network((Layer(W, b),)), X, TARGET)
    assert found.weight_gradients[0].shape == (2, 3, 2, 2)
    for m in np.ndindex(2, 3):
        dW, db = by_hand(W[m], b[m[1]])
        np.testing.assert_allclose(found.weight_gradients[0][m], dW, rtol=1e-7)
        np.testing.assert_allclose(found.bias_gradients[0][m], db, rtol=1e-7)


def test_the_quotient_is_central():
    # L = w^4 for y = w2 w1 with both tied by hand: (f(p + h) - f(p - h)) / 2h of a cubic is off by
    # h squared, a one-sided one by h. y = relu(w) on its kink mixes both sides half and half.
    network = Network((Layer([[0.0]], [0.0], "relu"), Layer([[1.0]], [0.0])))
    found = numerical_gradient(network, [1.0], [-1.0], "half_sse", 1e-3)
    # Above, (1 + h)^2 / 2; below, 1 / 2.
    assert found.weight_gradients[0][0, 0] == pytest.approx((1e-3 + 1e-6 / 2) / 2e-3, rel=1e-9)


@pytest.mark.parametrize("step", [0.0, -1e-5, float("inf"), float("nan")])
def test_a_step_is_a_positive_number(step):
    with pytest.raises(ValueError, match="step must be a positive finite number"):
        numerical_gradient(Network((Layer([[1.0]], [0.0]),)), [1.0], [1.0], step=step)
