"""The steps between a formula and its value: slopes, exponentials, what each output gives."""

from __future__ import annotations

import math

from blame.formula import Formula
from blame.probe.trace import Factor, Receipt, Trace
from blame.probe.trace.made_of import loss_entry
from pages.shared.picture.receipt_formulas import product_text, texts
from pages.shared.picture.written import holds
from pages.shared.words.agreeing import ALMOST, adds_up
from pages.shared.words.numbers import NOTHING, Numbers

LARGEST_POWER = 30.0
"""Of a larger z the exponential would be too long a number to be read."""


def steps_of(trace: Trace, receipt: Receipt, numbers: Numbers) -> list[str]:
    """Return the lines that stand between a number's formula and its value, maybe none."""
    kind, k, _, _ = trace.place(receipt.name)
    if receipt.operation == "loss" and len(receipt.terms) > 1 and trace.loss.each:
        return _entries(trace, receipt, numbers)
    if receipt.operation == "activation" and trace.activations[k - 1].joint:
        return _shares(receipt, numbers)
    if receipt.operation == "sum" and kind == "d_z":
        return _slopes(trace, receipt, numbers)
    return []


def folded_lines(receipt: Receipt, folded: list[tuple[Factor, ...]], numbers: Numbers) -> list[str]:
    """Return the terms of a sum that are folded away, each on a line."""
    lines = []
    for term in folded:
        value = numbers.text(math.prod(factor.value for factor in term))
        symbols = " × ".join(factor.name for factor in term)
        if len(term) == 1:
            lines.append(f"{symbols} = {value}")
            continue
        equals = "=" if adds_up([texts(term, numbers)], value) else ALMOST
        lines.append(f"{symbols}: {product_text(term, numbers)} {equals} {value}")
    return lines


def _entries(trace: Trace, receipt: Receipt, numbers: Numbers) -> list[str]:
    """Return what each output of each sample gives to the loss."""
    entry = loss_entry(trace)
    lines = []
    for term in receipt.terms:
        ends = list(zip("yt", term, strict=False))
        value = entry.value({end: factor.value for end, factor in ends})
        line = f"{term[0].name}: "
        if not math.isfinite(value):
            # Worked out from z, where the guess itself has lost its last digits.
            lines.append(line + _text(entry, {end: factor.name for end, factor in ends}))
            continue
        written = {end: numbers.text(factor.value) for end, factor in ends}
        lines.append(line + _worked(entry, written, numbers.text(value)))
    return lines


def _shares(receipt: Receipt, numbers: Numbers) -> list[str]:
    """Return the exponentials of a softmax, their sum, and the share."""
    zs = [term[0] for term in receipt.terms]
    largest = max(factor.value for factor in zs)
    lines, taken = [], 0.0
    if max(abs(factor.value) for factor in zs) > LARGEST_POWER:
        taken = largest
        lines.append(f"The largest z, {numbers.text(largest)}, taken away from all: same shares.")
    powers = [math.exp(factor.value - taken) for factor in zs]
    for factor, power in zip(zs, powers, strict=True):
        inside = f"{factor.name} - {numbers.text(taken)}" if taken else factor.name
        equals = "=" if factor.value == taken else ALMOST
        lines.append(f"exp({inside}) {equals} {numbers.text(power)}")
    total = math.fsum(powers)
    written = [numbers.text(power) for power in powers]
    equals = "=" if adds_up([[text] for text in written], numbers.text(total)) else ALMOST
    lines.append(f"their sum {equals} {numbers.text(total)}")
    parts = {"a": written[0], "s": numbers.text(total)}
    share = numbers.text(powers[0] / total)
    lines.append(f"the share: {_worked(Formula('a / s'), parts, share)}")
    return lines


def _slopes(trace: Trace, receipt: Receipt, numbers: Numbers) -> list[str]:
    """Return the slope of an activation as its registry says it, such as a (1 - a)."""
    _, k, i, _ = trace.place(receipt.name)
    activation, s = trace.activations[k - 1], trace.sample(receipt.name) or 0
    last = k == trace.depth
    after = lambda j: trace.output("y_pred", j, s) if last else trace.entry(f"a{k}", j, s)  # noqa: E731
    lines = []
    for at, (_, slope) in enumerate(receipt.terms):
        source = activation.slope
        names = {"z": slope.opens, "a": after(i)}
        if activation.joint:
            names = {"a": after(at), "b": after(i)}
            source = source if at == i else activation.joint.cross_slope
        if source in ("", "1", "z > 0"):
            # A gate says itself whether it is open.
            continue
        formula = Formula(source)
        written = {variable: numbers.text(trace.value(name)) for variable, name in names.items()}
        symbols = _text(formula, names)
        worked = _worked(formula, written, numbers.text(slope.value))
        lines.append(f"{slope.name} = {symbols} = {worked}")
    return lines


def _text(formula: Formula, names: dict[str, str]) -> str:
    return formula.text(names)


def _worked(formula: Formula, written: dict[str, str], value: str) -> str:
    """Return a formula of numbers with what it comes to."""
    text = _text(formula, written)
    if value == NOTHING or text == value:
        return f"{text} {value}" if value == NOTHING else text
    return f"{text} {'=' if holds(formula, written, value) else ALMOST} {value}"
