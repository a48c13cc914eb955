"""The pull of each sample on two weights and a bias, by hand."""

import math

import numpy as np
import pytest

from blame import Layer, Network, backward, forward
from blame.playground.sample_blame import SampleBlame, sample_blame


def test_each_sample_brings_its_inputs_times_its_own_error():
    # y = 2 x0 - x1 + 1 on (1, 3) and (2, -1): 0 and 6, off by 2 and -3 from -2 and 9.
    network = Network((Layer([[2.0], [-1.0]], [1.0], "identity"),))
    passes = backward(forward(network, [[1, 3], [2, -1]]), [[-2], [9]], "mse")
    # The mean of two squares: its one half meets the 2.
    assert sample_blame(passes).gradients.tolist() == [[2, 6, 2], [-6, 3, -3]]


def test_behind_a_hidden_layer_the_inputs_are_its_activations():
    layers = (Layer([[1.0, -1.0]], [0.0, 1.0], "relu"), Layer([[3.0], [2.0]], [0.0], "identity"))
    passes = backward(forward(Network(layers), [[2.0], [-1.0]]), [[5.0], [5.0]], "half_sse")
    # a1 = [2, 0] and [0, 2], y = 6 and 4, errors 1 and -1; d_z1 = [3, 0] and [0, -2].
    assert sample_blame(passes).gradients.tolist() == [
        [6, 0, 3, 0, 2, 0, 1],
        [0, 2, 0, -2, 0, -2, -1],
    ]


def test_sizes_along_and_agreement():
    # The whole is (3, 4), of length 5.
    found = SampleBlame(np.array([[3.0, 0.0], [0.0, 4.0], [3.0, 4.0], [-3.0, -4.0]]))
    assert found.sizes.tolist() == [3, 4, 5, 5]
    assert found.along == pytest.approx([9 / 5, 16 / 5, 5, -5])
    assert found.agreement == pytest.approx(5 / 17)
    square = SampleBlame(np.array([[1.0, 0.0], [0.0, 1.0]]))
    assert square.agreement == pytest.approx(1 / math.sqrt(2))
    assert SampleBlame(np.zeros((2, 3))).agreement == 1
    assert SampleBlame(np.zeros((2, 3))).along.tolist() == [0, 0]
