"""What to change about a run that went wrong, each remedy tried before it is offered."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise
from types import MappingProxyType
from typing import Any

import numpy as np
from numpy.typing import NDArray

from blame.arrays import Array
from blame.exercise.exercise import Exercise
from blame.exercise.typed.bounds import LARGEST, LARGEST_RATE, MOST_STEPS
from blame.runs.deaths import deaths
from blame.runs.diagnosis import bottom, diagnose
from blame.runs.limits import limit_at_start
from blame.runs.verdicts import VERDICTS, ranked, verdicts
from blame.training import History, train

HALVINGS = 14
"""Rates are tried down to a 2**14th, or up to 2**14 times the reader's."""
MOST_WORK = 200_000
"""Products of the forward passes that rates are tried with: where all would ask for more, there
are fewer, spread over the same range."""
AT_ONCE = 400_000
"""A run of more products than this takes so long that remedies for it are tried when asked for."""
LONGER = 80_000
"""A run of up to so many products is tried with four times its steps, a longer one with twice."""
FEWEST = 3
OPEN = 0.5
"""Where a bias puts the z of a neuron that is to be opened."""


Tried = dict[Exercise, tuple[str, float]]
"""What was tried, in order, with the verdict on its run and the loss it ends with."""


@dataclass(frozen=True)
class Remedy:
    """Numbers to change, by their names in links, and what the run then ends with."""

    changes: Mapping[str, float]
    verdict: str
    loss: float


def remedies(exercise: Exercise, history: History | None = None) -> tuple[Remedy, ...]:
    """Return remedies for what became of the exercise's run, the gentlest first.

    Each has been tried: it ends in a better verdict, or in the same one with a lower loss. A run
    that fits its sample needs none.

    Parameters
    ----------
    history : the exercise's run, where it is known.
    """
    if history is None:
        history = exercise.train()
    kind, loss = _verdict(history), float(history.losses[-1])
    if needs_none(history):
        return ()
    tried: Tried = {}
    way = VERDICTS[kind].remedy
    slower = way == "slower" or any(any(deaths(history, k)) for k in range(len(exercise.sizes) - 1))
    tried |= _other_rates(exercise, slower=slower, faster=way == "faster")
    if way == "faster" and exercise.steps < MOST_STEPS:
        steps = exercise.steps * (4 if 4 * _work(exercise) <= LONGER else 2)
        tried |= _ended(_with(exercise, {"steps": min(MOST_STEPS, steps)}))
    opened = _opened(exercise, history)
    if opened:
        ended = _ended(opened)
        tried |= ended
        if VERDICTS[ended[opened][0]].remedy == "slower":
            tried |= _other_rates(opened, slower=True)
    every = (
        Remedy(MappingProxyType(_changes(exercise, other)), *end) for other, end in tried.items()
    )
    return tuple(remedy for remedy in every if _is_better(remedy, kind, loss))


def _ended(exercise: Exercise) -> Tried:
    """Return an exercise with how its run ends."""
    run = exercise.train()
    return {exercise: (_verdict(run), float(run.losses[-1]))}


def _ended_of(
    exercise: Exercise, rates: Array, run: History, words: NDArray[np.str_], k: int
) -> Tried:
    """Return the exercise with one of the rates, which the stacked runs have tried already."""
    other = _with(exercise, {"learning_rate": float(rates[k])})
    return {other: (str(words[k]), float(run.losses[-1][k]))}


def needs_none(history: History) -> bool:
    """Whether a run ends where it fits its samples: there is nothing to mend."""
    finding = diagnose(history)[0]
    return finding.kind == "converged" and bottom(finding, float(history.losses[0])) == "fit"


def takes_long(exercise: Exercise) -> bool:
    """Whether a run of the exercise has so much to work out that remedies are not for every page.

    Each remedy is tried by a run of its own, or by several.
    """
    return _work(exercise) > AT_ONCE


def _work(exercise: Exercise) -> int:
    """Return the products of the forward passes of a run."""
    products = sum(n_in * n_out for n_in, n_out in pairwise(exercise.sizes))
    return exercise.steps * exercise.n_samples * products


def _is_better(remedy: Remedy, verdict: str, loss: float) -> bool:
    """Whether a run is worth offering: a better verdict, or no worse a one and a lower loss."""
    gained = VERDICTS[remedy.verdict].rank - VERDICTS[verdict].rank
    return gained > 0 or (gained == 0 and remedy.loss < loss)


def _other_rates(exercise: Exercise, *, slower: bool = False, faster: bool = False) -> Tried:
    """Return the exercise with a smaller rate, with a larger one, or with each of both.

    All of them are tried as one stack.
    """
    down = _smaller(exercise) if slower else np.empty(0)
    up = _larger(exercise) if faster else np.empty(0)
    rates = np.concatenate([down, up])
    if not len(rates):
        return {}
    run = _train_all(exercise, rates)
    words = verdicts(run)
    found = []
    if len(down):
        found.append(_slower(exercise, run, words, np.arange(len(rates)) < len(down)))
    if len(up):
        found.append(_faster(run, words, np.arange(len(rates)) >= len(down)))
    return {
        other: end
        for k in found
        if k is not None
        for other, end in _ended_of(exercise, rates, run, words, k).items()
    }


def _smaller(exercise: Exercise) -> Array:
    """Return the smaller rates to try, the largest first."""
    halved = exercise.learning_rate / 2.0 ** np.arange(1, HALVINGS + 1)
    rates = _rounded([*halved, *_near_the_limit(exercise)])
    return _some(exercise, np.unique(rates[rates < exercise.learning_rate])[::-1])


def _larger(exercise: Exercise) -> Array:
    """Return the larger rates to try, the smallest first."""
    doubled = exercise.learning_rate * 2.0 ** np.arange(1, HALVINGS + 1)
    rates = _rounded([*doubled, *_near_the_limit(exercise)])
    rates = np.unique(rates[(rates > exercise.learning_rate) & (rates <= LARGEST_RATE)])
    return _some(exercise, rates)


def _slower(
    exercise: Exercise, run: History, words: NDArray[np.str_], among: NDArray[np.bool_]
) -> int | None:
    """Return which smaller rate kills no neuron: the largest that converges.

    If none does, the largest that falls; if none does that either, the largest that is slow.
    """
    kept = among.copy()
    for layer, slope in zip(exercise.network.layers, run.backward.local_gradients, strict=True):
        if layer.activation.kinks:
            kept &= ((slope[-1] != 0) | (slope[0] == 0)).all(axis=(-1, -2))
    for good in ranked(lambda verdict: verdict.learning and verdict.remedy != "slower"):
        fits = np.flatnonzero((words == good) & kept)
        if len(fits):
            return int(fits[0])
    return None


def _faster(run: History, words: NDArray[np.str_], among: NDArray[np.bool_]) -> int | None:
    """Return which larger rate ends lowest, if one ends well."""
    well = np.isin(words, ranked(lambda verdict: verdict.rank > VERDICTS["slow"].rank))
    fits = np.flatnonzero(well & among)
    return int(fits[np.argmin(run.losses[-1][fits])]) if len(fits) else None


def _near_the_limit(exercise: Exercise) -> Array:
    """Return rates from half the stable limit at the start down to a 128th of it."""
    limit = limit_at_start(exercise)
    return np.array([limit / 2**k for k in range(1, 8)] if np.isfinite(limit) else [])


def _some(exercise: Exercise, rates: Array) -> Array:
    """Return the rates that there is time to try."""
    room = max(FEWEST, MOST_WORK // _work(exercise))
    if room >= len(rates):
        return rates
    return rates[np.unique(np.linspace(0, len(rates) - 1, room).round().astype(int))]


def _train_all(exercise: Exercise, rates: Array) -> History:
    """Return the exercise's runs with each of the rates, as one stack."""
    e = exercise
    return train(e.network, e.x, e.target, rates, e.steps, e.loss, **e.update.settings())


def _rounded(rates: Any) -> Array:
    """Return the rates as they would be typed, to three digits; none is 0."""
    short = np.array([float(f"{rate:.3g}") for rate in rates])
    return short[short > 0]


def _opened(exercise: Exercise, history: History) -> Exercise | None:
    """Return the exercise with the neurons that are dead from the start opened by their biases.

    Those of the first layer that has some: what comes after it may open with it. A neuron is open
    where its z is `OPEN` on the sample on which it is largest.
    """
    for k, layer in enumerate(exercise.network.layers, start=1):
        shut = [j for j, step in enumerate(deaths(history, k - 1)) if step == 0]
        if not shut:
            continue
        if layer.bias is None:
            return None
        lift = OPEN - history.forward.z[k - 1][0].max(axis=0)
        wanted = {f"b{k}[{j}]": float(f"{float(layer.bias[j] + lift[j]):.6g}") for j in shut}
        if f"b{k}" in exercise.tied:
            # One number for all of them: the one that needs most.
            wanted = dict([max(wanted.items(), key=lambda one: one[1])])
        changes = {name: value for name, value in wanted.items() if abs(value) <= LARGEST}
        return _with(exercise, changes) if changes else None
    return None


def _verdict(history: History) -> str:
    return str(verdicts(history))


def _with(exercise: Exercise, changes: Mapping[str, float]) -> Exercise:
    return exercise.with_numbers(changes)


def _changes(before: Exercise, after: Exercise) -> dict[str, float]:
    old, new = before.numbers(), after.numbers()
    return {name: new[name] for name in new if new[name] != old[name]}
