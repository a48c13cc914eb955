"""The first step that raises the loss is told, and a step that leaves it level raises nothing."""

from dataclasses import replace

import numpy as np

from blame.exercise.presets import PRESETS
from blame.runs.rate_sweep import RateSweep
from pages.shared.words.lab.rate_sweep import limit_words
from tests.blame.runs.histories import with_gates

SHUT = PRESETS["gate_shut"].exercise
SWEPT = RateSweep(
    np.array([0.1, 0.2]), np.ones(2), np.array(["falling"] * 2), np.array([False, True]), 50
)


def said(losses, gates):
    """What is said of a run beyond the edge with these losses, and these two gates at each step."""
    run = with_gates([[pair] for pair in gates], losses)
    exercise = replace(SHUT, steps=run.steps)
    return limit_words(exercise, SWEPT, 5.0, lambda _: run, lambda _: [0.5, 0.4, 0.3, 0.2, 0.1])


def test_a_step_that_leaves_the_loss_level_is_passed_over():
    words = said([3.0, 2.0, 2.0, 2.5, 1.0], [(1, 0)] * 5)
    assert "At the next rate, 0.2, the step to 3 raises it." in words
    # The limit at the start, and at the step before.
    assert "the limit has moved with the weights, from 0.5 to 0.3." in words


def test_only_a_gate_that_flipped_until_then_is_told():
    before = [(1, 0), (1, 0), (1, 1), (1, 1), (0, 1)]
    words = said([3.0, 2.0, 2.0, 2.5, 1.0], before)
    assert "the gate of neuron 1 has flipped" in words
    after = [(1, 0), (1, 0), (1, 0), (1, 0), (0, 1)]
    assert "No gate has flipped until then" in said([3.0, 2.0, 2.0, 2.5, 1.0], after)
