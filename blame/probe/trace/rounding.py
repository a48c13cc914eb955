"""How far rounding alone may have moved each quantity of a pass, carried along both passes."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np

from blame.activations import Activation
from blame.arrays import Array
from blame.backward import BackwardPass
from blame.forward import ForwardPass
from blame.kinks import rounding_bound
from blame.network import Layer, Network
from blame.probe.trace.loss_rounding import (
    FUNCTION_ROUNDINGS,
    Met,
    moved_by_each,
    rounded,
    row_size,
    unit,
)
from blame.probe.trace.trace import Trace, trace_of


def made_by_rounding(passes: BackwardPass) -> frozenset[str]:
    """Return the names, as `Trace` has them, of values that rounding alone could have made.

    These are the values other than 0 that are no larger than their own rounding error may be: on
    paper they can be 0. A gate counts as float64 has it, though its z be one of them.

    Parameters
    ----------
    passes : the backward pass of a single network.

    Raises
    ------
    ValueError
        If the pass holds a stack.
    """
    trace, bounds = trace_of(passes), Trace(rounding_bounds(passes))
    return frozenset(
        name
        for name in trace.names()
        if 0 < abs(trace.value(name)) <= bounds.value(name) < math.inf
    )


def rounding_bounds(passes: BackwardPass) -> BackwardPass:
    """Return a bound on the rounding error of every quantity, in the place of that quantity.

    The error is the distance from exact arithmetic on the decimals that were typed, with each
    gate as the floats have it. Every number typed, product and sum counts as one rounding; an
    error is handed on by whatever takes a quantity in.

    Returns
    -------
    BackwardPass
        Laid out as `passes`, in the units of each quantity; x, the target and the parameters are
        the bounds of what was typed. NaN where a quantity left the floats.

    References
    ----------
    Higham (2002), Accuracy and Stability of Numerical Algorithms, sections 3.1 and 3.3.
    """
    with np.errstate(all="ignore"):
        forward = _forward_bounds(passes.forward_pass)
        return _backward_bounds(passes, forward)


def _typed(values: Array) -> Array:
    """Return the bound of numbers that were typed as decimals."""
    return unit(values) * abs(values)


def _product_bound(left: Array, left_off: Array, right: Array, right_off: Array) -> Array:
    """Return the bound of left @ right from those of its factors."""
    handed = abs(left) @ right_off + left_off @ (abs(right) + right_off)
    return handed + rounded(abs(left) @ abs(right), left.shape[-1])


def _forward_bounds(forward: ForwardPass) -> ForwardPass:
    zs, activations = [], []
    inputs = forward.x
    # What is typed is counted by `rounding_bound`: in the first layer both answers are one.
    inputs_off = np.zeros_like(forward.x)
    for layer, z, a in zip(forward.network.layers, forward.z, forward.a, strict=True):
        own = rounding_bound(inputs, layer.weights, layer.bias)
        off = own + inputs_off @ (abs(layer.weights) + _typed(layer.weights))
        zs.append(off)
        inputs_off = _value_bound(layer.activation, z, off, a)
        activations.append(inputs_off)
        inputs = a
    network = Network(
        tuple(
            Layer.trusted(
                _typed(layer.weights),
                None if layer.bias is None else _typed(layer.bias),
                layer.activation,
            )
            for layer in forward.network.layers
        )
    )
    return ForwardPass(network, _typed(forward.x), tuple(zs), tuple(activations))


def _value_bound(activation: Activation, z: Array, off: Array, a: Array) -> Array:
    """Return the bound of a = f(z): the steepest slope near z, and the rounding of f itself."""
    if activation.joint:
        moved = moved_by_each(activation.value, z, off)
        width = z.shape[-1]
        steepest = (abs(activation.jacobian(z)) * off[..., None, :]).sum(-1)
        handed = 1.01 * np.maximum(moved, steepest)
        return handed + rounded(abs(a) * row_size(z), FUNCTION_ROUNDINGS + width)
    slopes = [abs(activation.derivative(z + sign * off)) for sign in (-1, 0, 1)]
    # Between the three a curved slope is a little steeper.
    handed = 1.01 * np.maximum.reduce(slopes) * off
    own = rounded(abs(a), FUNCTION_ROUNDINGS)
    if activation.name == "identity" or activation.kinks:
        # What goes through as it is, or is cut to 0, meets no rounding.
        own = np.where((a == z) | (a == 0), 0, own)
    return handed + own


def _slope_bound(activation: Activation, z: Array, off: Array) -> Array:
    """Return the bound of f'(z) on the side of a kink on which the floats have z."""
    here = activation.derivative(z)
    if activation.joint:
        moved = moved_by_each(activation.derivative, z, off)
        return 1.01 * moved + rounded(abs(here) * row_size(z), FUNCTION_ROUNDINGS + z.shape[-1])
    low, high = (abs(activation.derivative(z + sign * off) - here) for sign in (-1, 1))
    near = np.zeros(z.shape, dtype=np.bool_)
    for kink in activation.kinks:
        near |= abs(z - kink) <= off
    moved = np.where(near, np.minimum(low, high), np.maximum(low, high))
    exact = (here == 0) | (here == 1)
    return 1.01 * moved + np.where(exact, 0, rounded(abs(here), FUNCTION_ROUNDINGS))


def _joint_delta_bound(
    activation: Activation, z: Array, off: Array, upstream: Array, upstream_off: Array
) -> Array:
    """Return the bound of dL/dz where the activation mixes its layer: of upstream @ Jacobian."""
    slopes = abs(activation.jacobian(z))
    size = slopes * row_size(z)[..., None, :]
    slopes_off = 1.01 * moved_by_each(lambda at: activation.jacobian(at), z, off)
    slopes_off = slopes_off + rounded(size, FUNCTION_ROUNDINGS + z.shape[-1])
    value = abs(upstream)[..., None]
    bound = value * slopes_off + upstream_off[..., None] * (slopes + slopes_off)
    return np.asarray((bound + rounded(value * slopes, z.shape[-1])).sum(-2))


def _backward_bounds(passes: BackwardPass, bounds: ForwardPass) -> BackwardPass:
    forward, loss = passes.forward_pass, passes.loss_function
    layers = forward.network.layers
    target_off = _typed(passes.target)
    last = len(layers) - 1
    activation = layers[last].activation.name
    fused = loss.fused if loss.fused and loss.fused.activation == activation else None
    at = (forward.z[-1], bounds.z[-1]) if fused else (forward.prediction, bounds.prediction)
    joint = fused is not None and layers[last].activation.joint is not None
    met = Met(*at, passes.target, target_off, loss, fused is not None, joint)
    upstreams: list[Array] = []
    slopes: list[Array] = []
    deltas: list[Array] = []
    weights: list[Array] = []
    biases: list[Array | None] = []
    for k in reversed(range(len(layers))):
        slope = _slope_bound(layers[k].activation, forward.z[k], bounds.z[k])
        if k == last:
            upstream = met.slope_bound(fused.gradient if fused else loss.gradient)
        else:
            turned = layers[k + 1].weights.swapaxes(-1, -2)
            upstream = _product_bound(passes.deltas[k + 1], deltas[-1], turned, _typed(turned))
        if k == last and fused:
            delta = met.slope_bound(fused.delta)
        elif layers[k].activation.joint:
            delta = _joint_delta_bound(
                layers[k].activation, forward.z[k], bounds.z[k],
                passes.activation_gradients[k], upstream,
            )  # fmt: skip
        else:
            value, local = abs(passes.activation_gradients[k]), abs(passes.local_gradients[k])
            delta = value * slope + upstream * (local + slope)
            delta = delta + np.where((local == 0) | (local == 1), 0, rounded(value * local, 1))
        inputs = forward.x if k == 0 else forward.a[k - 1]
        inputs_off = bounds.x if k == 0 else bounds.a[k - 1]
        across = inputs.swapaxes(-1, -2), inputs_off.swapaxes(-1, -2)
        upstreams.append(upstream)
        slopes.append(slope)
        deltas.append(delta)
        weights.append(_product_bound(*across, passes.deltas[k], delta))
        samples = delta.shape[-2]
        summed = rounded(abs(passes.deltas[k]).sum(-2), samples - 1) if samples > 1 else 0.0
        biases.append(None if layers[k].bias is None else delta.sum(-2) + summed)
    turned = layers[0].weights.swapaxes(-1, -2)
    return replace(
        passes,
        forward_pass=bounds,
        target=target_off,
        loss=met.loss_bound(
            fused.value if fused else loss.value,
            fused.delta if fused else loss.gradient,
            passes.loss,
        ),
        activation_gradients=tuple(upstreams[::-1]),
        local_gradients=tuple(slopes[::-1]),
        deltas=tuple(deltas[::-1]),
        weight_gradients=tuple(weights[::-1]),
        bias_gradients=tuple(biases[::-1]),
        input_gradient=_product_bound(passes.deltas[0], deltas[-1], turned, _typed(turned)),
    )
