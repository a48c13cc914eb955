"""A network that grows, and the notebook's: why backwards, and what comes next."""

from __future__ import annotations

from functools import lru_cache

from blame.exercise.exercise import Exercise
from blame.probe.both_ways import BothWays, both_ways
from pages.shared.words.tour.hand import Hand, loss, said
from pages.shared.words.tour.layers import count

GROWN = 3
"""So often the network is grown before its counts are spoken of."""
SMALL_LOSS = 1.0
ALIKE = 1e-6
"""Blame found both ways is the same up to this much."""


@lru_cache(maxsize=64)
def counted(exercise: Exercise) -> BothWays:
    """Return what both ways to the blame take."""
    return both_ways(exercise)


def grow_state(hand: Hand) -> str:
    """Say how many passes both ways take."""
    both = counted(hand.now)
    return (
        f"{both.parameters} weights and biases. By nudging: "
        f"**{count(both.nudging, 'pass')}**. Backwards: **{count(both.backward, 'pass')}**."
    )


def grow_learned(hand: Hand) -> str:
    """Say why blame is found backwards."""
    both = counted(hand.now)
    same = " Both find the same blame." if both.apart < ALIKE else ""
    return (
        f"Nudging asks each number by itself, up and down: 2 × {both.parameters} = {both.nudging} "
        f"passes. One pass backwards finds all {both.parameters}, for what it has found at a "
        f"neuron serves everything before it.{same}"
    )


def notebook_state(hand: Hand) -> str:
    """Say what the loss is."""
    now = loss(hand.now)
    small = "below" if now < SMALL_LOSS else "not yet below"
    return f"The loss is **{said(hand.now, 'loss')}**, {small} {SMALL_LOSS:g}."


def notebook_learned(hand: Hand) -> str:
    """Say what the exercise is."""
    return (
        f"From a loss of {said(hand.start, 'loss')} to {said(hand.now, 'loss')}, in an exercise "
        "made of all that you have moved: sums, gates, paths. The pages that follow go through it "
        "piece by piece."
    )
