"""An activation at work on blame, in LaTeX: of one neuron, and of those of a layer."""

from __future__ import annotations

from blame import BackwardPass
from blame.probe.trace import trace_of
from blame.probe.trace.made_of import made_of
from pages.shared.words.formulas.latex import (
    TIMES,
    aligned,
    joined,
    symbol,
    symbols,
)
from pages.shared.words.formulas.rows import (
    shown_places,
)
from pages.shared.words.numbers import Numbers


def gate(passes: BackwardPass, layer: int, j: int, numbers: Numbers, sample: int = 0) -> str:
    """Return the activation of one neuron at work on blame: for a ReLU, its gate."""
    n, trace = numbers, trace_of(passes)
    if layer == trace.depth and trace.plain_output:
        blame, guess = (trace.output(name, j, sample) for name in ("d_loss_y", "y_pred"))
        passed = n.factor(trace.value(blame), blame)
        return aligned(
            [
                rf"{symbol(guess, n)} &= {n.tex(trace.value(guess), guess)}",
                rf"{symbol(blame, n)} &= {passed} \times 1 = {n.tex(trace.value(blame), blame)}",
            ]
        )
    name = trace.entry(f"d_z{layer}", j, sample)
    z_symbol = trace.entry(f"z{layer}", j, sample)
    z, activation = trace.value(z_symbol), trace.activations[layer - 1]
    node, value = trace.node(name), n.tex(trace.value(name), name)
    if node.operation != "sum" or activation.joint:
        formula, names = made_of(trace, name)
        shown = {v: n.tex(trace.value(part), part) for v, part in names.items()}
        return aligned(
            [
                rf"{symbol(name, n)} &= {formula.latex(symbols(names, n), TIMES)}",
                rf"&= {formula.latex(shown, TIMES)}",
                rf"&= {value}",
            ]
        )
    upstream, slope = trace.receipt(name).terms[0]
    product = rf"{n.factor(upstream.value, upstream.opens)} \times {n.factor(slope.value)}"
    first = rf"{symbol(slope.opens, n)} &= {n.tex(z, z_symbol)}"
    if activation.kinks or activation.slope == "1":
        relation = (" > 0" if z > 0 else r" \le 0") if activation.kinks == (0.0,) else ""
        # Names with a sample of their own are too long for one line of a phone.
        onward = r" \\ &= " if trace.n_samples > 1 else " = "
        return aligned(
            [
                first + relation,
                rf"{symbol(name, n)} &= {symbol(upstream.name, n)} \times {n.factor(slope.value)}"
                rf"{onward}{product} = {value}",
            ]
        )
    formula, names = made_of(trace, name)
    shown = {v: n.factor(trace.value(part), part) for v, part in names.items()}
    made = formula.latex(symbols(names, n), TIMES)
    if trace.n_samples > 1:
        made = made.replace(TIMES, r" \\ &\quad" + TIMES, 1)
    return aligned(
        [
            first,
            rf"{symbol(name, n)} &= {made}",
            rf"&= {formula.latex(shown, TIMES)}",
            rf"&= {product} = {value}",
        ]
    )


def gates(passes: BackwardPass, layer: int, numbers: Numbers, sample: int = 0) -> str:
    """Return the gates of a layer one by one; of a wide one, that with the most blame before it."""
    shown = shown_places(passes.activation_gradients[layer - 1][sample])
    return joined(gate(passes, layer, j, numbers, sample) for j in shown)
