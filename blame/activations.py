"""The functions a neuron may apply to its pre-activation, each with its slope."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

import numpy as np

from blame.arrays import Array, others

LEAK = 0.01
"""Slope of leaky ReLU below zero, PyTorch's default."""


@dataclass(frozen=True)
class Joint:
    """What an activation adds whose every output depends on all z of its layer, as softmax's does.

    `pull_back(z, upstream)` returns dL/dz from dL/da, the upstream gradient times the Jacobian:
    delta_j = sum over i of upstream_i * d a_i / d z_j. On paper, as `blame.formula` reads it, the
    value may speak of s, the sum over the layer of `summand`, of z; and `cross_slope` is d a_i /
    d z_j for another j, of a and b, the values of i and j.
    """

    pull_back: Callable[[Array, Array], Array]
    summand: str = ""
    cross_slope: str = ""


@dataclass(frozen=True)
class Activation:
    """One activation function: value, local gradient, and where it is not smooth.

    Both functions work on any shape and return the shape they get. At a kink the derivative does
    not exist; `derivative` then returns one subgradient, the one PyTorch and TensorFlow use.
    `formula` and `slope` say both as `blame.formula` reads it, of z, and the slope also of a, the
    value: what worksheet, listing and formulas are made from, as far as these are given.

    `second_derivative` must be given where there are kinks: no difference of slopes can tell how a
    piece bends without crossing to the next. At a kink it is that of the piece whose slope
    `derivative` returns; `no_curvature` says that every piece is straight. `initial_scale` is the
    scale of `initialise` that suits it.

    An activation that works on each z by itself has no `joint`. One that has may stand in the last
    layer only; its functions work along the last axis, and its `derivative` and `slope` are those
    of each output at its own z, the diagonal of the Jacobian.

    Raises
    ------
    ValueError
        If there are kinks and no second derivative, or kinks in one that is joint.
    """

    name: str
    value: Callable[[Array], Array]
    derivative: Callable[[Array], Array]
    latex: str
    kinks: tuple[float, ...] = ()
    output_range: tuple[float, float] = (-np.inf, np.inf)
    formula: str = ""
    slope: str = ""
    second_derivative: Callable[[Array], Array] | None = None
    initial_scale: Literal["he", "xavier"] = "xavier"
    joint: Joint | None = None

    def __post_init__(self) -> None:
        if self.kinks and self.second_derivative is None:
            raise ValueError(
                f"{self.name} has kinks: give its second_derivative, no_curvature where every "
                "piece is straight"
            )
        if self.kinks and self.joint:
            raise ValueError(f"{self.name} works on a whole layer at once, so it can have no kinks")

    def delta(self, z: Array, upstream: Array, local: Array) -> Array:
        """Return dL/dz from dL/da and, where each z stands by itself, the local gradient."""
        return upstream * local if self.joint is None else self.joint.pull_back(z, upstream)

    def jacobian(self, z: Array) -> Array:
        """Return d a_i / d z_j, (..., width) to (..., width, width), i before j."""
        unit = np.eye(z.shape[-1], dtype=z.dtype)
        return self.delta(z[..., None, :], unit, self.derivative(z)[..., None, :])

    @property
    def straight(self) -> bool:
        """Whether it is known to be a straight line on each side of its kinks."""
        return self.second_derivative is no_curvature


def no_curvature(z: Array) -> Array:
    """Return the second derivative of whatever is made of straight pieces: 0."""
    return np.zeros_like(z)


def _relu(z: Array) -> Array:
    return np.maximum(z, 0)


def _relu_derivative(z: Array) -> Array:
    # The step function with the value 0 at 0.
    return np.heaviside(z, 0)


def _leaky_relu(z: Array) -> Array:
    return np.where(z > 0, z, z * z.dtype.type(LEAK))


def _leaky_relu_derivative(z: Array) -> Array:
    return np.where(z > 0, z.dtype.type(1), z.dtype.type(LEAK))


def _identity(z: Array) -> Array:
    return z


def _one(z: Array) -> Array:
    ones = np.empty_like(z)
    ones.fill(1)
    return ones


def _sigmoid(z: Array) -> Array:
    # exp of a negative number only, so that nothing overflows.
    small = np.exp(-np.abs(z))
    return np.where(z >= 0, 1, small) / (1 + small)


def _sigmoid_derivative(z: Array) -> Array:
    # a * (1 - a) would lose every digit where a rounds to 1.
    small = np.exp(-np.abs(z))
    return small / (1 + small) ** 2


def _softplus(z: Array) -> Array:
    # exp of a negative number only, as for the sigmoid, which is its slope.
    return np.maximum(z, 0) + np.log1p(np.exp(-np.abs(z)))


def _softmax(z: Array) -> Array:
    # The largest counts 1, so that nothing overflows.
    each = np.exp(z - z.max(-1, keepdims=True))
    return each / np.add.reduce(each, -1, keepdims=True)


def _softmax_derivative(z: Array) -> Array:
    # p * (1 - p), with 1 - p as the share of all others: it keeps its digits where p rounds to 1.
    each = np.exp(z - z.max(-1, keepdims=True))
    return each * others(each) / np.add.reduce(each, -1, keepdims=True) ** 2


def _softmax_pull_back(z: Array, upstream: Array) -> Array:
    # p_j (u_j - sum u_i p_i) = p_j sum p_i (u_j - u_i), since shares sum to 1: equal upstream
    # gradients then cancel exactly, as they do on paper.
    shares = _softmax(z)
    apart = upstream[..., :, None] - upstream[..., None, :]
    return shares * np.add.reduce(shares[..., None, :] * apart, -1)


def _tanh_derivative(z: Array) -> Array:
    # 1 - tanh(z)^2 = 4 e^-2|z| / (1 + e^-2|z|)^2, which keeps its digits in the tails.
    small = np.exp(-2 * np.abs(z))
    return 4 * small / (1 + small) ** 2


ACTIVATIONS: dict[str, Activation] = {
    activation.name: activation
    for activation in (
        Activation(
            "relu",
            _relu,
            _relu_derivative,
            r"\max(0, z)",
            (0.0,),
            (0.0, np.inf),
            formula="max(0, z)",
            slope="z > 0",
            second_derivative=no_curvature,
            initial_scale="he",
        ),
        Activation(
            "leaky_relu",
            _leaky_relu,
            _leaky_relu_derivative,
            rf"\max({LEAK}\,z, z)",
            (0.0,),
            formula=f"max({LEAK} * z, z)",
            slope=f"1 if z > 0 else {LEAK}",
            second_derivative=no_curvature,
            initial_scale="he",
        ),
        Activation(
            "identity",
            _identity,
            _one,
            "z",
            formula="z",
            slope="1",
            second_derivative=no_curvature,
        ),
        Activation(
            "sigmoid",
            _sigmoid,
            _sigmoid_derivative,
            r"\frac{1}{1 + e^{-z}}",
            (),
            (0.0, 1.0),
            formula="1 / (1 + exp(-z))",
            slope="a * (1 - a)",
        ),
        Activation(
            "tanh",
            np.tanh,
            _tanh_derivative,
            r"\tanh z",
            (),
            (-1.0, 1.0),
            formula="tanh(z)",
            slope="1 - a**2",
        ),
        Activation(
            "softplus",
            _softplus,
            _sigmoid,
            r"\ln (1 + e^z)",
            (),
            (0.0, np.inf),
            formula="log(1 + exp(z))",
            slope="1 / (1 + exp(-z))",
            initial_scale="he",
        ),
        Activation(
            "softmax",
            _softmax,
            _softmax_derivative,
            r"\frac{e^{z_j}}{\sum_i e^{z_i}}",
            (),
            (0.0, 1.0),
            formula="exp(z) / s",
            slope="a * (1 - a)",
            joint=Joint(_softmax_pull_back, summand="exp(z)", cross_slope="-(a * b)"),
        ),
    )
}
"""Every activation by name. A new one is one entry here."""


def units() -> tuple[str, ...]:
    """Return the names of the activations that may stand in any layer."""
    return tuple(name for name, activation in ACTIVATIONS.items() if activation.joint is None)


def find_activation(activation: str | Activation) -> Activation:
    """Return the registered activation of that name, or the activation itself.

    Raises
    ------
    ValueError
        If no activation has that name; the message lists those that exist.
    """
    if isinstance(activation, Activation):
        return activation
    if activation not in ACTIVATIONS:
        raise ValueError(f"unknown activation {activation!r}; choose from {', '.join(ACTIVATIONS)}")
    return ACTIVATIONS[activation]
