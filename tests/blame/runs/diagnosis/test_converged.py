"""Runs that have come to rest: at a minimum, on a saddle, where it is flat."""

import pytest

from blame import Layer, Network, train
from blame.runs.diagnosis import bottom
from blame.runs.verdicts import CALM, blame_size
from tests.blame.runs.diagnosis.diagnosed import first, run


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


def test_a_saturated_sigmoid_is_not_dead():
    layers = (Layer([[1000.0]], [0.0], "sigmoid"), Layer([[1.0]], [0.0], "identity"))
    history = train(Network(layers), [[1.0], [-1.0]], [[1.0], [0.0]], 0.1, 5)
    assert not history.backward.local_gradients[0].any()
    assert first(history).kind == "converged"
