"""The rates and biases that are offered, found by training one run after the other."""

from dataclasses import replace
from functools import lru_cache

import numpy as np
import pytest

from blame import PRESETS
from blame.exercise.exercise import Exercise
from blame.exercise.presets import NOTEBOOK, drawn
from blame.runs.curvature import hessian, stable_rate
from blame.runs.remedies import _opened, _other_rates, remedies
from blame.runs.verdicts import VERDICTS, ranked, verdicts
from tests.exercises import changed, notebook_with, number_of

SHUT = PRESETS["gate_shut"].exercise
EXERCISES = [
    *(
        PRESETS[key].exercise
        for key in ("notebook", "gate_shut", "both_dead", "diverges", "crawls")
    ),
    *(replace(drawn(NOTEBOOK, seed), learning_rate=rate) for seed, rate in enumerate([0.3, 2] * 2)),
    *(replace(drawn(NOTEBOOK, seed), learning_rate=1e-4) for seed in (20, 21)),
    # These need the very last of the rates that are doubled, and of those that are halved.
    replace(drawn(NOTEBOOK, 1), learning_rate=1.53e-5),
    replace(drawn(NOTEBOOK, 15), learning_rate=20.0),
]
run = lru_cache(maxsize=400)(Exercise.train)


def word(exercise):
    return str(verdicts(run(exercise)))


def short(rate):
    return float(f"{rate:.3g}")


def near_the_limit(exercise):
    """A half, a quarter, ... a 128th of the rate above which a parabola would be overshot."""
    limit = float(stable_rate(hessian(exercise.network, exercise.x, exercise.target)))
    return [limit / 2**k for k in range(1, 8)] if np.isfinite(limit) else []


def with_rate(exercise, rates):
    """The example with each rate that a lesson allows, as it would be typed, the smallest first."""
    typed = sorted({*map(short, rates)})
    return [replace(exercise, learning_rate=rate) for rate in typed if 0 < rate <= 100]


def kills(exercise):
    """Whether a neuron that was open at the start is shut at the end."""
    gates = run(exercise).forward.z[0][:, 0] > 0
    return bool((gates[0] & ~gates[-1]).any())


@pytest.mark.parametrize("exercise", EXERCISES)
def test_the_slower_rate_is_the_largest_that_converges_and_kills_nobody(exercise):
    rates = [exercise.learning_rate / 2**k for k in range(1, 15)] + near_the_limit(exercise)
    tried = [e for e in with_rate(exercise, rates) if e.learning_rate < exercise.learning_rate]
    wanted = []
    for verdict in ("slow", "falling", "converged"):
        fits = [e for e in tried if word(e) == verdict and not kills(e)]
        wanted = fits[-1:] or wanted
    assert list(_other_rates(exercise, slower=True)) == wanted


@pytest.mark.parametrize("exercise", EXERCISES)
def test_the_faster_rate_is_the_one_that_ends_lowest_of_those_that_end_well(exercise):
    rates = [exercise.learning_rate * 2**k for k in range(1, 15)] + near_the_limit(exercise)
    tried = [e for e in with_rate(exercise, rates) if e.learning_rate > exercise.learning_rate]
    fits = [e for e in tried if word(e) in ("converged", "falling")]
    lowest = min((float(run(e).losses[-1]) for e in fits), default=None)
    wanted = [e for e in fits if float(run(e).losses[-1]) == lowest][:1]
    assert list(_other_rates(exercise, faster=True)) == wanted


def test_the_search_meets_every_kind_of_rate():
    found = [_other_rates(e, **{way: True}) for e in EXERCISES for way in ("slower", "faster")]
    assert {word(e) for one in found for e in one} >= {"converged", "falling", "slow"}
    assert {} in found


def test_ranks_hold_every_verdict_with_the_harmful_ones_below():
    ranks = ranked(lambda verdict: True)[::-1]
    assert set(ranks) == set(VERDICTS)
    assert len(ranks) == len(VERDICTS)
    assert ranks.index("oscillating") < ranks.index("slow") < ranks.index("falling")
    assert set(ranks[:3]) == {"away", "kink", "dead"}
    assert ranks[-1] == "converged"


def test_a_neuron_that_was_dead_from_the_start_is_opened_to_one_half():
    # z1 = [2.1 - 3, 0.1 - 1]: biases of -1.6 and 0.4 make both z one half.
    dead = PRESETS["both_dead"].exercise
    opened = _opened(dead, dead.train())
    assert opened.network.layers[0].bias.tolist() == [-1.6, 0.4]
    assert opened.forward().z[0][0] == pytest.approx([0.5, 0.5])
    assert changed(opened, b1_0=-3.0, b1_1=-1.0) == dead
    # Only the one that was dead from the start; one that died on its way is another story.
    one = _opened(SHUT, SHUT.train())
    assert one == changed(SHUT, b1_1=0.4)
    assert _opened(NOTEBOOK, NOTEBOOK.train()) is None
    # Where the bias would be too large for the lesson, nothing is offered.
    far = notebook_with(W1_0_1=-1e6, x_0=2.0, W1_0_0=0.0)
    assert _opened(far, far.train()) is None
    edge = notebook_with(W1_0_1=-9e5, x_0=1.0, x_1=0.0, learning_rate=0.001)
    assert number_of(_opened(edge, edge.train()), "b1_1") == pytest.approx(9e5 + 0.5, rel=1e-5)


def test_more_steps_are_offered_to_what_falls_four_times_as_many_and_five_hundred_at_most():
    def steps(exercise):
        return {r.changes["steps"] for r in remedies(exercise) if set(r.changes) == {"steps"}}

    falling = replace(SHUT, learning_rate=0.003)
    assert word(falling) == "falling"
    assert steps(falling) == {200}
    assert steps(replace(falling, steps=124, learning_rate=0.001)) == {496}
    assert steps(replace(falling, steps=126, learning_rate=0.001)) == {500}
    assert steps(replace(falling, steps=500, learning_rate=1e-4)) == set()
    assert steps(PRESETS["diverges"].exercise) == set()


@pytest.mark.parametrize(
    ("seed", "rate", "kind"),
    [(16, 0.1, "oscillating"), (202, 0.4, "oscillating"), (63, 0.15, "away")],
)
def test_what_swings_or_runs_away_is_slowed_down_though_nobody_died(seed, rate, kind):
    exercise = replace(drawn(NOTEBOOK, seed), learning_rate=rate, steps=5)
    assert (word(exercise), kills(exercise)) == (kind, False)
    (remedy,) = remedies(exercise)
    assert set(remedy.changes) == {"learning_rate"}
    assert remedy.changes["learning_rate"] < rate


@pytest.mark.parametrize("exercise", EXERCISES[::3])
def test_what_is_offered_is_better_and_says_only_what_changes(exercise):
    before = run(exercise)
    kind, loss = str(verdicts(before)), float(before.losses[-1])
    offered = remedies(exercise)
    assert len({tuple(sorted(r.changes.items())) for r in offered}) == len(offered)
    for remedy in offered:
        assert all(exercise.numbers()[name] != value for name, value in remedy.changes.items())
        gained = VERDICTS[remedy.verdict].rank - VERDICTS[kind].rank
        assert gained > 0 or (gained == 0 and remedy.loss < loss)
