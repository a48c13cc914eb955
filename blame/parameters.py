"""Networks from arrays: with their parameters moved, or all of them as one vector and back."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from itertools import pairwise

import numpy as np

from blame.activations import Activation
from blame.arrays import Array, read_only
from blame.network import Layer, Network


def from_arrays(arrays: Mapping[str, Array], activations: Sequence[Activation]) -> Network:
    """Return the network of arrays that this package made itself: unchecked, and not copied.

    What a caller passes goes through `Network.with_parameters`, which checks it.

    Parameters
    ----------
    arrays : W1, b1, W2, ..., with leading axes that broadcast; they are closed for writing.
    activations : one for each layer.
    """
    return Network(
        tuple(
            Layer.trusted(read_only(arrays[f"W{k}"]), read_only(arrays[f"b{k}"]), activation)
            for k, activation in enumerate(activations, start=1)
        )
    )


def each_array(network: Network, change: Callable[[Array], Array]) -> Network:
    """Return the network with the same done to each of its arrays, as to take a step of a stack."""
    arrays = {name: change(array) for name, array in network.parameters().items()}
    return from_arrays(arrays, [layer.activation for layer in network.layers])


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
    arrays: dict[str, Array] = {}
    begin = 0
    for k, (n_in, n_out) in enumerate(pairwise(sizes), start=1):
        middle = begin + n_in * n_out
        weights = vector[..., begin:middle].reshape(*vector.shape[:-1], n_in, n_out)
        begin = middle + n_out
        arrays |= {f"W{k}": weights, f"b{k}": vector[..., middle:begin]}
    return from_arrays(arrays, activations)
