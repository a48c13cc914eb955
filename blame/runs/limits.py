"""The largest learning rates that theory allows an exercise, at its start and along its run."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache

import numpy as np

from blame.arrays import Array, read_only
from blame.exercise.exercise import Exercise
from blame.parameters import each_array
from blame.runs.curvature import hessian, stable_rate, trained_curvature
from blame.training import History

MOST_WORK = 100_000
"""Entries of Hessians that are worked out for one run: more steps than that allows are skipped."""


def limit_at_start(exercise: Exercise) -> float:
    """Return the rate above which the exercise's training overshoots, from where it starts."""
    return _at_any_rate(without_rate(exercise))


@lru_cache(maxsize=64)
def without_rate(exercise: Exercise) -> Exercise:
    """Return what all exercises that differ in their learning rate alone have in common."""
    return replace(exercise, learning_rate=0.0)


@lru_cache(maxsize=64)
def _at_any_rate(exercise: Exercise) -> float:
    """Return the limit of all exercises that differ in their rate alone."""
    found = hessian(exercise.network, exercise.x, exercise.target, exercise.loss)
    trained = trained_curvature(found, exercise.network, exercise.update)
    return float(stable_rate(trained, exercise.momentum))


def limits_along(exercise: Exercise, history: History) -> Array:
    """Return the same for every step of the exercise's run, (steps + 1,).

    NaN at the steps that are skipped, where there are many and the network is large: the first and
    the last never are.
    """
    count = history.steps + 1
    parameters = sum(array.size for array in exercise.network.parameters().values())
    room = max(2, MOST_WORK // parameters**2)
    steps = np.unique(np.linspace(0, count - 1, min(count, room)).round().astype(int))
    some = each_array(history.networks, lambda every: every[steps])
    found = hessian(some, exercise.x, exercise.target, exercise.loss)
    trained = trained_curvature(found, exercise.network, exercise.update)
    limits = np.full(count, np.nan)
    limits[steps] = stable_rate(trained, exercise.momentum)
    return read_only(limits)
