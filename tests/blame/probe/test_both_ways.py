"""The blame found both ways, counted: against slopes worked out here, and against the shapes."""

from itertools import pairwise

import pytest

from blame import Layer, Network
from blame.exercise.build import blank
from blame.exercise.exercise import Exercise
from blame.exercise.presets import NOTEBOOK, PRESETS
from blame.probe.both_ways import both_ways

OPEN = PRESETS["gate_open"].exercise


@pytest.mark.parametrize("sizes", [(1, 1), (2, 1), (3, 4, 2), (4, 8, 8, 3)])
def test_nudging_takes_two_passes_a_number_and_going_back_one(sizes):
    pairs = pairwise(sizes)
    numbers = sum(n_in * n_out + n_out for n_in, n_out in pairs)
    both = both_ways(blank(sizes))
    assert (both.parameters, both.nudging, both.backward) == (numbers, 2 * numbers, 1)


def test_without_biases_there_are_fewer():
    both = both_ways(Exercise(Network((Layer([[0.5]], None, "identity"),)), [2], [3]))
    assert (both.parameters, both.nudging) == (1, 2)


def test_both_ways_find_the_same_away_from_a_kink():
    assert any(g.any() for g in OPEN.backward().weight_gradients)
    assert both_ways(OPEN).apart < 1e-8


def test_how_far_they_are_apart_is_seen():
    # On the kink one of the two sides of a nudge is shut: half of the blame, 7.5 at most, is lost.
    assert both_ways(NOTEBOOK).apart == pytest.approx(7.5 / 2, rel=1e-3)
