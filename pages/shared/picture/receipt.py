"""The receipt of one number: what it is, how it came about, and its paths to the loss, in words."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from blame.exercise.example import SYMBOLS
from blame.probe.made_of import loss_entry, made_of
from blame.probe.paths import Path, paths
from blame.probe.rounding import rounding_bounds
from blame.probe.trace import Factor, Receipt, Trace
from pages.shared.picture.data import tone_of
from pages.shared.words.agreeing import ALMOST, adds_up, multiplied
from pages.shared.words.numbers import NOTHING, Numbers, full, short

MOST_TERMS = 8
MOST_LISTED = 8
"""So many terms of a long sum, and so many paths, are written out; the rest is counted."""
NUDGE = 0.01


def receipt_data(trace: Trace, name: str, numbers: Numbers) -> dict[str, Any]:
    """Return the receipt of one number as plain JSON, every text ready to be shown."""
    receipt, numbers = trace.receipt(name), numbers.of(trace.passes)
    made = numbers.is_nothing(receipt.value)
    gradient = name.startswith("d")
    related = trace.gradient_name(name) or (_owner(trace, name) if gradient else None)
    data: dict[str, Any] = {
        "name": name,
        "value": _value(name, receipt.value, numbers),
        "tone": tone_of(0.0 if made else receipt.value) if gradient else "ink",
        "said": what_it_is(trace, name),
        "formula": _formula(trace, receipt, numbers),
        "factors": _factors(trace, receipt, numbers),
        "movable": name in SYMBOLS.values(),
        "related": None,
        "paths": _paths(trace, name, numbers) if gradient else None,
        "nudge": _nudge(trace, name, receipt.value, numbers) if gradient else "",
        "made": _made(trace, name) if made else "",
    }  # fmt: skip
    if related:
        word = "belongs to" if gradient else "its blame"
        value = _value(related, trace.value(related), numbers)
        data["related"] = {"name": related, "text": f"{word}: {_equal(related, '=', value)}"}
    return data


def lit_by(trace: Trace, name: str) -> list[str]:
    """Return what lights up in the picture with a number: its paths, or what it is made of."""
    if name.startswith("d"):
        return sorted({crossed for path in paths(trace, name).shown for crossed in _crossed(path)})
    terms = trace.receipt(name).terms
    return [name, *(factor.opens for term in terms for factor in term)]


def what_it_is(trace: Trace, name: str) -> str:
    """Say in one sentence what a number is."""
    kind, k, i, j = trace.place(name)
    hidden = k < trace.depth
    neuron = f"neuron {i}" if trace.depth == 2 else f"neuron {i} of layer {k}"
    goal = {True: f"neuron {j}", False: "the guess"}[hidden]
    source = f"x[{i}]" if k == 1 else f"neuron {i}"
    owner = _owner(trace, name) if kind.startswith("d") else ""
    return {
        "x": "An input: what the network is given.",
        "W": f"A weight: how much of {source} goes into {goal}.",
        "b": f"A bias: added to {neuron if hidden else 'the guess'}, whatever comes in.",
        "z": f"The pre-activation of {neuron}: what comes in times the weights, and the bias.",
        "a": f"The activation of {neuron}: what it passes on.",
        "y_pred": "The prediction: the network's guess.",
        "y_true": "The target: what the guess should have been.",
        "loss": "How wrong the guess is.",
    }.get(kind) or f"Blame of {owner}, its gradient: how fast the loss changes as {owner} grows."


def _made(trace: Trace, name: str) -> str:
    """Say what float64 has for a value that rounding alone could have made."""
    bound = Trace(rounding_bounds(trace.passes)).value(name)
    return (
        f"float64 has {full(trace.value(name))}. The rounding on the way here can add up to "
        f"{short(bound, 2)}, so this may be nothing but rounding: on paper it can be 0."
    )


def _owner(trace: Trace, name: str) -> str:
    """Return the name of the number that a gradient belongs to."""
    kind, _, i, _ = trace.place(name)
    if kind == "d_loss_y":
        return trace.output("y_pred", i)
    return name.removeprefix("d_").removeprefix("d")


def _value(name: str, value: float, numbers: Numbers) -> str:
    return numbers.signed(value) if name.startswith("d") else numbers.text(value)


def _product(factors: tuple[Factor, ...], numbers: Numbers) -> str:
    """Return the factors' numbers as a product; a negative one stands in parentheses."""
    written = []
    for position, factor in enumerate(factors):
        text = numbers.text(factor.value)
        written.append(f"({text})" if position and text.startswith("-") else text)
    return " × ".join(written)


def _texts(term: tuple[Factor, ...], numbers: Numbers) -> list[str]:
    return [numbers.text(factor.value) for factor in term]


def _equal(left: str, equals: str, right: str) -> str:
    """Return one line of an equation; the mark of a value that rounding made is sign enough."""
    return f"{left} {right}".strip() if right == NOTHING else f"{left} {equals} {right}".strip()


def _formula(trace: Trace, receipt: Receipt, numbers: Numbers) -> list[str]:
    """Return the lines of the equation: in symbols, with the numbers, and the value.

    The value stands behind ≈ where it is not what the numbers as they are written make.
    """
    *before, value = _sides(trace, receipt, numbers)
    lines = [_equal("" if i else receipt.name, "=", side) for i, side in enumerate(before)]
    equals = "="
    if receipt.operation == "sum" and len(receipt.terms) <= MOST_TERMS:
        terms = [_texts(term, numbers) for term in receipt.terms]
        equals = "=" if adds_up(terms, value) else ALMOST
    elif receipt.operation in ("loss", "loss slope") and trace.sizes[-1] == 1:
        equals = "=" if _loss_agrees(receipt, value, numbers) else ALMOST
    return [*lines, _equal("" if before else receipt.name, equals, value)]


def _loss_agrees(receipt: Receipt, value: str, numbers: Numbers) -> bool:
    """Whether a loss of one output, as written, is what its written numbers make."""
    guess, target = _texts(receipt.terms[0], numbers)
    if NOTHING in (guess, target, value):
        return True
    apart = str(Decimal(guess) - Decimal(target))
    parts = {
        ("mse", "loss"): [apart, apart],
        ("mse", "loss slope"): ["2", apart],
        ("half_sse", "loss"): ["0.5", apart, apart],
        ("half_sse", "loss slope"): [apart],
    }
    return adds_up([parts.get((receipt.function, receipt.operation), [])], value)


def _sides(trace: Trace, receipt: Receipt, numbers: Numbers) -> list[str]:
    """Return the right-hand sides, the value the last of them."""
    value = _value(receipt.name, receipt.value, numbers)
    if receipt.operation == "given":
        return [f"{value} (given)"]
    if receipt.operation != "sum":
        return [*_function(trace, receipt, numbers), value]
    terms = sorted(receipt.terms, key=_size, reverse=True)[:MOST_TERMS]
    terms = [term for term in receipt.terms if term in terms]
    more = len(receipt.terms) - len(terms)
    tail = f" + {more} more" if more else ""
    symbols = " + ".join(" × ".join(factor.name for factor in term) for term in terms)
    written = []
    for position, term in enumerate(terms):
        text = _product(term, numbers)
        written.append(f"({text})" if position and text.startswith("-") else text)
    lines = [symbols + tail, " + ".join(written) + tail]
    return lines if lines[-1] == value else [*lines, value]


def _function(trace: Trace, receipt: Receipt, numbers: Numbers) -> list[str]:
    """Return an activation, a loss or its slope as its registry's entry says it."""
    if receipt.operation == "loss" and len(receipt.terms) > 1:
        over = "mean of" if trace.loss.averages else "sum of"
        return [f"{over} {_entry(trace, receipt)}"]
    try:
        formula, parts = made_of(trace, receipt.name)
    except ValueError:
        return [_by_name(receipt)]
    values = {variable: numbers.text(trace.value(name)) for variable, name in parts.items()}
    return [formula.text(names).replace("·", "×") for names in (parts, values)]


def _entry(trace: Trace, receipt: Receipt) -> str:
    """Return what the first of several outputs gives to the loss."""
    guess, target = receipt.terms[0]
    if not trace.loss.each:
        return _by_name(receipt)
    return loss_entry(trace).text({"y": guess.name, "t": target.name}).replace("·", "×")


def _by_name(receipt: Receipt) -> str:
    """Return what an entry without a formula still has: its name."""
    inside = ", ".join(factor.name for factor in receipt.terms[0])
    slope = "slope of " if receipt.operation == "loss slope" else ""
    return f"{slope}{receipt.function}({inside})"


def _size(term: tuple[Factor, ...]) -> float:
    size = 1.0
    for factor in term:
        size *= abs(factor.value)
    return size


def _factors(trace: Trace, receipt: Receipt, numbers: Numbers) -> list[dict[str, Any]]:
    """Return what the number is made of, each a bar: its share of the largest, and its origin."""
    terms = sorted(receipt.terms, key=_size, reverse=True)[:MOST_TERMS]
    found = [factor for term in receipt.terms if term in terms for factor in term]
    found = list({factor.name: factor for factor in found}.values())
    largest = max((_weight(factor, numbers) for factor in found), default=0.0) or 1.0
    return [
        {
            "name": factor.name,
            "opens": factor.opens,
            "text": _value(factor.name, factor.value, numbers),
            "tone": _factor_tone(factor, numbers),
            "share": _weight(factor, numbers) / largest,
            "negative": bool(factor.value < 0),
            "origin": _origin(trace, factor),
        }
        for factor in found
    ]


def _weight(factor: Factor, numbers: Numbers) -> float:
    """Return the size a factor is drawn with; what rounding made is drawn as nothing."""
    return 0.0 if numbers.is_nothing(factor.value) else abs(factor.value)


def _factor_tone(factor: Factor, numbers: Numbers) -> str:
    if _weight(factor, numbers) == 0:
        return "shut"
    return tone_of(factor.value) if factor.name.startswith("d") else "value"


def _origin(trace: Trace, factor: Factor) -> str:
    kind, k, i, _ = trace.place(factor.opens)
    if factor.name != factor.opens:
        gate = "open" if factor.value else "shut"
        return f"gate {gate}" if factor.name.startswith("relu'") else "slope there"
    if kind == "d_a" or kind == "d_z":
        return f"blame from layer {k}" if trace.depth > 2 else f"blame at neuron {i}"
    return {
        "x": "input",
        "W": "weight",
        "b": "bias",
        "z": "sum",
        "a": f"from neuron {i}",
        "y_pred": "the guess",
        "y_true": "the target",
        "d_loss_y": "blame at the guess",
    }.get(kind, "")


def _paths(trace: Trace, name: str, numbers: Numbers) -> dict[str, Any]:
    found = paths(trace, name)
    listed = found.shown[:MOST_LISTED]
    more = found.count - len(listed)
    total = numbers.signed(found.total)
    title = "One path to the loss" if found.count == 1 else f"{found.count:,} paths to the loss"
    rest = found.total - sum(path.product for path in listed)
    return {
        "title": title,
        "rows": [_path_row(path, numbers) for path in listed],
        "rest": f"{more:,} weaker paths: together {numbers.signed(rest)}" if more else "",
        "sum": f"sum {total}" if found.count > 1 else "",
    }


def _path_row(path: Path, numbers: Numbers) -> dict[str, Any]:
    made = any(numbers.is_nothing(factor.value) for factor in path.factors)
    product = NOTHING if made and not numbers.all_digits else numbers.signed(path.product)
    equals = "=" if adds_up([_texts(path.factors, numbers)], product) else ALMOST
    return {
        "symbols": " × ".join(factor.name for factor in path.factors),
        "numbers": _equal(_product(path.factors, numbers), equals, product)
        if len(path.factors) > 1
        else product,
        "through": _crossed(path),
        "tone": tone_of(0.0 if made else path.product),
    }


def _crossed(path: Path) -> list[str]:
    """Return everything along a path: what it crosses, and what its factors are."""
    return list(dict.fromkeys([*path.through, *(factor.opens for factor in path.factors)]))


def _nudge(trace: Trace, name: str, value: float, numbers: Numbers) -> str:
    owner = _owner(trace, name)
    if value == 0 or numbers.is_nothing(value):
        return f"Raise {owner} by {NUDGE} and, to first order, the loss stays as it is."
    way = "rises" if value > 0 else "falls"
    amount = multiplied([abs(value), NUDGE], abs(value) * NUDGE, numbers).product
    return f"Raise {owner} by {NUDGE} and the loss {way} by about {amount}."
