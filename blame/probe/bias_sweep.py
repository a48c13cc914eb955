"""Move one number of a network through many values: a stack, so one pass answers for all."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from blame.arrays import Array, float_array
from blame.backward import BackwardPass, backward
from blame.forward import ForwardPass, forward
from blame.losses import Loss
from blame.network import Network
from blame.refusals import RefusedError, refuse_unless


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
    flat = stacked.reshape(*along.shape, -1)
    flat[..., np.ravel_multi_index(index, parameter.shape)] = along
    return network.with_parameters(**{name: stacked})


@dataclass(frozen=True, eq=False)
class BiasSweep:
    """What blame does as one bias moves: `backward` is a stack, one network for each bias."""

    biases: Array
    backward: BackwardPass
    gate_at: float
    """The bias at which the neuron's pre-activation is 0, for the sample that was asked for."""


def gate_bias(passes: ForwardPass, neuron: int, *, layer: int = 1, sample: int = 0) -> float:
    """Return the bias at which the pre-activation of a neuron is 0, all else as it is.

    Parameters
    ----------
    layer : of the neuron, counted from 1.
    sample : whose pre-activation it is.

    Raises
    ------
    ValueError
        If there is no such neuron, its layer has no bias, or the pass is that of a stack.
    """
    refuse_unless("a sweep of a bias", passes, samples=None, instead="pick one network first")
    bias = passes.network.layers[layer - 1].bias
    if bias is None:
        raise RefusedError(
            f"a sweep of a bias needs one in layer {layer}, got none; move a weight with what if"
        )
    if not 0 <= neuron < len(bias):
        raise ValueError(f"neuron must be from 0 to {len(bias) - 1}, got {neuron}")
    return float(bias[neuron]) - float(passes.z[layer - 1][sample, neuron])


def sweep_bias(
    network: Network,
    x: ArrayLike,
    target: ArrayLike | None,
    neuron: int,
    biases: ArrayLike,
    loss: str | Loss = "mse",
    *,
    layer: int = 1,
    sample: int = 0,
) -> BiasSweep:
    """Return the passes of `network` as the bias of one neuron moves.

    Parameters
    ----------
    network : a single network.
    x : (n_in,) or (n_samples, n_in)
    target : as `backward` takes it.
    neuron : which neuron of the layer.
    biases : (n,), the bias in each network of the stack.
    loss : a key of `LOSSES`, or a `Loss`.
    layer, sample : as for `gate_bias`.

    Raises
    ------
    ValueError
        As for `gate_bias`, or if an argument does not fit.
    """
    gate_at = gate_bias(forward(network, x), neuron, layer=layer, sample=sample)
    along = float_array("biases", biases)
    swept = forward(vary(network, f"b{layer}", (neuron,), along), x)
    return BiasSweep(along, backward(swept, target, loss), gate_at)
