"""Move one number of a network through many values: a stack, so one pass answers for all."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from blame.arrays import float_array
from blame.network import Network


def vary(network: Network, name: str, index: tuple[int, ...], values: ArrayLike) -> Network:
    """Return a stack of networks, alike but for one entry of one parameter.

    Parameters
    ----------
    network : a single network.
    name : the parameter, "W1", "b1", ...
    index : which of its entries, (i, j) for weights, (j,) for a bias.
    values : (n,), the entry's value in each network of the stack.

    Raises
    ------
    ValueError
        If the network is a stack already, or the parameter or entry does not exist.
    """
    if network.stack_shape:
        raise ValueError(f"vary takes a single network, got a stack {network.stack_shape}")
    parameters = network.parameters()
    if name not in parameters:
        raise ValueError(f"unknown parameter {name!r}; choose from {', '.join(parameters)}")
    parameter = parameters[name]
    inside = len(index) == parameter.ndim and all(
        0 <= i < n for i, n in zip(index, parameter.shape, strict=True)
    )
    if not inside:
        raise ValueError(f"{name} has shape {parameter.shape} and no entry {index}")
    along = float_array("values", values, network.dtype)
    stacked = np.broadcast_to(parameter, (*along.shape, *parameter.shape)).copy()
    stacked[(..., *index)] = along
    return network.with_parameters(**{name: stacked})
