"""The steps of a growing run: its parameters as one vector, moved by an optimiser."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from blame.arrays import Array
from blame.backward import propagate_back
from blame.forward import propagate
from blame.losses import Loss
from blame.network import Network
from blame.parameters import biased
from blame.playground.run.optimisers import Memory, Optimiser


class Stepped(NamedTuple):
    """The parameters before and after each update, (steps + 1, P), and what is remembered."""

    parameters: Array
    memory: Memory


def make_steps(
    start: Network,
    vector: Array,
    x: Array,
    target: Array,
    rates: Sequence[float],
    loss: Loss,
    optimiser: Optimiser,
    memory: Memory,
    made: int,
    batches: NDArray[np.intp] | None,
) -> Stepped:
    """Make one update for each rate.

    Parameters
    ----------
    start : the network whose shapes and activations these are.
    vector : (P,), the parameters to go on from.
    memory, made : what the optimiser remembers, and how many updates have been made.
    batches : (updates, batch_size), the rows that each uses; all of them where it is None.
    """
    activations = [layer.activation for layer in start.layers]
    with_bias = biased(start)
    every = np.empty((len(rates) + 1, len(vector)))
    every[0] = vector
    xs, targets = x, target
    with np.errstate(all="ignore"):
        for k, rate in enumerate(rates):
            weights, biases = _parted(every[k], start.sizes, with_bias)
            if batches is not None:
                xs, targets = x[batches[k]], target[batches[k]]
            z, a = propagate(weights, biases, activations, xs)
            blame = propagate_back(weights, activations, xs, z, a, targets, loss)
            gradient = np.concatenate(
                [
                    part.reshape(-1)
                    for j, has_bias in enumerate(with_bias)
                    for part in (blame.weight_gradients[j], blame.bias_gradients[j])[: 1 + has_bias]
                ]
            )
            moved, memory = optimiser.direction(gradient, every[k], memory, made + k + 1)
            np.subtract(every[k], rate * moved, out=every[k + 1])
    return Stepped(every, memory)


def _parted(
    vector: Array, sizes: Sequence[int], with_bias: Sequence[bool]
) -> tuple[list[Array], list[Array | None]]:
    """Return the weights and biases that a vector holds, as views."""
    weights: list[Array] = []
    biases: list[Array | None] = []
    begin = 0
    for (n_in, n_out), has_bias in zip(pairwise(sizes), with_bias, strict=True):
        middle = begin + n_in * n_out
        weights.append(vector[begin:middle].reshape(n_in, n_out))
        begin = middle + n_out * has_bias
        biases.append(vector[middle:begin] if has_bias else None)
    return weights, biases
