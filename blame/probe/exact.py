"""The same forward and backward, number by number, in any arithmetic: above all exact fractions.

Everything else in this package works on NumPy's floats, where each sum is rounded. Here each number
is worked out on plain Python numbers, so that fractions give what paper gives. What it is made of
is read off the graph; the arithmetic is this module's own.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, TypeAlias

from numpy.typing import ArrayLike

from blame.arrays import float_array
from blame.losses import Loss, find_loss
from blame.network import Network
from blame.probe.trace.graph import Graph
from blame.probe.trace.node import Part

Number: TypeAlias = Any
"""A Fraction, a float, or whatever adds, multiplies and compares with 0."""
Row: TypeAlias = tuple[Number, ...]
Matrix: TypeAlias = tuple[Row, ...]

MOST_STEPS = 6
"""Fractions are kept whole, and each step about triples their digits, or more in a deep network."""
MOST_WORK = 1.2e8
"""What a step may cost where fractions are followed as far as that: near a tenth of a second."""


@dataclass(frozen=True)
class ExactPass:
    """One forward and backward pass of one sample, as nested tuples in the layers' order.

    `weights[k][i][j]` and `bias[k][j]` are what the pass started from, `z[k][j]`, `a[k][j]`,
    `delta[k][j]` (dL/dz) and the gradients what it found; `gate[k][j]` is the slope of the
    activation, 1 or 0. A layer without a bias has () for it and for its gradient.
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


LOSSES: dict[str, Callable[[int], Fraction]] = {
    "mse": lambda n_out: Fraction(1, n_out),
    "half_sse": lambda n_out: Fraction(1, 2),
    "sse": lambda n_out: Fraction(1),
}
"""Losses written out here, with what each squared error is multiplied by."""


def as_typed(value: float) -> Fraction:
    """Return the decimal that a reader types to get this float: 1/10 for 0.1, not its neighbour."""
    return Fraction(repr(float(value)))


def refusal(network: Network, loss: str | Loss) -> str:
    """Return why exact passes do not know a network or a loss, or nothing where they do."""
    if (name := find_loss(loss).name) not in LOSSES:
        return f"the loss must be a squared error, got {find_loss(loss).title or name}"
    last = len(network.layers) - 1
    for k, layer in enumerate(network.layers):
        wanted = "identity" if k == last else "relu"
        if layer.activation.name != wanted:
            return f"layer {k + 1} must be {wanted}, got {layer.activation.name}"
    return ""


def exact_train(
    network: Network,
    x: ArrayLike,
    target: ArrayLike | None,
    learning_rate: float,
    steps: int,
    *,
    number: Callable[[float], Number] = as_typed,
    bias_first: bool = False,
    loss: str | Loss = "mse",
    most_work: float = math.inf,
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
    loss : one of `LOSSES`; no other is written out here.
    most_work : fewer steps are taken where `work` says that the next would cost more.

    Raises
    ------
    ValueError
        If the network is a stack or has other activations, the loss is another, there are too
        many steps or several samples, or the numbers do not fit the network.
    """
    if why := refusal(network, loss):
        raise ValueError(why)
    if network.stack_shape:
        raise ValueError(f"exact passes take a single network, got a stack {network.stack_shape}")
    if not 0 <= steps <= MOST_STEPS:
        raise ValueError(f"steps must be from 0 to {MOST_STEPS}, got {steps}")
    if target is None:
        raise ValueError("exact passes need a target, got None")
    inputs, wanted_outputs = float_array("x", x), float_array("target", target)
    for name, got, width in (
        ("x", inputs, network.sizes[0]),
        ("target", wanted_outputs, network.sizes[-1]),
    ):
        if got.ndim == 2 and len(got) > 1:
            raise ValueError(f"exact passes take one sample, got {name} of {len(got)}; pick one")
        if got.shape != (width,):
            raise ValueError(f"{name} must have shape ({width},), got {got.shape}")

    def row(values: Any) -> Row:
        return tuple(number(float(value)) for value in values)

    weights = tuple(tuple(map(row, layer.weights)) for layer in network.layers)
    bias = tuple(() if layer.bias is None else row(layer.bias) for layer in network.layers)
    start, goal, rate = row(inputs), row(wanted_outputs), number(learning_rate)
    graph = Graph(network, loss)
    found = [_pass(graph, weights, bias, start, goal, bias_first)]
    for _ in range(steps):
        weights, bias = _updated(found[-1], rate)
        if work(weights) > most_work:
            break
        found.append(_pass(graph, weights, bias, start, goal, bias_first))
    return found


def work(weights: Sequence[Matrix]) -> float:
    """Return about what a pass of fractions costs, from their digits; floats cost nothing here.

    Going through L layers and back makes digits 2 L - 1 times as many, and a product costs about
    their number to the power of 3/2.
    """
    rows = [line for matrix in weights for line in matrix]
    if not isinstance(rows[0][0], Fraction):
        return 0.0
    digits = max(
        value.numerator.bit_length() + value.denominator.bit_length()
        for line in rows
        for value in line
    )
    return float(sum(map(len, rows)) * (digits * (2 * len(weights) - 1)) ** 1.5)


def _pass(
    graph: Graph,
    weights: tuple[Matrix, ...],
    bias: tuple[Row, ...],
    x: Row,
    target: Row,
    bias_first: bool,
) -> ExactPass:
    """Work out the graph's numbers in its order; what each is made of is all it is asked."""
    given = {"x": x, "y_true": target}
    for k, (matrix, shift) in enumerate(zip(weights, bias, strict=True), start=1):
        given[f"W{k}"] = tuple(value for line in matrix for value in line)
        if shift:
            given[f"b{k}"] = shift
    values: dict[str, Number] = {
        name: value
        for array, row in given.items()
        for name, value in zip(graph.entries(array), row, strict=True)
    }
    for name in (n for stage in graph.stages() for a in stage.arrays for n in graph.entries(a)):
        values[name] = _worked_out(graph, name, values, bias_first)

    def row(array: str) -> Row:
        return tuple(values[name] for name in graph.entries(array))

    def matrix_of(k: int) -> Matrix:
        return tuple(
            tuple(values[f"dW{k}[{i}, {j}]"] for j in graph.width(k)) for i in graph.width(k - 1)
        )

    layers = range(1, graph.depth + 1)
    hidden = layers[:-1]
    return ExactPass(
        weights,
        bias,
        (*(row(f"z{k}") for k in hidden), row("y_pred")),
        (*(row(f"a{k}") for k in hidden), row("y_pred")),
        (*(tuple(map(_gate, row(f"z{k}"))) for k in hidden), (1,) * graph.sizes[-1]),
        values["loss"],
        (*(row(f"d_z{k}") for k in hidden), row("d_loss_y")),
        tuple(matrix_of(k) for k in layers),
        tuple(row(f"db{k}") if bias[k - 1] else () for k in layers),
    )


def _worked_out(graph: Graph, name: str, values: Mapping[str, Number], bias_first: bool) -> Number:
    node = graph.node(name)
    if node.operation == "sum":
        products = [_product(term, values) for term in node.terms]
        place = graph.place(name)
        shifted = bias_first and place.kind in ("z", "y_pred") and len(node.terms[-1]) == 1
        return _sum([products[-1], *products[:-1]] if shifted else products)
    if node.operation == "activation":
        z = values[node.terms[0][0].opens]
        return z if _gate(z) else z * 0
    errors = [values[guess.opens] - values[goal.opens] for guess, goal in node.terms]
    share = LOSSES[graph.loss.name](graph.sizes[-1])
    if node.operation == "loss":
        total = sum(error * error for error in errors)
        return total * share.numerator / share.denominator
    return 2 * share.numerator * errors[0] / share.denominator


def _gate(z: Number) -> int:
    # The ReLU's slope at exactly 0 is 0, as in `blame.activations`.
    return 1 if z > 0 else 0


def _product(term: tuple[Part, ...], values: Mapping[str, Number]) -> Number:
    """Return a term's product; a part that is no number itself is the slope at one."""
    result = None
    for part in term:
        value = values[part.opens]
        factor = value if part.name == part.opens else _gate(value)
        result = factor if result is None else result * factor
    return result


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
