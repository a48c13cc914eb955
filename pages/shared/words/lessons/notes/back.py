"""What to notice on the way back: who is blamed most, where blame grows, and where it stops."""

from __future__ import annotations

from collections.abc import Collection

import numpy as np

from blame import BackwardPass
from blame.probe.trace import Trace
from pages.shared.words.lessons.notes.kinks import kink_notes
from pages.shared.words.lessons.notes.said import (
    MOST_TOLD,
    as_kept,
    listed,
    of_layer,
    opened,
    title,
)
from pages.shared.words.numbers import Numbers


def backward_notes(passes: BackwardPass, numbers: Numbers, sample: int = 0) -> list[str]:
    """Say what is true of this backward pass; of neurons, at the sample that is looked at."""
    trace = opened("what is said of a backward pass", passes)
    n = numbers.of(passes)
    nothing = _no_blame(trace, n)
    if nothing:
        return nothing
    found = [*_most_blamed(trace, n), *_grew_or_shrank(trace, n)]
    for k in range(1, trace.depth + 1):
        found += _stopped(trace, k, sample, n)
    found += _largest_activation(trace, n)
    return found + kink_notes(passes, n)


def blamed_so_far(passes: BackwardPass, unknown: Collection[str], numbers: Numbers) -> str:
    """Say who is blamed most at a stage, of what is found by then.

    Parameters
    ----------
    unknown : the quantities that are found later.
    """
    trace = opened("what is said of a backward pass", passes)
    n = numbers.of(passes)
    nothing = _no_blame(trace, n)
    if nothing:
        return nothing[0]
    found = {
        name: blame for name, blame in weight_gradients(trace).items() if f"d{name}" not in unknown
    }
    if found:
        name = max(found, key=lambda each: abs(found[each]))
        most, grows = "The most blamed weight so far is", "the weight"
        blame = found[name]
    else:
        seed = max(trace.entries("d_loss_y"), key=lambda each: abs(trace.value(each)))
        name = grows = seed.replace("d_loss_y", "y_pred")
        most, blame = "Blame begins at", trace.value(seed)
    if not blame:
        return "No blame has reached a weight so far."
    return f"{most} {name}: {_growing_it(blame, n)} as {grows} grows."


def _growing_it(blame: float, n: Numbers) -> str:
    way = "raise" if blame > 0 else "lower"
    return f"growing it a little would {way} the loss {n.text(abs(blame))} times as fast"


def weight_gradients(trace: Trace) -> dict[str, float]:
    """Return every weight's gradient by the weight's name."""
    return {
        name.removeprefix("d"): trace.value(name) for name in trace.names() if name.startswith("dW")
    }


def _no_blame(trace: Trace, n: Numbers) -> list[str]:
    """Say that blame starts at 0, where it does; nothing where it does not."""
    seeds = [trace.value(name) for name in trace.entries("d_loss_y")]
    every = "The prediction is" if len(seeds) == 1 else "Every prediction is"
    if not trace.loss.of_difference:
        every = "The loss has no slope, so nothing is"
    if not any(seeds):
        if trace.loss.of_difference:
            return [f"{every} right, so the blame starts at 0 and every gradient is 0."]
        return [f"{every} to blame and every gradient is 0."]
    if trace.loss.of_difference and all(seed == 0 or n.is_nothing(seed) for seed in seeds):
        largest = max(seeds, key=abs)
        return [
            f"{every} right but for rounding, so the blame starts at 0 and every gradient "
            f"is 0, but for rounding: {as_kept(largest, n)} to start from is no more than that.",
            *kink_notes(trace.passes, n),
        ]
    return []


def _most_blamed(trace: Trace, n: Numbers) -> list[str]:
    named = weight_gradients(trace)
    top = max(named, key=lambda name: abs(named[name]))
    if named[top]:
        said = _growing_it(named[top], n)
        return [f"The most blamed weight is {top}: {said} as the weight grows."]
    why = ""
    for k in range(trace.depth, 0, -1):
        local = trace.passes.local_gradients[k - 1]
        if trace.activations[k - 1].kinks and not local.any():
            every = {1: "the gate", 2: "both gates"}.get(trace.sizes[k], "every gate")
            is_ = "is" if trace.sizes[k] == 1 else "are" if trace.sizes[k] == 2 else "is"
            where = of_layer(trace, k)
            samples = " on every sample" if trace.n_samples > 1 else ""
            why = f": {every}{where} {is_} shut{samples}"
            break
    gradients = trace.passes.parameter_gradients()
    left = [name for name, g in gradients.items() if name[0] == "b" and g.any()]
    end = (
        f", and only {listed(left)} still {'gets' if len(left) == 1 else 'get'} any" if left else ""
    )
    return [f"No weight receives blame{why}{end}."]


def _grew_or_shrank(trace: Trace, n: Numbers) -> list[str]:
    """Say whether the largest blame of the first weights exceeds that at the output."""
    passes = trace.passes
    if trace.fused:
        seed, where = float(np.abs(passes.deltas[-1]).max()), f"in d_z{trace.depth}"
    else:
        seed, where = float(np.abs(passes.activation_gradients[-1]).max()), "at the output"
    first = float(np.abs(passes.weight_gradients[0]).max())
    if not np.isfinite([seed, first]).all() or not first:
        return []
    up_to = "" if trace.n_samples == 1 and trace.sizes[-1] == 1 else "up to "
    product = trace.n_samples == 1 and (
        trace.depth == 1 or (trace.depth == 2 and trace.sizes[-1] == 1)
    ) and not trace.activations[-1].joint  # fmt: skip
    if first > seed:
        why = (
            "It is a product of factors, and these exceed 1."
            if product
            else "It is a sum of products: factors above 1 and many ways both let it grow."
        )
        return [
            f"Blame grew on its way back: up to {n.text(first)} in dW1 against "
            f"{up_to}{n.text(seed)} {where}. {why}"
        ]
    why = "It is a product of factors." if product else "It is a sum of products of factors."
    return [
        f"Blame shrank or held on its way back: at most {n.text(first)} in dW1 against "
        f"{up_to}{n.text(seed)} {where}. {why}"
    ]


def _stopped(trace: Trace, k: int, s: int, n: Numbers) -> list[str]:
    """Say where a layer's activation stops blame, or lets the least of it through."""
    unit = trace.activations[k - 1]
    local = trace.passes.local_gradients[k - 1]
    where = of_layer(trace, k)
    if unit.name == "relu":
        return _shut(trace, k, s, n)
    smooth = not unit.kinks and unit.joint is None and unit.name != "identity"
    if not smooth or (k == trace.depth and trace.fused):
        return []
    j = int(np.argmin(local[s]))
    share, z = n.text(float(local[s, j])), trace.entry(f"z{k}", j, s)
    told = f"the share {share}, the slope of the {title(unit)} at {z} {n.equals(trace.value(z))}"
    if local.shape[-1] == 1:
        return [f"Neuron {j}{where} passes {told}."]
    return [f"In layer {k} neuron {j} passes the least of its blame: {told}."]


def _shut(trace: Trace, k: int, s: int, n: Numbers) -> list[str]:
    passes = trace.passes
    local, where = passes.local_gradients[k - 1], of_layer(trace, k)
    shut = np.flatnonzero(~local.any(0)).tolist()
    column = f"of dW{k}"
    if trace.n_samples > 1:
        some = np.flatnonzero(local.any(0) & ~local.all(0)).tolist()
        found = []
        if shut:
            found.append(_all_shut(shut, k, trace.sizes[k], where, " on every sample"))
        for j in some[:MOST_TOLD]:
            count = int((local[:, j] == 0).sum())
            gives = "gives" if count == 1 else "give"
            found.append(
                f"The gate of neuron {j}{where} is shut on {count} of {trace.n_samples} samples, "
                f"which {gives} nothing to column {j} {column}."
            )
        return found
    if len(shut) > MOST_TOLD:
        return [_all_shut(shut, k, trace.sizes[k], where, "")]
    return [
        f"The gate of neuron {j}{where} is shut: its "
        f"{n.signed(float(passes.activation_gradients[k - 1][0, j]))} of blame stops "
        f"there, and column {j} {column} is 0."
        for j in shut
    ]


def _all_shut(shut: list[int], k: int, width: int, where: str, when: str) -> str:
    if len(shut) == 1:
        return f"The gate of neuron {shut[0]}{where} is shut{when}: column {shut[0]} of dW{k} is 0."
    some = f"{len(shut)} of the {width} gates{where or f' of layer {k}'}"
    return f"{some} are shut{when}: their columns of dW{k} are 0."


def _largest_activation(trace: Trace, n: Numbers) -> list[str]:
    """Say which row of the last weights takes the most blame, of one sample."""
    if trace.depth == 1 or trace.n_samples > 1 or not trace.passes.deltas[-1].any():
        return []
    activations = np.abs(trace.passes.forward_pass.a[-2][0])
    big = int(np.argmax(activations))
    if len(activations) < 2 or not activations.max() or (activations == activations[big]).sum() > 1:
        return []
    k = trace.depth
    name = f"a{k - 1}[{big}]"
    size = "" if trace.value(name) > 0 and (trace.array(f"a{k - 1}") >= 0).all() else " in size"
    return [
        f"In W{k}, row {big} takes the most blame because {name} = "
        f"{n.text(trace.value(name))} is the largest activation{size}."
    ]
