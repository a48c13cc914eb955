"""An exercise's formulas in LaTeX, in symbols and with the live numbers substituted.

What each number is made of is read off the trace. Of several samples the chosen one has its sums
and its blame; the blame of a parameter is the sum over all of them. A matrix is written out up to
a size; beyond it the row of one number stands for all: the largest, or the one that is asked for.
"""

from __future__ import annotations

from blame import BackwardPass
from blame.probe.made_of import made_of
from blame.probe.trace import trace_of
from pages.shared.words.formula_blame import gate, gate_blame, gates, hidden_blame, weight_blame
from pages.shared.words.formula_lines import (
    MOST,
    TIMES,
    a_name,
    activation_lines,
    aligned,
    displayed,
    joined,
    loss_lines,
    matrix,
    row,
    shares_lines,
    shown_places,
    sum_lines,
    symbol,
    symbols,
    z_name,
)
from pages.shared.words.formula_update import update
from pages.shared.words.numbers import Numbers

__all__ = [
    "displayed",
    "gate",
    "gate_blame",
    "gates",
    "hidden_blame",
    "joined",
    "matrix",
    "neuron",
    "neurons",
    "output",
    "output_blame",
    "symbol",
    "update",
    "weight_blame",
]


def neuron(passes: BackwardPass, layer: int, j: int, numbers: Numbers, sample: int = 0) -> str:
    """Return how z and the activation of neuron j of a layer, counted from 1, come about."""
    trace = trace_of(passes)
    lines = sum_lines(trace, z_name(trace, layer, j, sample), numbers)
    if layer < trace.depth or not trace.plain_output:
        lines += activation_lines(trace, a_name(trace, layer, j, sample), numbers)
    return aligned(lines)


def neurons(passes: BackwardPass, layer: int, numbers: Numbers, sample: int = 0) -> str:
    """Return the neurons of a layer one by one; of a wide one, that with the largest z."""
    shown = shown_places(passes.forward_pass.z[layer - 1][sample])
    return joined(neuron(passes, layer, j, numbers, sample) for j in shown)


def output(passes: BackwardPass, numbers: Numbers, sample: int = 0) -> str:
    """Return how the prediction and the loss come about.

    Of many outputs that is shown whose share in the blame is the largest.
    """
    trace = trace_of(passes)
    lines: list[str] = []
    shares = shares_lines(trace, sample, numbers) if trace.sizes[-1] <= MOST else []
    for j in shown_places(row(trace, "d_loss_y", sample)):
        lines += sum_lines(trace, z_name(trace, trace.depth, j, sample), numbers)
        if not trace.plain_output and not shares:
            lines += activation_lines(trace, trace.output("y_pred", j, sample), numbers)
    return aligned([*lines, *shares, *loss_lines(trace, numbers)])


def output_blame(passes: BackwardPass, numbers: Numbers, sample: int = 0) -> str:
    """Return d_loss_y of a sample; of many outputs the largest."""
    trace = trace_of(passes)
    lines = []
    for j in shown_places(row(trace, "d_loss_y", sample)):
        name = trace.output("d_loss_y", j, sample)
        formula, names = made_of(trace, name)
        values = {v: numbers.tex(trace.value(part)) for v, part in names.items()}
        value = numbers.tex(trace.value(name))
        if not names:
            lines.append(rf"{symbol(name, numbers)} &= {value}")
            continue
        lines += [
            rf"{symbol(name, numbers)} &= {formula.latex(symbols(names, numbers))}",
            rf"&= {formula.latex(values, TIMES)} = {value}",
        ]
    return aligned(lines)
