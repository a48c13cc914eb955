"""Gradients from nudges alone, to check backpropagation against."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from blame.arrays import Array, read_only
from blame.backward import loss_value
from blame.forward import forward
from blame.losses import Loss, check_domain, find_loss
from blame.losses.targets import check_target
from blame.network import Network


@dataclass(frozen=True, eq=False)
class NumericalGradient:
    """Gradients by central differences, under the names and shapes that `BackwardPass` uses."""

    weight_gradients: tuple[Array, ...]
    bias_gradients: tuple[Array | None, ...]


def numerical_gradient(
    network: Network,
    x: ArrayLike,
    target: ArrayLike | None,
    loss: str | Loss = "mse",
    step: float = 1e-5,
) -> NumericalGradient:
    """Return (L(p + step) - L(p - step)) / 2 step for every parameter p, without backpropagation.

    One forward pass over a stack of networks, two for each parameter. Where a kink lies within
    `step` of a pre-activation the quotient mixes both sides and means little.

    Parameters
    ----------
    network, x, target, loss : as for `forward` and `backward`.
    step : how far each parameter is moved, in its own units; above 0.

    Raises
    ------
    ValueError
        If the step is not a positive finite number, or an argument does not fit.
    """
    if not (np.isfinite(step) and step > 0):
        raise ValueError(f"step must be a positive finite number, got {step!r}")
    loss_function = find_loss(loss)
    named = network.parameters()
    own_axes = {name: 2 if name.startswith("W") else 1 for name in named}
    sizes = {name: int(np.prod(p.shape[-own_axes[name] :])) for name, p in named.items()}
    total = sum(sizes.values())
    moved: dict[str, Array] = {}
    widths = np.empty(total, network.dtype)
    begin = 0
    for name, parameter in named.items():
        own = parameter.shape[-own_axes[name] :]
        rows = np.arange(sizes[name])
        # Leading axes: the sign of the nudge, which of all parameters is nudged, then the whole
        # stack's, of which one parameter alone may have fewer.
        stack = (2, total, *network.stack_shape)
        nudged = np.broadcast_to(parameter, (*stack, *own)).copy()
        flat = nudged.reshape(*stack, sizes[name])
        flat[0, begin + rows, ..., rows] += network.dtype.type(step)
        flat[1, begin + rows, ..., rows] -= network.dtype.type(step)
        moved[name] = nudged
        widths[begin : begin + sizes[name]] = 2 * step
        begin += sizes[name]
    passes = forward(network.with_parameters(**moved), x)
    wanted = check_target(passes, target, loss_function)
    check_domain(loss_function, "prediction", passes.prediction)
    with np.errstate(all="ignore"):
        losses = loss_value(loss_function, network.layers[-1].activation, passes, wanted)
        slopes = (losses[0] - losses[1]) / widths.reshape(-1, *(1,) * (losses.ndim - 2))
    return _unpack(np.moveaxis(slopes, 0, -1), network, own_axes)


def _unpack(slopes: Array, network: Network, own_axes: dict[str, int]) -> NumericalGradient:
    """Cut (..., every parameter) into arrays shaped as the parameters are."""
    gradients: dict[str, Array] = {}
    begin = 0
    for name, parameter in network.parameters().items():
        own = parameter.shape[-own_axes[name] :]
        end = begin + int(np.prod(own))
        gradients[name] = read_only(slopes[..., begin:end].reshape(*slopes.shape[:-1], *own))
        begin = end
    layers = range(1, len(network.layers) + 1)
    return NumericalGradient(
        tuple(gradients[f"W{k}"] for k in layers), tuple(gradients.get(f"b{k}") for k in layers)
    )
