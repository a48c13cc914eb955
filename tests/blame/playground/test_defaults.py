"""What a run of the playground does where nothing is asked: as `train` does, on all samples."""

import numpy as np

from blame import initialise, train
from blame.playground.growing_run import advance, begin
from blame.playground.recipe import Recipe, prepare

X, TARGET = [[1.0, 2.0], [0.5, -1.0]], [[1.0], [0.0]]


def test_a_run_that_is_asked_for_nothing_trains_as_train_does():
    network = initialise((2, 3, 1), 5)
    found, alone = advance(begin(network, X, TARGET), 4), train(network, X, TARGET, steps=4)
    assert np.array_equal(found.losses, alone.losses)
    assert len(set(found.losses.tolist())) == 5
    # The notebook's rate, and its loss: the mean of the squares.
    other = train(network, X, TARGET, 0.1, 4, "mse")
    assert np.array_equal(found.losses, other.losses)
    assert found.batch_size is None


def test_the_playground_opens_with_a_run_that_learns_its_circles():
    run = advance(prepare(Recipe()).start, 600)
    assert run.accuracies is not None
    assert run.accuracies[0] < 0.7
    assert run.accuracies[-1] > 0.95
