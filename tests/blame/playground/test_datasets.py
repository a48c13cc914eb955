"""Datasets, CSV, batches, runs that grow, and the blame of each sample."""

import numpy as np
import pytest

from blame import Layer, Network, backward, forward, initialise, train
from blame.activations import units
from blame.batches import draw_batches
from blame.playground.datasets import DATASETS, make_dataset
from blame.playground.growing_run import advance, begin, is_binary
from blame.playground.sample_blame import sample_blame

XOR = make_dataset("xor")
FOUR = make_dataset("four points")


@pytest.mark.parametrize("name", DATASETS)
def test_a_seed_always_gives_the_same_samples(name):
    one, two = (make_dataset(name, 40, 0.2, seed=3) for _ in range(2))
    assert np.array_equal(one.x, two.x)
    assert np.array_equal(one.target, two.target)
    assert one.x.shape == (len(one.target), one.n_in)
    if DATASETS[name].drawn:
        assert len(one.x) == 40
        other = make_dataset(name, 40, 0.2, seed=4)
        assert not np.array_equal(np.c_[one.x, one.target], np.c_[other.x, other.target])


def test_what_the_stories_say_of_the_datasets():
    assert (FOUR.target[:, 0] == (FOUR.x.sum(axis=1) > 3)).all()
    assert set(map(tuple, XOR.x)) == {(0, 0), (0, 1), (1, 0), (1, 1)}
    assert (XOR.target[:, 0] == (XOR.x[:, 0] != XOR.x[:, 1])).all()
    rings = make_dataset("circles", 60, 0.0)
    radius = np.hypot(*rings.x.T)
    assert radius[rings.target[:, 0] == 1].max() < radius[rings.target[:, 0] == 0].min()
    lines = make_dataset("two lines", 41, 0.0)
    below = lines.x[:, 0] < 0
    slopes = [
        np.diff(lines.target[side, 0]) / np.diff(lines.x[side, 0]) for side in (below, ~below)
    ]
    assert np.allclose(slopes[0], -0.5)
    assert np.allclose(slopes[1], 1.5)
    moons = make_dataset("moons", 61, 0.0)
    # No straight line parts them: least squares leaves samples on the wrong side.
    table = np.c_[moons.x, np.ones(61)]
    fit = table @ np.linalg.lstsq(table, moons.target, rcond=None)[0]
    assert ((fit > 0.5) != (moons.target > 0.5)).any()


def test_wrong_requests_are_named():
    for arguments, told in (
        (("spirals",), "choose from"),
        (("moons", 7), "n_samples must be from 8 to 200"),
        (("moons", 50, -0.1), "noise and seed"),
        (("moons", 50, float("nan")), "noise and seed"),
    ):
        with pytest.raises(ValueError, match=told):
            make_dataset(*arguments)


def test_every_sample_is_used_once_an_epoch_and_a_pause_changes_nothing():
    whole = draw_batches(10, 4, 10, seed=5)
    assert whole.shape == (10, 4)
    for epoch in whole.reshape(4, 10):
        assert sorted(epoch) == list(range(10))
    assert len({tuple(epoch) for epoch in whole.reshape(4, 10)}) == 4
    parts = [draw_batches(10, 4, 3, 5), draw_batches(10, 4, 7, 5, start=3)]
    assert np.array_equal(np.concatenate(parts), whole)
    assert not np.array_equal(whole, draw_batches(10, 4, 10, seed=6))
    assert draw_batches(10, 4, 0, 5).shape == (0, 4)
    with pytest.raises(ValueError, match="from 1 to 10"):
        draw_batches(10, 11, 1, 0)


def test_an_update_uses_the_rows_of_its_batch_alone():
    network = initialise((2, 3, 1), 0, activation="tanh")
    rows = np.array([[0, 3], [2, 2]])
    run = train(network, XOR.x, XOR.target, 0.3, 2, batches=rows)
    for step in range(2):
        one = train(run.at(step), XOR.x[rows[step]], XOR.target[rows[step]], 0.3, 1)
        for name, value in one.at(1).parameters().items():
            assert np.allclose(run.at(step + 1).parameters()[name], value, rtol=1e-15)
    whole = backward(forward(run.at(2), XOR.x), XOR.target)
    assert run.losses[2] == whole.loss
    for wrong in ([[0, 4], [0, 1]], [[0, 1]], [[0.5, 1], [0, 1]], [0, 1]):
        with pytest.raises(ValueError, match="batches"):
            train(network, XOR.x, XOR.target, 0.3, 2, batches=wrong)


def test_a_run_that_stops_and_goes_on_is_the_run_that_did_not():
    network = initialise((2, 4, 3, 1), 7, output_activation="sigmoid")
    for batch in (None, 3):
        start = begin(network, XOR.x, XOR.target, 0.5, "bce", batch, seed=2)
        once = advance(start, 120)
        twice = advance(advance(advance(start, 1), 69), 50)
        assert once.steps == twice.steps == 120
        for name in ("parameters", "losses", "accuracies", "dead"):
            assert np.array_equal(getattr(once, name), getattr(twice, name))
        for step in range(121):
            passes = once.pass_at(step)
            assert passes.loss == once.losses[step]
            right = (passes.forward_pass.prediction > 0.5) == (XOR.target > 0.5)
            assert once.accuracies[step] == right.mean()
            silent = [(slope == 0).all(axis=0) for slope in passes.local_gradients[:2]]
            assert once.dead[step] == np.concatenate(silent).mean()
    with pytest.raises(ValueError, match="step must be from 0 to 120"):
        once.at(121)


def test_a_run_that_leaves_the_floats_stops_there_and_says_so():
    network = initialise((2, 4, 1), 7)
    run = advance(begin(network, 1e3 * XOR.x, XOR.target, 10.0), 500)
    whole = train(network, 1e3 * XOR.x, XOR.target, 10.0, 500)
    assert run.overflow_step == whole.overflow_step == run.steps + 1
    assert np.array_equal(run.losses, whole.losses)
    assert advance(run, 10) is run


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def test_xor_with_2_4_1_equals_a_loop_written_by_hand():
    # The usual set-up: seed 1, weights from randn, sigmoid twice, squared error.
    random = np.random.RandomState(1)
    W1, b1 = random.randn(2, 4), np.zeros(4)
    W2, b2 = random.randn(4, 1), np.zeros(1)
    network = Network((Layer(W1, b1, "sigmoid"), Layer(W2, b2, "sigmoid")))
    run = advance(begin(network, XOR.x, XOR.target, 2.0), 1000)
    losses = []
    for _ in range(1001):
        a1 = sigmoid(XOR.x @ W1 + b1)
        y = sigmoid(a1 @ W2 + b2)
        losses.append(np.mean((y - XOR.target) ** 2))
        d2 = 2 * (y - XOR.target) / 4 * y * (1 - y)
        d1 = d2 @ W2.T * a1 * (1 - a1)
        W2, b2 = W2 - 2 * a1.T @ d2, b2 - 2 * d2.sum(axis=0)
        W1, b1 = W1 - 2 * XOR.x.T @ d1, b1 - 2 * d1.sum(axis=0)
    assert np.allclose(run.losses, losses, rtol=0, atol=1e-12)
    assert run.losses[-1] < run.losses[0] / 10


def test_four_points_with_bce_equals_a_loop_written_by_hand():
    network = initialise((2, 3, 1), 4, output_activation="sigmoid")
    W1, b1, W2, b2 = (value.copy() for value in network.parameters().values())
    run = advance(begin(network, FOUR.x, FOUR.target, 0.2, "bce"), 300)
    for step in range(301):
        z1 = FOUR.x @ W1 + b1
        a1 = np.where(z1 > 0, z1, 0)
        y = sigmoid(a1 @ W2 + b2)
        t = FOUR.target
        loss = -np.mean(t * np.log(y) + (1 - t) * np.log(1 - y))
        assert run.losses[step] == pytest.approx(loss, abs=1e-12)
        d2 = (y - t) / 4
        d1 = d2 @ W2.T * (z1 > 0)
        W2, b2 = W2 - 0.2 * a1.T @ d2, b2 - 0.2 * d2.sum(axis=0)
        W1, b1 = W1 - 0.2 * FOUR.x.T @ d1, b1 - 0.2 * d1.sum(axis=0)
    assert run.accuracies[-1] == 1


@pytest.mark.parametrize("activation", units())
def test_the_blame_of_all_samples_sums_to_the_gradient(activation):
    data = make_dataset("moons", 30, 0.2, 1)
    for loss, output in (("bce", "sigmoid"), ("mse", "identity"), ("half_sse", "identity")):
        network = initialise((2, 4, 3, 1), 2, activation=activation, output_activation=output)
        passes = backward(forward(network, data.x), data.target, loss)
        found = sample_blame(passes)
        whole = np.concatenate([g.ravel() for g in passes.parameter_gradients().values()])
        assert np.allclose(found.gradients.sum(axis=0), whole, atol=1e-12)
        assert found.along.sum() == pytest.approx(np.linalg.norm(whole))
        alone = backward(forward(network, data.x[7]), data.target[7], loss)
        share = 1 if loss == "half_sse" else 30
        lonely = np.concatenate([g.ravel() for g in alone.parameter_gradients().values()])
        assert np.allclose(found.gradients[7] * share, lonely, rtol=1e-9, atol=1e-12)


def test_agreement_runs_from_cancelling_to_pulling_as_one():
    # One weight of 0 and no bias of note: the pull of each sample is x (y - target) and its sign.
    one = Network((Layer([[0.0]], [0.0], "identity"),))
    torn = backward(forward(one, [[1.0], [1.0]]), [[1.0], [-1.0]])
    assert sample_blame(torn).agreement == 0
    assert sample_blame(torn).along.tolist() == [0, 0]
    joint = backward(forward(one, [[1.0], [1.0]]), [[1.0], [1.0]])
    assert sample_blame(joint).agreement == pytest.approx(1)
    done = backward(forward(one, [[1.0]]), [[0.0]])
    assert sample_blame(done).agreement == 1
    assert is_binary(np.array([[0.0], [1.0]]))
    assert not is_binary(np.array([[0.5]]))
