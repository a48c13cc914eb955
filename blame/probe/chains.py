"""Blame on its way through many layers: many random chains at once, as one stack."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np

from blame.activations import Activation
from blame.arrays import Array
from blame.backward import backward
from blame.forward import forward
from blame.network import Layer, Network

MOST_LAYERS = 30
MOST_WIDTH = 8
Fate = Literal["fades", "holds", "explodes", "dies"]
WEAK, STRONG = 0.1, 10.0
"""Blame that arrives below or above these multiples of the output's has faded or exploded."""


@dataclass(frozen=True, eq=False)
class Chains:
    """What `chains` found, each (n_chains, layers), layer 1 first.

    `blame` is the root mean square of dL/dz over a layer's neurons as a multiple of the last
    layer's, `size` that of the activations, `shut` the share of neurons whose local gradient is 0.
    """

    blame: Array
    size: Array
    shut: Array

    @property
    def factors(self) -> Array:
        """What each step back multiplies blame by, (n_chains, layers - 1); 0 where none is left.

        Entry k is blame in layer k + 1 over blame in layer k + 2, both counted from 1: their
        product is the blame that arrives in layer 1.
        """
        before, after = self.blame[:, :-1], self.blame[:, 1:]
        return np.divide(before, after, out=np.zeros_like(before), where=after > 0)

    @property
    def arriving(self) -> float:
        """The median over the chains of the blame that arrives in layer 1."""
        return float(np.median(self.blame[:, 0]))

    @property
    def fate(self) -> Fate:
        """What blame does in the middle chain."""
        if self.arriving == 0:
            return "dies"
        if self.arriving < WEAK:
            return "fades"
        return "explodes" if self.arriving > STRONG else "holds"

    def band(self, values: Array) -> tuple[Array, Array, Array]:
        """Return the tenth, the fiftieth and the ninetieth percentile of each layer."""
        low, middle, high = np.percentile(values, [10, 50, 90], axis=0)
        return low, middle, high


def chains(
    layers: int, width: int, activation: str | Activation, scale: float, seed: int, count: int = 100
) -> Chains:
    """Return what `count` random chains do, one for each seed from `seed` on, in one pass.

    Every layer has `width` inputs and outputs, weights with standard deviation `scale` and no
    bias; the last is linear. Inputs and targets are standard normal, the loss is half_sse.

    Parameters
    ----------
    layers : from 1 to `MOST_LAYERS`.
    width : from 1 to `MOST_WIDTH`.
    activation : of all layers but the last.
    scale : of the weights, from 0 up.

    Raises
    ------
    ValueError
        If a number is out of range, or the activation is unknown.
    """
    for name, value, most in (("layers", layers, MOST_LAYERS), ("width", width, MOST_WIDTH)):
        if not 1 <= value <= most:
            raise ValueError(f"{name} must be from 1 to {most}, got {value}")
    if not (np.isfinite(scale) and scale >= 0):
        raise ValueError(f"scale must be a finite number from 0 up, got {scale}")
    if count < 1:
        raise ValueError(f"count must be at least 1, got {count}")
    weights = np.empty((count, layers, width, width))
    x, target = np.empty((2, count, 1, width))
    for m in range(count):
        generator = np.random.default_rng(seed + m)
        # The generator refuses -0.0, which is a 0 to everyone else.
        weights[m] = generator.normal(0, abs(scale), weights.shape[1:])
        x[m], target[m] = generator.normal(size=(2, 1, width))
    network = Network(
        tuple(
            Layer(weights[:, k], np.zeros(width), activation if k < layers - 1 else "identity")
            for k in range(layers)
        )
    )
    back = backward(forward(network, x), target, "half_sse")
    deltas = np.stack([_size(delta) for delta in back.deltas], -1)
    last = deltas[:, -1:]
    return Chains(
        np.divide(deltas, last, out=np.zeros_like(deltas), where=last > 0),
        np.stack([_size(a) for a in back.forward_pass.a], -1),
        np.stack([(slope == 0).mean((-1, -2)) for slope in back.local_gradients], -1),
    )


def he(width: int) -> float:
    """Return the scale that keeps a ReLU chain's size, sqrt(2 / n_in); He et al. (2015)."""
    return float(np.sqrt(2 / width))


def xavier(width: int) -> float:
    """Return the scale sqrt(2 / (n_in + n_out)); Glorot and Bengio (2010)."""
    return float(np.sqrt(1 / width))


def _size(values: Array) -> Array:
    """Return the root mean square over one sample's neurons, without overflow on the way."""
    largest = np.abs(values).max((-1, -2), keepdims=True)
    scaled = np.divide(values, largest, out=np.zeros_like(values), where=largest > 0)
    size: Array = np.sqrt((scaled**2).mean((-1, -2))) * largest[..., 0, 0]
    return size
