"""Blame on its way back in LaTeX: that of the outputs, the weights, the activations and the z."""

from __future__ import annotations

import numpy as np

from blame import BackwardPass
from blame.formula import Formula
from blame.probe.trace import Trace, trace_of
from blame.probe.trace.graph import array_of
from blame.probe.trace.made_of import made_of
from pages.shared.words.formulas.gates import gate
from pages.shared.words.formulas.latex import (
    BY,
    EACH,
    OVER_ROW,
    OVER_SAMPLES,
    TIMES,
    WIDEST,
    aligned,
    as_it_lies,
    matrix,
    room,
    symbol,
    symbols,
    transposed,
)
from pages.shared.words.formulas.lines import sum_lines
from pages.shared.words.formulas.rows import (
    MOST,
    before,
    operand,
    row,
    row_names,
    row_symbol,
    shown_places,
)
from pages.shared.words.numbers import Numbers


def output_blame(passes: BackwardPass, numbers: Numbers, sample: int = 0) -> str:
    """Return d_loss_y of a sample; of many outputs the largest."""
    trace = trace_of(passes)
    lines = []
    for j in shown_places(row(trace, "d_loss_y", sample)):
        name = trace.output("d_loss_y", j, sample)
        formula, names = made_of(trace, name)
        values = {v: numbers.tex(trace.value(part), part) for v, part in names.items()}
        value = numbers.tex(trace.value(name), name)
        if not names:
            lines.append(rf"{symbol(name, numbers)} &= {value}")
            continue
        lines += [
            rf"{symbol(name, numbers)} &= {formula.latex(symbols(names, numbers))}",
            rf"&= {formula.latex(values, TIMES)} = {value}",
        ]
    return aligned(lines)


def weight_blame(passes: BackwardPass, layer: int, numbers: Numbers, opened: str = "") -> str:
    """Return dW and db of a layer, counted from 1: the sum over all samples.

    `opened` names the weight's blame that is shown of a layer too large for matrices.
    """
    trace = trace_of(passes)
    weights, bias = f"dW{layer}", f"db{layer}"
    has_bias = passes.forward_pass.network.layers[layer - 1].bias is not None
    found = trace.array(weights)
    if max(*found.shape, trace.n_samples) > MOST:
        name = opened if array_of(opened) == weights else _largest(trace, weights)
        lines = sum_lines(trace, name, numbers)
        if has_bias:
            lines += sum_lines(trace, f"{bias}[{trace.place(name).j}]", numbers)
        return aligned(lines)
    came, delta = (array_of(part.opens) for part in trace.node(f"{weights}[0, 0]").terms[0])
    inputs, deltas = np.atleast_2d(trace.array(came)), np.atleast_2d(trace.array(delta))
    one = trace.n_samples == 1
    names = trace.entries
    right = operand(trace, delta, 0, numbers) if one else matrix(deltas, numbers, names(delta))
    left = matrix(inputs.T, numbers, np.reshape(names(came), inputs.shape).T.ravel().tolist())
    product, blamed = numbers.notation.product, symbol(delta, numbers)
    by = before(trace, delta) if one else BY
    lines = [
        rf"{symbol(weights, numbers)} &= {product(transposed(came, numbers), blamed)}",
        f"&= {product(left, right, by=by)} = {matrix(found, numbers, names(weights))}",
    ]
    if has_bias and one:
        summed = matrix(trace.array(bias), numbers, names(bias))
        lines.append(f"{symbol(bias, numbers)} &= {blamed} = {summed}")
    elif has_bias:
        lines += [
            f"{symbol(bias, numbers)} &= {OVER_SAMPLES}{blamed}",
            rf"&= {' + '.join(matrix(each, numbers) for each in deltas)}"
            rf" = {matrix(trace.array(bias), numbers, names(bias))}",
        ]
    return aligned(lines)


def hidden_blame(passes: BackwardPass, layer: int, numbers: Numbers, sample: int = 0) -> str:
    """Return d_a of a hidden layer, counted from 1; of a wide one the largest."""
    trace = trace_of(passes)
    array, weights = f"d_a{layer}", f"W{layer + 1}"
    name = trace.entry(array, 0, sample)
    delta = array_of(trace.node(name).terms[0][0].opens)
    values = row(trace, array, sample)
    if max(trace.array(weights).shape) > MOST:
        largest = trace.entry(array, int(np.argmax(abs(values))), sample)
        return aligned(sum_lines(trace, largest, numbers))
    shape = trace.array(weights).shape
    names = np.reshape(trace.entries(weights), shape).T.ravel().tolist()
    turned = matrix(trace.array(weights).T, numbers, names)
    left = operand(trace, delta, sample, numbers)
    blamed, product = row_symbol(trace, delta, sample, numbers), numbers.notation.product
    return aligned(
        [
            rf"{row_symbol(trace, array, sample, numbers)} &= "
            rf"{product(blamed, transposed(weights, numbers))}"
            rf" = {product(left, turned, by=before(trace, delta))}",
            rf"&= {matrix(values, numbers, row_names(trace, array, sample))}",
        ]
    )


def gate_blame(passes: BackwardPass, layer: int, numbers: Numbers, sample: int = 0) -> str:
    """Return d_z of a layer, counted from 1: the blame that its activation lets through."""
    trace = trace_of(passes)
    array, values = f"d_z{layer}", row(trace, f"d_z{layer}", sample)
    if len(values) > MOST:
        return gate(passes, layer, int(np.argmax(abs(values))), numbers, sample)
    node = trace.node(trace.entry(array, 0, sample))
    left = row_symbol(trace, array, sample, numbers)
    found = matrix(values, numbers, row_names(trace, array, sample))
    if node.operation == "sum" and trace.activations[layer - 1].joint:
        return _through_layer(trace, layer, numbers, sample)
    if node.operation != "sum":
        made, shown = _fused(trace, numbers, sample)
    else:
        formula, names = made_of(trace, node.name)
        rows = {v: row_symbol(trace, array_of(part), sample, numbers) for v, part in names.items()}
        made = formula.latex(rows, EACH)
        given = array_of(node.terms[0][0].opens)
        upstream = matrix(row(trace, given, sample), numbers, row_names(trace, given, sample))
        local = matrix(passes.local_gradients[layer - 1][sample], numbers)
        shown = rf"{upstream} \odot {local}"
    return aligned([rf"{left} &= {made}", f"&= {shown}", f"&= {found}"])


def _fused(trace: Trace, n: Numbers, s: int) -> tuple[str, str]:
    """Return the loss and the activation in one, in symbols and in numbers: a difference."""
    fused, arrays = trace.loss.fused, {"y": "y_pred", "t": "y_true"}
    assert fused is not None
    names = {v: row_symbol(trace, array, s, n) for v, array in arrays.items()}
    values = {
        v: matrix(row(trace, array, s), n, row_names(trace, array, s))
        for v, array in arrays.items()
    }
    made = fused.slope
    if fused.slope_of_any and not trace.whole_targets:
        made = fused.slope_of_any
        names["s"] = f"({OVER_ROW}{names['t']})"
        values["s"] = n.factor(float(row(trace, "y_true", s).sum()))
    shares, written = trace.shares, Formula(made).latex(values, TIMES)
    first, _, last = written.rpartition(" - ")
    if first and room(written) > WIDEST:
        # The two matrices one below the other.
        broken = rf"{first} \\ &\quad - {last}"
        shown = rf"\tfrac{{1}}{{{shares}}}\bigl({broken}\bigr)" if shares > 1 else broken
        return Formula(f"({made}) / {shares}" if shares > 1 else made).latex(names), shown
    formula = Formula(f"({made}) / {trace.shares}" if trace.shares > 1 else made)
    return formula.latex(names), formula.latex(values, TIMES)


def _through_layer(trace: Trace, layer: int, n: Numbers, s: int) -> str:
    """Return blame on its way through an activation that mixes its layer: times its Jacobian."""
    activation = trace.activations[layer - 1]
    assert activation.joint is not None
    width = trace.sizes[layer]
    jacobian = np.array(
        [[trace.jacobian(i, j, s).value for j in range(width)] for i in range(width)]
    )
    upstream, product = row_symbol(trace, "d_loss_y", s, n), n.notation.product
    given = operand(trace, "d_loss_y", s, n)
    own = Formula(activation.slope).latex({"a": "a_i", "z": "z_i"})
    cross = Formula(activation.joint.cross_slope).latex({"a": "a_i", "b": "a_j"})
    return aligned(
        [
            rf"J_{{ii}} &= {own}, \quad J_{{ij}} = {cross}",
            rf"J &= {as_it_lies(jacobian, n)}",
            rf"{row_symbol(trace, f'd_z{layer}', s, n)} &="
            rf" {product(upstream, n.notation.turned('J'))}",
            f"&= {product(given, matrix(jacobian, n), by=before(trace, 'd_loss_y'))}",
            rf"&= {operand(trace, f'd_z{layer}', s, n)}",
        ]
    )


def _largest(trace: Trace, array: str) -> str:
    values = abs(trace.array(array)).ravel()
    return trace.entries(array)[int(np.argmax(values))]
