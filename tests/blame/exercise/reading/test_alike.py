"""One exercise in many forms is one and the same exercise."""

import numpy as np
import pytest

from blame.exercise.reading import read_exercise
from tests.blame.exercise.reading.pasted.alike import ALIKE, KERAS, SMALL


@pytest.mark.parametrize("form", ALIKE)
def test_one_exercise_in_many_forms(form):
    found = read_exercise(ALIKE[form])
    exercise = found.exercise
    assert exercise is not None, found.problems
    assert found.problems == ()
    first, second = exercise.network.layers
    W1, b1, W2, b2 = SMALL
    assert (first.weights.tolist(), second.weights.tolist()) == (W1, W2)
    assert (first.bias.tolist(), second.bias.tolist()) == (b1, b2)
    assert exercise.activations == ("sigmoid", "sigmoid")
    assert np.ravel(exercise.x).tolist() == [1, 0]
    assert np.ravel(exercise.target).tolist() == [1]
    assert (exercise.loss, exercise.learning_rate) == ("half_sse", 0.1)


def test_what_keras_begins_its_layers_with():
    found = read_exercise(KERAS)
    first, second = found.exercise.network.layers
    W1, b1, W2, b2 = SMALL
    assert (first.weights.tolist(), second.weights.tolist()) == (W1, W2)
    assert (first.bias.tolist(), second.bias.tolist()) == (b1, b2)
    assert (found.exercise.loss, found.exercise.learning_rate) == ("mse", 0.1)
    assert found.assumed == found.problems == ()
