"""The way forward in LaTeX: how a neuron, the prediction and the loss come about."""

from __future__ import annotations

from blame import BackwardPass
from blame.probe.trace import trace_of
from pages.shared.words.formulas.latex import (
    aligned,
    joined,
)
from pages.shared.words.formulas.lines import activation_lines, shares_lines, sum_lines
from pages.shared.words.formulas.loss import loss_lines
from pages.shared.words.formulas.rows import (
    MOST,
    a_name,
    row,
    shown_places,
    z_name,
)
from pages.shared.words.numbers import Numbers


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
