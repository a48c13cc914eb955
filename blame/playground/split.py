"""Samples set aside before training, to see what a network makes of what it has not been shown."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Rows = NDArray[np.intp]
MOST_SHARE = 80
"""At most so many percent are set aside."""


def split(n_samples: int, percent: int, seed: int) -> tuple[Rows, Rows]:
    """Return the rows to train on and the rows to test on, each in the order of the data.

    Parameters
    ----------
    percent : of the samples to test on, rounded to the nearest; one at least where it is above 0
        and there are two samples, and one at least is left to train on.
    seed : the same seed sets the same samples aside.

    Raises
    ------
    ValueError
        If the percentage or the seed is out of range.
    """
    if not 0 <= percent <= MOST_SHARE or seed < 0:
        raise ValueError(
            f"percent must be from 0 to {MOST_SHARE} and seed from 0 up, got {percent} and {seed}"
        )
    every = np.arange(n_samples)
    if percent == 0 or n_samples < 2:
        return every, every[:0]
    count = min(max(round(n_samples * percent / 100), 1), n_samples - 1)
    aside = np.zeros(n_samples, np.bool_)
    aside[np.random.default_rng(seed).permutation(n_samples)[:count]] = True
    return every[~aside], every[aside]
