"""The sweep of a bias: where its gate lies, how far it reaches, and one entry moved alone."""

import numpy as np
import pytest

from blame import Layer, Network, backward, forward
from blame.exercise.presets import NOTEBOOK
from blame.probe.bias_sweep import sweep_bias, vary
from tests.exercises import changed, notebook_with


def sweep(exercise, neuron, points=201):
    z = float(exercise.forward().z[0][0, neuron])
    gate, reach = float(exercise.network.layers[0].bias[neuron]) - z, max(1.5 * abs(z), 0.75)
    biases = gate + reach * np.linspace(-1, 1, points)
    return sweep_bias(exercise.network, exercise.x, exercise.target, neuron, biases)


@pytest.mark.parametrize("b1_1", [-400.0, -5.0, -0.2, -0.1, 0.1, 0.9, 7.0, 1e5])
def test_the_sweep_reaches_todays_bias_and_its_gate_lies_in_the_middle(b1_1):
    # z1[1] = 1 (-0.3) + 2 (0.2) + b = 0.1 + b, so the gate lies at -0.1.
    swept = sweep(notebook_with(b1_1=b1_1), 1)
    assert swept.gate_at == pytest.approx(-0.1, abs=1e-9)
    assert len(swept.biases) == 201
    assert swept.biases[100] == pytest.approx(swept.gate_at, abs=1e-9)
    np.testing.assert_allclose(np.diff(swept.biases), np.ptp(swept.biases) / 200, rtol=1e-6)
    # Both ends lie half as far again from the gate as today's bias does, 0.75 at least.
    reach = max(1.5 * abs(b1_1 + 0.1), 0.75)
    assert swept.biases[-1] - swept.gate_at == pytest.approx(reach)
    assert swept.biases[0] < b1_1 < swept.biases[-1]


def test_each_neuron_is_swept_through_its_own_gate():
    # z1[0] = 0.5 + 1.6 + b, so its gate lies at -2.1; b1[0] is 0.1.
    swept = sweep(NOTEBOOK, 0, points=5)
    assert swept.gate_at == pytest.approx(-2.1)
    assert swept.biases == pytest.approx(-2.1 + 3.3 * np.array([-1, -0.5, 0, 0.5, 1]))
    for m, bias in enumerate(swept.biases):
        alone = changed(NOTEBOOK, b1_0=float(bias)).backward()
        assert swept.backward.loss[m] == alone.loss
        assert (swept.backward.deltas[0][m] == alone.deltas[0]).all()


def test_one_entry_moves_and_all_others_stay():
    network = Network((Layer(np.arange(6.0).reshape(2, 3), [7.0, 8.0, 9.0], "tanh"),))
    stack = vary(network, "W1", (1, 0), [-1.0, 2.5])
    assert stack.layers[0].weights.tolist() == [
        [[0, 1, 2], [-1, 4, 5]],
        [[0, 1, 2], [2.5, 4, 5]],
    ]
    assert stack.layers[0].bias.tolist() == [7, 8, 9]
    moved = vary(network, "b1", (2,), [0.5])
    assert moved.layers[0].bias.tolist() == [[7, 8, 0.5]]
    assert moved.layers[0].activation.name == "tanh"


@pytest.mark.parametrize(
    ("name", "index"),
    [("W1", (2, 0)), ("W1", (0, 3)), ("W1", (-1, 0)), ("W1", (0,)), ("b1", (3,)), ("b1", (0, 0))],
)
def test_an_entry_that_is_not_there_is_refused(name, index):
    network = Network((Layer(np.zeros((2, 3)), np.zeros(3)),))
    with pytest.raises(ValueError, match=rf"{name} has shape .* and no entry"):
        vary(network, name, index, [1.0])
    vary(network, "W1", (1, 2), [1.0])
    with pytest.raises(ValueError, match="unknown parameter 'W2'; choose from W1, b1"):
        vary(network, "W2", (0, 0), [1.0])
    with pytest.raises(ValueError, match=r"a single network, got a stack \(1,\)"):
        vary(vary(network, "b1", (0,), [1.0]), "b1", (0,), [1.0])


def test_the_swept_passes_are_of_the_notebooks_loss():
    swept = sweep(notebook_with(y_true=4.0), 1, points=3)
    there = backward(
        forward(notebook_with(b1_1=float(swept.biases[2])).network, [1, 2]), [4.0], "mse"
    )
    assert swept.backward.loss[2] == there.loss == (there.forward_pass.prediction[0, 0] - 4) ** 2
