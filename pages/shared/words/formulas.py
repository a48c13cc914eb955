"""The lesson's formulas in LaTeX, in symbols and with the live numbers substituted.

All are for the first sample of a network x -> Linear1 -> ReLU -> Linear2 with one output and mse.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np

from blame import BackwardPass
from pages.shared.words.numbers import Numbers


def symbol(name: str) -> str:
    """Return one of the notebook's names as LaTeX."""
    return rf"\texttt{{{name.replace('_', chr(92) + '_')}}}"


def matrix(values: np.ndarray, numbers: Numbers) -> str:
    """Return a vector or matrix as LaTeX, laid out as NumPy prints it."""
    rows = np.atleast_2d(values)
    body = r" \\ ".join(" & ".join(numbers.tex(float(v)) for v in row) for row in rows)
    return rf"\begin{{bmatrix}} {body} \end{{bmatrix}}"


# Small, and broken at each equals sign: a column of a page is narrow, a phone's narrower.
_BEGIN, _NEXT, _END = r"\footnotesize \begin{aligned} ", r" \\ ", r" \end{aligned}"


def joined(formulas: Iterable[str]) -> str:
    """Return several of this module's formulas as one, under one another."""
    lines = [formula.removeprefix(_BEGIN).removesuffix(_END) for formula in formulas]
    return _BEGIN + r" \\[6pt] ".join(lines) + _END


def _aligned(lines: Sequence[str]) -> str:
    # The mark of a value that rounding made is sign enough.
    return _BEGIN + _NEXT.join(lines).replace(r"= {\approx}0", r"\approx 0") + _END


def _sum(terms: Sequence[str]) -> str:
    return " + ".join(terms)


def pre_activation(passes: BackwardPass, neuron: int, numbers: Numbers) -> str:
    """Return how z1[neuron] and a1[neuron] come about."""
    forward = passes.forward_pass
    layer = forward.network.layers[0]
    n, x = numbers, forward.x[0]
    symbols = [rf"{symbol(f'x[{i}]')}\,{symbol(f'W1[{i}, {neuron}]')}" for i in range(layer.n_in)]
    products = [
        rf"{n.factor(x[i])} \times {n.factor(layer.weights[i, neuron])}" for i in range(layer.n_in)
    ]
    z, a = float(forward.z[0][0, neuron]), float(forward.a[0][0, neuron])
    return _aligned(
        [
            rf"{symbol(f'z1[{neuron}]')} &= {_sum(symbols)}",
            rf"&\quad + {symbol(f'b1[{neuron}]')}",
            rf"&= {_sum(products)} + {n.factor(layer.bias[neuron])}",
            rf"&= {n.tex(z)}",
            rf"{symbol(f'a1[{neuron}]')} &= \max(0, {n.tex(z)}) = {n.tex(a)}",
        ]
    )


def output(passes: BackwardPass, numbers: Numbers) -> str:
    """Return how y_pred and the loss come about."""
    forward = passes.forward_pass
    layer = forward.network.layers[1]
    n, a = numbers, forward.a[0][0]
    symbols = [rf"{symbol(f'a1[{j}]')}\,{symbol(f'W2[{j}, 0]')}" for j in range(layer.n_in)]
    products = [
        rf"{n.factor(a[j])} \times {n.factor(layer.weights[j, 0])}" for j in range(layer.n_in)
    ]
    prediction, target = float(forward.prediction[0, 0]), float(passes.target[0, 0])
    return _aligned(
        [
            rf"{symbol('y_pred')} &= {_sum(symbols)}",
            rf"&\quad + {symbol('b2[0]')}",
            rf"&= {_sum(products)} + {n.factor(layer.bias[0])}",
            rf"&= {n.tex(prediction)}",
            rf"{symbol('loss')} &= ({symbol('y_pred')} - {symbol('y_true')})^2",
            rf"&= ({n.tex(prediction)} - {n.factor(target)})^2 = {n.tex(float(passes.loss))}",
        ]
    )


def output_blame(passes: BackwardPass, numbers: Numbers) -> str:
    """Return d_loss_y."""
    n = numbers
    prediction = float(passes.forward_pass.prediction[0, 0])
    target = float(passes.target[0, 0])
    blame = float(passes.activation_gradients[-1][0, 0])
    return _aligned(
        [
            rf"{symbol('d_loss_y')} &= 2\,({symbol('y_pred')} - {symbol('y_true')})",
            rf"&= 2 \times ({n.tex(prediction)} - {n.factor(target)}) = {n.tex(blame)}",
        ]
    )


def second_layer_blame(passes: BackwardPass, numbers: Numbers) -> str:
    """Return dW2 and db2."""
    blame = numbers.factor(float(passes.activation_gradients[-1][0, 0]))
    return _aligned(
        [
            rf"{symbol('dW2')} &= {symbol('a1')}^\top\,{symbol('d_loss_y')}",
            rf"&= {matrix(passes.forward_pass.a[0].T, numbers)} \times {blame}"
            rf" = {matrix(passes.weight_gradients[1], numbers)}",
            rf"{symbol('db2')} &= {symbol('d_loss_y')}"
            rf" = {matrix(passes.bias_gradients[1], numbers)}",
        ]
    )


def hidden_blame(passes: BackwardPass, numbers: Numbers) -> str:
    """Return d_a1."""
    blame = numbers.factor(float(passes.activation_gradients[-1][0, 0]))
    weights = passes.forward_pass.network.layers[1].weights
    return _aligned(
        [
            rf"{symbol('d_a1')} &= {symbol('d_loss_y')}\,{symbol('W2')}^\top"
            rf" = {blame} \times {matrix(weights.T, numbers)}",
            rf"&= {matrix(passes.activation_gradients[0], numbers)}",
        ]
    )


def gate_blame(passes: BackwardPass, numbers: Numbers) -> str:
    """Return d_z1: the blame that the gates let through."""
    return _aligned(
        [
            rf"{symbol('d_z1')} &= {symbol('d_a1')} \odot [\,{symbol('z1')} > 0\,]",
            rf"&= {matrix(passes.activation_gradients[0], numbers)}"
            rf" \odot {matrix(passes.local_gradients[0], numbers)}",
            rf"&= {matrix(passes.deltas[0], numbers)}",
        ]
    )


def first_layer_blame(passes: BackwardPass, numbers: Numbers) -> str:
    """Return dW1 and db1."""
    return _aligned(
        [
            rf"{symbol('dW1')} &= {symbol('x')}^\top\,{symbol('d_z1')}",
            rf"&= {matrix(passes.forward_pass.x.T, numbers)} \, {matrix(passes.deltas[0], numbers)}"
            rf" = {matrix(passes.weight_gradients[0], numbers)}",
            rf"{symbol('db1')} &= {symbol('d_z1')} = {matrix(passes.bias_gradients[0], numbers)}",
        ]
    )


def update(passes: BackwardPass, after: dict[str, np.ndarray], rate: float, n: Numbers) -> str:
    """Return the step every parameter takes: the old value less the rate times its blame."""
    lines = []
    gradients = passes.parameter_gradients()
    for name, before in passes.forward_pass.network.parameters().items():
        lines.append(
            rf"{symbol(name)} &\leftarrow {matrix(before, n)} - {n.factor(rate)} \times "
            rf"{matrix(gradients[name], n)}"
        )
        lines.append(rf"&= {matrix(after[name], n)}")
    return _aligned(lines)


def gate(passes: BackwardPass, neuron: int, numbers: Numbers) -> str:
    """Return one neuron's gate at work."""
    n = numbers
    upstream = float(passes.activation_gradients[0][0, neuron])
    local = float(passes.local_gradients[0][0, neuron])
    delta = float(passes.deltas[0][0, neuron])
    z = float(passes.forward_pass.z[0][0, neuron])
    relation = ">" if local else r"\le"
    return _aligned(
        [
            rf"{symbol(f'z1[{neuron}]')} &= {n.tex(z)} {relation} 0",
            rf"{symbol(f'd_z1[{neuron}]')} &= {symbol(f'd_a1[{neuron}]')} \times {n.tex(local)}"
            rf" = {n.factor(upstream)} \times {n.tex(local)} = {n.tex(delta)}",
        ]
    )
