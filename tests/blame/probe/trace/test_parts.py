"""What each output gives to the loss and each sample to the gradients sums to the whole."""

import numpy as np
import pytest
from hypothesis import given, settings

from blame import backward
from blame.probe.trace.parts import gradient_parts, loss_parts
from tests.pages.charts.any_shape import exercises, guesses_of, made, parts_of


@settings(max_examples=80, deadline=None)
@given(exercises())
def test_parts_of_the_loss_are_those_of_each_prediction_and_sum_to_it(exercise):
    back = exercise.backward()
    found = loss_parts(back)
    np.testing.assert_allclose(found, parts_of(exercise, guesses_of(exercise)), 1e-7, 1e-9)
    np.testing.assert_allclose(found.sum(), back.loss, 1e-12, 1e-12)


@settings(max_examples=80, deadline=None)
@given(exercises())
def test_parts_of_gradients_are_the_gradients_of_each_sample_alone(exercise):
    back = exercise.backward()
    parts = gradient_parts(back)
    whole = back.parameter_gradients()
    assert parts.keys() == whole.keys()
    share = exercise.loss_function.shares(exercise.n_samples, exercise.sizes[-1])
    alone = exercise.loss_function.shares(1, exercise.sizes[-1])
    for name, values in parts.items():
        np.testing.assert_allclose(values.sum(0), whole[name], 1e-9, 1e-12)
    for s in range(exercise.n_samples):
        ahead = exercise.with_network(exercise.network).forward()
        x, target = ahead.x[s : s + 1], back.target[s : s + 1]
        own = backward(type(ahead)(ahead.network, x, *_rows(ahead, s)), target, exercise.loss)
        for name, gradient in own.parameter_gradients().items():
            np.testing.assert_allclose(parts[name][s], gradient * alone / share, 1e-9, 1e-12)


def _rows(ahead, s):
    return tuple(z[s : s + 1] for z in ahead.z), tuple(a[s : s + 1] for a in ahead.a)


def test_a_sure_and_wrong_guess_has_a_finite_part():
    # The sigmoid of 800 is 1 in floats, whose logarithm would be endless.
    exercise = made((1, 1), ("sigmoid",), "bce").with_numbers(
        {"x[0]": 1.0, "W1[0, 0]": 800.0, "b1[0]": 0.0, "y_true": 0.0}
    )
    assert loss_parts(exercise.backward()).tolist() == [[800.0]]
    sure = made((1, 2), ("softmax",), "cross_entropy").with_numbers(
        {"x[0]": 1.0, "W1[0, 0]": -800.0, "W1[0, 1]": 0.0, "b1[0]": 0.0, "b1[1]": 0.0}
    )
    assert loss_parts(sure.backward()).tolist() == [[800.0, 0.0]]


def test_a_stack_is_refused():
    run = made((1, 1), ("tanh",)).train().backward
    for parts in (loss_parts, gradient_parts):
        with pytest.raises(ValueError, match="needs a single network, got a stack"):
            parts(run)
