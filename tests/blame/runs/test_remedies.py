"""Remedies are tried before they are offered, and do what they say."""

from dataclasses import replace

import pytest

from blame import PRESETS
from blame.exercise.presets import NOTEBOOK
from blame.runs.diagnosis import diagnose
from blame.runs.remedies import remedies
from blame.runs.verdicts import VERDICTS, verdicts
from tests.exercises import changed

SHUT = PRESETS["gate_shut"].exercise


@pytest.mark.parametrize("preset", PRESETS)
@pytest.mark.parametrize("rate", [None, 0.001, 0.3, 1.2])
def test_remedies_do_what_they_say(preset, rate):
    exercise = PRESETS[preset].exercise
    if rate is not None:
        exercise = replace(exercise, learning_rate=rate)
    before = exercise.train()
    kind = diagnose(before)[0].kind
    offered = remedies(exercise)
    for remedy in offered:
        assert remedy.changes
        after = exercise.with_numbers(remedy.changes).train()
        assert remedy.loss == after.losses[-1]
        assert remedy.verdict == diagnose(after)[0].kind
        assert remedy.verdict not in ("away", "dead", "kink")
        gained = VERDICTS[remedy.verdict].rank - VERDICTS[kind].rank
        assert gained > 0 or (gained == 0 and remedy.loss < before.losses[-1])
    if kind != "converged":
        assert offered, kind


def test_a_neuron_at_rest_on_its_kink_is_opened_by_its_bias():
    nothing = dict.fromkeys(("W1_0_0", "W1_0_1", "W1_1_0", "W1_1_1", "b1_0", "b1_1"), 0.0)
    exercise = changed(NOTEBOOK, learning_rate=0.01, steps=20, **nothing)
    remedy = remedies(exercise)[0]
    assert (remedy.changes["b1[0]"], remedy.changes["b1[1]"]) == (0.5, 0.5)


def test_the_faster_rate_that_is_offered_is_the_best_of_its_kind():
    exercise = PRESETS["crawls"].exercise
    offered = next(r for r in remedies(exercise) if set(r.changes) == {"learning_rate"})
    for k in range(1, 15):
        rate = float(f"{exercise.learning_rate * 2.0**k:.3g}")
        other = replace(exercise, learning_rate=rate).train()
        if str(verdicts(other)) in ("converged", "falling"):
            assert offered.loss <= other.losses[-1]


def test_a_run_that_fits_is_offered_nothing():
    assert remedies(SHUT) == ()
