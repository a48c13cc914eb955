"""One network trained with many learning rates at once, as one stack."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from blame.arrays import Array, float_array, read_only
from blame.losses import Loss
from blame.network import Network
from blame.runs.signs import Flags
from blame.runs.verdicts import ranked, verdicts
from blame.training import train
from blame.training.updates import Update

RATES: Array = np.logspace(-4, 1, 400)
"""The learning rates of a sweep: 400 from 1e-4 to 10, evenly spaced on a log scale."""
FEWEST_RATES = 40
MOST_WORK = 1_200_000
"""Products of a sweep's forward passes: where 400 rates would ask for more, there are fewer."""
MOST_OF_FEW = 5_000_000
"""Products of a sweep with the fewest rates: where all steps would ask for more, there are fewer.
"""
ROUNDING = 1e-12
"""A rise by no more than this share of the loss at the start may be rounding alone."""


@dataclass(frozen=True, eq=False)
class RateSweep:
    """What each learning rate led to, each (n_rates,).

    `losses` is the loss after `steps` updates, infinite where the run left the floats;
    `verdicts` says in one word what became of the run, a key of `VERDICTS`; `rose` whether the
    loss rose at any step by more than rounding.
    """

    rates: Array
    losses: Array
    verdicts: np.ndarray[tuple[int, ...], np.dtype[np.str_]]
    rose: Flags
    steps: int

    def descends_up_to(self) -> int:
        """Return how many of the rates, from the smallest on, let the loss rise at no step."""
        return int(np.argmax(self.rose)) if self.rose.any() else len(self.rates)

    def best(self) -> int:
        """Return the index of the lowest loss; of several, the one in the middle.

        A run whose neurons died, or that ran away or is stuck, counts only if all of them did.
        """
        good = np.isin(self.verdicts, ranked(lambda verdict: verdict.learning))
        losses = np.where(good, self.losses, np.inf) if good.any() else self.losses
        lowest = np.flatnonzero(losses == losses.min())
        return int(lowest[len(lowest) // 2])


def rates_for(network: Network, n_samples: int, steps: int) -> Array:
    """Return the learning rates of a sweep: `RATES`, or fewer where a run takes long."""
    products = sum(n_in * n_out for n_in, n_out in pairwise(network.sizes))
    count = MOST_WORK // max(1, steps * n_samples * products)
    if count >= len(RATES):
        return RATES
    return np.logspace(-4, 1, max(FEWEST_RATES, count))


def steps_for(network: Network, n_samples: int, steps: int) -> int:
    """Return how many steps each rate of a sweep trains for: fewer where a run takes long."""
    products = sum(n_in * n_out for n_in, n_out in pairwise(network.sizes))
    return min(steps, max(1, MOST_OF_FEW // (FEWEST_RATES * n_samples * products)))


def sweep_rates(
    network: Network,
    x: ArrayLike,
    target: ArrayLike | None,
    rates: ArrayLike = RATES,
    steps: int = 50,
    loss: str | Loss = "mse",
    update: Update | None = None,
) -> RateSweep:
    """Train one network with each of `rates`, (n_rates,), and say what became of every run.

    Parameters
    ----------
    update : what is held and tied, momentum and weight decay; plain descent where it is None.

    Raises
    ------
    ValueError
        As `train`; or if the rates are not one row of numbers.
    """
    tried = float_array("rates", rates)
    if tried.ndim != 1 or not len(tried):
        raise ValueError(f"rates must have shape (n_rates,), got {tried.shape}")
    how = Update() if update is None else update
    run = train(network, x, target, tried, steps, loss, **how.settings())
    left: Any = run.overflow_steps >= 0
    with np.errstate(all="ignore"):
        rises = np.diff(run.losses, axis=0) > ROUNDING * np.abs(run.losses[0])
    return RateSweep(
        tried,
        read_only(np.where(left, np.inf, run.losses[-1])),
        read_only(verdicts(run)),
        read_only(rises.any(axis=0) | left),
        steps,
    )
