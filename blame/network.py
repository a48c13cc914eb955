"""A network is a tuple of layers; each layer is weights, a bias or none, and an activation."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from blame.activations import Activation, find_activation, units
from blame.arrays import Array, float_array


@dataclass(frozen=True, eq=False)
class Layer:
    """One fully connected layer, a = activation(x @ weights + bias).

    Parameters
    ----------
    weights : (..., n_in, n_out)
        `weights[i, j]` carries input i to neuron j.
    bias : (..., n_out), or None for a layer without one
    activation : a key of `ACTIVATIONS`, or an `Activation`

    Leading axes make a stack of layers; those of weights and bias broadcast. The arrays are kept
    as read-only copies, in float64 unless both come as float32.

    Raises
    ------
    ValueError
        If the shapes do not fit, a number is not finite, or the activation is unknown.
    """

    weights: Array
    bias: Array | None
    activation: Activation

    def __init__(
        self, weights: ArrayLike, bias: ArrayLike | None, activation: str | Activation = "identity"
    ) -> None:
        checked_weights = float_array("weights", weights)
        if checked_weights.ndim < 2 or 0 in checked_weights.shape[-2:]:
            raise ValueError(
                f"weights must have shape (..., n_in, n_out), got {checked_weights.shape}; "
                "a single column is (n_in, 1)"
            )
        if bias is None:
            self._fill(checked_weights, None, find_activation(activation))
            return
        checked_bias = float_array("bias", bias)
        n_out = checked_weights.shape[-1]
        if checked_bias.ndim < 1 or checked_bias.shape[-1] != n_out:
            raise ValueError(
                f"bias must have shape (..., {n_out}), one number for each column of the weights "
                f"{checked_weights.shape}, got {checked_bias.shape}"
            )
        _common_stack([("weights", checked_weights.shape[:-2]), ("bias", checked_bias.shape[:-1])])
        dtype = np.result_type(checked_weights, checked_bias)
        self._fill(
            float_array("weights", checked_weights, dtype),
            float_array("bias", checked_bias, dtype),
            find_activation(activation),
        )

    def _fill(self, weights: Array, bias: Array | None, activation: Activation) -> None:
        object.__setattr__(self, "weights", weights)
        object.__setattr__(self, "bias", bias)
        object.__setattr__(self, "activation", activation)

    @classmethod
    def trusted(cls, weights: Array, bias: Array | None, activation: Activation) -> Layer:
        """Return a layer around arrays this package made itself, unchecked and not copied."""
        layer = object.__new__(cls)
        layer._fill(weights, bias, activation)
        return layer

    @property
    def n_in(self) -> int:
        """Number of inputs."""
        return self.weights.shape[-2]

    @property
    def n_out(self) -> int:
        """Number of neurons."""
        return self.weights.shape[-1]

    @property
    def stack_shape(self) -> tuple[int, ...]:
        """The leading axes; () for a single layer."""
        bias_stack = () if self.bias is None else self.bias.shape[:-1]
        return np.broadcast_shapes(self.weights.shape[:-2], bias_stack)


@dataclass(frozen=True, eq=False)
class Network:
    """Layers in order, each one's output the next one's input.

    Leading axes of the parameters make a stack of networks that every function of `blame` handles
    in one pass. All layers share one floating-point type.

    Raises
    ------
    ValueError
        If there is no layer, neighbouring layers do not fit, or a layer before the last has an
        activation that only the last may have, such as softmax.
    """

    layers: tuple[Layer, ...]

    def __post_init__(self) -> None:
        layers = tuple(self.layers)
        if not layers:
            raise ValueError("a network needs at least one layer, got none")
        for k, (before, after) in enumerate(pairwise(layers), start=1):
            if before.activation.joint:
                raise ValueError(
                    f"layer {k} has the activation {before.activation.name}, which only the last "
                    f"layer may have; choose from {', '.join(units())}"
                )
            if before.n_out != after.n_in:
                raise ValueError(
                    f"layer {k} gives {before.n_out} outputs but layer {k + 1} takes "
                    f"{after.n_in}; W{k + 1} must have {before.n_out} rows"
                )
        _common_stack([(f"layer {k}", layer.stack_shape) for k, layer in enumerate(layers, 1)])
        dtype = np.result_type(*(layer.weights for layer in layers))
        if any(layer.weights.dtype != dtype for layer in layers):
            layers = tuple(
                Layer(
                    layer.weights.astype(dtype),
                    None if layer.bias is None else layer.bias.astype(dtype),
                    layer.activation,
                )
                for layer in layers
            )
        object.__setattr__(self, "layers", layers)

    @property
    def sizes(self) -> tuple[int, ...]:
        """Widths from the input to the output, (2, 2, 1) for the notebook's network."""
        return (self.layers[0].n_in, *(layer.n_out for layer in self.layers))

    @property
    def dtype(self) -> np.dtype[Any]:
        """The floating-point type of every parameter."""
        return self.layers[0].weights.dtype

    @property
    def stack_shape(self) -> tuple[int, ...]:
        """The leading axes; () for a single network."""
        return np.broadcast_shapes(*(layer.stack_shape for layer in self.layers))

    def parameters(self) -> dict[str, Array]:
        """Return every parameter by name, in order: W1, b1, W2, ..., each bias if there is one."""
        named: dict[str, Array] = {}
        for k, layer in enumerate(self.layers, start=1):
            named[f"W{k}"] = layer.weights
            if layer.bias is not None:
                named[f"b{k}"] = layer.bias
        return named

    def with_parameters(self, **changed: ArrayLike) -> Network:
        """Return a network with some parameters replaced, `with_parameters(b1=[0.1, -0.2])`.

        Raises
        ------
        ValueError
            If a name is not a parameter of this network, or a shape does not fit.
        """
        named: dict[str, ArrayLike] = {**self.parameters()}
        for name, value in changed.items():
            if name not in named:
                raise ValueError(f"unknown parameter {name!r}; choose from {', '.join(named)}")
            named[name] = value
        return Network(
            tuple(
                Layer(named[f"W{k}"], named.get(f"b{k}"), layer.activation)
                for k, layer in enumerate(self.layers, start=1)
            )
        )


def _common_stack(named_shapes: Sequence[tuple[str, tuple[int, ...]]]) -> tuple[int, ...]:
    try:
        return np.broadcast_shapes(*(shape for _, shape in named_shapes))
    except ValueError:
        listed = ", ".join(f"{name} {shape}" for name, shape in named_shapes)
        raise ValueError(f"the leading (stack) axes do not broadcast: {listed}") from None
