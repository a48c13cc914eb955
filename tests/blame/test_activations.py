"""What each activation promises beside its values: where it is not smooth, and its range."""

import numpy as np
import pytest

from blame import ACTIVATIONS
from blame.activations import Activation, find_activation

INF = float("inf")


def test_each_range_is_what_its_values_approach():
    ranges = {
        "relu": (0, INF),
        "leaky_relu": (-INF, INF),
        "identity": (-INF, INF),
        "sigmoid": (0, 1),
        "tanh": (-1, 1),
        "softplus": (0, INF),
        "softmax": (0, 1),
    }
    far = np.array([-1e300, 1e300])
    for name, (low, high) in ranges.items():
        activation = ACTIVATIONS[name]
        assert activation.output_range == (low, high)
        ends = activation.value(far)
        assert low <= ends[0] <= max(low, -1e100)
        assert min(high, 1e100) <= ends[1] <= high


def test_a_kink_is_where_the_slope_jumps():
    for name, activation in ACTIVATIONS.items():
        below, above = activation.derivative(np.array([-1e-9, 1e-9]))
        assert activation.kinks == ((0.0,) if abs(above - below) > 0.1 else ()), name


def test_an_activation_is_found_by_name_or_is_itself():
    own = Activation("square", np.square, lambda z: 2 * z, "z^2")
    assert find_activation(own) is own
    assert find_activation("tanh").name == "tanh"
    assert own.output_range == (-INF, INF)
    assert own.kinks == ()
    with pytest.raises(ValueError, match="unknown activation 'square'; choose from relu"):
        find_activation("square")
