"""Findings, limits, sweeps and remedies of exercises of any kind, beside loops and other runs."""

import math
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings

from blame import Exercise, Layer, Network
from blame.exercise.library.library import LIBRARY
from blame.runs.curvature import FEW_PARAMETERS
from blame.runs.diagnosis import diagnose
from blame.runs.evidence import constant_floor_within_reach
from blame.runs.limits import limit_at_start, limits_along
from blame.runs.rate_sweep import FEWEST_RATES, RATES, rates_for, sweep_rates
from blame.runs.remedies import remedies
from blame.runs.signs import blame_size, least_loss
from blame.runs.verdicts import VERDICTS, verdicts
from tests.blame.exercise.random_exercises import exercises

QUIET = settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))


def drawn(sizes, units, seed=0, n_samples=3, loss="mse", **settings):
    """An exercise with numbers from a seed."""
    random = np.random.default_rng(seed)
    layers = tuple(
        Layer(random.normal(size=(n, m)), random.normal(size=m) * 0.5, unit)
        for n, m, unit in zip(sizes, sizes[1:], units, strict=False)
    )
    x = random.normal(size=(n_samples, sizes[0]))
    target = random.uniform(size=(n_samples, sizes[-1]))
    return Exercise(Network(layers), x, None if loss == "output" else target, loss, **settings)


def trained(exercise):
    """The run of an exercise, or None where it leaves the floats at once."""
    try:
        return exercise.train()
    except ValueError:
        return None


def shut_for_good(history):
    """By loops: every neuron of a ReLU that is shut on all samples to the end, and since when."""
    found = {}
    for k, layer in enumerate(history.networks.layers):
        if layer.activation.name != "relu":
            continue
        z = history.forward.z[k].tolist()
        for j in range(layer.n_out):
            since = None
            for step in reversed(range(len(z))):
                if any(sample[j] > 0 for sample in z[step]):
                    break
                since = step
            if since is not None:
                found[f"z{k + 1}[{j}]"] = since
    return found


@QUIET
@given(exercises(largest=3))
def test_the_dead_are_those_whose_gates_stay_shut_on_every_sample(exercise):
    history = trained(replace(exercise, steps=min(exercise.steps, 30)))
    if history is None:
        return
    findings = diagnose(history)
    dead = {f.where: f.step for f in findings if f.kind == "neuron_dead"}
    assert dead == shut_for_good(history)
    if findings[0].kind == "dead":
        layer = int(findings[0].where.removeprefix("layer "))
        own = [step for where, step in dead.items() if where.startswith(f"z{layer}[")]
        assert len(own) == history.networks.sizes[layer]
        assert findings[0].step == max(own)
        assert findings[0].evidence["loss"] == history.losses[-1]
        assert not findings[0].evidence["floor"] > history.losses[-1] * (1 + 1e-9) + 1e-9


def test_saturated_neurons_are_found_in_hidden_layers_without_gates():
    # tanh at z = 5 has the slope 1 / cosh(5)**2 = 1.8e-4; at 1 it has 0.42.
    layers = (Layer([[0.0, 0.0]], [5.0, 1.0], "tanh"), Layer([[1.0], [1.0]], [0.0], "tanh"))
    run = Exercise(Network(layers), [1.0], [0.5], learning_rate=0.01, steps=3).train()
    found = [f for f in diagnose(run) if f.kind == "neuron_saturated"]
    assert [f.where for f in found] == ["z1[0]"]
    z = run.forward.z[0][-1, 0, 0]
    assert found[0].evidence["slope"] == pytest.approx(1 / math.cosh(z) ** 2, rel=1e-9)
    assert found[0].evidence["steepest"] == 1
    assert found[0].step == 0


KINDS = {
    "plain": {},
    "held": {"held": ("W1[0, 0]", "b1[1]")},
    "tied": {"tied": ("b1",)},
    "momentum": {"momentum": 0.6},
    "decay": {"weight_decay": 0.3},
    "all": {"held": ("W1[1, 0]",), "tied": ("b1",), "momentum": 0.4, "weight_decay": 0.2},
}


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("size", [(2, 2), (7, 6)], ids=["small", "large"])
def test_beyond_the_limit_the_steps_grow_and_below_it_they_shrink(kind, size):
    """On a parabola the theory is exact, so the run itself is the judge."""
    random = np.random.default_rng(3)
    layer = Layer(random.normal(size=size), [0.25] * size[1], "identity")
    x, target = random.normal(size=(8, size[0])), random.normal(size=(8, size[1]))
    exercise = Exercise(Network((layer,)), x, target, steps=500, **KINDS[kind])
    assert (size[0] * size[1] > FEW_PARAMETERS) == (size != (2, 2))
    limit = limit_at_start(exercise)
    for share, grows in ((0.97, False), (1.03, True)):
        run = replace(exercise, learning_rate=share * limit).train()
        moved = np.diff(run.networks.layers[0].weights, axis=0)
        moved = np.abs(moved).reshape(len(moved), -1).max(axis=1)
        assert (moved[-1] > moved[0]) == grows


def test_the_limits_along_a_run_are_those_of_its_steps():
    exercise = drawn((2, 3, 2), ("tanh", "sigmoid"), tied=(), momentum=0.5, steps=6)
    run = exercise.train()
    found = limits_along(exercise, run)
    for step in range(7):
        here = replace(exercise, network=run.at(step))
        assert found[step] == pytest.approx(limit_at_start(here), rel=1e-12)
    large = drawn((10, 10, 10, 10), ("relu", "tanh", "identity"), steps=40)
    some = limits_along(large, large.train())
    assert np.isfinite(some[[0, -1]]).all()
    assert 2 <= np.isfinite(some).sum() < 41
    assert some[0] == pytest.approx(limit_at_start(large), rel=1e-6)


@pytest.mark.parametrize("kind", KINDS)
def test_a_sweep_and_remedies_are_of_the_exercises_own_kind(kind):
    exercise = drawn((2, 2, 2), ("relu", "sigmoid"), seed=4, steps=12, learning_rate=2.0)
    biases = [
        Layer(layer.weights, [0.1, 0.1], layer.activation) for layer in exercise.network.layers
    ]
    exercise = replace(exercise, network=Network(tuple(biases)), **KINDS[kind])
    rates = np.array([0.01, 0.5, 3.0])
    e = exercise
    swept = sweep_rates(e.network, e.x, e.target, rates, e.steps, e.loss, e.update)
    for k, rate in enumerate(rates):
        run = replace(exercise, learning_rate=float(rate)).train()
        assert swept.losses[k] == run.losses[-1]
        assert swept.verdicts[k] == str(verdicts(run))
    for remedy in remedies(exercise):
        run = exercise.with_numbers(remedy.changes).train()
        assert (remedy.verdict, remedy.loss) == (str(verdicts(run)), run.losses[-1])


@QUIET
@given(exercises(largest=3))
def test_remedies_of_any_exercise_have_been_tried(exercise):
    exercise = replace(exercise, steps=min(exercise.steps, 20))
    history = trained(exercise)
    if history is None:
        return
    before = VERDICTS[str(verdicts(history))].rank
    for remedy in remedies(exercise):
        run = exercise.with_numbers(remedy.changes).train()
        assert (remedy.verdict, remedy.loss) == (str(verdicts(run)), run.losses[-1])
        assert VERDICTS[remedy.verdict].rank >= before


def test_neurons_of_deeper_layers_are_opened_by_their_biases():
    layers = (
        Layer([[1.0]], [1.0], "relu"),
        Layer([[1.0, 1.0]], [-3.0, -4.0], "relu"),
        Layer([[1.0], [1.0]], [0.0], "identity"),
    )
    exercise = Exercise(Network(layers), [[0.0], [0.5]], [[1.0], [1.2]], learning_rate=0.05)
    found = [remedy.changes for remedy in remedies(exercise)]
    # On the second sample a1 = 1.5, so that the two biases must be -1 for a z of one half.
    assert {"b2[0]": -1.0, "b2[1]": -1.0} in [
        {name: value for name, value in change.items() if name.startswith("b")} for change in found
    ]
    tied = replace(
        exercise,
        network=exercise.network.with_parameters(b2=[-3.0, -3.0]),
        tied=("b2",),
    )
    assert any(
        change.get("b2[0]") == change.get("b2[1]") == -1.0
        for change in (remedy.changes for remedy in remedies(tied))
    )


@pytest.mark.parametrize("unit", ["sigmoid", "relu", "identity", "tanh"])
def test_no_constant_in_reach_is_better_than_the_floor(unit):
    exercise = drawn((1, 2, 2), ("relu", unit), seed=2, n_samples=4)
    exercise = replace(
        exercise, target=np.array([[-2.0, 0.5], [-1.0, 0.9], [0.0, 3.0], [0.2, 2.0]])
    )
    run = replace(exercise, steps=1).train()
    floor = constant_floor_within_reach(run)
    best = math.inf
    value = {"sigmoid": lambda z: 1 / (1 + math.exp(-z)), "relu": lambda z: max(z, 0.0),
             "identity": lambda z: z, "tanh": math.tanh}[unit]  # fmt: skip
    per_output = []
    for target in exercise.target.T.tolist():
        best = min(sum((value(b / 100) - t) ** 2 for t in target) for b in range(-2000, 2001))
        per_output.append(best)
    assert floor == pytest.approx(sum(per_output) / 8, abs=1e-4)
    assert floor <= sum(per_output) / 8 + 1e-12


def test_a_cross_entropy_of_shares_has_a_least_loss_that_is_not_0():
    shares = [[0.2, 0.3, 0.5], [0.6, 0.4, 0.0]]
    exercise = replace(
        drawn((2, 3), ("softmax",), n_samples=2, loss="cross_entropy"),
        target=np.array(shares), learning_rate=2.0, steps=500,
    )  # fmt: skip
    run = exercise.train()
    entropy = -sum(t * math.log(t) for row in shares for t in row if t) / 2
    assert float(least_loss(run)) == pytest.approx(entropy, rel=1e-12)
    assert run.losses[-1] > entropy
    kept = replace(exercise, target=np.array([[0.0, 1.0, 0.0]] * 2)).train()
    assert float(least_loss(kept)) == 0
    assert float(least_loss(drawn((2, 2), ("tanh",), loss="output").train())) == -math.inf
    # In 5 steps more than half of what can go has gone, though little of the whole loss.
    few = replace(exercise, steps=60).train()
    gone = (few.losses[0] - few.losses[-1]) / (few.losses[0] - entropy)
    assert (str(verdicts(few)) == "slow") == (gone < 0.5)


def test_a_run_that_still_rolls_is_not_calm():
    layer = Layer([[1.0]], None, "identity")
    exercise = Exercise(Network((layer,)), [1.0], [0.0], learning_rate=0.1, momentum=0.9, steps=1)
    run = replace(exercise, steps=40).train()
    v, w, largest = 0.0, 1.0, [2.0]
    for _ in range(40):
        v = 0.9 * v + 2 * w
        w -= 0.1 * v
        largest.append(max(abs(v), abs(2 * w)))
    assert blame_size(run) == pytest.approx(largest, rel=1e-9)


def test_what_is_held_or_decays_counts_in_what_moves():
    exercise = drawn((2, 1), ("identity",), held=("b1", "W1[0, 0]"), weight_decay=0.5, steps=2)
    run = exercise.train()
    for step in range(3):
        w = run.networks.layers[0].weights[step, 1, 0]
        gradient = run.backward.weight_gradients[0][step, 1, 0]
        assert blame_size(run)[step] == pytest.approx(abs(gradient + 0.5 * w), rel=1e-12)
    still = replace(exercise, held=("W1", "b1")).train()
    assert str(verdicts(still)) == "converged"


@pytest.mark.parametrize("key", LIBRARY)
def test_every_exercise_of_the_library_is_diagnosed(key):
    exercise = replace(LIBRARY[key].exercise, steps=20)
    assert diagnose(exercise.train())[0].kind in VERDICTS
    assert not math.isnan(limit_at_start(exercise))


def test_a_sweep_has_fewer_rates_where_a_run_takes_long():
    small = drawn((2, 2, 1), ("relu", "identity"), n_samples=1).network
    large = drawn((10, 10, 10), ("relu", "identity")).network
    assert rates_for(small, 1, 500) is RATES
    few = rates_for(large, 8, 500)
    assert len(few) == FEWEST_RATES
    assert (few[0], few[-1]) == pytest.approx((RATES[0], RATES[-1]))
    some = rates_for(large, 8, 10)
    assert FEWEST_RATES < len(some) < len(RATES)
    assert len(some) * 10 * 8 * 200 <= 1_200_000
