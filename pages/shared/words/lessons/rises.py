"""Why a loss rose though every number moved against its blame: one sentence wherever it does."""

from __future__ import annotations

import math

from blame.exercise.exercise import Exercise
from pages.shared.words.numbers import Numbers, short

TOO_LARGE = "Each gradient is right for a small step; this step is too large for it to hold."
DECAYS = "It also draws the parameters towards 0, which the loss does not ask for."
_SHARES = {0.1: "A tenth", 0.01: "A hundredth", 0.001: "A thousandth"}
"""Smaller steps that are tried, the largest first."""


def why_it_rose(exercise: Exercise, numbers: Numbers | None = None) -> str:
    """Say why the first update of an exercise raises the loss, and which smaller step lowers it.

    The smaller step has been tried. Nothing where the update does not raise the loss.
    """
    before = float(exercise.backward().loss)
    after = _after(exercise, 1.0)
    if not after > before:
        return ""
    if exercise.weight_decay:
        return DECAYS
    for share, said in _SHARES.items():
        then = _after(exercise, share)
        if then < before:
            written = short(then) if numbers is None else numbers.text(then)
            return f"{TOO_LARGE} {said} of it would bring the loss to {written}."
    return TOO_LARGE


def _after(exercise: Exercise, share: float) -> float:
    """Return the loss after one update at a share of the learning rate; NaN beyond the floats."""
    rate = exercise.learning_rate * share
    run = exercise.with_numbers({"steps": 1, "learning_rate": rate}).train()
    return float(run.losses[1]) if run.steps == 1 else math.nan
