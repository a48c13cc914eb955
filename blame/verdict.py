"""What became of a run, in one word; of a whole stack of runs at once."""

from __future__ import annotations

from typing import Any, Literal

import numpy as np

from blame.arrays import Array
from blame.forward import ForwardPass
from blame.kink import on_the_kink
from blame.network import Layer, Network
from blame.training import History

Verdict = Literal["away", "kink", "dead", "converged", "oscillating", "slow", "falling"]
VERDICTS: tuple[Verdict, ...] = (
    "away",
    "kink",
    "dead",
    "converged",
    "oscillating",
    "slow",
    "falling",
)
"""Every verdict; where several would fit, the first of them is given."""

RISES = 3
"""So many rises in a row at the end of a run count as running away."""
RECENT = 20
"""So many last steps say whether a run settles."""
CALM = 1e-3
"""A run has converged when no gradient is larger than this, nor than this share of its largest."""
LITTLE = 0.5
"""A run whose loss fell by less than this share is slow."""

Flags = np.ndarray[tuple[int, ...], np.dtype[np.bool_]]


def verdicts(history: History) -> np.ndarray[tuple[int, ...], np.dtype[np.str_]]:
    """Return a `Verdict` for each run of the history, with the shape of its stack, () for one.

    away         left the floats, or the loss rose at each of the last `RISES` steps and ended
                 above where it started
    kink         rests on a kink with a shut gate that blame arrives at; or flips a gate at half
                 of the last `RECENT` steps or more, raises the loss at some of them, and has not
                 converged
    dead         every neuron of some hidden layer has a local gradient of 0 on every sample at
                 the end
    converged    no gradient is larger than `CALM`, nor than `CALM` times the run's largest
    oscillating  the loss rose at some of the last `RECENT` steps
    slow         the loss fell by less than `LITTLE` of where it started
    falling      none of these
    """
    losses = history.losses
    shape = losses.shape[1:]
    with np.errstate(all="ignore"):
        change = np.diff(losses, axis=0)
        rises = change[-RECENT:] > 0
        growing = (
            np.all(change[-RISES:] > 0, axis=0) & (losses[-1] > losses[0])
            if len(change) >= RISES
            else np.zeros(shape, np.bool_)
        )
        away = (history.overflow_steps >= 0) | growing
        blame = blame_size(history)
        calm = is_calm(blame)
        resting = _resting(history)
        flipping = _flipping(history) & ~calm & rises.any(axis=0)
        slow = losses[-1] > (1 - LITTLE) * losses[0]
    found = np.full(shape, "falling", dtype="<U11")
    # From the weakest to the strongest, so that the first of `VERDICTS` is written last.
    for verdict, holds in (
        ("slow", slow),
        ("oscillating", rises.any(axis=0)),
        ("converged", calm),
        ("dead", dead_layer(history)),
        ("kink", resting | flipping),
        ("away", away),
    ):
        found[np.broadcast_to(holds, shape)] = verdict
    return found


def blame_size(history: History) -> Array:
    """Return the largest gradient of any parameter in size at each step, (steps + 1,) + S."""
    axes = len(history.losses.shape)
    sizes = [
        np.abs(gradient).max(axis=tuple(range(axes, gradient.ndim)))
        for gradient in history.backward.parameter_gradients().values()
    ]
    return np.maximum.reduce(sizes)


def is_calm(blame: Array) -> Flags:
    """Return whether each run's blame at the end is small, in itself and beside its largest."""
    calm: Flags = blame[-1] <= CALM * np.minimum(1, blame.max(axis=0))
    return calm


def dead_layer(history: History) -> Flags:
    """Return whether some hidden layer passes no blame on any sample at the end of each run."""
    dead = np.zeros(history.losses.shape[1:], np.bool_)
    for slope in history.backward.local_gradients[:-1]:
        dead |= (slope[-1] == 0).all(axis=(-1, -2))
    return dead


def last_pass(history: History) -> ForwardPass:
    """Return the forward pass of the last step kept."""
    passes = history.forward
    layers = tuple(
        Layer.trusted(layer.weights[-1], layer.bias[-1], layer.activation)
        for layer in passes.network.layers
    )
    # x has a step axis only if the caller gave it one for the stack, which is not the steps'.
    return ForwardPass(
        Network(layers), passes.x, tuple(z[-1] for z in passes.z), tuple(a[-1] for a in passes.a)
    )


def resting_gates(history: History) -> list[Flags]:
    """Return, for each hidden layer, which neurons rest on a kink that blame arrives at.

    S + (width,): at the end, on some sample, z cannot be told from the kink, the gate passes
    nothing, and the upstream gradient is not 0. Gradient descent sees no slope there, though one
    side of the kink has one.
    """
    found: list[Flags] = []
    slopes, upstream = history.backward.local_gradients, history.backward.activation_gradients
    for near, slope, blame in zip(
        on_the_kink(last_pass(history))[:-1], slopes, upstream, strict=False
    ):
        found.append((near & (slope[-1] == 0) & (blame[-1] != 0)).any(axis=-2))
    return found


def flip_counts(history: History) -> list[Any]:
    """Return, for each hidden layer, how often each gate flipped in the last `RECENT` steps."""
    found = []
    for slope in history.backward.local_gradients[:-1]:
        recent = slope[-RECENT - 1 :]
        flips = (recent[1:] != recent[:-1]).any(axis=-2)
        found.append(flips.sum(axis=0))
    return found


def _resting(history: History) -> Flags:
    resting = np.zeros(history.losses.shape[1:], np.bool_)
    for gates in resting_gates(history):
        resting |= gates.any(axis=-1)
    return resting


def _flipping(history: History) -> Flags:
    flipping = np.zeros(history.losses.shape[1:], np.bool_)
    fewest = max(4, min(RECENT, history.steps) // 2)
    layers = history.forward.network.layers[:-1]
    for layer, counts in zip(layers, flip_counts(history), strict=True):
        if layer.activation.kinks:
            flipping |= (counts >= fewest).any(axis=-1)
    return flipping
