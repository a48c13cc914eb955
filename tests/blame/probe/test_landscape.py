"""The slice through the landscape: every point is a network of its own."""

from dataclasses import replace

import numpy as np
import pytest

from blame import PRESETS, initialise
from blame.backward import backward
from blame.forward import forward
from blame.probe.landscape import (
    crossed,
    landscape,
    locate,
    on_the_map,
    slope_along,
    slopes_at,
    values_along,
    within,
)
from tests.exercises import changed

EXERCISE = PRESETS["gate_open"].exercise


def test_every_point_is_the_loss_of_the_network_with_those_two_numbers():
    across, up = np.linspace(-1, 2, 13), np.linspace(-3, 1, 7)
    found = landscape(EXERCISE.backward(), "W1[1, 0]", "b1[1]", across, up)
    assert found.losses.shape == (7, 13)
    for j, i in ((0, 0), (3, 11), (6, 2)):
        there = changed(EXERCISE, W1_1_0=across[i], b1_1=up[j])
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
    run = EXERCISE.train()
    for step in (0, 1, 4):
        network = run.at(step)
        passes = backward(forward(network, EXERCISE.x), EXERCISE.target)
        assert values_along(run, "W1[1, 0]")[step] == network.layers[0].weights[1, 0]
        assert slope_along(run, "b2[0]")[step] == passes.bias_gradients[1][0]


@pytest.mark.parametrize(
    "name", ["W1", "W1[0]", "W1[0, 2]", "W3[0, 0]", "x[0]", "W1[0, 0", "W1[a, b]", "b1[-1]", ""]
)
def test_only_parameters_can_be_chosen(name):
    with pytest.raises(ValueError, match="not a parameter"):
        locate(EXERCISE.backward(), name)


def test_two_different_parameters_are_needed():
    with pytest.raises(ValueError, match="two different"):
        landscape(EXERCISE.backward(), "W1[0, 0]", "W1[0,0]", [0.0], [0.0])


def map_of(across, up, gates, first="W1[1, 0]", second="b1[1]"):
    found = landscape(EXERCISE.backward(), first, second, across, up)
    return replace(found, gates={name: np.array(z, float) for name, z in gates.items()})


def test_a_gate_line_crosses_the_map_where_its_neuron_is_open_and_shut():
    gates = {
        "open": [[1, 2], [3, 4]],
        "shut": [[-1, -2], [0, -4]],
        "both": [[-1, 1], [1, 1]],
        # At 0 the gate is shut.
        "touched": [[0, 1], [1, 1]],
    }
    assert crossed(map_of([0.0, 1.0], [0.0, 1.0], gates)) == ["both", "touched"]


def test_steps_are_counted_on_the_map_its_edges_included():
    run = EXERCISE.train()
    w, b = (values_along(run, name)[:4] for name in ("W1[1, 0]", "b1[1]"))
    assert len({*w[:3]}) == 3

    def inside(across, up):
        held = map_of(sorted(across), sorted(up), {})
        return on_the_map(held, run)

    by_loop = sum(
        min(w[0], w[2]) <= x <= max(w[0], w[2]) and min(b[0], b[2]) <= y <= max(b[0], b[2])
        for x, y in zip(values_along(run, "W1[1, 0]"), values_along(run, "b1[1]"), strict=True)
    )
    assert inside((w[0], w[2]), (b[0], b[2])) == by_loop >= 2
    assert inside((w[0], w[0] + 1e-9), (b[0], b[0] + 1e-9)) == 1
    assert inside((50, 60), (b[0] - 9, b[0] + 9)) == 0
    assert inside((w[0] - 9, w[0] + 9), (50, 60)) == 0
    assert within(np.array([0.0, 1, 2, 3, 4]), np.array([1.0, 2, 3])).tolist() == [0, 1, 1, 1, 0]


def test_both_slopes_are_those_of_the_step():
    run = EXERCISE.train()
    held = map_of([0.0], [0.0], {})
    passes = backward(forward(run.at(2), EXERCISE.x), EXERCISE.target)
    assert slopes_at(held, run, 2) == (
        passes.weight_gradients[0][1, 0],
        passes.bias_gradients[0][1],
    )


def test_a_name_points_to_its_array_and_its_entry():
    passes = backward(forward(initialise((2, 3, 1), 0), [1.0, 2.0]), [1.0])
    assert locate(passes, "W1[1, 2]") == ("W1", (1, 2))
    assert locate(passes, "W2[2, 0]") == ("W2", (2, 0))
    assert locate(passes, "b1[2]") == ("b1", (2,))
    for wrong in ("W1[2, 0]", "W2[0, 1]", "b1[3]", "b2[1]", "W1[-1, 0]", "W1[0, 0, 0]", "b1[0, 0]"):
        with pytest.raises(ValueError, match="not a parameter of this network"):
            locate(passes, wrong)
