"""The slice through the landscape: every point is a network of its own."""

from dataclasses import replace

import numpy as np
import pytest

from blame import PRESETS, initialise
from blame.backward import backward
from blame.forward import forward
from blame.probe.landscape import landscape, locate, slope_along, values_along

EXAMPLE = PRESETS["gate_open"].example


def test_every_point_is_the_loss_of_the_network_with_those_two_numbers():
    across, up = np.linspace(-1, 2, 13), np.linspace(-3, 1, 7)
    found = landscape(EXAMPLE.backward(), "W1[1, 0]", "b1[1]", across, up)
    assert found.losses.shape == (7, 13)
    for j, i in ((0, 0), (3, 11), (6, 2)):
        there = replace(EXAMPLE, W1_1_0=across[i], b1_1=up[j])
        assert found.losses[j, i] == float(there.backward().loss)
        z = there.forward().z[0][0]
        assert [found.gates["z1[0]"][j, i], found.gates["z1[1]"][j, i]] == list(z)


def test_gates_are_told_by_sample_and_only_where_there_is_a_kink():
    network = initialise((1, 2, 2, 1), 0, activation="leaky_relu")
    passes = backward(forward(network, [[1.0], [2.0]]), [[0.0], [1.0]])
    gates = landscape(passes, "W1[0, 0]", "b3[0]", [0.0, 1.0], [0.0]).gates
    assert len(gates) == 8
    assert gates["z1[0] of sample 1"].tolist() == [[0.0, 2.0]]
    smooth = backward(forward(initialise((1, 2, 1), 0, activation="tanh"), [1.0]), [1.0])
    assert landscape(smooth, "b1[0]", "b1[1]", [0.0], [0.0]).gates == {}


def test_the_way_of_a_run_and_its_blame_are_those_of_the_history():
    run = EXAMPLE.train()
    for step in (0, 1, 4):
        network = run.at(step)
        passes = backward(forward(network, EXAMPLE.x), EXAMPLE.target)
        assert values_along(run, "W1[1, 0]")[step] == network.layers[0].weights[1, 0]
        assert slope_along(run, "b2[0]")[step] == passes.bias_gradients[1][0]


@pytest.mark.parametrize(
    "name", ["W1", "W1[0]", "W1[0, 2]", "W3[0, 0]", "x[0]", "W1[0, 0", "W1[a, b]", "b1[-1]", ""]
)
def test_only_parameters_can_be_chosen(name):
    with pytest.raises(ValueError, match="not a parameter"):
        locate(EXAMPLE.backward(), name)


def test_two_different_parameters_are_needed():
    with pytest.raises(ValueError, match="two different"):
        landscape(EXAMPLE.backward(), "W1[0, 0]", "W1[0,0]", [0.0], [0.0])
