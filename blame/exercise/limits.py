"""How large an exercise may be: what a reader can still follow, and no pass can overflow."""

from __future__ import annotations

import numpy as np

from blame.arrays import Array
from blame.exercise.typed.bounds import LARGEST
from blame.network import Network

MOST_LAYERS = 4
MOST_UNITS = 10
"""So many inputs, and so many neurons in a layer."""
MOST_SAMPLES = 8


def check_size(network: Network) -> None:
    """Raise a ValueError if a network is a stack, or too large to be read in a lesson."""
    if network.stack_shape:
        raise ValueError(f"an exercise has one network, got a stack of {network.stack_shape}")
    depth = len(network.layers)
    if depth > MOST_LAYERS:
        raise ValueError(f"an exercise has up to {MOST_LAYERS} layers, got {depth}")
    if max(network.sizes) > MOST_UNITS:
        raise ValueError(
            f"an exercise has up to {MOST_UNITS} inputs and up to {MOST_UNITS} neurons in a "
            f"layer, got {'-'.join(map(str, network.sizes))}"
        )


def within(name: str, values: Array) -> Array:
    """Return values as an exercise keeps them: none too large, and no minus zero."""
    if np.abs(values).max() > LARGEST:
        worst = values.flat[np.abs(values).argmax()]
        raise ValueError(f"{name} must lie within {LARGEST:,.0f} either way, got {worst:g}")
    return values + 0.0


def plain_network(network: Network) -> Network:
    """Return the network with every parameter as `within` gives it."""
    return network.with_parameters(
        **{name: within(name, values) for name, values in network.parameters().items()}
    )
