"""The blame of every weight and bias found both ways, and how many passes each takes."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from blame.exercise.exercise import Exercise
from blame.probe.trace import trace_of
from blame.probe.what_if import nudged

STEP = 1e-5
"""How far each number is nudged up, and down."""


@dataclass(frozen=True)
class BothWays:
    """Passes forward that nudging took, passes back, and how far the two are apart at most.

    `apart` is in units of blame; where a kink lies within a nudge it is no matter of rounding.
    """

    parameters: int
    nudging: int
    backward: int
    apart: float


def both_ways(exercise: Exercise) -> BothWays:
    """Return what both ways to the blame of an exercise take, by going them.

    Each weight and bias is nudged up and down by itself, each time with a pass forward of its own,
    all of them stacked; backpropagation goes back from the loss once.
    """
    names = exercise.parameter_names()
    passes = exercise.backward()
    up, down = [STEP] * len(names), [-STEP] * len(names)
    moved = nudged(passes, [*names, *names], [*up, *down], exercise.tied)
    slopes = (moved.loss[: len(names)] - moved.loss[len(names) :]) / (2 * STEP)
    found = [trace_of(passes).value(f"d{name}") for name in names]
    apart = float(np.abs(slopes - found).max())
    return BothWays(len(names), int(moved.loss.size), 1, apart)
