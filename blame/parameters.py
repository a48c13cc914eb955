"""All parameters of a network as one vector, and back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise

import numpy as np

from blame.activations import Activation
from blame.arrays import Array
from blame.network import Layer, Network


def as_vector(parameters: Mapping[str, Array], stack: tuple[int, ...] = ()) -> Array:
    """Return parameters or their gradients, W1, b1, W2, ..., as vectors, stack + (P,).

    Parameters
    ----------
    parameters : by name, each with its own axes behind leading ones that broadcast to `stack`.
    """
    rows = []
    for name, values in parameters.items():
        own = values.shape[values.ndim - (2 if name.startswith("W") else 1) :]
        rows.append(np.broadcast_to(values, (*stack, *own)).reshape(*stack, -1))
    return np.concatenate(rows, axis=-1)


def from_vector(vector: Array, sizes: Sequence[int], activations: Sequence[Activation]) -> Network:
    """Return the network, or the stack of them, whose parameters are `vector`, (..., P).

    Parameters
    ----------
    sizes : widths from the input to the output.
    activations : one for each layer.

    Raises
    ------
    ValueError
        If the vector has not one entry for each parameter of these sizes.
    """
    count = sum((n_in + 1) * n_out for n_in, n_out in pairwise(sizes))
    if vector.shape[-1] != count:
        raise ValueError(
            f"a network of widths {tuple(sizes)} has {count} parameters, got {vector.shape[-1]}"
        )
    layers, begin = [], 0
    for (n_in, n_out), activation in zip(pairwise(sizes), activations, strict=True):
        middle = begin + n_in * n_out
        weights = vector[..., begin:middle].reshape(*vector.shape[:-1], n_in, n_out)
        begin = middle + n_out
        layers.append(Layer.trusted(weights, vector[..., middle:begin], activation))
    return Network(tuple(layers))
