"""What to notice on the way forward: what makes each sum, and how far off the guess is."""

from __future__ import annotations

import math
from decimal import Decimal

import numpy as np

from blame import BackwardPass
from blame.probe.trace import Trace
from blame.probe.trace.made_of import loss_entry
from pages.shared.words.agreeing import about, adds_up, agreeing
from pages.shared.words.formulas.rows import a_name, shown_places, z_name
from pages.shared.words.lessons.notes.kinks import rounding_notes
from pages.shared.words.lessons.notes.said import opened, title
from pages.shared.words.numbers import NOTHING, Numbers

_SQUARES = {"mse": ("", "2"), "sse": ("", "2"), "half_sse": ("0.5", "1")}
"""What the losses of squares multiply a squared distance by, and a distance for the slope."""


def forward_notes(passes: BackwardPass, numbers: Numbers, sample: int = 0) -> list[str]:
    """Say what is true of this forward pass, of several samples of the one that is looked at."""
    trace = opened("what is said of a forward pass", passes)
    n = numbers.of(passes)
    z = passes.forward_pass.z[0][sample]
    found = []
    if len(shown := shown_places(z)) < len(z):
        name = z_name(trace, 1, shown[0], sample)
        found.append(f"Of the {len(z)} sums of layer 1, {name} is the largest in size.")
    found += [_parts(trace, j, sample, n) for j in shown]
    found += _error(trace, sample, n)
    if trace.n_samples > 1 and trace.loss.asks_target:
        found += _samples(trace, n)
    return found + rounding_notes(passes, n)


def error_note(passes: BackwardPass, numbers: Numbers, sample: int = 0) -> str:
    """Say the one of them that matters most: how far off the guess is, and what that costs."""
    trace = opened("what is said of a forward pass", passes)
    return _error(trace, sample, numbers.of(passes))[0]


def _parts(trace: Trace, j: int, s: int, n: Numbers) -> str:
    """Say which part of a sum of the first layer is the largest, and what becomes of the sum."""
    name = z_name(trace, 1, j, s)
    terms = trace.receipt(name).terms
    parts = [math.prod(factor.value for factor in term) for term in terms]
    largest = int(np.argmax(np.abs(parts)))
    called = " ".join(factor.name for factor in terms[largest])
    end = _becomes(trace, j, s, n)
    if not any(parts):
        return f"Every part of {name} is 0{end}."
    said = f"{called} {n.equals(parts[largest])}{end}."
    if len(parts) == 1:
        return f"The only part of {name} is {said}"
    return f"The largest part of {name} is {said}"


def _becomes(trace: Trace, j: int, s: int, n: Numbers) -> str:
    unit, z = trace.activations[0], trace.value(z_name(trace, 1, j, s))
    if trace.depth == 1 and trace.plain_output:
        return ""
    a = n.text(trace.value(a_name(trace, 1, j, s)))
    if unit.kinks == (0.0,):
        if z > 0:
            return f"; its {title(unit)} passes {n.text(z)} on"
        return f"; its {title(unit)} gives {a}"
    if unit.name == "identity":
        return f"; its identity passes {n.text(z)} on"
    if unit.joint:
        return f"; its share of the {title(unit)} is {a}"
    return f"; its {title(unit)} makes {a} of the sum"


def _error(trace: Trace, s: int, n: Numbers) -> list[str]:
    """Say how far the guess is from its target, and what that costs."""
    passes, loss = trace.passes, trace.loss
    alone = trace.n_samples == 1 and trace.sizes[-1] == 1
    if not loss.asks_target:
        what = "the output itself" if alone else "the sum of all outputs"
        at = "" if alone else " at each"
        return [f"There is no target: the loss is {what}, and its slope{at} is 1."]
    errors = passes.forward_pass.prediction[s] - trace.passes.target[s]
    if alone and loss.of_difference:
        seed = trace.value("d_loss_y")
        if n.is_nothing(seed):
            return [
                "The prediction equals the target but for rounding: on paper the loss and its "
                "slope can both be 0."
            ]
        if errors[0] == 0:
            return ["The prediction equals the target: the loss and its slope are both 0."]
    if loss.of_difference and not errors.any():
        if trace.sizes[-1] > 1:
            return ["Every prediction equals its target here, which adds nothing to the loss."]
        guess, right = (trace.output(name, 0, s) for name in ("y_pred", "y_true"))
        return [f"{guess} equals {right}, which adds nothing to the loss."]
    target = passes.target[s]
    if loss.takes_classes and sorted(target.tolist()) == [0.0] * (len(target) - 1) + [1.0]:
        return [_class(trace, int(np.argmax(target)), s, n)]
    j = int(np.argmax(np.abs(errors)))
    lead = ""
    if len(errors) > 1:
        lead = f"Of the {len(errors)} outputs none lies further from its target than this one: "
    return [f"{lead}{_distance(trace, j, s, float(errors[j]), n)}"]


def _distance(trace: Trace, j: int, s: int, error: float, n: Numbers) -> str:
    guess, right, slope = (trace.output(name, j, s) for name in ("y_pred", "y_true", "d_loss_y"))
    apart = agreeing(trace.value(right), trace.value(guess), n)
    if error == 0:
        said = f"{guess} = {apart.after} equals {right}"
    else:
        side = "above" if error > 0 else "below"
        said = f"{guess} = {apart.after} lies {apart.size} {side} {right} = {apart.before}"
    seed = trace.value(slope)
    ends = {"y": trace.value(guess), "t": trace.value(right)}
    cost = loss_entry(trace).value(ends) / trace.shares
    alone = trace.n_samples == 1 and trace.sizes[-1] == 1
    if alone:
        cost = trace.value("loss")
    if not (math.isfinite(cost) and math.isfinite(seed)):
        return f"{said}."
    costs, slopes = n.text(cost), n.signed(seed)
    if trace.loss.name in _SQUARES:
        half, twice = _SQUARES[trace.loss.name]
        divided = f" divided by {trace.shares}" if trace.shares > 1 else ""
        square = [*([half] if half else []), apart.size, apart.size]
        exact = about(_is(square, costs, trace.shares))
        costs = f"{'half ' if half else ''}its square{divided}, {exact}{costs}"
        exact = about(_is([twice, apart.by], slopes, trace.shares))
        times = "twice it" if twice == "2" else "it, with its sign"
        slopes = f"{times}{divided}, {exact}{slopes}"
    if alone:
        return f"{said}, so the loss is {costs}, and the slope is {slopes}."
    comma = "," if trace.loss.name in _SQUARES else ""
    return f"{said}, so it adds {costs}{comma} to the loss, and the slope there is {slopes}."


def _is(factors: list[str], text: str, shares: int) -> bool:
    """Whether a number as written is the product of others as written, divided by the shares."""
    if NOTHING in text:
        return True
    return adds_up([factors], str(Decimal(text) * shares))


def _class(trace: Trace, j: int, s: int, n: Numbers) -> str:
    """Say what the output that should be 1 costs, and which output has most."""
    guess = trace.output("y_pred", j, s)
    cost = loss_entry(trace).value({"y": trace.value(guess), "t": 1.0})
    outputs = [trace.value(trace.output("y_pred", i, s)) for i in trace.width(trace.depth)]
    said = f"The target asks for output {j}, which has {guess} {n.equals(outputs[j])}"
    if math.isfinite(cost):
        said += f" and costs its negative logarithm, {n.text(cost)}"
        if trace.shares > 1:
            said += f", of which the mean takes a share of 1/{trace.shares}"
    others = max((v for i, v in enumerate(outputs) if i != j), default=-math.inf)
    if outputs[j] > others:
        return f"{said}. It is the largest of the outputs."
    top = int(np.argmax(outputs))
    if others == outputs[j]:
        return f"{said}. No output is larger."
    return f"{said}. Output {top} is larger, {n.text(outputs[top])}."


def _samples(trace: Trace, n: Numbers) -> list[str]:
    """Say which sample costs the most."""
    each = loss_entry(trace)
    costs = [0.0] * trace.n_samples
    for place, (guess, right) in enumerate(trace.receipt("loss").terms):
        value = each.value({"y": guess.value, "t": right.value}) / trace.shares
        costs[place // trace.sizes[-1]] += value
    if not all(map(math.isfinite, costs)) or max(costs) <= 0:
        return []
    top = int(np.argmax(costs))
    if costs.count(costs[top]) > 1:
        return []
    return [
        f"Of the {trace.n_samples} samples, sample {top} adds the most to the loss: "
        f"{n.text(costs[top])} of {n.text(trace.value('loss'))}."
    ]
