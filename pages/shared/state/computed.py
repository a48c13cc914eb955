"""What several parts of a page ask for, computed once for the same numbers.

Keyed by the numbers themselves and read-only, so whoever has the same numbers may share it; the
few kept at a time are those of the changes being answered.
"""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from typing import Any

from blame import BackwardPass, History
from blame.exercise.exercise import Exercise
from blame.exercise.library.compare import Compared, compare
from blame.exercise.library.library import LIBRARY
from blame.playground.recipe import Prepared, Recipe, prepare
from blame.practise.slips.explanation import Explanation, Sorted
from blame.practise.slips.pasted.arrays import ArrayVerdict, compare_arrays
from blame.practise.slips.published import explain_published
from blame.practise.slips.search import find_slips, sort_numbers
from blame.practise.slips.written.shown import Shown, show_slips
from blame.probe.every_nudge import Nudged, nudge_every
from blame.probe.knife_edge import Outcome, outcomes
from blame.probe.trace import trace_of
from blame.probe.what_if import blame_of
from blame.runs.diagnosis import Finding, diagnose
from blame.runs.limits import limit_at_start, limits_along, without_rate
from blame.runs.rate_sweep import RateSweep, rates_for, steps_for, sweep_rates
from blame.runs.remedies import Remedy, remedies
from blame.training import pass_at
from pages.shared.words.numbers import Numbers, rounded_values

KNIFE_STEPS = 5
"""How many updates the knife edge follows; the digits of its fractions triple at each."""


@lru_cache(maxsize=32)
def run_of(exercise: Exercise) -> History:
    """Return the training run of these numbers."""
    return exercise.train()


@lru_cache(maxsize=8)
def pass_of_step(exercise: Exercise, step: int) -> BackwardPass:
    """Return the forward and backward pass after so many steps of the run."""
    return pass_at(run_of(exercise), step)


@lru_cache(maxsize=64)
def passes_of(exercise: Exercise) -> BackwardPass:
    """Return the forward and backward pass of these numbers."""
    return exercise.backward()


@lru_cache(maxsize=64)
def findings_of(exercise: Exercise) -> tuple[Finding, ...]:
    """Return what became of the exercise's run."""
    return diagnose(run_of(exercise))


@lru_cache(maxsize=64)
def remedies_of(exercise: Exercise) -> tuple[Remedy, ...]:
    """Return the remedies for the exercise's run."""
    return remedies(exercise, run_of(exercise))


def limit_of(exercise: Exercise) -> float:
    """Return the stable learning rate at the start of the exercise's run."""
    return limit_at_start(exercise)


def rates_of(exercise: Exercise) -> RateSweep:
    """Return the sweep of the exercise's learning rate."""
    return _rates_at_any_rate(without_rate(exercise))


@lru_cache(maxsize=32)
def _rates_at_any_rate(exercise: Exercise) -> RateSweep:
    e = exercise
    rates = rates_for(e.network, e.n_samples, e.steps)
    steps = steps_for(e.network, e.n_samples, e.steps)
    return sweep_rates(e.network, e.x, e.target, rates, steps, e.loss, e.update)


@lru_cache(maxsize=32)
def limits_of(exercise: Exercise) -> Any:
    """Return the stable learning rate at every step of the exercise's run."""
    return limits_along(exercise, run_of(exercise))


@lru_cache(maxsize=32)
def arithmetics_of(exercise: Exercise, layer: int = 1) -> list[Outcome]:
    """Return what the four arithmetics make of the exercise, with the gates of one layer."""
    return outcomes(exercise, KNIFE_STEPS, layer)


@lru_cache(maxsize=32)
def nudged_of(
    exercise: Exercise, name: str, nudge: float, along: tuple[float, ...], shrunk: tuple[float, ...]
) -> Nudged:
    """Return what a nudge does to the loss, of one number along two curves and of every number."""
    passes = passes_of(exercise)
    found = nudge_every(passes, name, nudge, along, shrunk, exercise.tied)
    trace, made = trace_of(passes), rounded_values(passes)
    # Blame that rounding alone made promises nothing.
    promises = (
        0.0 if blame_of(trace, other, exercise.tied) in made else promise
        for other, promise in zip(found.names, found.promises, strict=True)
    )
    return replace(found, promises=tuple(promises))


@lru_cache(maxsize=64)
def published_of(key: str, updates: int) -> tuple[Compared, ...]:
    """Return what an exercise of the library prints after so many updates, beside the truth."""
    return tuple(compare(LIBRARY[key], updates))


@lru_cache(maxsize=32)
def slips_of(
    exercise: Exercise, numbers: tuple[tuple[str, str], ...]
) -> tuple[Sorted, tuple[Explanation, ...]]:
    """Return which of somebody's numbers are right, and what makes the others."""
    return sort_numbers(exercise, dict(numbers)), find_slips(exercise, dict(numbers))


@lru_cache(maxsize=32)
def shown_slips_of(
    exercise: Exercise,
    numbers: tuple[tuple[str, str], ...],
    slips: tuple[str, ...],
    explains: tuple[str, ...],
    n: Numbers | None,
) -> tuple[Shown, ...]:
    """Return each slip of an explanation as formulas, with numbers as `n` writes them."""
    return show_slips(exercise, dict(numbers), slips, explains, repr if n is None else n.text)


@lru_cache(maxsize=32)
def verdicts_of(
    exercise: Exercise, numbers: tuple[tuple[str, str], ...]
) -> tuple[ArrayVerdict, ...]:
    """Return what each whole array of somebody's numbers is beside the true one."""
    return compare_arrays(exercise, dict(numbers))


@lru_cache(maxsize=64)
def published_slips_of(key: str) -> tuple[Explanation, ...]:
    """Return what makes the wrong numbers of an exercise of the library."""
    return explain_published(LIBRARY[key])


@lru_cache(maxsize=32)
def prepared(recipe: Recipe) -> Prepared:
    """Return the data and the start of a recipe's run."""
    return prepare(recipe)
