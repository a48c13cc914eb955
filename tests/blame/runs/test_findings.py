"""The step and the numbers of each finding, on runs made up so that they can be worked out."""

import math
from dataclasses import replace

import numpy as np
import pytest

from blame import LOSSES, Layer, Network, train
from blame.runs.diagnosis import Finding, bottom, constant_floor, diagnose
from tests.blame.runs.histories import made_up, with_gates


def first(history):
    return diagnose(history)[0]


@pytest.mark.parametrize(
    ("loss", "floor"),
    # The best constants are 1 and 10; beside them lie errors of 1, 1, 2 and 2, so the squares sum
    # to 10 over four entries.
    [("mse", 10 / 4), ("half_sse", 10 / 2)],
)
def test_the_floor_has_a_constant_for_each_output(loss, floor):
    assert constant_floor(LOSSES[loss], np.array([[0.0, 12.0], [2.0, 8.0]])) == floor


def test_the_floor_of_bce_is_the_entropy_of_each_output():
    target = np.array([[1.0, 0.0], [0.0, 0.0], [0.0, 0.0], [0.0, 1.0], [0.0, 1.0], [0.0, 1.0]])
    one = -(1 / 6 * math.log(1 / 6) + 5 / 6 * math.log(5 / 6))
    other = -math.log(1 / 2)
    assert constant_floor(LOSSES["bce"], target) == pytest.approx((one + other) / 2, rel=1e-14)
    # Where all targets are alike a constant costs nothing.
    assert constant_floor(LOSSES["bce"], np.array([[1.0], [1.0]])) == 0


@pytest.mark.parametrize(
    ("loss", "start", "lowest", "highest", "said"),
    [
        (1e-6, 0.5, 1.0, 2.0, "fit"),
        (1.1e-6, 0.5, 1.0, 2.0, "minimum"),
        (9e-6, 10.0, 1.0, 2.0, "fit"),
        (1.1e-5, 10.0, 1.0, 2.0, "minimum"),
        # Small is a millionth of 1 or of the larger eigenvalue in size.
        (1.0, 1.0, -0.9e-6, 0.5, "minimum"),
        (1.0, 1.0, -1.1e-6, 0.5, "saddle"),
        (1.0, 1.0, -90e-6, 100.0, "minimum"),
        (1.0, 1.0, -110e-6, 100.0, "saddle"),
        (1.0, 1.0, -3.0, 1e-6, "flat"),
        (1.0, 1.0, -3.0, 3.1e-6, "saddle"),
        (1.0, 1.0, 0.0, 1e-6, "flat"),
        (1.0, 1.0, 0.0, 1.1e-6, "minimum"),
        (1.0, 1.0, math.nan, math.nan, "unknown"),
        (1.0, 1.0, -math.inf, 3.0, "unknown"),
        (1e-7, 1.0, math.nan, math.nan, "fit"),
    ],
)
def test_what_a_run_rests_on(loss, start, lowest, highest, said):
    found = Finding("converged", 0, {"loss": loss, "lowest": lowest, "highest": highest})
    assert bottom(found, start) == said


def test_up_and_down_is_dated_at_its_first_rise_and_counted_in_the_last_twenty_steps():
    losses = [50.0 - k for k in range(31)]
    # Rises at steps 3, 14 and 30, of which the last two are within the last twenty.
    for step in (3, 14, 30):
        losses[step:] = [loss + 2 for loss in losses[step:]]
    found = first(made_up(losses))
    assert (found.kind, found.step, found.where) == ("oscillating", 14, "")
    # 50 - 10 + 2 at step 10, and 50 - 29 + 4 at step 29.
    assert found.evidence == {"rises": 2, "steps": 20, "low": 25, "high": 42}
    # A step that leaves the loss level is no rise.
    short = first(made_up([3.0, 1.0, 1.0, 2.0]))
    assert (short.step, short.evidence) == (3, {"rises": 1, "steps": 3, "low": 1, "high": 3})


def test_falling_is_told_by_the_ratio_of_the_last_twenty_steps():
    losses = [100.0, *(64 * 0.5 ** (k / 10) for k in range(21))]
    found = first(made_up(losses))
    assert (found.kind, found.step) == ("falling", 21)
    assert found.evidence["ratio"] == pytest.approx(0.5**0.1, rel=1e-12)
    assert first(made_up([8.0, 4.0, 2.0])).evidence == {"ratio": 0.5}


def test_slow_is_told_by_the_share_that_is_gone():
    found = first(made_up([8.0, 7.0, 6.0]))
    assert (found.kind, found.step, found.evidence) == ("slow", 2, {"fell": 0.25})


def test_converged_is_told_with_the_blame_and_curvature_of_its_end():
    # y = w x + b on x = 1 and 3 curves by 2 [[5, 2], [2, 1]], whose eigenvalues are 6 +- sqrt(32).
    network = Network((Layer([[1.0]], [0.0], "identity"),))
    run = train(network, [[1.0], [3.0]], [[0.0], [0.0]], 0.15, 400)
    found = first(run)
    assert found.kind == "converged"
    assert found.evidence["lowest"] == pytest.approx(6 - math.sqrt(32), rel=1e-6)
    assert found.evidence["highest"] == pytest.approx(6 + math.sqrt(32), rel=1e-6)
    gradients = run.backward.parameter_gradients()
    end = max(abs(float(g[-1].ravel()[0])) for g in gradients.values())
    assert found.evidence["blame"] == pytest.approx(end, rel=1e-12)
    assert found.evidence["loss"] == run.losses[-1]


def growth(values, steps):
    return (np.abs(values[-1]).max() / np.abs(values[-1 - steps]).max()) ** (1 / steps)


def test_a_run_away_names_what_grew_most_and_not_what_comes_last_by_name():
    # y = W2 W1 with tiny weights and a far target: the weights grow while the blame falls ...
    layers = (Layer([[0.01]], [0.0], "identity"), Layer([[0.02]], [0.0], "identity"))
    run = train(Network(layers), [[1.0]], [[-5.0]], 0.02, 12)
    run = replace(run, backward=replace(run.backward, loss=np.arange(1.0, 14.0)))
    found = first(run)
    # ... so whatever the losses that are put in say, these are the factors of the run itself.
    wanted = {
        "output blame": growth(run.backward.activation_gradients[-1], 12),
        "W1": growth(run.networks.layers[0].weights, 12),
        "a1": growth(run.forward.a[0], 12),
        "W2": growth(run.networks.layers[1].weights, 12),
        "factor": 13 ** (1 / 12),
    }
    assert found.evidence == pytest.approx(wanted, rel=1e-12)
    assert (found.kind, found.step) == ("away", 0)
    assert max(set(wanted) - {"factor"}, key=wanted.get) == found.where != max(wanted)


def test_each_factor_is_followed_from_where_the_growth_began():
    run = made_up([9.0, 2.0, 1.0, 4.0, 16.0, 64.0])
    found = first(run)
    assert (found.kind, found.step) == ("away", 2)
    assert found.evidence["factor"] == pytest.approx(4)
    # The bias stands still; a weight of 0 tells nothing.
    assert (found.evidence["output blame"], found.evidence["W1"]) == (1, 1)


def test_a_run_that_leaves_the_floats_at_once_grew_from_its_lowest_loss():
    found = first(made_up([9.0, 1.0, 81.0], left_at=3))
    assert (found.kind, found.step) == ("away", 3)
    assert found.evidence["factor"] == pytest.approx(81)
    burst = first(made_up([9.0], left_at=1))
    assert (burst.step, burst.evidence["factor"]) == (1, 1)
    # Growth at every step to the end is dated where it began, in the floats or not.
    assert first(made_up([2.0, 1.0, 3.0, 9.0, 27.0], left_at=5)).step == 1


def test_a_zigzag_is_that_of_the_gate_that_flips_most_often():
    gates = np.ones((31, 2, 3))
    gates[::2, 0, 1] = 0
    gates[::2, 1, 2] = 0
    gates[10::4, 1, 2] = 1
    run = with_gates(gates, [9, 8.9] * 15 + [9])
    found = first(run)
    assert (found.kind, found.step, found.where) == ("kink", 10, "z1[1]")
    # z is 1 * 1 + 1; three neurons of 2 and a bias of 9 make 15, so 2 * 15 * 1 / 2 arrives.
    assert found.evidence == {"flips": 20, "sample": 0, "z": 2, "blame": 15}
    assert first(with_gates(gates[-12:], ([9, 8.9] * 6))).step == 0


def test_a_rest_is_dated_from_when_its_gate_shut_and_names_the_sample_most_blamed():
    # z1[1] is 0 on both samples; its W2 of 1 passes on errors of 2 and 5, on the second sample.
    layers = (Layer([[0.0, 0.0]], [-1.0, 0.0], "relu"), Layer([[1.0], [1.0]], [0.0]))
    run = train(Network(layers), [[1.0], [2.0]], [[-2.0], [5.0]], 0.0, 4)
    gates = np.zeros((5, 2, 2))
    gates[1, 0, 1] = gates[0, :, 1] = 1
    slopes = (gates, run.backward.local_gradients[1])
    # What arrived before the end, here with the samples exchanged, does not matter.
    arriving = run.backward.activation_gradients[0].copy()
    arriving[:-1] = arriving[:-1, ::-1]
    upstream = (arriving, run.backward.activation_gradients[1])
    back = replace(run.backward, local_gradients=slopes, activation_gradients=upstream)
    found = first(replace(run, backward=back))
    assert (found.kind, found.step, found.where) == ("kink", 2, "z1[1]")
    assert found.evidence == {"flips": 0, "sample": 1, "z": 0, "blame": -5}


def test_a_dead_layer_is_dated_by_its_last_neuron_and_by_the_first_layer_that_died():
    # a1 is 0 from the start; z2 = b2 = [0.5, 0.9] falls by 0.1 * 2 * 11.4 and is shut at step 1.
    layers = (
        Layer([[-1.0]], [-1.0], "relu"),
        Layer([[1.0, 1.0]], [0.5, 0.9], "relu"),
        Layer([[1.0], [1.0]], [0.0], "identity"),
    )
    run = train(Network(layers), [[1.0]], [[-10.0]], 0.1, 30)
    verdict, *neurons = diagnose(run)
    assert (verdict.kind, verdict.step) == ("dead", 0)
    assert [(n.where, n.step) for n in neurons] == [("z1[0]", 0), ("z2[0]", 1), ("z2[1]", 1)]
    assert verdict.evidence == {"floor": 0, "loss": run.losses[-1]}
    # Half as fast, z2[0] is shut at step 1 and z2[1], which had more to lose, still is not.
    slow = Network((*layers[:1], Layer([[1.0, 1.0]], [0.5, 9.0], "relu"), layers[2]))
    steps = {n.where: n.step for n in diagnose(train(slow, [[1.0]], [[-10.0]], 0.1, 30))[1:]}
    assert steps["z2[0]"] < steps["z2[1]"]
    alone = Network((Layer([[0.0, 0.0]], [0.5, 9.0], "relu"), layers[2]))
    found, *died = diagnose(train(alone, [[1.0]], [[-10.0]], 0.1, 30))
    assert (found.kind, found.step) == ("dead", max(n.step for n in died))
    assert len({n.step for n in died}) == 2


def test_a_dead_neuron_is_told_by_its_largest_z_of_all_samples():
    # y = relu(x + b) on x = 1 and 3, targets far below: the first step shuts both.
    layers = (Layer([[1.0]], [0.0], "relu"), Layer([[1.0]], [0.0], "identity"))
    run = train(Network(layers), [[1.0], [3.0]], [[-20.0], [-20.0]], 0.1, 5)
    # Errors of 21 and 23, both halves of 2 / 2: dW1 = 21 + 69 and db1 = 44.
    found = next(f for f in diagnose(run) if f.kind == "neuron_dead")
    assert (found.where, found.step) == ("z1[0]", 1)
    assert found.evidence == pytest.approx({"before": 3, "after": 1 - 9 - 4.4, "rests": 0})
    from_the_start = train(
        Network((Layer([[1.0]], [-4.0], "relu"), layers[1])), [[1.0], [3.0]], [[0.0], [1.0]], 0.1, 2
    )
    found = next(f for f in diagnose(from_the_start) if f.kind == "neuron_dead")
    assert found.evidence == {"before": -1, "after": -1, "rests": 0}


def test_a_stack_is_not_diagnosed():
    network = Network((Layer([[0.0]], [1.0], "identity"),))
    stack = train(network, [[0.0]], [[0.0]], [[0.1, 0.2, 0.3]] * 2, 2)
    with pytest.raises(ValueError, match=r"reads one run, got a stack of shape \(2, 3\)"):
        diagnose(stack)
