"""What to notice at the gates: what each lets through, and what shutting costs."""

from __future__ import annotations

import numpy as np

from blame import BackwardPass
from blame.probe.trace import Trace
from blame.training.updates import Update
from pages.shared.words.agreeing import multiplied
from pages.shared.words.lessons.notes.kinks import kink_notes
from pages.shared.words.lessons.notes.said import MOST_TOLD, listed, opened, title
from pages.shared.words.numbers import Numbers


def gate_notes(
    passes: BackwardPass,
    numbers: Numbers,
    sample: int = 0,
    layer: int = 1,
    update: Update | None = None,
) -> list[str]:
    """Say what is true of a layer's gates, at the sample that is looked at.

    `update` is how the exercise is trained, for what is said of gates that stay shut.
    """
    trace = opened("what is said of gates", passes)
    n, unit = numbers.of(passes), trace.activations[layer - 1]
    kinks = kink_notes(passes, n)
    if unit.joint:
        return [f"The {title(unit)} has no gate for each z: all its outputs share them.", *kinks]
    if layer == trace.depth and (trace.fused or trace.plain_output):
        return [_no_gate(trace, layer), *kinks]
    if trace.sizes[layer] > MOST_TOLD:
        return [*_counted(trace, layer, sample, n), *kinks]
    told = [_one(trace, layer, j, sample, n, update or Update()) for j in range(trace.sizes[layer])]
    return [*told, *kinks]


def _no_gate(trace: Trace, k: int) -> str:
    if trace.fused:
        return (
            f"At the output the {title(trace.activations[-1])} and the loss are one: what is left "
            f"of both slopes is the difference of y_pred and y_true, whatever the slope at z{k}."
        )
    return "The output has no gate: all of its blame passes."


def _one(trace: Trace, k: int, j: int, s: int, n: Numbers, update: Update) -> str:
    """Say what one neuron lets through."""
    unit = trace.activations[k - 1]
    upstream, slope = trace.receipt(trace.entry(f"d_z{k}", j, s)).terms[0]
    z = f"({slope.opens} {n.equals(trace.value(slope.opens))})"
    blame = n.signed(upstream.value)
    here = " on this sample" if trace.n_samples > 1 else ""
    if unit.name == "identity":
        return f"Neuron {j} {z}: the identity passes all of its {blame} of blame."
    if unit.kinks == (0.0,) and slope.value == 1:
        return f"Neuron {j} is open{here} {z}: all of its {blame} of blame passes."
    if unit.name == "relu":
        return _shut(
            trace, k, j, f"Neuron {j} is shut{here} {z}: its {blame} of blame stops", update
        )
    passed = multiplied([upstream.value, slope.value], upstream.value * slope.value, n)
    product = f"{passed.factors[0]} × {passed.factors[1]} {passed.equals} {passed.product}"
    if unit.kinks:
        return f"Neuron {j} leaks{here} {z}: {slope.value:g} of its blame passes, {product}."
    return (
        f"Neuron {j} passes the share {passed.factors[1]} of its blame{here}, the slope of the "
        f"{title(unit)} {z}: {product}."
    )


def _shut(trace: Trace, k: int, j: int, lead: str, update: Update) -> str:
    """Say what a shut gate costs: what gets no blame, and whether it can open again."""
    has_bias = trace.network.layers[k - 1].bias is not None
    after = ""
    if k < trace.depth:
        alone = trace.sizes[k + 1] == 1
        after = f"dW{k + 1}[{j}, 0] 0" if alone else f"row {j} of dW{k + 1} 0"
    if trace.n_samples > 1:
        own = f"column {j} of dW{k}" + (f" or db{k}[{j}]" if has_bias else "")
        return f"{lead}, so this sample gives nothing to {own}."
    own = f"column {j} of dW{k} and db{k}[{j}] are 0" if has_bias else f"column {j} of dW{k} is 0"
    said = f"{lead}, so {own}"
    if after:
        said += f"; a{k}[{j}] = 0 makes {after} too"
    # What comes into a later layer moves, and so may its z; so does a tied or decaying parameter.
    stays = k == 1 and f"b{k}" not in update.tied and not update.weight_decay
    return f"{said}. With this one sample no update can open it again." if stays else f"{said}."


def _counted(trace: Trace, k: int, s: int, n: Numbers) -> list[str]:
    """Say of a wide layer how many gates are shut, or who passes the least and the most."""
    unit, local = trace.activations[k - 1], trace.passes.local_gradients[k - 1][s]
    here = " on this sample" if trace.n_samples > 1 else ""
    if unit.name == "identity":
        return [f"The identity passes all blame of the {len(local)} neurons of layer {k}."]
    if unit.kinks:
        shut = np.flatnonzero(local < 1).tolist()
        if not shut:
            return [f"All {len(local)} gates of layer {k} are open{here}: all blame passes."]
        if len(shut) == len(local):
            which = f"All {len(local)} gates of layer {k} are"
        else:
            names = listed(f"{j}" for j in shut)
            neurons = "neuron" if len(shut) == 1 else "neurons"
            is_ = "is" if len(shut) == 1 else "are"
            which = f"Of the {len(local)} gates of layer {k}, {len(shut)} {is_} shut"
            which += f"{here}, of {neurons} {names}"
            return [f"{which}: {_through(unit.name, float(local[shut[0]]))}."]
        return [f"{which} shut{here}: {_through(unit.name, float(local[shut[0]]))}."]
    least, most = int(np.argmin(local)), int(np.argmax(local))
    return [
        f"Of the {len(local)} neurons of layer {k}, neuron {least} passes the smallest share of "
        f"its blame{here}, {n.text(float(local[least]))}, and neuron {most} the largest, "
        f"{n.text(float(local[most]))}."
    ]


def _through(unit: str, slope: float) -> str:
    return (
        "no blame passes there" if unit == "relu" else f"only {slope:g} of the blame passes there"
    )
