"""Read a training run: which neurons died, and from when on the loss only grew."""

from __future__ import annotations

import numpy as np

from blame.training import History

RISES = 3
"""So many rises in a row at the end of a run count as running away."""


def deaths(history: History, layer: int = 0) -> tuple[int | None, ...]:
    """Return, for each neuron of a layer, the step from which on it passes no blame.

    A neuron is dead from the first step at which its local gradient is 0 on every sample there
    and at every later step of the run; None if it still passes blame at the end.

    Parameters
    ----------
    history : a single run.
    layer : counted from 0.
    """
    alive = (history.backward.local_gradients[layer] != 0).any(axis=1)
    found: list[int | None] = []
    for neuron in alive.T:
        if neuron[-1]:
            found.append(None)
        else:
            last_alive = np.flatnonzero(neuron)
            found.append(int(last_alive[-1]) + 1 if len(last_alive) else 0)
    return tuple(found)


def growing_from(history: History) -> int | None:
    """Return the step from which on the loss grew at every step, or None if it does not grow.

    Counts only if the loss rose at least `RISES` times in a row up to the end of the run, and
    ended above where the run started.
    """
    losses = history.losses
    falls = np.flatnonzero(np.diff(losses) <= 0)
    start = int(falls[-1]) + 1 if len(falls) else 0
    enough = len(losses) - 1 - start >= RISES
    return start if enough and losses[-1] > losses[0] else None
