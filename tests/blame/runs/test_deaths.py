"""When a neuron counts as dead, and from when on a loss only grew, on runs told by hand."""

import numpy as np
import pytest

from blame import Layer, Network, train
from blame.runs.deaths import deaths, growing_from, settled
from blame.runs.signs import dead_layer
from blame.runs.verdicts import verdicts
from tests.blame.runs.histories import made_up


def at_rest(W1, b1, x, steps=3):
    """A run that goes nowhere: what its gates are, they stay."""
    layers = (Layer(W1, b1, "relu"), Layer(np.ones((len(b1), 1)), [0.0], "identity"))
    return train(Network(layers), x, np.ones((len(x), 1)), 0.0, steps)


def test_a_neuron_is_dead_only_where_every_sample_shuts_it():
    # On x = 1 and x = -1: open and shut, shut and open, shut on both, open on both.
    run = at_rest([[1.0, -1.0, 1.0, 1.0]], [0.0, 0.0, -2.0, 2.0], [[1.0], [-1.0]])
    assert deaths(run) == (None, None, 0, None)
    assert str(verdicts(run)) == "slow"


def test_a_layer_is_dead_only_where_every_sample_shuts_every_neuron():
    assert str(verdicts(at_rest([[1.0, 1.0]], [-2.0, -2.0], [[1.0], [-1.0]]))) == "dead"
    # One neuron open on one of the samples is enough to live, and so is one of a lone sample.
    assert str(verdicts(at_rest([[1.0, 1.0]], [-2.0, -0.5], [[1.0], [-1.0]]))) == "slow"
    assert str(verdicts(at_rest([[1.0, 1.0]], [-2.0, -0.5], [[1.0]]))) == "slow"
    # A sigmoid gives 1 at 40 and at 800 alike, and at 40 still has a slope.
    layers = (Layer([[1.0]], [0.0], "sigmoid"), Layer([[1.0]], [0.0], "identity"))
    run = train(Network(layers), [[40.0], [800.0]], [[9.0], [9.0]], 0.0, 3)
    assert run.forward.a[0][0].tolist() == [[1], [1]]
    assert (run.backward.local_gradients[0][0] == 0).tolist() == [[False], [True]]
    assert not dead_layer(run)


@pytest.mark.parametrize(
    ("holds", "step"),
    [
        ([1, 1, 1], 0),
        ([0, 1, 1], 1),
        ([1, 0, 1, 0, 1], 4),
        ([1, 0, 1, 1], 2),
        ([1, 1, 0], None),
        ([0], None),
        ([1], 0),
    ],
)
def test_what_holds_to_the_end_is_dated_from_after_its_last_failure(holds, step):
    assert settled(np.array(holds, bool)) == step


def descend(rate, start, steps):
    """A lone bias b under a loss of b squared: each step multiplies the loss by (1 - 2 rate)^2."""
    layer = Layer([[0.0]], [start], "identity")
    return train(Network((layer,)), [[0.0]], [[0.0]], rate, steps)


def test_a_loss_grows_only_after_three_rises_in_a_row():
    assert growing_from(descend(1.5, 1.0, 3)) == 0
    assert growing_from(descend(1.5, 1.0, 2)) is None
    assert growing_from(descend(0.25, 1.0, 9)) is None
    # A rate of 1 sends b from 1 to -1 and back: the loss is level and does not grow.
    assert growing_from(descend(1.0, 1.0, 9)) is None


def test_growth_is_dated_from_the_last_step_that_did_not_rise():
    layers = (Layer([[1.0]], [0.0], "identity"), Layer([[1.0]], [0.0], "identity"))
    run = train(Network(layers), [[1.0], [2.0]], [[0.0], [3.0]], 0.2, 40)
    start = growing_from(run)
    changes = np.diff(run.losses)
    assert start > 0
    assert changes[start - 1] <= 0
    assert (changes[start:] > 0).all()
    # Cut after its last fall and two rises, or while it has not yet passed its start: no growth.
    for steps in range(start, 41):
        part = train(Network(layers), [[1.0], [2.0]], [[0.0], [3.0]], 0.2, steps)
        grown = steps - start >= 3 and part.losses[-1] > part.losses[0]
        assert growing_from(part) == (start if grown else None)


def test_a_level_step_breaks_the_growth():
    assert growing_from(made_up([1.0, 2.0, 2.0, 3.0, 4.0, 5.0])) == 2
    assert growing_from(made_up([1.0, 2.0, 3.0, 4.0, 5.0])) == 0
    assert growing_from(made_up([1.0, 2.0, 3.0, 3.0, 4.0, 5.0])) is None
