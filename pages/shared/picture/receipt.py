"""The receipt of one number: what it is, how it came about, and its paths to the loss, in words."""

from __future__ import annotations

from typing import Any

from blame.probe.paths import Path, paths
from blame.probe.rounding import rounding_bounds
from blame.probe.trace import Factor, Receipt, Trace
from pages.shared.picture.data import tone_of
from pages.shared.picture.receipt_formulas import (
    equation,
    formula_lines,
    largest_terms,
    product_text,
    texts,
    value_text,
)
from pages.shared.words.agreeing import ALMOST, adds_up, multiplied
from pages.shared.words.numbers import NOTHING, Numbers, full, short

MOST_LISTED = 8
"""So many paths are written out; the rest is counted."""
NUDGE = 0.01


def receipt_data(trace: Trace, name: str, numbers: Numbers) -> dict[str, Any]:
    """Return the receipt of one number as plain JSON, every text ready to be shown."""
    receipt, numbers = trace.receipt(name), numbers.of(trace.passes)
    made = numbers.is_nothing(receipt.value)
    gradient = name.startswith("d")
    related = trace.gradient_name(name) or (_owner(trace, name) if gradient else None)
    data: dict[str, Any] = {
        "name": name,
        "value": value_text(name, receipt.value, numbers),
        "tone": tone_of(0.0 if made else receipt.value) if gradient else "ink",
        "said": what_it_is(trace, name),
        "formula": formula_lines(trace, receipt, numbers),
        "factors": _factors(trace, receipt, numbers),
        "movable": trace.node(name).operation == "given",
        "related": None,
        "paths": _paths(trace, name, numbers) if gradient else None,
        "nudge": _nudge(trace, name, receipt.value, numbers) if gradient else "",
        "made": _made(trace, name) if made else "",
    }  # fmt: skip
    if related:
        word = "belongs to" if gradient else "its blame"
        value = value_text(related, trace.value(related), numbers)
        data["related"] = {"name": related, "text": f"{word}: {equation(related, '=', value)}"}
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


def _factors(trace: Trace, receipt: Receipt, numbers: Numbers) -> list[dict[str, Any]]:
    """Return what the number is made of, each a bar: its share of the largest, and its origin."""
    found = [factor for term in largest_terms(receipt) for factor in term]
    found = list({factor.name: factor for factor in found}.values())
    largest = max((_weight(factor, numbers) for factor in found), default=0.0) or 1.0
    return [
        {
            "name": factor.name,
            "opens": factor.opens,
            "text": value_text(factor.name, factor.value, numbers),
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
    equals = "=" if adds_up([texts(path.factors, numbers)], product) else ALMOST
    return {
        "symbols": " × ".join(factor.name for factor in path.factors),
        "numbers": equation(product_text(path.factors, numbers), equals, product)
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
