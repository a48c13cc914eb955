"""An exercise's formulas in LaTeX, in symbols and with the live numbers substituted.

What each number is made of is read off the trace, so they hold for one sample and any layers.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import numpy as np

from blame import BackwardPass
from blame.probe.graph import array_of
from blame.probe.made_of import loss_entry, made_of
from blame.probe.trace import Trace, trace_of
from blame.refusals import refuse_unless
from pages.shared.words.numbers import Numbers


def _opened(passes: BackwardPass) -> Trace:
    """Return the trace of a pass of one sample: with several, a row would stand for one of them."""
    refuse_unless("a lesson's formulas", passes, instead="choose one sample")
    return trace_of(passes)


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
_TIMES, _EACH = r" \times ", r" \odot "
"""Between numbers, and between arrays taken entry by entry."""


def displayed(formula: str) -> str:
    """Return a formula as Markdown, on lines of its own."""
    return f"$$\n{formula}\n$$"


def joined(formulas: Iterable[str]) -> str:
    """Return several of this module's formulas as one, under one another."""
    lines = [formula.removeprefix(_BEGIN).removesuffix(_END) for formula in formulas]
    return _BEGIN + r" \\[6pt] ".join(lines) + _END


def _aligned(lines: Sequence[str]) -> str:
    # The mark of a value that rounding made is sign enough.
    return _BEGIN + _NEXT.join(lines).replace(r"= {\approx}0", r"\approx 0") + _END


def neuron(passes: BackwardPass, layer: int, j: int, numbers: Numbers) -> str:
    """Return how z and the activation of neuron j of a layer, counted from 1, come about."""
    trace = _opened(passes)
    return _aligned(
        [
            *_sum_lines(trace, f"z{layer}[{j}]", numbers),
            *_activation_lines(trace, f"a{layer}[{j}]", numbers),
        ]
    )


def output(passes: BackwardPass, numbers: Numbers) -> str:
    """Return how the prediction and the loss come about."""
    trace = _opened(passes)
    lines = []
    for j, name in enumerate(trace.entries("y_pred")):
        if trace.plain_output:
            lines += _sum_lines(trace, name, numbers)
        else:
            lines += _sum_lines(trace, f"z{trace.depth}[{j}]", numbers)
            lines += _activation_lines(trace, name, numbers)
    return _aligned([*lines, *_loss_lines(trace, numbers)])


def output_blame(passes: BackwardPass, numbers: Numbers) -> str:
    """Return d_loss_y."""
    trace = _opened(passes)
    lines = []
    for name in trace.entries("d_loss_y"):
        formula, names = made_of(trace, name)
        values = {v: numbers.tex(trace.value(part)) for v, part in names.items()}
        lines += [
            rf"{symbol(name)} &= {formula.latex(_symbols(names))}",
            rf"&= {formula.latex(values, _TIMES)} = {numbers.tex(trace.value(name))}",
        ]
    return _aligned(lines)


def weight_blame(passes: BackwardPass, layer: int, numbers: Numbers) -> str:
    """Return dW and db of a layer, counted from 1."""
    trace = _opened(passes)
    made, weights, bias = trace.node(f"dW{layer}[0, 0]"), f"dW{layer}", f"db{layer}"
    came, delta = (array_of(part.opens) for part in made.terms[0])
    return _aligned(
        [
            rf"{symbol(weights)} &= {symbol(came)}^\top\,{symbol(delta)}",
            rf"&= {matrix(_row(trace, came).T, numbers)}{_times(trace, delta, numbers)}"
            rf" = {matrix(trace.array(weights), numbers)}",
            rf"{symbol(bias)} &= {symbol(delta)} = {matrix(trace.array(bias), numbers)}",
        ]
    )


def hidden_blame(passes: BackwardPass, layer: int, numbers: Numbers) -> str:
    """Return d_a of a hidden layer, counted from 1."""
    trace = _opened(passes)
    name = f"d_a{layer}"
    delta, weights = (array_of(part.opens) for part in trace.node(f"{name}[0]").terms[0])
    turned = matrix(trace.array(weights).T, numbers)
    return _aligned(
        [
            rf"{symbol(name)} &= {symbol(delta)}\,{symbol(weights)}^\top"
            rf" = {_operand(trace, delta, numbers)}{_before(trace, delta)}{turned}",
            rf"&= {matrix(_row(trace, name), numbers)}",
        ]
    )


def gate_blame(passes: BackwardPass, layer: int, numbers: Numbers) -> str:
    """Return d_z of a layer, counted from 1: the blame that its activation lets through."""
    trace = _opened(passes)
    name = f"d_z{layer}"
    node = trace.node(f"{name}[0]")
    formula, names = made_of(trace, node.name)
    arrays = {variable: array_of(part) for variable, part in names.items()}
    if node.operation == "sum":
        upstream = matrix(_row(trace, array_of(node.terms[0][0].opens)), numbers)
        local = matrix(passes.local_gradients[layer - 1], numbers)
        shown = rf"{upstream} \odot {local}"
    else:
        # The loss and the activation in one: what is left of both is a difference.
        values = {v: matrix(_row(trace, array), numbers) for v, array in arrays.items()}
        shown = formula.latex(values)
    return _aligned(
        [
            rf"{symbol(name)} &= {formula.latex(_symbols(arrays), _EACH)}",
            rf"&= {shown}",
            rf"&= {matrix(_row(trace, name), numbers)}",
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


def gate(passes: BackwardPass, layer: int, j: int, numbers: Numbers) -> str:
    """Return the activation of one neuron at work on blame: for a ReLU, its gate."""
    n, trace = numbers, _opened(passes)
    name, z = f"d_z{layer}[{j}]", trace.value(f"z{layer}[{j}]")
    upstream, slope = trace.receipt(name).terms[0]
    relation = ""
    if passes.forward_pass.network.layers[layer - 1].activation.kinks == (0.0,):
        relation = " > 0" if z > 0 else r" \le 0"
    return _aligned(
        [
            rf"{symbol(slope.opens)} &= {n.tex(z)}{relation}",
            rf"{symbol(name)} &= {symbol(upstream.name)} \times {n.factor(slope.value)}"
            rf" = {n.factor(upstream.value)} \times {n.factor(slope.value)}"
            rf" = {n.tex(trace.value(name))}",
        ]
    )


def _symbols(names: Mapping[str, str]) -> dict[str, str]:
    return {variable: symbol(name) for variable, name in names.items()}


def _sum_lines(trace: Trace, name: str, n: Numbers) -> list[str]:
    """Return a sum of products: in symbols, with the numbers, and its value."""
    terms = trace.receipt(name).terms
    *symbols, bias = [r"\,".join(symbol(factor.name) for factor in term) for term in terms]
    numbers = [_TIMES.join(n.factor(factor.value) for factor in term) for term in terms]
    lines = [*_broken(symbols, 2), rf"&\quad + {bias}"]
    return [f"{symbol(name)} {lines[0]}", *lines[1:], *_broken(numbers, 3),
            f"&= {n.tex(trace.value(name))}"]  # fmt: skip


def _broken(terms: Sequence[str], most: int) -> list[str]:
    """Return a long sum as lines of so many terms."""
    lines = [" + ".join(terms[k : k + most]) for k in range(0, len(terms), most)]
    return [f"&= {lines[0]}", *(rf"&\quad + {line}" for line in lines[1:])]


def _activation_lines(trace: Trace, name: str, n: Numbers) -> list[str]:
    formula, names = made_of(trace, name)
    values = {v: n.tex(trace.value(part)) for v, part in names.items()}
    value = n.tex(trace.value(name))
    shown = formula.latex(values, _TIMES)
    if shown == value:
        shown = formula.latex(_symbols(names))
    return [f"{symbol(name)} &= {shown} = {value}"]


def _loss_lines(trace: Trace, n: Numbers) -> list[str]:
    """Return the loss, one line an output: in symbols, and with the numbers."""
    each, ends = loss_entry(trace), trace.receipt("loss").terms
    symbols = [each.latex({"y": symbol(y.name), "t": symbol(t.name)}) for y, t in ends]
    values = [each.latex({"y": n.tex(y.value), "t": n.tex(t.value)}, _TIMES) for y, t in ends]
    value = n.tex(trace.value("loss"))
    if len(ends) > 1:
        symbols, values = (
            [terms[0], *(f"({t})" if t.startswith("-") else t for t in terms[1:])]
            for terms in (symbols, values)
        )
        share = rf"\tfrac{{1}}{{{trace.shares}}}" if trace.shares > 1 else ""
        symbols, values = (
            [rf"{share}\bigl({terms[0]}", *terms[1:-1], rf"{terms[-1]}\bigr)"]
            for terms in (symbols, values)
        )
    first, *rest = [*_broken(symbols, 1), *_broken(values, 1)]
    return [f"{symbol('loss')} {first}", *rest[:-1], f"{rest[-1]} = {value}"]


def _row(trace: Trace, array: str) -> np.ndarray:
    return np.atleast_2d(trace.array(array))


def _operand(trace: Trace, array: str, n: Numbers) -> str:
    """Return an array with its numbers; a single output has no index and is a number."""
    if trace.entries(array) == [array]:
        return n.factor(trace.value(array))
    return matrix(_row(trace, array), n)


def _before(trace: Trace, array: str) -> str:
    return _TIMES if trace.entries(array) == [array] else r" \, "


def _times(trace: Trace, array: str, n: Numbers) -> str:
    return _before(trace, array) + _operand(trace, array, n)
