"""Ugly texts as people paste them, each with what it says."""

import math

import numpy as np
import pytest

from blame.exercise.reading import read_exercise
from tests.blame.exercise.reading.pasted import PASTES, text_of


def flat(value):
    return None if value is None else np.ravel(value).tolist()


@pytest.mark.parametrize("name", PASTES)
def test_a_paste_is_read_as_it_is_meant(name):
    right, found = PASTES[name], read_exercise(text_of(name))
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
