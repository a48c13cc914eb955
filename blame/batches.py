"""Which samples each update of mini-batch training uses."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray


def draw_batches(
    n_samples: int, batch_size: int, steps: int, seed: int, start: int = 0
) -> NDArray[np.intp]:
    """Return the rows that the updates from `start` on use, (steps, batch_size).

    The samples are shuffled anew for each epoch and taken in that order; a batch that reaches the
    end of an epoch goes on into the next, so every batch is full and every sample is used once an
    epoch. Each epoch's order depends on the seed and its number alone: a run that stops and goes
    on draws the same batches as one that does not.

    Raises
    ------
    ValueError
        If the batch is not from 1 to n_samples, or a number is below 0.
    """
    if not 1 <= batch_size <= n_samples:
        raise ValueError(f"batch_size must be from 1 to {n_samples}, got {batch_size}")
    if min(steps, seed, start) < 0:
        raise ValueError(f"steps, seed and start must be from 0 up, got {steps}, {seed}, {start}")
    begin, end = start * batch_size, (start + steps) * batch_size
    first, last = begin // n_samples, -(-end // n_samples)
    orders = [
        np.random.default_rng([seed, epoch]).permutation(n_samples) for epoch in range(first, last)
    ]
    stream = np.concatenate(orders) if orders else np.empty(0, np.intp)
    drawn = stream[begin - first * n_samples : end - first * n_samples]
    return drawn.reshape(steps, batch_size).astype(np.intp)


def check_batches(batches: ArrayLike, steps: int, n_samples: int) -> NDArray[np.intp]:
    """Return batches as (steps, batch_size) row numbers.

    Raises
    ------
    ValueError
        If the shape does not fit, or an entry is not the number of a row.
    """
    rows = np.asarray(batches)
    if rows.ndim != 2 or len(rows) != steps or rows.shape[1] < 1 or rows.dtype.kind not in "iu":
        raise ValueError(
            f"batches must be whole numbers of shape ({steps}, batch_size), one row a step, "
            f"got {rows.dtype} {rows.shape}"
        )
    if rows.size and not (rows.min() >= 0 and rows.max() < n_samples):
        raise ValueError(
            f"batches must hold rows from 0 to {n_samples - 1}, got {rows.min()} to {rows.max()}"
        )
    return rows.astype(np.intp)
