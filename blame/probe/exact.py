"""The same forward and backward, number by number, in any arithmetic: above all exact fractions.

Everything else in this package works on NumPy's floats, where each sum is rounded. Here the same
chain is written out on plain Python numbers, so that fractions give what paper gives.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, TypeAlias

from numpy.typing import ArrayLike

from blame.arrays import float_array
from blame.network import Network

Number: TypeAlias = Any
"""A Fraction, a float, or whatever adds, multiplies and compares with 0."""
Row: TypeAlias = tuple[Number, ...]
Matrix: TypeAlias = tuple[Row, ...]

MOST_STEPS = 6
"""Fractions are kept whole, and each step about triples their digits."""


@dataclass(frozen=True)
class ExactPass:
    """One forward and backward pass of one sample, as nested tuples in the layers' order.

    `weights[k][i][j]` and `bias[k][j]` are what the pass started from, `z[k][j]`, `a[k][j]`,
    `delta[k][j]` (dL/dz) and the gradients what it found; `gate[k][j]` is the slope of the
    activation, 1 or 0. The loss is the mean squared error.
    """

    weights: tuple[Matrix, ...]
    bias: tuple[Row, ...]
    z: tuple[Row, ...]
    a: tuple[Row, ...]
    gate: tuple[Row, ...]
    loss: Number
    delta: tuple[Row, ...]
    weight_gradients: tuple[Matrix, ...]
    bias_gradients: tuple[Row, ...]


def as_typed(value: float) -> Fraction:
    """Return the decimal that a reader types to get this float: 1/10 for 0.1, not its neighbour."""
    return Fraction(repr(float(value)))


def exact_train(
    network: Network,
    x: ArrayLike,
    target: ArrayLike,
    learning_rate: float,
    steps: int,
    *,
    number: Callable[[float], Number] = as_typed,
    bias_first: bool = False,
) -> list[ExactPass]:
    """Return the passes before each of `steps` updates and after the last: steps + 1 of them.

    Parameters
    ----------
    network : a single network of ReLU layers, the last one the identity.
    x : (n_in,), one sample.
    target : (n_out,)
    learning_rate : as typed, like every other number.
    steps : from 0 to `MOST_STEPS`.
    number : makes a number of the wanted arithmetic from a float; `float` computes as NumPy does.
    bias_first : adds each bias before the products instead of after them.

    Raises
    ------
    ValueError
        If the network is a stack or has other activations, there are too many steps, or the
        numbers do not fit the network.
    """
    last = len(network.layers) - 1
    for k, layer in enumerate(network.layers):
        wanted = "identity" if k == last else "relu"
        if layer.activation.name != wanted:
            raise ValueError(f"layer {k + 1} must be {wanted}, got {layer.activation.name}")
    if network.stack_shape:
        raise ValueError(f"exact passes take a single network, got a stack {network.stack_shape}")
    if not 0 <= steps <= MOST_STEPS:
        raise ValueError(f"steps must be from 0 to {MOST_STEPS}, got {steps}")
    inputs, wanted_outputs = float_array("x", x), float_array("target", target)
    for name, got, width in (
        ("x", inputs, network.sizes[0]),
        ("target", wanted_outputs, network.sizes[-1]),
    ):
        if got.shape != (width,):
            raise ValueError(f"{name} must have shape ({width},), got {got.shape}")

    def row(values: Any) -> Row:
        return tuple(number(float(value)) for value in values)

    weights = tuple(tuple(map(row, layer.weights)) for layer in network.layers)
    bias = tuple(row(layer.bias) for layer in network.layers)
    start, goal, rate = row(inputs), row(wanted_outputs), number(learning_rate)
    found = [_pass(weights, bias, start, goal, bias_first)]
    for _ in range(steps):
        weights, bias = _updated(found[-1], rate)
        found.append(_pass(weights, bias, start, goal, bias_first))
    return found


def _pass(
    weights: tuple[Matrix, ...], bias: tuple[Row, ...], x: Row, target: Row, bias_first: bool
) -> ExactPass:
    zs, activations, gates = [], [x], []
    for k, (matrix, shift) in enumerate(zip(weights, bias, strict=True)):
        z = _affine(activations[-1], matrix, shift, bias_first)
        # The ReLU's slope at exactly 0 is 0, as in `blame.activations`.
        gate = tuple(1 if k == len(weights) - 1 or value > 0 else 0 for value in z)
        zs.append(z)
        gates.append(gate)
        activations.append(tuple(v if g else v * 0 for v, g in zip(z, gate, strict=True)))
    errors = [p - t for p, t in zip(activations[-1], target, strict=True)]
    loss = sum(error * error for error in errors) / len(errors)
    upstream: Row = tuple(2 * error / len(errors) for error in errors)
    deltas, weight_gradients, bias_gradients = [], [], []
    for k in reversed(range(len(weights))):
        delta = tuple(u * g for u, g in zip(upstream, gates[k], strict=True))
        deltas.append(delta)
        weight_gradients.append(tuple(tuple(a * d for d in delta) for a in activations[k]))
        bias_gradients.append(delta)
        upstream = tuple(
            _sum(d * w for d, w in zip(delta, line, strict=True)) for line in weights[k]
        )
    return ExactPass(
        weights,
        bias,
        tuple(zs),
        tuple(activations[1:]),
        tuple(gates),
        loss,
        tuple(reversed(deltas)),
        tuple(reversed(weight_gradients)),
        tuple(reversed(bias_gradients)),
    )


def _affine(inputs: Row, matrix: Matrix, shift: Row, bias_first: bool) -> Row:
    found = []
    for j, b in enumerate(shift):
        products = [value * line[j] for value, line in zip(inputs, matrix, strict=True)]
        found.append(_sum([b, *products] if bias_first else [*products, b]))
    return tuple(found)


def _sum(terms: Any) -> Number:
    """Return the sum from the left; Python's own `sum` compensates floats."""
    first, *rest = terms
    for term in rest:
        first = first + term
    return first


def _updated(before: ExactPass, rate: Number) -> tuple[tuple[Matrix, ...], tuple[Row, ...]]:
    def moved(values: Sequence[Number], gradients: Sequence[Number]) -> Row:
        return tuple(v - rate * g for v, g in zip(values, gradients, strict=True))

    weights = tuple(
        tuple(moved(line, slope) for line, slope in zip(matrix, slopes, strict=True))
        for matrix, slopes in zip(before.weights, before.weight_gradients, strict=True)
    )
    bias = tuple(map(moved, before.bias, before.bias_gradients))
    return weights, bias
