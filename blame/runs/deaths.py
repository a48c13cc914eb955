"""When a run's neurons died, and from when on its loss only grew."""

from __future__ import annotations

import numpy as np

from blame.runs.signs import RISES
from blame.training import History


def deaths(history: History, layer: int = 0) -> tuple[int | None, ...]:
    """Return, for each neuron of a layer, the step from which on it passes no blame.

    A neuron is dead from the first step at which its gate is shut, its local gradient 0, on every
    sample there and at every later step of the run; None if it still passes blame at the end, or
    has no gate.

    Parameters
    ----------
    history : a single run.
    layer : counted from 0.
    """
    if not history.networks.layers[layer].activation.kinks:
        return (None,) * history.networks.sizes[layer + 1]
    alive = (history.backward.local_gradients[layer] != 0).any(axis=1)
    return tuple(settled(~neuron) for neuron in alive.T)


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


def settled(holds: np.ndarray[tuple[int, ...], np.dtype[np.bool_]]) -> int | None:
    """Return the step from which on something holds to the end, or None if it does not."""
    if not holds[-1]:
        return None
    failing = np.flatnonzero(~holds)
    return int(failing[-1]) + 1 if len(failing) else 0
