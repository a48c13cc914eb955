"""Every verdict on losses, blame and gates made up to lie just inside and just outside of it."""

from dataclasses import replace

import numpy as np
import pytest

from blame import Layer, Network, train
from blame.runs.verdicts import (
    blame_size,
    calm_below,
    fewest_flips,
    flip_counts,
    is_calm,
    resting_gates,
    verdicts,
)
from tests.blame.runs.histories import made_up, with_gates


@pytest.mark.parametrize(
    ("losses", "verdict"),
    [
        ([4, 3, 2.5, 2], "falling"),
        ([4, 3, 2.5, 2.001], "slow"),
        ([4, 4, 4], "slow"),
        # One rise, then falls only: neither up and down nor rising at the end.
        ([4, 5, 3, 1], "falling"),
        ([4, 2, 3, 1], "falling"),
        ([4, 5, 5.5, 3, 1], "falling"),
        ([4, 3, 2, 2.1], "oscillating"),
        ([4, 5, 3, 3.5, 1], "oscillating"),
        ([4, 5, 5, 3, 3, 3.5, 1], "oscillating"),
        # Level after a fall is no rise, level after a rise no fall.
        ([4, 2, 2, 1], "falling"),
        ([4, 5, 5, 6, 1], "falling"),
        # Running away takes three rises in a row at the very end, to above the start.
        ([4, 5, 6], "oscillating"),
        ([4, 5, 6, 7], "away"),
        ([9, 1, 2, 3, 9], "oscillating"),
        ([9, 1, 2, 3, 10], "away"),
        ([1, 2, 2, 3, 4], "oscillating"),
        ([1, 5, 6, 7, 6], "slow"),
        ([9], "slow"),
    ],
)
def test_the_way_of_the_loss_decides(losses, verdict):
    assert str(verdicts(made_up(losses))) == verdict


@pytest.mark.parametrize(("falls", "verdict"), [(17, "oscillating"), (18, "falling")])
def test_only_the_last_twenty_steps_say_whether_it_settles(falls, verdict):
    losses = [10, 9, 10, 9.5, 9.6, *(9.6 * 0.9**k for k in range(1, falls + 1))]
    assert str(verdicts(made_up(losses))) == verdict


def test_what_left_the_floats_is_away_whatever_its_losses():
    assert str(verdicts(made_up([4, 3, 2, 1], left_at=4))) == "away"
    assert str(verdicts(made_up([4, 3], left_at=0))) == "away"
    assert str(verdicts(made_up([4, 3, 2, 1], blame=1e-9, left_at=4))) == "away"


def test_calm_is_told_by_the_largest_blame_of_the_run_and_by_one():
    # Below 1 the run's largest counts, above it 1 does; a millionth is always small.
    largest = np.array([[50.0, 0.5, 1e-4, 0.0], [1.0, 0.1, 1e-5, 0.0]])
    assert calm_below(largest) == pytest.approx([1e-3, 5e-4, 1e-6, 1e-6])
    for last, calm in ((1e-3, True), (1.1e-3, False)):
        assert is_calm(np.array([[3.0], [last]]))[0] == calm
    assert str(verdicts(made_up([4, 5, 3, 4], blame=1e-6))) == "converged"
    assert str(verdicts(made_up([4, 5, 3, 4], blame=2e-6))) == "oscillating"


def test_the_size_of_blame_is_the_largest_of_any_parameter_in_size():
    layers = (Layer([[2.0]], [0.0], "identity"), Layer([[-3.0]], [1.0], "identity"))
    x, target = np.array([[1.0], [0.5]]), np.array([[1.0], [1.0]])
    run = train(Network(layers), x, target, [0.0, 0.01], 2)
    assert blame_size(run).shape == (3, 2)
    # y = -5 and -2, errors -6 and -3; the means of 2 e x w2, 2 e w2, 2 e a1 and 2 e.
    dW1, db1, dW2, db2 = 22.5, 27.0, -15.0, -9.0
    assert blame_size(run)[:, 0] == pytest.approx([max(map(abs, (dW1, db1, dW2, db2)))] * 3)
    # One step of the second run by hand, to the same four means.
    w1, b1, w2, b2 = (2 - 0.225, -0.27, -3 + 0.15, 1 + 0.09)
    errors = [(w1 * v + b1) * w2 + b2 - 1 for v in (1, 0.5)]
    means = [
        sum(e * v * w2 for e, v in zip(errors, (1, 0.5), strict=True)),
        sum(e * w2 for e in errors),
        sum(e * (w1 * v + b1) for e, v in zip(errors, (1, 0.5), strict=True)),
        sum(errors),
    ]
    assert blame_size(run)[1, 1] == pytest.approx(max(map(abs, means)))


UP_AND_DOWN = [9, 8.9] * 20 + [9]


def flipping(times, steps=40):
    """Gates of two neurons on two samples: one of them flips so often at the end, on one."""
    gates = np.ones((steps + 1, 2, 2))
    for k in range(times):
        gates[steps - k :, 1, 0] = 1 - gates[steps - k :, 1, 0]
    return gates


def test_a_gate_that_flips_at_half_of_the_last_steps_is_a_kink():
    for times, verdict in ((10, "kink"), (9, "oscillating")):
        run = with_gates(flipping(times), UP_AND_DOWN)
        assert flip_counts(run)[0].tolist() == [[0, 0], [times, 0]]
        assert str(verdicts(run)) == verdict
    falls = [9 * 0.9**k for k in range(41)]
    assert str(verdicts(with_gates(flipping(10), falls))) == "falling"
    assert flip_counts(with_gates(flipping(10), falls, "tanh"))[0].tolist() == [[0, 0], [0, 0]]
    assert str(verdicts(with_gates(flipping(10), UP_AND_DOWN, "tanh"))) == "oscillating"


def test_flips_are_counted_in_the_last_twenty_steps_only():
    gates = np.ones((41, 1, 1))
    gates[:21:2] = 0
    run = with_gates(gates, UP_AND_DOWN)
    # The flip at step 21, into the first of the last twenty, is in; the one at step 20 is not.
    assert flip_counts(run)[0].tolist() == [[1]]


@pytest.mark.parametrize(
    ("steps", "fewest"), [(2, 4), (8, 4), (9, 4), (10, 5), (19, 9), (20, 10), (21, 10), (400, 10)]
)
def test_half_of_the_last_steps_but_four_at_least_is_to_and_fro(steps, fewest):
    assert fewest_flips(made_up([1.0] * (steps + 1))) == fewest


def resting(W2, error=0.5):
    """Two neurons with no weights, at rest; blame of 2 error W2 / 2 arrives on each sample."""
    layers = (Layer([[0.0, 0.0]], [0.0, 0.0], "relu"), Layer(np.reshape(W2, (2, 1)), [0.0]))
    return train(Network(layers), [[1.0], [2.0]], [[-error], [-error]], 0.0, 3)


def test_a_gate_rests_on_its_kink_where_blame_arrives_that_is_not_small():
    # db2 is 1, so that calm is a thousandth; each sample brings half of the blame.
    run = resting([2.2e-3, 1.8e-3])
    assert blame_size(run)[-1] == 1
    assert resting_gates(run)[0].tolist() == [True, False]
    assert str(verdicts(run)) == "kink"
    assert resting_gates(resting([-2.2e-3, 0.0]))[0].tolist() == [True, False]


def test_the_blame_that_arrives_is_that_of_the_end():
    run = resting([2.2e-3, 1.8e-3])
    arriving = run.backward.activation_gradients
    for step, rests in ((-1, False), (-2, True)):
        blame = arriving[0].copy()
        blame[step] = 0
        back = replace(run.backward, activation_gradients=(blame, arriving[1]))
        assert resting_gates(replace(run, backward=back))[0][0] == rests


def test_a_gate_that_is_open_or_plainly_shut_does_not_rest():
    # One rounding bit above 0 is on the kink as far as rounding goes, and open.
    layers = (Layer([[1.0, 1.0]], [-1.0 + 2.0**-53, -1.5], "relu"), Layer([[1.0], [1.0]], [0.0]))
    run = train(Network(layers), [[1.0]], [[-1.0]], 0.0, 3)
    assert run.forward.z[0][0, 0].tolist() == [2.0**-53, -0.5]
    assert resting_gates(run)[0].tolist() == [False, False]
    # On one sample at rest, on the other open: it rests, but its layer is not dead.
    layers = (Layer([[1.0]], [0.0], "relu"), Layer([[1.0]], [0.0], "identity"))
    run = train(Network(layers), [[0.0], [1.0]], [[-1.0], [-1.0]], 0.0, 3)
    assert resting_gates(run)[0].tolist() == [True]
    assert str(verdicts(run)) == "slow"


def test_a_stack_has_a_verdict_for_each_run():
    network = Network((Layer([[0.0]], [1.0], "identity"),))
    run = train(network, [[0.0]], [[0.0]], [[0.3, 1.5], [0.001, 1.0]], 30)
    assert verdicts(run).tolist() == [["converged", "away"], ["slow", "slow"]]
