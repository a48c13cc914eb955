"""The loop of gradient descent: every step's parameters, side by side in memory."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from blame.arrays import Array, is_small
from blame.backward import propagate_back
from blame.forward import propagate
from blame.losses import Loss
from blame.network import Network
from blame.parameters import from_arrays
from blame.training.updates import Update, rate_for


def descend(
    network: Network,
    x: Array,
    target: Array,
    rate: Array,
    steps: int,
    stack: tuple[int, ...],
    loss: Loss,
    batches: NDArray[np.intp] | None,
    update: Update,
) -> tuple[Network, dict[str, Array]]:
    """Return the parameters before and after each update, as a stack along a leading axis.

    And the velocities of each update where they are not the history's gradients.
    """
    activations = [layer.activation for layer in network.layers]
    n_samples = x.shape[-2] if batches is None else batches.shape[-1]
    together = all(is_small(n_samples, n_in, n_out) for n_in, n_out in pairwise(network.sizes))
    xs, targets = x, target
    layers = range(1, len(activations) + 1)
    every = {
        name: _room(values, steps, stack, 2 if name.startswith("W") else 1, together)
        for name, values in network.parameters().items()
    }
    rules = update.rules(network)
    rates = {name: rate_for(name, rate) for name in every}
    kept = not update.plain or batches is not None
    recorded = {name: np.empty_like(values[1:]) for name, values in every.items() if kept}
    for step in range(steps):
        now = [every[f"W{k}"][step] for k in layers]
        now_biases = [every[f"b{k}"][step] if f"b{k}" in every else None for k in layers]
        if batches is not None:
            xs, targets = x[..., batches[step], :], target[..., batches[step], :]
        z, a = propagate(now, now_biases, activations, xs)
        blame = propagate_back(now, activations, xs, z, a, targets, loss)
        gradients = {"W": blame.weight_gradients, "b": blame.bias_gradients}
        for name, values in every.items():
            velocity = gradients[name[0]][int(name[1:]) - 1]
            if kept:
                before = recorded[name][step - 1] if step else None
                velocity = update.velocity(rules[name], values[step], velocity, before)
                recorded[name][step] = velocity
            np.subtract(values[step], rates[name] * velocity, out=values[step + 1])
    return from_arrays(every, activations), recorded


def _room(
    parameter: Array, steps: int, stack: tuple[int, ...], own_axes: int, together: bool
) -> Array:
    """Return an array for one parameter at every step, its first step filled in.

    `together` puts the members of the stack side by side in memory, which suits products that
    are written out; otherwise each member's parameter is one block, which suits matmul.
    """
    own = parameter.shape[parameter.ndim - own_axes :]
    if together:
        every = np.empty((steps + 1, *own, *stack), parameter.dtype)
        every = np.moveaxis(every, range(1, 1 + own_axes), range(-own_axes, 0))
    else:
        every = np.empty((steps + 1, *stack, *own), parameter.dtype)
    every[0] = parameter
    return every
