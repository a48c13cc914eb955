"""How far rounding alone may have moved each quantity of a pass, carried along both passes."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import product as every_pair

import numpy as np

from blame.activations import Activation
from blame.arrays import Array
from blame.backward import BackwardPass
from blame.forward import ForwardPass
from blame.kinks import rounding_bound
from blame.losses import LossFunction
from blame.network import Layer, Network
from blame.probe.trace import Trace, trace_of

FUNCTION_ROUNDINGS = 8
"""So many roundings are granted to an activation, a loss and their slopes, each an `exp` or two."""


def made_by_rounding(passes: BackwardPass) -> frozenset[str]:
    """Return the names, as `Trace` has them, of values that rounding alone could have made.

    These are the values other than 0 that are no larger than their own rounding error may be: on
    paper they can be 0. A gate counts as float64 has it, though its z be one of them.

    Parameters
    ----------
    passes : the backward pass of a single network and sample.

    Raises
    ------
    ValueError
        If the pass holds a stack or several samples.
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


def _unit(values: Array) -> float:
    return float(np.finfo(values.dtype).eps / 2)


def _typed(values: Array) -> Array:
    """Return the bound of numbers that were typed as decimals."""
    return _unit(values) * abs(values)


def _own(size: Array, roundings: int) -> Array:
    """Return what so many roundings of parts of this size add, underflow included."""
    unit = _unit(size)
    least = roundings * np.finfo(size.dtype).smallest_subnormal
    return np.asarray(roundings * unit / (1 - roundings * unit) * size + least)


def _product_bound(left: Array, left_off: Array, right: Array, right_off: Array) -> Array:
    """Return the bound of left @ right from those of its factors."""
    handed = abs(left) @ right_off + left_off @ (abs(right) + right_off)
    return handed + _own(abs(left) @ abs(right), left.shape[-1])


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
            Layer.trusted(_typed(layer.weights), _typed(layer.bias), layer.activation)
            for layer in forward.network.layers
        )
    )
    return ForwardPass(network, _typed(forward.x), tuple(zs), tuple(activations))


def _value_bound(activation: Activation, z: Array, off: Array, a: Array) -> Array:
    """Return the bound of a = f(z): the steepest slope near z, and the rounding of f itself."""
    slopes = [abs(activation.derivative(z + sign * off)) for sign in (-1, 0, 1)]
    # Between the three a curved slope is a little steeper.
    handed = 1.01 * np.maximum.reduce(slopes) * off
    own = _own(abs(a), FUNCTION_ROUNDINGS)
    if activation.name == "identity" or activation.kinks:
        # What goes through as it is, or is cut to 0, meets no rounding.
        own = np.where((a == z) | (a == 0), 0, own)
    return handed + own


def _slope_bound(activation: Activation, z: Array, off: Array) -> Array:
    """Return the bound of f'(z) on the side of a kink on which the floats have z."""
    here = activation.derivative(z)
    low, high = (abs(activation.derivative(z + sign * off) - here) for sign in (-1, 1))
    near = np.zeros(z.shape, dtype=np.bool_)
    for kink in activation.kinks:
        near |= abs(z - kink) <= off
    moved = np.where(near, np.minimum(low, high), np.maximum(low, high))
    exact = (here == 0) | (here == 1)
    return 1.01 * moved + np.where(exact, 0, _own(abs(here), FUNCTION_ROUNDINGS))


def _backward_bounds(passes: BackwardPass, bounds: ForwardPass) -> BackwardPass:
    forward, loss = passes.forward_pass, passes.loss_function
    layers = forward.network.layers
    target_off = _typed(passes.target)
    last = len(layers) - 1
    activation = layers[last].activation.name
    fused = loss.fused if loss.fused and loss.fused.activation == activation else None
    at = (forward.z[-1], bounds.z[-1]) if fused else (forward.prediction, bounds.prediction)
    met = _Met(*at, passes.target, target_off, loss.domain, fused is not None)
    upstreams: list[Array] = []
    slopes: list[Array] = []
    deltas: list[Array] = []
    weights: list[Array] = []
    biases: list[Array] = []
    for k in reversed(range(len(layers))):
        slope = _slope_bound(layers[k].activation, forward.z[k], bounds.z[k])
        if k == last:
            upstream = met.slope_bound(fused.gradient if fused else loss.gradient)
        else:
            turned = layers[k + 1].weights.swapaxes(-1, -2)
            upstream = _product_bound(passes.deltas[k + 1], deltas[-1], turned, _typed(turned))
        if k == last and fused:
            delta = met.slope_bound(fused.delta)
        else:
            value, local = abs(passes.activation_gradients[k]), abs(passes.local_gradients[k])
            delta = value * slope + upstream * (local + slope)
            delta = delta + np.where((local == 0) | (local == 1), 0, _own(value * local, 1))
        inputs = forward.x if k == 0 else forward.a[k - 1]
        inputs_off = bounds.x if k == 0 else bounds.a[k - 1]
        across = inputs.swapaxes(-1, -2), inputs_off.swapaxes(-1, -2)
        upstreams.append(upstream)
        slopes.append(slope)
        deltas.append(delta)
        weights.append(_product_bound(*across, passes.deltas[k], delta))
        samples = delta.shape[-2]
        summed = _own(abs(passes.deltas[k]).sum(-2), samples - 1) if samples > 1 else 0.0
        biases.append(delta.sum(-2) + summed)
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


@dataclass(frozen=True, eq=False)
class _Met:
    """Where the loss meets the network: the prediction, or z where the loss is fused to it."""

    at: Array
    at_off: Array
    target: Array
    target_off: Array
    domain: tuple[float, float]
    """Of the target and, where the loss is not fused, of `at`."""
    fused: bool

    def _corners(self) -> Iterator[tuple[Array, Array]]:
        low, high = self.domain
        for a, b in every_pair((-1, 1), repeat=2):
            at = self.at + a * self.at_off
            yield (
                at if self.fused else np.clip(at, low, high),
                np.clip(self.target + b * self.target_off, low, high),
            )

    def slope_bound(self, slope: LossFunction) -> Array:
        """Return the bound of a slope: how far it moves within both errors, and its rounding."""
        here = slope(self.at, self.target)
        moved = np.maximum.reduce([abs(slope(*corner) - here) for corner in self._corners()])
        size = abs(here)
        if np.isfinite(self.domain).all():
            # A cross-entropy's slope is a difference of two parts, each with a rounding of its own.
            for end, share in zip(self.domain, (1 - self.target, self.target), strict=True):
                size = size + abs(share * slope(self.at, np.full_like(self.target, end)))
        return 1.01 * moved + _own(size, FUNCTION_ROUNDINGS)

    def loss_bound(self, value: LossFunction, slope: LossFunction, loss: Array) -> Array:
        """Return the bound of the loss: the steepest slope within both errors, and its rounding."""
        steepest = np.maximum.reduce([abs(slope(*corner)) for corner in self._corners()])
        handed = (1.01 * steepest * self.at_off).sum((-2, -1))
        for sign in (-1, 1):
            target = np.clip(self.target + sign * self.target_off, *self.domain)
            handed = handed + abs(value(self.at, target) - loss)
        size = abs(loss)
        if self.fused:
            size = size + (1 + 2 * abs(self.at)).mean((-2, -1))
        terms = self.at.shape[-2] * self.at.shape[-1]
        return np.asarray(handed + _own(size, FUNCTION_ROUNDINGS + terms))
