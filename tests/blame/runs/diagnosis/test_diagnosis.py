"""Verdicts on random runs and in stacks."""

from dataclasses import replace

import numpy as np
import pytest

from blame import backward, forward, train
from blame.exercise.presets import NOTEBOOK, drawn
from blame.runs.diagnosis import diagnose
from blame.runs.rate_sweep import RATES, sweep_rates
from blame.runs.verdicts import CALM, RECENT, VERDICTS, blame_size, verdicts
from tests.blame.runs.diagnosis.diagnosed import SHUT, run


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


def test_a_swept_run_that_leaves_the_floats_has_no_finite_loss():
    sweep = sweep_rates(SHUT.network, SHUT.x, SHUT.target, [0.05, 10.0], 500)
    assert list(sweep.verdicts) == ["converged", "away"]
    assert sweep.losses[1] == np.inf


def test_one_run_is_diagnosed_at_a_time():
    with pytest.raises(ValueError, match="reads one run"):
        diagnose(train(SHUT.network, SHUT.x, SHUT.target, [0.1, 0.2], 5))


def test_what_is_kept_for_all_readers_cannot_be_changed():
    sweep = sweep_rates(SHUT.network, SHUT.x, SHUT.target, [0.05], 5)
    with pytest.raises(ValueError, match="read-only"):
        sweep.losses[0] = 1
    with pytest.raises(TypeError):
        diagnose(run())[0].evidence["loss"] = 1
