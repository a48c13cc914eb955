"""Verdicts on runs built to show each, on random runs, and in stacks; remedies that help."""

from dataclasses import replace

import numpy as np
import pytest

from blame import PRESETS, Layer, Network, backward, forward, initialise, train
from blame.exercise.presets import NOTEBOOK, drawn
from blame.losses import LOSSES
from blame.playground.recipe import tasks
from blame.runs.diagnosis import bottom, constant_floor, diagnose
from blame.runs.rate_sweep import RATES, sweep_rates
from blame.runs.verdicts import CALM, RECENT, VERDICTS, blame_size, verdicts
from tests.exercises import changed

SHUT = PRESETS["gate_shut"].exercise


def run(preset="gate_shut", **changes):
    return changed(PRESETS[preset].exercise, **changes).train()


def first(history):
    return diagnose(history)[0]


def test_converged_names_what_it_came_to():
    history = run()
    found = first(history)
    assert (found.kind, bottom(found, float(history.losses[0]))) == ("converged", "fit")
    size = blame_size(history)
    assert size[found.step] <= CALM < size[found.step - 1]
    # Two samples that contradict each other: the bottom is a minimum with a loss of 0.25.
    torn = train(Network((Layer([[0.0]], [0.2], "identity"),)), [[0.0], [0.0]], [[0.0], [1.0]], 0.3)
    found = first(torn)
    assert (found.kind, bottom(found, 0.3)) == ("converged", "minimum")
    assert found.evidence["loss"] == pytest.approx(0.25)


def test_a_saddle_is_told_from_a_minimum():
    # At W1 = W2 = 0 the gradient vanishes, yet the loss falls if both grow together: y = W2 W1 x.
    layers = (Layer([[0.0]], [0.0], "identity"), Layer([[0.0]], [0.0], "identity"))
    saddle = train(Network(layers), [[1.0], [-1.0]], [[1.0], [-1.0]], 0.1)
    found = first(saddle)
    assert (found.kind, bottom(found, 1.0)) == ("converged", "saddle")
    assert found.evidence["lowest"] < 0 < found.evidence["highest"]
    # So far out that the sigmoid's slope is too small for the floats.
    flat = train(Network((Layer([[0.0]], [-800.0], "sigmoid"),)), [[1.0]], [[1.0]], 0.1)
    assert bottom(first(flat), 1.0) == "flat"


def test_falling_and_slow_say_how_fast():
    falling = first(run(learning_rate=0.003))
    assert falling.kind == "falling"
    losses = run(learning_rate=0.003).losses
    assert falling.evidence["ratio"] ** RECENT == pytest.approx(losses[-1] / losses[-21])
    slow = first(run("crawls"))
    assert slow.kind == "slow"
    assert slow.evidence["fell"] == pytest.approx(1 - run("crawls").losses[-1] / 1.5625)
    assert first(run(learning_rate=0.0)).evidence == {"fell": 0.0}


def test_oscillating_counts_the_rises():
    # A linear network a little above its stable rate: it swings from wall to wall of its valley.
    layers = (Layer([[1.0]], [0.0], "identity"), Layer([[1.0]], [0.0], "identity"))
    history = train(Network(layers), [[1.0], [2.0]], [[0.0], [3.0]], 0.15, 40)
    found = first(history)
    assert found.kind == "oscillating"
    recent = np.diff(history.losses[-RECENT - 1 :])
    assert found.evidence["rises"] == (recent > 0).sum() > 0
    assert history.losses[found.step] > history.losses[found.step - 1]
    assert found.evidence["low"] == history.losses[-21:].min()


def test_all_dead_says_how_far_b2_can_go():
    found = first(run("notebook"))
    assert (found.kind, found.step) == ("dead", 3)
    assert found.evidence["floor"] == 0
    dead = Network((Layer([[-1.0]], [-1.0], "relu"), Layer([[1.0]], [0.0], "identity")))
    torn = train(dead, [[1.0], [2.0]], [[0.0], [3.0]], 0.4, 60)
    found = first(torn)
    assert found.kind == "dead"
    # Only a constant is left, and the best one is the mean: (1.5^2 + 1.5^2) / 2.
    assert found.evidence["floor"] == 2.25
    assert torn.losses[-1] == pytest.approx(2.25)


@pytest.mark.parametrize("loss", tasks())
def test_no_constant_beats_the_floor(loss):
    target = np.array([[0.0], [1.0], [1.0], [1.0]])
    floor = constant_floor(LOSSES[loss], target)
    values = [
        float(LOSSES[loss].value(np.full_like(target, c), target))
        for c in (*np.arange(0.01, 1, 0.01), 1 - 1e-14)
    ]
    assert floor == pytest.approx(min(values), abs=1e-12)


def test_dead_neurons_are_named_with_the_step_and_the_z_before_and_after():
    found = {f.where: f for f in diagnose(run("notebook")) if f.kind == "neuron_dead"}
    assert set(found) == {"z1[0]", "z1[1]"}
    assert (found["z1[0]"].step, found["z1[1]"].step) == (3, 2)
    assert found["z1[1]"].evidence == pytest.approx({"before": 2.25, "after": -5.418, "rests": 0})


def test_running_away_names_the_factor_that_grew():
    found = first(run("diverges"))
    assert (found.kind, found.step, found.where) == ("away", 0, "output blame")
    # Alone, b2 multiplies its error by 1 - 2 * 1.5 = -2 at each step.
    late = run("diverges").losses
    assert late[-1] / late[-2] == pytest.approx(4)
    wild = run("gate_open", learning_rate=60.0, steps=20, b1_1=5.0)
    assert first(wild).kind == "away"
    layers = (Layer([[3.0]], [0.0], "identity"), Layer([[3.0]], [0.0], "identity"))
    burst = train(Network(layers), [[1.0]], [[1.0]], 1.0, 50)
    assert burst.overflow_step is not None
    # It grew at every step from the start to its last in the floats.
    assert (first(burst).kind, first(burst).step) == ("away", 0)
    growth = first(burst).evidence
    assert growth[first(burst).where] == max(v for name, v in growth.items() if name != "factor")


def test_resting_on_a_kink_is_told():
    # z1 is 0 exactly in both neurons, so the gates count as shut though one side has a slope.
    nothing = dict.fromkeys(("W1_0_0", "W1_0_1", "W1_1_0", "W1_1_1", "b1_0", "b1_1"), 0.0)
    history = run("notebook", learning_rate=0.01, steps=20, **nothing)
    found = first(history)
    assert (found.kind, found.where, found.step) == ("kink", "z1[0]", 0)
    assert (found.evidence["z"], found.evidence["flips"]) == (0, 0)
    assert found.evidence["blame"] == history.backward.activation_gradients[0][-1, 0, 0] != 0


def test_zigzag_over_a_kink_is_told():
    random = np.random.default_rng(47)
    network = initialise((1, 2, 1), seed=47)
    x, target = random.normal(size=(3, 1)), random.normal(size=(3, 1))
    history = train(network, x, target, 0.1, 60)
    found = first(history)
    assert (found.kind, found.where) == ("kink", "z1[1]")
    gate = history.forward.z[0][-21:, :, 1] > 0
    assert found.evidence["flips"] == (gate[1:] != gate[:-1]).any(axis=1).sum()


def test_a_sweep_gives_the_verdicts_and_losses_of_single_runs():
    sweep = sweep_rates(SHUT.network, SHUT.x, SHUT.target, RATES[::7], 40)
    assert set(sweep.verdicts) >= {"converged", "falling", "dead", "away", "slow"}
    for m, rate in enumerate(RATES[::7]):
        alone = replace(SHUT, learning_rate=rate, steps=40).train()
        assert sweep.verdicts[m] == str(verdicts(alone))
        if alone.overflow_step is None:
            assert sweep.losses[m] == alone.losses[-1]
        else:
            assert np.isinf(sweep.losses[m])
    live = np.isin(sweep.verdicts, ("converged", "falling", "slow", "oscillating"))
    assert live[sweep.best()]
    assert sweep.losses[sweep.best()] == sweep.losses[live].min()
    with pytest.raises(ValueError, match="n_rates"):
        sweep_rates(SHUT.network, SHUT.x, SHUT.target, [[0.1]])


@pytest.mark.parametrize("seed", range(60))
def test_verdicts_on_random_runs_are_consistent(seed):
    random = np.random.default_rng(seed)
    exercise = replace(
        drawn(NOTEBOOK, seed),
        learning_rate=float(10 ** random.uniform(-4, 0.5)),
        steps=int(random.integers(0, 80)) + 1,
    )
    history = exercise.train()
    findings = diagnose(history)
    found, losses, kinds = findings[0], history.losses, [f.kind for f in findings]
    assert found.kind in VERDICTS
    assert 0 <= found.step <= history.steps + 1
    gradients = backward(forward(history.at(-1), exercise.x), exercise.target).parameter_gradients()
    largest = max(float(abs(gradient).max()) for gradient in gradients.values())
    if found.kind == "converged":
        assert largest <= CALM
    if found.kind == "dead":
        assert (history.forward.z[0][-1] <= 0).all()
        assert gradients["W1"].any() == gradients["W2"].any() == False  # noqa: E712
        assert kinds.count("neuron_dead") == 2
    if found.kind in ("falling", "slow"):
        rose = np.flatnonzero(np.diff(losses[-RECENT - 1 :]) > 0)
        # Rises in a row at most, and falls from then on.
        assert len(rose) == 0 or (np.diff(rose) == 1).all()
        assert losses[-1] <= losses[-2]
        assert largest > CALM * min(1, float(blame_size(history).max()))
        assert (losses[-1] <= losses[0] / 2) == (found.kind == "falling")
    if found.kind == "oscillating":
        assert losses[found.step] > losses[found.step - 1]
    if found.kind == "away":
        assert history.overflow_step is not None or losses[-1] > losses[-2] > losses[-3]


def test_growing_by_a_hair_at_each_step_is_running_away_already():
    # Only b2 lives, and its error grows by a factor of 1 - 2 * 1.001 in size.
    assert first(run("both_dead", learning_rate=1.001, steps=9)).kind == "away"
    assert first(run("both_dead", learning_rate=0.999, steps=9)).kind == "dead"


def test_a_gate_on_the_kink_matters_only_where_blame_arrives():
    nothing = dict.fromkeys(("W1_0_0", "W1_0_1", "W1_1_0", "W1_1_1", "b1_0", "b1_1"), 0.0)
    # A rate of 1/2 takes b2 to the target in one step, and from then on there is no blame.
    settled = run("notebook", learning_rate=0.5, steps=20, b2_0=0.0, **nothing)
    assert settled.losses[-1] == 0
    assert first(settled).kind == "dead"


def test_flipping_gates_do_no_harm_while_the_loss_falls():
    random = np.random.default_rng(87)
    network = initialise((1, 2, 1), seed=87)
    history = train(network, random.normal(size=(3, 1)), random.normal(size=(3, 1)), 0.1, 60)
    gate = history.forward.z[0][-21:, :, 0] > 0
    assert (gate[1:] != gate[:-1]).any(axis=1).all()
    assert (np.diff(history.losses[-21:]) < 0).all()
    assert first(history).kind in ("slow", "falling")


def test_a_swept_run_that_leaves_the_floats_has_no_finite_loss():
    sweep = sweep_rates(SHUT.network, SHUT.x, SHUT.target, [0.05, 10.0], 500)
    assert list(sweep.verdicts) == ["converged", "away"]
    assert sweep.losses[1] == np.inf


def test_running_away_takes_three_rises_in_a_row():
    two, three = (run("both_dead", learning_rate=1.01, steps=steps) for steps in (2, 3))
    assert (np.diff(three.losses) > 0).all()
    assert (first(two).kind, first(three).kind) == ("dead", "away")


def test_running_away_is_dated_from_the_last_fall():
    layers = (Layer([[1.0]], [0.0], "identity"), Layer([[1.0]], [0.0], "identity"))
    history = train(Network(layers), [[1.0], [2.0]], [[0.0], [3.0]], 0.2, 40)
    falls = np.flatnonzero(np.diff(history.losses) <= 0)
    assert len(falls)
    found = first(history)
    assert (found.kind, found.step) == ("away", falls[-1] + 1)
    grown = np.log(history.losses[-1]) - np.log(history.losses[found.step])
    assert np.log(found.evidence["factor"]) == pytest.approx(grown / (history.steps - found.step))


def slide(steps, start):
    """A lone bias on a parabola of curvature 2: each step takes it a tenth of the way down."""
    return train(Network((Layer([[0.0]], [start], "identity"),)), [[0.0]], [[0.0]], 0.05, steps)


def test_converged_is_measured_against_where_the_run_started_and_against_one():
    # The gradient is 2 * start * 0.9^steps.
    assert first(slide(57, 0.1)).kind == "falling"
    assert first(slide(80, 0.1)).kind == "converged"
    assert first(slide(80, 100.0)).kind == "falling"
    assert first(slide(120, 100.0)).kind == "converged"
    assert first(slide(120, 100.0)).step == 116
    assert first(slide(5, 1e-7)).kind == "converged"


def test_one_rise_followed_by_falls_is_no_oscillation():
    history = run("gate_shut")
    assert (np.diff(history.losses[:3]) != 0).all()
    once = train(Network((Layer([[1.0]], [0.0], "relu"), Layer([[2.0]], [0.0], "identity"))),
                 [[1.0]], [[0.5]], 0.26, 12)  # fmt: skip
    rises = np.flatnonzero(np.diff(once.losses) > 0)
    assert len(rises) in (0, 1)
    assert first(once).kind != "oscillating"
    short_run = run("notebook", steps=1)
    assert first(short_run).kind == "oscillating"
    assert first(short_run).evidence["rises"] == 1


def test_a_dead_second_layer_is_dead_too():
    layers = (
        Layer([[1.0, -1.0]], [0.5, 0.5], "relu"),
        Layer([[-1.0, -1.0], [-1.0, -1.0]], [-0.1, -0.1], "relu"),
        Layer([[1.0], [1.0]], [0.0], "identity"),
    )
    history = train(Network(layers), [[0.2], [-0.3]], [[1.0], [2.0]], 0.1, 50)
    findings = diagnose(history)
    assert (findings[0].kind, findings[0].step) == ("dead", 0)
    assert {f.where for f in findings[1:]} == {"z2[0]", "z2[1]"}
    assert findings[0].evidence["floor"] == 0.25


def test_a_saturated_sigmoid_is_not_dead():
    layers = (Layer([[1000.0]], [0.0], "sigmoid"), Layer([[1.0]], [0.0], "identity"))
    history = train(Network(layers), [[1.0], [-1.0]], [[1.0], [0.0]], 0.1, 5)
    assert not history.backward.local_gradients[0].any()
    assert first(history).kind == "converged"


def test_a_zigzag_is_told_with_its_sample():
    random = np.random.default_rng(47)
    network = initialise((1, 2, 1), seed=47)
    history = train(network, random.normal(size=(3, 1)), random.normal(size=(3, 1)), 0.1, 60)
    found = first(history)
    sample = int(found.evidence["sample"])
    gate = history.forward.z[0][-RECENT - 1 :, sample, 1] > 0
    assert found.evidence["flips"] == (gate[1:] != gate[:-1]).sum() >= 10
    assert found.evidence["z"] == history.forward.z[0][-1, sample, 1]
    assert found.step == 40


def test_a_neuron_at_rest_beside_a_live_one_is_told_apart():
    history = run("notebook", W1_0_1=0.0, W1_1_1=0.0, b1_1=0.0, learning_rate=0.005, steps=20)
    verdict, neuron = diagnose(history)
    assert verdict.kind == "falling"
    assert (neuron.where, neuron.evidence["rests"]) == ("z1[1]", 1)
    done = run("notebook", W1_0_1=0.0, W1_1_1=0.0, b1_1=0.0, learning_rate=0.005, steps=500)
    assert first(done).kind == "converged"


def test_one_run_is_diagnosed_at_a_time():
    with pytest.raises(ValueError, match="reads one run"):
        diagnose(train(SHUT.network, SHUT.x, SHUT.target, [0.1, 0.2], 5))


def test_what_is_kept_for_all_readers_cannot_be_changed():
    sweep = sweep_rates(SHUT.network, SHUT.x, SHUT.target, [0.05], 5)
    with pytest.raises(ValueError, match="read-only"):
        sweep.losses[0] = 1
    with pytest.raises(TypeError):
        diagnose(run())[0].evidence["loss"] = 1
