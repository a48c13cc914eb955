"""Says when a pre-activation cannot be told from zero in the floats it was computed in."""

from __future__ import annotations

import numpy as np

from blame.activations import Activation
from blame.arrays import Array
from blame.forward import ForwardPass


def rounding_bound(inputs: Array, weights: Array, bias: Array | None) -> Array:
    """Return a bound on the rounding error of inputs @ weights + bias, in the units of z.

    Counts one rounding for each number typed as a decimal, each product and each sum: a term of
    n products and a bias passes through at most n + 3 roundings, without a bias n + 2.

    Parameters
    ----------
    inputs : (..., n_samples, n_in)
    weights : (..., n_in, n_out)
    bias : (..., n_out), or None

    Returns
    -------
    (..., n_samples, n_out)

    References
    ----------
    Higham (2002), Accuracy and Stability of Numerical Algorithms, section 3.1.
    """
    unit = np.finfo(weights.dtype).eps / 2
    roundings = weights.shape[-2] + (2 if bias is None else 3)
    size = abs(inputs) @ abs(weights)
    if bias is not None:
        size = size + abs(bias)[..., None, :]
    return np.asarray(roundings * unit / (1 - roundings * unit) * size)


def piece_of(activation: Activation, z: Array) -> np.ndarray[tuple[int, ...], np.dtype[np.intp]]:
    """Return which piece of the activation each z lies on: how many of its kinks are below it.

    For a ReLU 1 where the gate is open and 0 where it is shut; always 0 for a smooth activation.
    """
    piece = np.zeros(z.shape, dtype=np.intp)
    for kink in activation.kinks:
        piece += z > kink
    return piece


def on_the_kink(passes: ForwardPass) -> tuple[np.ndarray[tuple[int, ...], np.dtype[np.bool_]], ...]:
    """Return, for each layer, which pre-activations cannot be told from a kink of their activation.

    True where |z - kink| is no larger than the rounding error z may carry, an exact zero
    included; always False for a smooth activation. Shapes are those of `passes.z`.
    """
    found = []
    inputs = passes.x
    for layer, z, a in zip(passes.network.layers, passes.z, passes.a, strict=True):
        bound = rounding_bound(inputs, layer.weights, layer.bias)
        near = np.zeros(z.shape, dtype=np.bool_)
        for kink in layer.activation.kinks:
            near |= abs(z - kink) <= bound
        found.append(near)
        inputs = a
    return tuple(found)
