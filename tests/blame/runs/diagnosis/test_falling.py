"""Runs on their way: falling, slowly, swinging."""

import numpy as np
import pytest

from blame import Layer, Network, train
from blame.runs.verdicts import RECENT
from tests.blame.runs.diagnosis.diagnosed import first, run


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
