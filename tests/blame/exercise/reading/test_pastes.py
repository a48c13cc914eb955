"""Ugly texts as people paste them, each with what it says."""

import math

import numpy as np
import pytest

from blame.exercise.reading import read_exercise
from tests.blame.exercise.reading.pasted import PASTES, text_of
from tests.blame.exercise.reading.pasted.elsewhere import ELSEWHERE


def flat(value):
    return None if value is None else np.ravel(value).tolist()


ALL = PASTES | ELSEWHERE


@pytest.mark.parametrize("name", ALL)
def test_a_paste_is_read_as_it_is_meant(name):
    right, found = ALL[name], read_exercise(text_of(name))
    exercise = found.exercise
    assert exercise is not None, found.problems
    assert found.problems == ()
    layers = exercise.network.layers
    for layer, weights in zip(layers, right.weights, strict=True):
        np.testing.assert_array_equal(layer.weights, np.array(weights, dtype=float))
    assert [flat(layer.bias) for layer in layers] == [flat(bias) for bias in right.biases]
    assert exercise.activations == right.activations
    assert np.atleast_2d(exercise.x).tolist() == right.x
    assert flat(exercise.target) == flat(right.target)
    assert exercise.loss == right.loss
    if right.rate is not None:
        assert exercise.learning_rate == right.rate
    assert exercise.steps == right.steps
    assert {assumption.key for assumption in found.assumed} == right.asked


def test_momentum_of_an_optimiser_is_read():
    assert read_exercise(text_of("torch_seq")).exercise.momentum == 0.9


@pytest.mark.parametrize("written", ["0.01", "1e-2", ".01"])
def test_weight_decay_of_an_optimiser_is_read_and_pulls_at_the_next_step(written):
    text = text_of("torch_seq").replace("momentum=0.9", f"weight_decay={written}")
    exercise = read_exercise(text).exercise
    plain = read_exercise(text.replace(f", weight_decay={written}", "")).exercise
    assert (exercise.weight_decay, exercise.momentum, plain.weight_decay) == (0.01, 0.0, 0.0)
    before = plain.network.layers[0].weights
    pulled = plain.updated().network.layers[0].weights - 0.05 * 0.01 * before
    np.testing.assert_allclose(exercise.updated().network.layers[0].weights, pulled, rtol=1e-12)


def test_numbers_from_a_seed_are_those_of_the_legacy_generator():
    found = read_exercise(text_of("iamtrask"))
    state = np.random.RandomState(1)
    first, second = found.exercise.network.layers
    np.testing.assert_array_equal(first.weights, 2 * state.random_sample((3, 4)) - 1)
    np.testing.assert_array_equal(second.weights, 2 * state.random_sample((4, 1)) - 1)
    assert any("legacy generator" in said and "seed 1" in said for said in found.said)
    assert any("60,000 steps" in said for said in found.said)


def test_a_softmax_written_out_over_five_samples():
    found = read_exercise(text_of("cs231n"))
    exercise = found.exercise
    state = np.random.RandomState(0)
    np.testing.assert_array_equal(exercise.network.layers[0].weights, 0.1 * state.randn(4, 5))
    assert exercise.activations == ("relu", "softmax")
    assert exercise.loss == "cross_entropy"
    np.testing.assert_array_equal(exercise.target, np.eye(3)[[0, 1, 2, 2, 1]])


def test_a_forward_pass_that_the_text_prints():
    exercise = read_exercise(text_of("class_numpy")).exercise
    h = [
        1 / (1 + math.exp(-(0.5 * 2 - 0.4 * 3 + 0.1))),
        1 / (1 + math.exp(-(0.3 * 2 + 0.9 * 3 + 0.2))),
    ]
    out = 1 / (1 + math.exp(-(0.7 * h[0] - 0.8 * h[1] + 0.3)))
    assert math.isclose(float(np.ravel(exercise.forward().prediction)[0]), out, rel_tol=1e-12)


def test_numbers_of_the_new_generator():
    found = read_exercise(text_of("rng"))
    generator = np.random.default_rng(42)
    first, second = found.exercise.network.layers
    np.testing.assert_array_equal(first.weights, generator.standard_normal((2, 3)))
    np.testing.assert_array_equal(second.weights, generator.uniform(-1, 1, (3, 1)))
    assert any("default_rng" in said and "seed 42" in said for said in found.said)
    assert found.exercise.activations == ("leaky_relu", "identity")


def test_thresholds_that_a_listing_subtracts():
    lines = """x = np.array([1.0, 2.0])
w = np.array([0.5, -0.25])
theta = 0.3
y = 1
out = sigmoid(np.dot(w, x) - theta)
E = 0.5 * (y - out)**2
"""
    layer = read_exercise(lines).exercise.network.layers[0]
    assert layer.bias.tolist() == [-0.3]
    assert layer.weights.tolist() == [[0.5], [-0.25]]


def test_half_of_a_mean_is_told_to_be_none_of_ours():
    lines = """X = np.array([[1.0], [2.0], [4.0]])
y = np.array([[1.0], [0.0], [2.0]])
W = np.array([[0.5]])
J = np.sum((X @ W - y)**2) / (2 * 3)
"""
    found = read_exercise(lines)
    loss = next(one for one in found.assumed if one.key == "loss")
    assert "0.1667 times the sum of the squared errors" in loss.sentence
    assert read_exercise(lines, {"loss": "mse"}).exercise.loss == "mse"


def test_the_largest_exercise_with_its_backward_pass_written_out():
    state = np.random.RandomState(3)
    lines = [f"X = np.array({state.randn(8, 10).round(3).tolist()})", "a0 = X"]
    lines += [f"y = np.array({state.randn(8, 10).round(3).tolist()})"]
    drawn = []
    for k in range(1, 5):
        drawn.append(state.randn(10, 10).round(2))
        lines += [f"W{k} = np.array({drawn[-1].tolist()})", f"b{k} = np.full(10, 0.1)"]
    for k in range(1, 5):
        lines.append(f"a{k} = np.tanh(a{k - 1} @ W{k} + b{k})")
    lines += ["loss = np.sum((a4 - y)**2) / 2", "d4 = (a4 - y) * (1 - a4**2)"]
    for k in range(4, 0, -1):
        lines += [f"dW{k} = a{k - 1}.T @ d{k}", f"d{k - 1} = d{k} @ W{k}.T * (1 - a{k - 1}**2)"]
    found = read_exercise("\n".join(lines))
    assert found.exercise.sizes == (10,) * 5
    assert found.exercise.n_samples == 8
    assert found.exercise.loss == "half_sse"
    for layer, weights in zip(found.exercise.network.layers, drawn, strict=True):
        np.testing.assert_array_equal(layer.weights, weights)
