"""Initial weights against draws scaled by the published formulas."""

import math

import numpy as np
import pytest

from blame import initialise


@pytest.mark.parametrize(
    ("scale", "spreads"),
    [
        # He et al. (2015): 2 / n_in. Glorot and Bengio (2010): 2 / (n_in + n_out).
        ("he", [2 / 8, 2 / 3]),
        ("xavier", [2 / 11, 2 / 5]),
        (0.25, [1 / 16, 1 / 16]),
        (0.0, [0, 0]),
    ],
)
@pytest.mark.parametrize("stack", [(), (4,)])
def test_the_variance_of_the_weights_is_the_published_one(scale, spreads, stack):
    network = initialise((8, 3, 2), 7, scale=scale, stack_shape=stack)
    generator = np.random.default_rng(7)
    for layer, variance, shape in zip(network.layers, spreads, [(8, 3), (3, 2)], strict=True):
        drawn = generator.standard_normal((*stack, *shape))
        np.testing.assert_allclose(layer.weights, drawn * math.sqrt(variance), rtol=1e-14)
        assert layer.bias.shape == (*stack, shape[1])
        assert not layer.bias.any()


def test_he_is_the_default_and_only_the_last_layer_takes_the_output_activation():
    network = initialise((2, 3, 3, 1), 1, activation="tanh", output_activation="sigmoid")
    assert [layer.activation.name for layer in network.layers] == ["tanh", "tanh", "sigmoid"]
    plain, he = initialise((2, 3, 1), 1), initialise((2, 3, 1), 1, scale="he")
    assert [layer.activation.name for layer in plain.layers] == ["relu", "identity"]
    assert (plain.layers[0].weights == he.layers[0].weights).all()


@pytest.mark.parametrize("sizes", [(), (3,), (2, 0), (0, 2), (2, -1, 1), (2, 1.5)])
def test_sizes_are_whole_numbers_from_one_up(sizes):
    with pytest.raises(ValueError, match="sizes must be two or more whole numbers from 1 up"):
        initialise(sizes, 0)


@pytest.mark.parametrize("scale", ["HE", -0.1, math.inf, math.nan])
def test_a_scale_is_a_name_or_a_number_from_zero_up(scale):
    with pytest.raises(ValueError, match="scale must be 'he', 'xavier' or a number from 0 up"):
        initialise((2, 1), 0, scale=scale)
    assert initialise((1, 1), 0).sizes == (1, 1)
