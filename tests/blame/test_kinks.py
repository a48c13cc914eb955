"""The rounding bound by hand, and kinks told just inside and just outside of it."""

import numpy as np
import pytest

from blame import Layer, Network, forward
from blame.kinks import on_the_kink, rounding_bound

UNIT = 2.0**-53


def test_the_bound_is_that_of_the_book():
    # gamma_m = m u / (1 - m u) with m = n + 3 roundings, times |x| |W| + |b|; Higham, section 3.1.
    inputs = np.array([[1.0, -2.0], [0.0, 0.0]])
    weights = np.array([[-0.5, 4.0], [0.25, -1.0]])
    bias = np.array([-0.125, 3.0])
    sizes = [[0.5 + 0.5 + 0.125, 4 + 2 + 3], [0.125, 3]]
    gamma = 5 * UNIT / (1 - 5 * UNIT)
    np.testing.assert_allclose(
        rounding_bound(inputs, weights, bias), gamma * np.array(sizes), rtol=1e-15
    )
    wide = rounding_bound(np.ones((1, 9)), np.ones((9, 1)), np.zeros(1))
    assert wide[0, 0] == pytest.approx(12 * UNIT * 9, rel=1e-12)


def test_the_bound_knows_its_floats():
    single = [np.array(v, np.float32) for v in ([[1.0]], [[1.0]], [1.0])]
    assert rounding_bound(*single)[0, 0] == pytest.approx(4 * 2.0**-24 * 2, rel=1e-6)
    half = rounding_bound(np.ones((1, 1)), np.ones((1, 1)), np.ones(1))[0, 0]
    # The denominator is there, and above 1 / (1 - m u) nothing else is.
    assert half / (8 * UNIT) - 1 == pytest.approx(4 * UNIT, abs=UNIT)


@pytest.mark.parametrize("activation", ["relu", "leaky_relu"])
@pytest.mark.parametrize("side", [1, -1])
def test_a_pre_activation_within_the_bound_is_on_the_kink_and_one_beyond_is_not(activation, side):
    # z = 1 - 1 + off exactly, its bound is 4 u (1 + 1) = 8 u, of which the bias brings half.
    network = Network((Layer([[1.0, 1.0, 1.0]], [0.0] * 3, activation),))
    off = np.array([6, 0, 10]) * UNIT * side
    passes = forward(network.with_parameters(b1=off - 1), [[1.0], [2.0]])
    assert passes.z[0][0].tolist() == off.tolist()
    assert on_the_kink(passes)[0].tolist() == [[True, True, False], [False] * 3]


def test_each_layer_is_measured_by_what_comes_into_it():
    # x is tiny and a1 is 1: the bound of layer 2 is that of 1 - 1, not that of x.
    layers = (
        Layer([[1.0]], [1.0], "relu"),
        Layer([[1.0]], [-1.0 + 6 * UNIT], "relu"),
        Layer([[1.0]], [0.0], "identity"),
    )
    found = on_the_kink(forward(Network(layers), [2.0**-60]))
    assert [near.tolist() for near in found] == [[[False]], [[True]], [[False]]]


@pytest.mark.parametrize("activation", ["identity", "sigmoid", "tanh"])
def test_what_is_smooth_has_no_kink(activation):
    passes = forward(Network((Layer([[0.0]], [0.0], activation),)), [1.0])
    assert not on_the_kink(passes)[0].any()
