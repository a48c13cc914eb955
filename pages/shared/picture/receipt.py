"""The receipt of one number: what it is, how it came about, and its paths to the loss, in words."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from functools import lru_cache
from math import isfinite, prod
from typing import Any

from blame.arrays import Array
from blame.exercise.exercise import Exercise
from blame.probe.trace import Factor, Receipt, Trace
from blame.probe.trace.paths import MOST_PATHS, Path, Paths, paths
from blame.probe.trace.rounding import rounding_bounds
from pages.shared.picture.data import tone_of
from pages.shared.picture.receipt_formulas import (
    MOST_TERMS,
    equation,
    formula_lines,
    product_text,
    shown_and_folded,
    texts,
    value_text,
)
from pages.shared.picture.receipt_steps import folded_lines, steps_of
from pages.shared.picture.receipt_words import origin, owner_of, training_of, what_it_is, why
from pages.shared.picture.samples import in_sample
from pages.shared.words.agreeing import ALMOST, adds_up, multiplied
from pages.shared.words.numbers import NOTHING, Numbers, full, short

MOST_LISTED = 8
"""So many paths are written out; the rest is counted."""
MANY = 1000
"""Where there may be more paths than this, only those that are listed are looked for."""
NUDGE = 0.01
LARGEST = 1e300
"""What left the floats is drawn as large as this."""


def receipt_data(
    trace: Trace,
    name: str,
    numbers: Numbers,
    exercise: Exercise | None = None,
    unknown: Collection[str] = (),
) -> dict[str, Any]:
    """Return the receipt of one number as plain JSON, every text ready to be shown.

    `steps` are lines between the formula and its value, such as the slope of an activation or
    what each output gives to the loss; `more` holds what is folded away of a long sum. What is
    `unknown` yet is not pointed to.
    """
    receipt, numbers = trace.receipt(name), numbers.of(trace.passes)
    made = numbers.is_nothing(receipt.value)
    gradient = name.startswith("d")
    related = trace.gradient_name(name) or (owner_of(trace, name) if gradient else None)
    shown, folded = shown_and_folded(receipt)
    steps = steps_of(trace, receipt, numbers)
    said = [what_it_is(trace, name), training_of(trace, name, exercise, numbers)]
    data: dict[str, Any] = {
        "name": name,
        "value": value_text(name, receipt.value, numbers),
        "tone": tone_of(0.0 if made else receipt.value) if gradient else "ink",
        "said": " ".join(filter(None, said)),
        "formula": formula_lines(trace, receipt, numbers),
        "steps": steps[:MOST_TERMS],
        "why": why(trace, name),
        "factors": _factors(trace, receipt, shown, numbers),
        "more": None,
        "movable": trace.node(name).operation == "given",
        "related": None,
        "paths": _paths(trace, name, numbers) if gradient else None,
        "nudge": _nudge(trace, name, receipt.value, numbers) if gradient else "",
        "made": _made(trace, name) if made else "",
    }  # fmt: skip
    if folded:
        data["more"] = {
            "title": f"and {len(folded)} more",
            "lines": steps[MOST_TERMS:] or folded_lines(receipt, folded, numbers),
            "factors": _factors(trace, receipt, folded, numbers),
        }
    if related and related not in unknown:
        word = "belongs to" if gradient else "its blame"
        value = value_text(related, trace.value(related), numbers)
        data["related"] = {"name": related, "text": f"{word}: {equation(related, '=', value)}"}
    return data


def lit_by(trace: Trace, name: str, sample: int = 0) -> list[str]:
    """Return what lights up in the picture with a number: its paths, or what it is made of.

    All as it is called in the sample that is drawn: every sample goes the same ways.
    """
    if name.startswith("d"):
        lit = {crossed for path in _paths_to_loss(trace, name).shown for crossed in _crossed(path)}
    else:
        lit = {name, *(factor.opens for term in trace.receipt(name).terms for factor in term)}
    return sorted({in_sample(trace, each, sample) for each in lit})


def _made(trace: Trace, name: str) -> str:
    """Say what float64 has for a value that rounding alone could have made."""
    bound = Trace(rounding_bounds(trace.passes)).value(name)
    return (
        f"float64 has {full(trace.value(name))}. The rounding on the way here can add up to "
        f"{short(bound, 2)}, so this may be nothing but rounding: on paper it can be 0."
    )


def _factors(
    trace: Trace, receipt: Receipt, terms: Sequence[tuple[Factor, ...]], numbers: Numbers
) -> list[dict[str, Any]]:
    """Return what the number is made of, each a bar: its share of the largest, and its origin."""
    every = {factor.name: factor for term in receipt.terms for factor in term}
    found = {factor.name: factor for term in terms for factor in term}
    largest = max((_weight(factor, numbers) for factor in every.values()), default=0.0) or 1.0
    return [
        {
            "name": factor.name,
            "opens": factor.opens,
            "text": value_text(factor.name, factor.value, numbers),
            "tone": _factor_tone(factor, numbers),
            "share": min(1.0, _weight(factor, numbers) / largest),
            "negative": bool(factor.value < 0),
            "origin": origin(trace, factor, receipt.name),
        }
        for factor in found.values()
    ]


def _weight(factor: Factor, numbers: Numbers) -> float:
    """Return the size a factor is drawn with; what rounding made is drawn as nothing."""
    return 0.0 if numbers.is_nothing(factor.value) else min(abs(factor.value), LARGEST)


def _factor_tone(factor: Factor, numbers: Numbers) -> str:
    if _weight(factor, numbers) == 0:
        return "shut"
    return tone_of(factor.value) if factor.name.startswith("d") else "value"


@lru_cache(maxsize=8)
def _paths_to_loss(trace: Trace, name: str) -> Paths:
    """Return the paths of a number; of very many fewer are found, for each takes its time."""
    many = prod(trace.sizes) * trace.n_samples > MANY
    return paths(trace, name, MOST_LISTED if many else MOST_PATHS)


def _paths(trace: Trace, name: str, numbers: Numbers) -> dict[str, Any]:
    found = _paths_to_loss(trace, name)
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
    owner = owner_of(trace, name)
    # On a kink itself the loss goes by another slope on either side.
    if any((z == at).any() for z, at in _kinks(trace)):
        return (
            f"A neuron stands on its kink: with its slope as it is taken there, the loss would "
            f"change by {numbers.signed(value)} for each 1 that {owner} grows."
        )
    if value == 0 or numbers.is_nothing(value):
        return f"Raise {owner} by {NUDGE} and, to first order, the loss stays as it is."
    if not isfinite(value):
        return ""
    way = "rises" if value > 0 else "falls"
    amount = multiplied([abs(value), NUDGE], abs(value) * NUDGE, numbers).product
    return f"Raise {owner} by {NUDGE} and the loss {way} by about {amount}."


def _kinks(trace: Trace) -> list[tuple[Array, float]]:
    """Return the z of each layer beside each kink of its activation."""
    zs = zip(trace.passes.forward_pass.z, trace.activations, strict=True)
    return [(z, kink) for z, activation in zs for kink in activation.kinks]
