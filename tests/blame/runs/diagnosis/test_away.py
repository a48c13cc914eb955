"""Runs that run away, and from which step on."""

import numpy as np
import pytest

from blame import Layer, Network, train
from tests.blame.runs.diagnosis.diagnosed import first, run


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


def test_growing_by_a_hair_at_each_step_is_running_away_already():
    # Only b2 lives, and its error grows by a factor of 1 - 2 * 1.001 in size.
    assert first(run("both_dead", learning_rate=1.001, steps=9)).kind == "away"
    assert first(run("both_dead", learning_rate=0.999, steps=9)).kind == "dead"


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
