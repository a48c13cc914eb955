"""Runs that rest on a kink, or go to and fro over one."""

import numpy as np

from blame import initialise, train
from blame.runs.verdicts import RECENT
from tests.blame.runs.diagnosis.diagnosed import first, run


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
