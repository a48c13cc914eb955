"""Networks from arrays: each lands in its place, and nothing of the original moves."""

import numpy as np
import pytest

from blame import Layer, Network
from blame.parameters import as_vector, each_array, from_arrays, from_vector

# Numbers that tell their own place.
NETWORK = Network(
    (
        Layer(np.arange(1.0, 7).reshape(2, 3), [7.0, 8, 9], "tanh"),
        Layer([[10.0], [11.0], [12.0]], [13.0]),
    )
)
ACTIVATIONS = [layer.activation for layer in NETWORK.layers]


def test_arrays_land_under_their_names_and_are_closed():
    arrays = {name: values + 0.5 for name, values in NETWORK.parameters().items()}
    made = from_arrays(arrays, ACTIVATIONS)
    assert [layer.activation.name for layer in made.layers] == ["tanh", "identity"]
    for name, values in made.parameters().items():
        np.testing.assert_array_equal(values, NETWORK.parameters()[name] + 0.5)
        assert values is arrays[name]
        with pytest.raises(ValueError, match="read-only"):
            values[...] = 0
    assert NETWORK.layers[0].weights[1, 2] == 6


def test_the_same_is_done_to_each_array():
    stack = each_array(NETWORK, lambda array: np.stack([array, -array]))
    assert stack.stack_shape == (2,)
    back = each_array(stack, lambda every: every[1])
    for name, values in back.parameters().items():
        np.testing.assert_array_equal(values, -NETWORK.parameters()[name])


def test_a_vector_holds_all_parameters_in_order():
    vector = as_vector(NETWORK.parameters())
    np.testing.assert_array_equal(vector, np.arange(1.0, 14))
    made = from_vector(vector, NETWORK.sizes, ACTIVATIONS)
    for name, values in made.parameters().items():
        np.testing.assert_array_equal(values, NETWORK.parameters()[name])
    with pytest.raises(ValueError, match=r"widths \(2, 3, 1\) has 13 parameters, got 12"):
        from_vector(vector[:-1], NETWORK.sizes, ACTIVATIONS)
