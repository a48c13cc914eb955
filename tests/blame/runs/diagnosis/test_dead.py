"""Runs without a live neuron, and neurons that die in others."""

import numpy as np
import pytest

from blame import Layer, Network, train
from blame.losses import LOSSES
from blame.playground.recipe import tasks
from blame.runs.diagnosis import constant_floor, diagnose
from tests.blame.runs.diagnosis.diagnosed import first, run


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


def test_a_neuron_at_rest_beside_a_live_one_is_told_apart():
    history = run("notebook", W1_0_1=0.0, W1_1_1=0.0, b1_1=0.0, learning_rate=0.005, steps=20)
    verdict, neuron = diagnose(history)
    assert verdict.kind == "falling"
    assert (neuron.where, neuron.evidence["rests"]) == ("z1[1]", 1)
    done = run("notebook", W1_0_1=0.0, W1_1_1=0.0, b1_1=0.0, learning_rate=0.005, steps=500)
    assert first(done).kind == "converged"
