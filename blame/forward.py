"""The forward pass: from the input to the prediction, every intermediate kept."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from blame.activations import Activation
from blame.arrays import Array, product, read_only, sample_rows
from blame.network import Network


@dataclass(frozen=True, eq=False)
class ForwardPass:
    """What a network computes on its way from x to the prediction.

    `z[k]` and `a[k]` are the pre-activations and activations of layer k, counted from 0, so the
    notebook's z1 is `z[0]`. Each is (..., n_samples, width of the layer).
    """

    network: Network
    x: Array
    z: tuple[Array, ...]
    a: tuple[Array, ...]

    @property
    def prediction(self) -> Array:
        """The activation of the last layer, (..., n_samples, n_out)."""
        return self.a[-1]


def forward(network: Network, x: ArrayLike) -> ForwardPass:
    """Run `x` through the network and keep every intermediate.

    Parameters
    ----------
    network : one network, or a stack of them.
    x : (n_in,) or (n_samples, n_in), or with leading axes that broadcast with the stack's.
        Converted to the network's floating-point type.

    Returns
    -------
    ForwardPass
        Numbers too large for the type show up in it as infinities or NaN, without a warning.

    Raises
    ------
    ValueError
        If x does not fit the network or is not finite.
    """
    inputs = sample_rows("x", x, network.sizes[0], network.dtype)
    try:
        np.broadcast_shapes(network.stack_shape, inputs.shape[:-2])
    except ValueError:
        raise ValueError(
            f"the leading axes of x {inputs.shape[:-2]} do not broadcast with the network's "
            f"stack {network.stack_shape}"
        ) from None
    with np.errstate(all="ignore"):
        z, a = propagate(
            [layer.weights for layer in network.layers],
            [layer.bias for layer in network.layers],
            [layer.activation for layer in network.layers],
            inputs,
        )
    return ForwardPass(network, inputs, tuple(map(read_only, z)), tuple(map(read_only, a)))


def propagate(
    weights: Sequence[Array],
    biases: Sequence[Array | None],
    activations: Sequence[Activation],
    x: Array,
) -> tuple[list[Array], list[Array]]:
    """Return the pre-activations and activations of each layer, from arrays already checked.

    The one implementation of the forward pass: `forward` calls it once, `train` at every step.
    """
    z: list[Array] = []
    a: list[Array] = []
    inputs = x
    for layer_weights, bias, activation in zip(weights, biases, activations, strict=True):
        weighted = product(inputs, layer_weights)
        z.append(weighted if bias is None else weighted + bias[..., None, :])
        inputs = activation.value(z[-1])
        a.append(inputs)
    return z, a
