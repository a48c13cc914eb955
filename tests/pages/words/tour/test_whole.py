"""The sentences of a growing network and of the notebook's, turned round."""

from itertools import pairwise

import pytest

from blame.exercise.presets import NOTEBOOK, PRESETS
from pages.shared.tour.exercises import SHAPES, grown
from pages.shared.words.tour import whole
from pages.shared.words.tour.hand import Hand


@pytest.mark.parametrize("times", range(len(SHAPES)))
def test_both_counts_are_those_of_the_shape(times):
    hand = Hand(grown(0), grown(0), grown(times), times)
    sizes = SHAPES[times]
    n = sum(a * b + b for a, b in pairwise(sizes))
    assert whole.grow_state(hand) == (
        f"{n} weights and biases. By nudging: **{2 * n} passes**. Backwards: **1 pass**."
    )
    said = whole.grow_learned(hand)
    assert f"2 × {n} = {2 * n} passes" in said
    assert f"finds all {n}," in said
    assert "Both find the same blame." in said


def test_each_network_is_larger_and_alive():
    every = [grown(times) for times in range(len(SHAPES))]
    counts = [len(one.parameter_names()) for one in every]
    assert counts == sorted(set(counts))
    assert grown(len(SHAPES) + 5) == every[-1]
    for one in every:
        passes = one.backward()
        assert all(g.any() for g in passes.weight_gradients)
        assert min(abs(z).min() for z in passes.forward_pass.z) > 1e-3


def test_that_both_find_the_same_is_said_only_where_they_do():
    assert "Both find the same" in whole.grow_learned(
        Hand(grown(0), grown(0), PRESETS["gate_open"].exercise, 3)
    )
    # It stands on the kink, where a nudge mixes both sides.
    assert "Both" not in whole.grow_learned(Hand(grown(0), grown(0), NOTEBOOK, 3))


@pytest.mark.parametrize(("b2", "below"), [(0.05, False), (-0.15, False), (-0.25, True)])
def test_the_notebooks_loss_is_below_1_or_not_yet(b2, below):
    now = NOTEBOOK.with_numbers({"b2[0]": b2})
    said = whole.notebook_state(Hand(NOTEBOOK, NOTEBOOK, now))
    loss = (2.2 + b2 - 1) ** 2
    assert f"**{loss:.5g}**" in said
    assert (", below 1" in said) == below == (loss < 1)
    assert ("not yet below 1" in said) == (not below)
    told = whole.notebook_learned(Hand(NOTEBOOK, NOTEBOOK, now))
    assert f"From a loss of 1.5625 to {loss:.5g}," in told
