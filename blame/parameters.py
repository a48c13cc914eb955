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
    arrays : W1, b1, W2, ..., with leading axes that broadcast; they are closed for writing. A
        layer whose bias is not among them has none.
    activations : one for each layer.
    """
    return Network(
        tuple(
            Layer.trusted(
                read_only(arrays[f"W{k}"]),
                read_only(arrays[f"b{k}"]) if f"b{k}" in arrays else None,
                activation,
            )
            for k, activation in enumerate(activations, start=1)
        )
    )


def each_array(network: Network, change: Callable[[Array], Array]) -> Network:
    """Return the network with the same done to each of its arrays, as to take a step of a stack."""
    arrays = {name: change(array) for name, array in network.parameters().items()}
    return from_arrays(arrays, [layer.activation for layer in network.layers])


def with_biases(network: Network) -> Network:
    """Return the network with a bias of 0 in each layer that has none: it computes the same."""
    if all(biased(network)):
        return network
    return Network(
        tuple(
            Layer.trusted(
                layer.weights,
                read_only(np.zeros(layer.n_out, network.dtype))
                if layer.bias is None
                else layer.bias,
                layer.activation,
            )
            for layer in network.layers
        )
    )


def biased(network: Network) -> list[bool]:
    """Return whether each layer has a bias, as `from_vector` asks."""
    return [layer.bias is not None for layer in network.layers]


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


def from_vector(
    vector: Array,
    sizes: Sequence[int],
    activations: Sequence[Activation],
    biased: Sequence[bool] | None = None,
) -> Network:
    """Return the network, or the stack of them, whose parameters are `vector`, (..., P).

    Parameters
    ----------
    sizes : widths from the input to the output.
    activations : one for each layer.
    biased : whether each layer has a bias; all have where it is None.

    Raises
    ------
    ValueError
        If the vector has not one entry for each parameter of these sizes.
    """
    with_bias = [True] * len(activations) if biased is None else biased
    shapes = list(zip(pairwise(sizes), with_bias, strict=True))
    count = sum((n_in + has_bias) * n_out for (n_in, n_out), has_bias in shapes)
    if vector.shape[-1] != count:
        raise ValueError(
            f"a network of widths {tuple(sizes)} has {count} parameters, got {vector.shape[-1]}"
        )
    arrays: dict[str, Array] = {}
    begin = 0
    for k, ((n_in, n_out), has_bias) in enumerate(shapes, start=1):
        middle = begin + n_in * n_out
        weights = vector[..., begin:middle].reshape(*vector.shape[:-1], n_in, n_out)
        begin = middle + n_out * has_bias
        arrays |= {f"W{k}": weights}
        if has_bias:
            arrays |= {f"b{k}": vector[..., middle:begin]}
    return from_arrays(arrays, activations)
