"""What a run of the playground sums up of each step, on networks told by hand."""

from dataclasses import replace

import numpy as np
import pytest

from blame import Layer, Network, train
from blame.playground.growing_run import CHUNK, advance, begin, cut
from blame.playground.run.optimisers import Optimiser


def resting(W1, b1, x, target, output="identity", W2=None):
    """A run that goes nowhere: a rate of 0."""
    W2 = np.ones((len(b1), 1)) if W2 is None else W2
    network = Network((Layer(W1, b1, "relu"), Layer(W2, np.zeros(len(W2[0])), output)))
    return advance(begin(network, x, target, 0.0), 2)


def test_a_neuron_counts_as_dead_only_where_every_sample_shuts_it():
    # On x = 1 and -1: open and shut, shut and open, shut on both, shut on both.
    run = resting([[1.0, -1.0, 1.0, 1.0]], [0, 0, -2, -3], [[1.0], [-1.0]], [[0.0], [1.0]])
    assert run.dead.tolist() == [0.5, 0.5, 0.5]
    # Over all hidden layers: one of one, and two of three behind it.
    layers = (
        Layer([[1.0]], [-2.0], "relu"),
        Layer([[1.0, 1.0, 1.0]], [-1.0, -1.0, 1.0], "relu"),
        Layer(np.ones((3, 1)), [0.0], "identity"),
    )
    assert begin(Network(layers), [[1.0], [-1.0]], [[0.0], [1.0]]).dead.tolist() == [0.75]
    # Without hidden neurons none is dead, and the output's slope is none of theirs.
    alone = Network((Layer([[0.0]], [-1.0], "relu"),))
    assert advance(begin(alone, [[1.0]], [[1.0]]), 3).dead.tolist() == [0, 0, 0, 0]


def test_the_accuracy_is_the_share_on_the_right_side_of_one_half():
    # a1 = x: predictions of 0.4, 0.5, 0.6 and 2, of which 0.5 counts as 0.
    x = [[0.4], [0.5], [0.6], [2.0]]
    for target, share in (([0, 0, 1, 1], 1), ([1, 1, 0, 0], 0), ([0, 1, 1, 1], 0.75)):
        run = resting([[1.0]], [0.0], x, np.reshape(target, (-1, 1)).astype(float))
        assert run.accuracies.tolist() == [share] * 3
    two = resting([[1.0]], [0.0], x, [[0.0, 1.0]] * 4, W2=[[1.0, 1.0]])
    assert two.accuracies.tolist() == [0.5] * 3
    assert resting([[1.0]], [0.0], x, [[0.0], [1.0], [0.5], [1.0]]).accuracies is None


def bias(rate, steps, start=1.0):
    """A lone bias b under b squared."""
    network = Network((Layer([[0.0]], [start], "identity"),))
    return advance(begin(network, [[0.0]], [[0.0]], rate), steps)


def test_steps_are_counted_over_chunks():
    for steps in (0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 3 * CHUNK + 7):
        run = bias(0.01, steps)
        assert run.steps == steps
        assert run.losses == pytest.approx(0.98 ** (2 * np.arange(steps + 1)), rel=1e-9)
        assert float(run.at(steps).layers[0].bias[0]) == run.parameters[steps, 1]
    with pytest.raises(ValueError, match=r"step must be from 0 to 3, got -1"):
        bias(0.01, 3).at(-1)
    with pytest.raises(ValueError, match=r"step must be from 0 to 3, got 4"):
        bias(0.01, 3).at(4)


def test_a_run_away_is_three_rises_in_a_row_to_above_the_start():
    run = bias(1.5, 6)
    assert [run.runs_away_at(k) for k in range(7)] == [False] * 3 + [True] * 4
    assert not any(bias(0.4, 6).runs_away_at(k) for k in range(7))
    losses = np.array([9.0, 1.0, 2.0, 3.0, 9.0, 10.0, 10.0])
    up = replace(run, summary=replace(run.summary, losses=losses))
    assert [up.runs_away_at(k) for k in range(7)] == [False] * 5 + [True, False]


def test_the_step_that_leaves_the_floats_is_counted_from_the_start_of_the_run():
    # Each step multiplies b by -19: b squared leaves the floats long after the first chunk.
    run = bias(10.0, 500)
    whole = train(run.start, [[0.0]], [[0.0]], 10.0, 500)
    assert whole.overflow_step > 2 * CHUNK
    assert run.overflow_step == whole.overflow_step == run.steps + 1
    for steps in (run.steps, run.steps + 1):
        assert bias(10.0, steps).steps == run.steps
    assert bias(10.0, run.steps).overflow_step is None
    assert bias(10.0, run.steps + 1).overflow_step == run.steps + 1


def test_each_mini_batch_is_the_next_of_its_seed():
    network = Network((Layer([[0.5]], [0.1], "identity"),))
    x, target = np.arange(5.0)[:, None], np.ones((5, 1))
    run = advance(begin(network, x, target, 0.01, batch_size=2, seed=4), 12)
    w, b = 0.5, 0.1
    stream = np.concatenate([np.random.default_rng([4, k]).permutation(5) for k in range(5)])
    for step in range(12):
        rows = stream[2 * step : 2 * step + 2]
        errors = [w * x[r, 0] + b - 1 for r in rows]
        w -= 0.01 * sum(e * x[r, 0] for e, r in zip(errors, rows, strict=True))
        b -= 0.01 * sum(errors)
        assert run.parameters[step + 1] == pytest.approx([w, b], rel=1e-12)
        # The loss is that of all samples, not of the batch.
        whole = np.mean([(w * v + b - 1) ** 2 for v in range(5)])
        assert run.losses[step + 1] == pytest.approx(whole, rel=1e-12)
    for size in (0, 6):
        with pytest.raises(ValueError, match="batch_size must be from 1 to 5"):
            begin(network, x, target, batch_size=size)


@pytest.mark.parametrize("optimiser", ["plain", "adam"])
def test_a_run_is_cut_to_what_it_was(optimiser):
    network = Network((Layer([[0.5]], [0.2], "tanh"), Layer([[-0.4]], [0.1], "identity")))
    x, target = np.array([[0.3], [1.0], [-2.0]]), np.array([[0.0], [1.0], [0.0]])
    start = begin(network, x, target, 0.3, optimiser=Optimiser(optimiser), test=(x, target))
    run = advance(start, 70)
    for steps in (0, 1, 69):
        short, told = cut(run, steps), advance(start, steps)
        assert short.steps == steps
        assert short.parameters.tolist() == told.parameters.tolist()
        for name in ("losses", "accuracies", "dead", "learnt", "test_losses", "test_accuracies"):
            assert getattr(short, name).tolist() == getattr(told, name).tolist(), name
    assert cut(run, 70) is run is cut(run, 99)
    assert advance(cut(run, 0), 70).losses.tolist() == run.losses.tolist()
    if optimiser == "plain":
        assert advance(cut(run, 20), 50).losses.tolist() == run.losses.tolist()
    else:
        with pytest.raises(ValueError, match="cut"):
            advance(cut(run, 20), 1)


def test_a_run_that_ends_is_cut_to_one_that_does_not_know_it():
    run = bias(9.0, 2000)
    assert run.overflow_step is not None
    assert cut(run, run.steps).overflow_step is None
    assert cut(run, run.steps + 1) is run


def test_it_is_told_when_a_run_has_come_to_learn():
    run = bias(0.1, 30)
    learnt = np.zeros(31, bool)
    learnt[[0, 4, 5, 9, 12]] = True
    made = replace(run, summary=replace(run.summary, learnt=learnt))
    assert made.onsets(30, 40) == [4, 9, 12]
    assert made.onsets(12, 8) == [9, 12]
    assert made.onsets(12, 3) == [12]
    assert made.onsets(11, 2) == made.onsets(0, 20) == []
