"""A slip's formula with its numbers put in, sums written out; checked by working it out again."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from itertools import product

import numpy as np

from blame.formula import Formula
from blame.practise.slips.written.symbols import SYMBOL, Symbols, UnboundError

MOST_TERMS = 6
"""A sum of more terms than that says no more; what it comes to does."""
_WITH_SAMPLES = ("dW", "db")
_SUM = re.compile(r"Σ (?P<body>\w*\([^()]*\)²?|[^+()]*?)(?= [-+/] |$|\))")


@dataclass(frozen=True)
class PutIn:
    """A right-hand side with numbers for its symbols, and what that comes to."""

    text: str
    value: float


def put_in(
    formula: str, symbols: Symbols, write: Callable[[float], str], activation: str = ""
) -> PutIn | None:
    """Return a formula's right-hand side in numbers; None where it is in words, or too long.

    Parameters
    ----------
    formula : as slips have it, "d_a[i] = Σ W[i, j] × d_z[j]".
    symbols : what its symbols stand for.
    write : how a number is written.
    activation : which of two formulas is meant, where one says "or".
    """
    right = formula.partition(" = ")[2]
    if ", or " in right:
        right = right.split(", or ")[activation == "tanh"]
    try:
        source, known = _expanded(right, symbols)
        value = Formula(_as_python(source)).value(known)
    except (UnboundError, ValueError, SyntaxError, KeyError):
        return None
    if len(known) > 2 * MOST_TERMS + 2 or not np.isfinite(value):
        return None

    def shown(match: re.Match[str]) -> str:
        text = write(known[match[0]])
        # After another sign a minus sign needs brackets, and so does whatever is raised.
        alone = match.start() == 0 or source[match.start() - 1] == "("
        raised = source[match.end() : match.end() + 1] == "²"
        return f"({text})" if text.startswith("-") and (raised or not alone) else text

    text = re.sub(r"\bv\d+(?![A-Za-z0-9_])", shown, source)
    return PutIn(re.sub(r" / 1(?![\d.])", "", text), value)


def _expanded(right: str, symbols: Symbols) -> tuple[str, dict[str, float]]:
    """Return a right-hand side with a variable for each symbol and each sum written out."""
    known: dict[str, float] = {}
    own = symbols.place.own

    def bound(text: str, at: Mapping[str, int]) -> str:
        def variable(match: re.Match[str]) -> str:
            name = f"v{len(known)}"
            known[name] = symbols.value(match[0], at)
            return name

        return SYMBOL.sub(variable, text)

    def summed(body: str) -> str:
        if "Σ" in body:
            raise UnboundError(body)
        free = [index for index in "ij" if index not in own and re.search(rf"\b{index}\b", body)]
        if symbols.place.step == "loss":
            free = ["s", "j"]
        elif re.search(r"\[i\]", body) and not free:
            # The sum of a softmax runs over all outputs.
            free = ["i"]
        terms = [
            bound(body, {**own, **dict(zip(free, at, strict=True))})
            for at in product(*(range(symbols.width(index)) for index in free))
        ]
        if len(terms) > MOST_TERMS:
            raise UnboundError(body)
        return " + ".join(terms)

    def one(right: str) -> str:
        parts, end = [], 0
        for match in _SUM.finditer(right):
            parts.append(bound(right[end : match.start()], own))
            whole = summed(match["body"])
            alone = match.start() == 0 and not right[match.end() :].startswith(" /")
            parts.append(whole if alone else f"({whole})")
            end = match.end()
        return "".join([*parts, bound(right[end:], own)])

    if symbols.place.step in _WITH_SAMPLES:
        count = symbols.width("s")
        if count > MOST_TERMS:
            raise UnboundError(right)
        each = []
        for s in range(count):
            each.append(bound(right, {**own, "s": s}))
        if not known:
            return right, known
        return " + ".join(each), known
    return one(right), known


def _as_python(source: str) -> str:
    """Return a right-hand side as a formula of `Formula`."""
    plain = source.replace("×", "*").replace("²", "**2").replace("ln ", "log ")
    where = re.fullmatch(r"(.+) where (.+?)(?:, else (.+))?", plain)
    if where:
        return f"({where[1]}) if {where[2]} else {where[3] or '0'}"
    return plain
