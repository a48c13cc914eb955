"""The lines of a neuron: the sum of products, the activation, the shares of a softmax."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from blame.exercise.names import array_of
from blame.formula import Formula
from blame.probe.trace import Trace
from blame.probe.trace.made_of import made_of
from pages.shared.words.formulas.faces import plain
from pages.shared.words.formulas.latex import (
    OVER_ROW,
    TIMES,
    broken,
    matrix,
    symbol,
    symbols,
)
from pages.shared.words.formulas.rows import (
    MOST,
    row,
    row_names,
    row_symbol,
)
from pages.shared.words.numbers import Numbers


def sum_lines(trace: Trace, name: str, n: Numbers) -> list[str]:
    """Return a sum of products: in symbols, with the numbers, and its value."""
    terms = trace.receipt(name).terms
    product = n.notation.product
    names = [product(*(symbol(factor.name, n) for factor in term)) for term in terms]
    numbers = [
        product(*(n.factor(factor.value, factor.opens) for factor in term), by=TIMES)
        for term in terms
    ]
    # A bias stands on a line of its own.
    bias = [rf"&\quad + {names.pop()}"] if len(terms) > 1 and len(terms[-1]) == 1 else []
    if len(names) > MOST and len(terms[0]) == 2 and not n.notation.columns:
        names = [_whole_rows([[factor.name for factor in term] for term in terms[: len(names)]])]
    value = n.tex(trace.value(name), name)
    same = [plain(number) for number in numbers] == [n.factor(trace.value(name))]
    shown = [] if same else broken(numbers, 3, symbol(name, n))
    first, *rest = [*broken(names, 2, symbol(name, n)), *bias, *shown, f"&= {value}"]
    return [f"{symbol(name, n)} {first}", *rest]


def _whole_rows(terms: list[list[str]]) -> str:
    """Return a long sum of products as what it is: one row or column times another."""
    return r" \cdot ".join(symbol(_spanned(names)) for names in zip(*terms, strict=True))


def _spanned(names: Sequence[str]) -> str:
    """Return one name for entries of an array that differ in one index: W1[:, 0]."""
    array = array_of(names[0])
    places = [name[len(array) + 1 : -1].split(", ") for name in names]
    spans = [at[0] if len(set(at)) == 1 else ":" for at in zip(*places, strict=True)]
    return array if spans == [":"] else f"{array}[{', '.join(spans)}]"


def activation_lines(trace: Trace, name: str, n: Numbers) -> list[str]:
    """Return an activation with the numbers, or in symbols where it is its z."""
    formula, names = made_of(trace, name)
    values = {v: n.tex(trace.value(part), part) for v, part in names.items()}
    value = n.tex(trace.value(name), name)
    shown = formula.latex(values, TIMES)
    if plain(shown) == plain(value):
        shown = formula.latex(symbols(names, n))
    return [f"{symbol(name, n)} &= {shown} = {value}"]


def shares_lines(trace: Trace, s: int, n: Numbers) -> list[str]:
    """Return a last layer that works on all its z at once: what each gives, their sum, the shares.

    Nothing where it is not said to be a share of a sum, or its parts leave the floats.
    """
    activation = trace.activations[-1]
    joint = activation.joint
    if joint is None or activation.formula != f"{joint.summand} / s":
        return []
    each = Formula(joint.summand)
    z = row(trace, f"z{trace.depth}", s)
    parts = np.array([each.value({"z": float(v)}) for v in z])
    total = float(parts.sum())
    if not (np.isfinite(parts).all() and total > 0):
        return []
    part = each.latex({"z": row_symbol(trace, f"z{trace.depth}", s, n)})
    shares = row_symbol(trace, "y_pred", s, n)
    written = matrix(parts, n)
    return [
        f"{part} &= {written}",
        rf"{OVER_ROW}{part} &= {' + '.join(n.tex(float(v)) for v in parts)} = {n.tex(total)}",
        rf"{shares} &= \frac{{{part}}}{{{OVER_ROW}{part}}}",
        rf"&= \frac{{{written}}}{{{n.tex(total)}}}",
        f"&= {matrix(row(trace, 'y_pred', s), n, row_names(trace, 'y_pred', s))}",
    ]
