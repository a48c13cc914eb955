"""Curvature against hand calculations, differences of the loss, and what the limit promises."""

from dataclasses import replace

import numpy as np
import pytest

from blame import PRESETS, Layer, Network, forward, initialise, train
from blame.backward import backward
from blame.parameters import as_vector, from_vector
from blame.runs.curvature import eigenvalues, hessian, sharpness, stable_rate

SHUT = PRESETS["gate_shut"].exercise


def test_hessian_of_the_notebook_with_its_gate_shut_by_hand():
    # y = W2[0] (x . W1[:, 0] + b1[0]) + b2 with W2[0] = 1, a1[0] = 2.2 and an error of 1.25:
    # H = 2 J J' + 2 * 1.25 * y'', where only W2[0] together with W1[:, 0] or b1[0] curves y.
    slope = np.array([1, 0, 2, 0, 1, 0, 2.2, 0, 1])
    curve = np.zeros((9, 9))
    curve[6, [0, 2, 4]] = curve[[0, 2, 4], 6] = [1, 2, 1]
    expected = 2 * np.outer(slope, slope) + 2.5 * curve
    found = hessian(SHUT.network, SHUT.x, SHUT.target)
    assert np.allclose(found, expected, rtol=0, atol=1e-12)


def test_with_only_b2_alive_the_limit_is_one():
    # dL/db2 = 2 (b2 - y), so the curvature is 2 and each step multiplies the error by 1 - 2 rate.
    dead = PRESETS["both_dead"].exercise
    curvature = hessian(dead.network, dead.x, dead.target)
    assert stable_rate(curvature) == 1.0
    for rate, factor in ((0.999, 1 - 2 * 0.999), (1.001, 1 - 2 * 1.001)):
        losses = replace(dead, learning_rate=rate, steps=5).train().losses
        assert np.allclose(losses[1:] / losses[:-1], factor**2, rtol=1e-9)
    assert losses[-1] > losses[0]


@pytest.mark.parametrize(
    ("activation", "output", "loss"),
    [
        ("tanh", "identity", "mse"),
        ("sigmoid", "sigmoid", "bce"),
        ("relu", "sigmoid", "bce"),
        ("leaky_relu", "identity", "half_sse"),
        ("relu", "identity", "mse"),
    ],
)
def test_hessian_is_the_second_difference_of_the_loss(activation, output, loss):
    random = np.random.default_rng(8)
    like = initialise((2, 3, 2, 1), 0, activation=activation, output_activation=output)
    activations = [layer.activation for layer in like.layers]
    network = from_vector(random.normal(size=20), like.sizes, activations)
    x, target = random.normal(size=(4, 2)), random.integers(0, 2, (4, 1))
    assert all(abs(z).min() > 1e-2 for z in forward(network, x).z[:-1])
    found = hessian(network, x, target, loss)
    start = as_vector(network.parameters())
    h = 1e-4
    steps = h * np.eye(len(start))

    def loss_at(vector):
        moved = from_vector(vector, like.sizes, activations)
        return backward(forward(moved, x), target, loss).loss

    signs = ((1, 1), (1, -1), (-1, 1), (-1, -1))
    pairs = [loss_at(start + s * steps[:, None] + t * steps[None]) for s, t in signs]
    second = (pairs[0] - pairs[1] - pairs[2] + pairs[3]) / (4 * h * h)
    assert np.allclose(found, second, rtol=1e-4, atol=2e-6)


def test_a_stack_gives_the_numbers_of_one_at_a_time():
    run = SHUT.train()
    together = hessian(run.networks, SHUT.x, SHUT.target)
    assert together.shape == (51, 9, 9)
    for step in (0, 1, 7, 50):
        assert np.array_equal(together[step], hessian(run.at(step), SHUT.x, SHUT.target))


def test_gates_are_held_at_a_kink():
    # Neuron 1 of the notebook stands on the kink. Moving b1[1] by h would flip it.
    notebook = PRESETS["notebook"].exercise
    found = hessian(notebook.network, notebook.x, notebook.target)
    # Its gate is open in float64: b1[1] moves y by W2[1] = -1.5.
    assert found[5, 5] == pytest.approx(2 * 1.5**2, abs=1e-9)


def test_numbers_too_large_give_no_limit_and_no_warning():
    with np.errstate(over="ignore"):
        wild = initialise((2, 2, 1), 1, scale=1e160)
        curvature = hessian(wild, [1.0, 2.0], [1.0])
    assert np.isnan(stable_rate(curvature))
    assert np.isnan(sharpness(curvature))
    assert np.isinf(stable_rate(np.zeros((2, 2))))
    assert list(eigenvalues(np.diag([3.0, -1.0]))) == [-1, 3]


def test_vector_and_network_are_two_ways_to_write_the_same():
    network = initialise((2, 3, 1), 3)
    vector = as_vector(network.parameters())
    back = from_vector(vector, network.sizes, [layer.activation for layer in network.layers])
    for name, value in network.parameters().items():
        assert np.array_equal(back.parameters()[name], value)
    with pytest.raises(ValueError, match="13 parameters, got 12"):
        from_vector(vector[:-1], network.sizes, [layer.activation for layer in network.layers])


def test_below_the_limit_a_run_near_its_bottom_settles_and_above_it_does_not():
    run = SHUT.train()
    bottom = run.at(-1)
    limit = float(stable_rate(hessian(bottom, SHUT.x, SHUT.target)))
    nudged = bottom.with_parameters(b2=bottom.parameters()["b2"] + 1e-6)
    below = train(nudged, SHUT.x, SHUT.target, 0.9 * limit, 30).losses
    above = train(nudged, SHUT.x, SHUT.target, 1.1 * limit, 30).losses
    assert below[-1] < below[0] < above[-1]


def test_the_width_of_a_difference_follows_the_size_of_its_parameter():
    # y = relu(w x + b) W2 + b2 with w = 1e9: a step of 1 would be lost in the rounding.
    layers = (Layer([[1e9]], [0.0], "relu"), Layer([[-1e-9]], [0.0], "identity"))
    found = hessian(Network(layers), [1.0], [0.0])
    # y = -1, J = [-1e-9, -1e-9, 1e9, 1] and y'' couples W2 with w and b by 1.
    slope = np.array([-1e-9, -1e-9, 1e9, 1])
    curve = np.zeros((4, 4))
    curve[2, :2] = curve[:2, 2] = 1
    expected = 2 * np.outer(slope, slope) + 2 * -1 * curve
    np.testing.assert_allclose(found, expected, rtol=1e-6)
    negative = hessian(Network((layers[0], Layer([[-1e9]], [0.0], "identity"))), [1e-9], [0.0])
    assert negative[2, 2] == pytest.approx(2, rel=1e-6)


def test_the_limit_is_two_over_the_largest_curvature_of_each_member():
    stack = np.array([np.diag([4.0, -9.0]), np.diag([-1.0, -2.0]), np.zeros((2, 2))])
    assert sharpness(stack).tolist() == [4, -1, 0]
    assert stable_rate(stack).tolist() == [0.5, np.inf, np.inf]
    # One entry that is no number spoils its member and no other.
    stack[1, 0, 1] = np.nan
    assert np.isnan(stable_rate(stack)).tolist() == [False, True, False]
    assert np.isnan(eigenvalues(stack)).tolist() == [[False] * 2, [True] * 2, [False] * 2]


def test_a_stack_of_targets_has_a_curvature_each():
    network = initialise((1, 2, 1), 4, activation="tanh")
    targets = np.array([[[0.0]], [[1.0]], [[5.0]]])
    together = hessian(network, [1.0], targets)
    assert together.shape == (3, 7, 7)
    for m in range(3):
        np.testing.assert_allclose(together[m], hessian(network, [1.0], targets[m]), rtol=1e-9)
        assert np.array_equal(together[m], together[m].T)
