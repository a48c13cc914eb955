"""The equation on a receipt: in symbols, with the numbers as they are written, and its value."""

from __future__ import annotations

from blame.probe.trace import Factor, Receipt, Trace
from blame.probe.trace.made_of import loss_entry, made_of
from pages.shared.picture.written import holds
from pages.shared.words.agreeing import ALMOST, adds_up
from pages.shared.words.numbers import NOTHING, Numbers

MOST_TERMS = 8
"""So many terms of a long sum are written out; the rest is counted."""


def formula_lines(trace: Trace, receipt: Receipt, numbers: Numbers) -> list[str]:
    """Return the lines of the equation: in symbols, with the numbers, and the value.

    The value stands behind ≈ where it is not what the numbers as they are written make.
    """
    *before, value = _sides(trace, receipt, numbers)
    lines = [equation("" if i else receipt.name, "=", side) for i, side in enumerate(before)]
    equals = "="
    if receipt.operation == "sum" and len(receipt.terms) <= MOST_TERMS:
        terms = [texts(term, numbers) for term in receipt.terms]
        equals = "=" if adds_up(terms, value) else ALMOST
    elif receipt.operation in ("activation", "loss slope") or len(receipt.terms) == 1:
        equals = _equals(trace, receipt, value, numbers)
    return [*lines, equation("" if before else receipt.name, equals, value)]


def _equals(trace: Trace, receipt: Receipt, value: str, numbers: Numbers) -> str:
    """Return "=" where a function of numbers, as written, is its value as written, else an ≈."""
    try:
        formula, parts = made_of(trace, receipt.name)
    except ValueError:
        return "="
    written = {variable: numbers.text(trace.value(name)) for variable, name in parts.items()}
    return "=" if holds(formula, written, value) else ALMOST


def _sides(trace: Trace, receipt: Receipt, numbers: Numbers) -> list[str]:
    """Return the right-hand sides, the value the last of them."""
    value = value_text(receipt.name, receipt.value, numbers)
    if receipt.operation == "given":
        return [f"{value} (given)"]
    if receipt.operation != "sum":
        return [*_function(trace, receipt, numbers), value]
    terms, _ = shown_and_folded(receipt)
    more = len(receipt.terms) - len(terms)
    tail = f" + {more} more" if more else ""
    symbols = " + ".join(" × ".join(factor.name for factor in term) for term in terms)
    written = []
    for position, term in enumerate(terms):
        text = product_text(term, numbers)
        written.append(f"({text})" if position and text.startswith("-") else text)
    lines = [symbols + tail, " + ".join(written) + tail]
    return lines if lines[-1] == value else [*lines, value]


def _function(trace: Trace, receipt: Receipt, numbers: Numbers) -> list[str]:
    """Return an activation, a loss or its slope as its registry's entry says it."""
    if receipt.operation == "loss" and len(receipt.terms) > 1:
        over = "mean of" if trace.shares == len(receipt.terms) else "sum of"
        tail = f" / {trace.shares}" if 1 < trace.shares < len(receipt.terms) else ""
        return [f"{over} {_entry(trace, receipt)}{tail}"]
    try:
        formula, parts = made_of(trace, receipt.name)
    except ValueError:
        return [_by_name(receipt)]
    values = {variable: numbers.text(trace.value(name)) for variable, name in parts.items()}
    return [formula.text(names) for names in (parts, values)]


def _entry(trace: Trace, receipt: Receipt) -> str:
    """Return what the first of several outputs gives to the loss."""
    if not trace.loss.each:
        return _by_name(receipt)
    names = {end: factor.name for end, factor in zip("yt", receipt.terms[0], strict=False)}
    return loss_entry(trace).text(names)


def _by_name(receipt: Receipt) -> str:
    """Return what an entry without a formula still has: its name."""
    inside = ", ".join(factor.name for factor in receipt.terms[0])
    slope = "slope of " if receipt.operation == "loss slope" else ""
    return f"{slope}{receipt.function}({inside})"


Terms = list[tuple[Factor, ...]]


def shown_and_folded(receipt: Receipt) -> tuple[Terms, Terms]:
    """Return the terms that are written out, of a sum the largest, and the others, in order."""
    order = list(range(len(receipt.terms)))
    if receipt.operation == "sum":
        order = sorted(order, key=lambda at: _size(receipt.terms[at]), reverse=True)
    shown = set(order[:MOST_TERMS])
    parts: tuple[Terms, Terms] = [], []
    for at, term in enumerate(receipt.terms):
        parts[at not in shown].append(term)
    return parts


def _size(term: tuple[Factor, ...]) -> float:
    size = 1.0
    for factor in term:
        size *= abs(factor.value)
    return size


def value_text(name: str, value: float, numbers: Numbers) -> str:
    """Return a number of the receipt as it is written: blame has its sign."""
    return numbers.signed(value) if name.startswith("d") else numbers.text(value)


def product_text(factors: tuple[Factor, ...], numbers: Numbers) -> str:
    """Return the factors' numbers as a product; a negative one stands in parentheses."""
    written = []
    for position, factor in enumerate(factors):
        text = numbers.text(factor.value)
        written.append(f"({text})" if position and text.startswith("-") else text)
    return " × ".join(written)


def texts(term: tuple[Factor, ...], numbers: Numbers) -> list[str]:
    """Return the factors' numbers, each as it is written."""
    return [numbers.text(factor.value) for factor in term]


def equation(left: str, equals: str, right: str) -> str:
    """Return one line of an equation; the mark of a value that rounding made is sign enough."""
    return f"{left} {right}".strip() if right == NOTHING else f"{left} {equals} {right}".strip()
