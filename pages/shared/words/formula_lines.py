"""The lines that formulas are made of, in LaTeX: names, matrices, sums, activations, the loss."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import numpy as np

from blame.formula import Formula
from blame.probe.made_of import loss_entry, made_of
from blame.probe.trace import Trace
from pages.shared.words.numbers import Numbers

MOST = 4
"""A matrix is written out up to so many rows and columns, and so many neurons one by one."""
MOST_SUMMANDS = 10
"""The loss is written out as a sum of so many numbers; of more, each sample's share is one."""

# Small, and broken at each equals sign: a column of a page is narrow, a phone's narrower.
_BEGIN, _NEXT, _END = r"\footnotesize \begin{aligned} ", r" \\ ", r" \end{aligned}"
TIMES, EACH, BY = r" \times ", r" \odot ", r" \, "
"""Between numbers, between arrays taken entry by entry, and between matrices."""
OVER_SAMPLES, OVER_ROW = r"\textstyle\sum_s ", r"\textstyle\sum_j "
"""The sum over the samples, and over what belongs to one of them."""
IN_OURS = Numbers()


def symbol(name: str, n: Numbers = IN_OURS) -> str:
    """Return one of the notebook's names as LaTeX, in the reader's notation."""
    return n.notation.symbol(name)


def transposed(name: str, n: Numbers) -> str:
    """Return the transpose of an array as LaTeX."""
    return rf"{symbol(name, n)}^\top"


def symbols(names: Mapping[str, str], n: Numbers) -> dict[str, str]:
    """Return the names that variables stand for as LaTeX."""
    return {variable: symbol(name, n) for variable, name in names.items()}


def matrix(values: np.ndarray, numbers: Numbers) -> str:
    """Return a vector or matrix of ours as LaTeX, laid out as the reader's notation has it."""
    return as_it_lies(numbers.notation.rows(values), numbers)


def as_it_lies(rows: np.ndarray, numbers: Numbers) -> str:
    """Return a matrix as LaTeX, laid out as NumPy prints it."""
    body = r" \\ ".join(" & ".join(numbers.tex(float(v)) for v in row) for row in rows)
    return rf"\begin{{bmatrix}} {body} \end{{bmatrix}}"


def displayed(formula: str) -> str:
    """Return a formula as Markdown, on lines of its own."""
    return f"$$\n{formula}\n$$"


def joined(formulas: Iterable[str]) -> str:
    """Return several of these formulas as one, under one another."""
    lines = [formula.removeprefix(_BEGIN).removesuffix(_END) for formula in formulas]
    return _BEGIN + r" \\[6pt] ".join(lines) + _END


def aligned(lines: Sequence[str]) -> str:
    """Return lines as one formula; the mark of a value that rounding made is sign enough."""
    return _BEGIN + _NEXT.join(lines).replace(r"= {\approx}0", r"\approx 0") + _END


def z_name(trace: Trace, k: int, j: int, s: int) -> str:
    """Return the name of a sum of layer k, from 1: of a plain last layer it is the prediction."""
    plain = k == trace.depth and trace.plain_output
    return trace.output("y_pred", j, s) if plain else trace.entry(f"z{k}", j, s)


def a_name(trace: Trace, k: int, j: int, s: int) -> str:
    """Return the name of an activation of layer k, from 1."""
    return trace.output("y_pred", j, s) if k == trace.depth else trace.entry(f"a{k}", j, s)


def sum_lines(trace: Trace, name: str, n: Numbers) -> list[str]:
    """Return a sum of products: in symbols, with the numbers, and its value."""
    terms = trace.receipt(name).terms
    product = n.notation.product
    names = [product(*(symbol(factor.name, n) for factor in term)) for term in terms]
    numbers = [product(*(n.factor(factor.value) for factor in term), by=TIMES) for term in terms]
    # A bias stands on a line of its own.
    bias = [rf"&\quad + {names.pop()}"] if len(terms) > 1 and len(terms[-1]) == 1 else []
    value = n.tex(trace.value(name))
    shown = [] if numbers == [n.factor(trace.value(name))] else broken(numbers, 3)
    first, *rest = [*broken(names, 2), *bias, *shown, f"&= {value}"]
    return [f"{symbol(name, n)} {first}", *rest]


def broken(terms: Sequence[str], most: int) -> list[str]:
    """Return a long sum as lines of so many terms."""
    lines = [" + ".join(terms[k : k + most]) for k in range(0, len(terms), most)]
    return [f"&= {lines[0]}", *(rf"&\quad + {line}" for line in lines[1:])]


def activation_lines(trace: Trace, name: str, n: Numbers) -> list[str]:
    """Return an activation with the numbers, or in symbols where it is its z."""
    formula, names = made_of(trace, name)
    values = {v: n.tex(trace.value(part)) for v, part in names.items()}
    value = n.tex(trace.value(name))
    shown = formula.latex(values, TIMES)
    if shown == value:
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
        f"&= {matrix(row(trace, 'y_pred', s), n)}",
    ]


def loss_lines(trace: Trace, n: Numbers) -> list[str]:
    """Return the loss: in symbols, and with the numbers, one line an output where they are few."""
    each, ends = loss_entry(trace), trace.receipt("loss").terms
    value = n.tex(trace.value("loss"))
    share = rf"\tfrac{{1}}{{{trace.shares}}}" if trace.shares > 1 else ""
    if len(ends) > MOST:
        return _long_loss(trace, n, share)
    names = [each.latex(dict(zip("yt", (symbol(e.name, n) for e in end), strict=False)))
             for end in ends]  # fmt: skip
    values = [each.latex(dict(zip("yt", (n.tex(e.value) for e in end), strict=False)), TIMES)
              for end in ends]  # fmt: skip
    if len(ends) > 1:
        names, values = (_in_brackets(share, terms) for terms in (names, values))
    shown = [] if values == [value] else broken(values, 1)
    first, *rest = [*broken(names, 1), *shown]
    lines = [f"{symbol('loss', n)} {first}", *rest]
    return [*lines[:-1], f"{lines[-1]} = {value}"]


def _long_loss(trace: Trace, n: Numbers, share: str) -> list[str]:
    """Return a loss of many outputs: what one gives in symbols, and the numbers of all of them."""
    each, ends = loss_entry(trace), trace.receipt("loss").terms
    many, wide = trace.n_samples > 1, trace.sizes[-1] > 1
    index = ", ".join([*("s" * many), *("j" * wide)])
    of = {"y": symbol(f"y_pred[{index}]", n), "t": symbol(f"y_true[{index}]", n)}
    over = f"_{{{index}}}"
    parts = [
        each.value(dict(zip("yt", (end.value for end in both), strict=False))) for both in ends
    ]
    if len(parts) > MOST_SUMMANDS:
        parts = np.reshape(parts, (trace.n_samples, -1)).sum(1).tolist()
    first, *rest = [n.factor(part) for part in parts]
    made = broken(_in_brackets(share, [first, *rest]), 4)
    return [
        rf"{symbol('loss', n)} &= {share}\textstyle\sum{over} {each.latex(of)}",
        *made[:-1],
        f"{made[-1]} = {n.tex(trace.value('loss'))}",
    ]


def _in_brackets(share: str, terms: Sequence[str]) -> list[str]:
    """Return the terms of a sum that a share stands before; a negative one has its own brackets."""
    first, *rest = [terms[0], *(f"({t})" if t.startswith("-") else t for t in terms[1:])]
    return [rf"{share}\bigl({first}", *rest[:-1], rf"{rest[-1]}\bigr)"]


def row(trace: Trace, array: str, s: int) -> np.ndarray:
    """Return what belongs to one sample in an array that has a row for each."""
    whole = trace.array(array)
    return np.atleast_1d(whole if trace.n_samples == 1 else whole[s])


def row_symbol(trace: Trace, array: str, s: int, n: Numbers) -> str:
    """Return how what belongs to one sample in an array is written."""
    if trace.n_samples == 1:
        return symbol(array, n)
    return symbol(f"{array}[{s}]", n) if is_number(trace, array) else n.notation.row(array, s)


def operand(trace: Trace, array: str, s: int, n: Numbers) -> str:
    """Return a sample's row with its numbers; a single output is a number."""
    values = row(trace, array, s)
    return n.factor(float(values[0])) if is_number(trace, array) else matrix(values, n)


def is_number(trace: Trace, array: str) -> bool:
    """Return whether one sample has but one number of an array, without an index of its own."""
    return trace.sizes[-1] == 1 and array in ("y_pred", "y_true", "d_loss_y")


def before(trace: Trace, array: str) -> str:
    """Return what stands before the matrix that a sample's row or its single number meets."""
    return TIMES if is_number(trace, array) else BY


def shown_places(values: np.ndarray) -> list[int]:
    """Return the places that are shown: all, or of many that of the largest value."""
    return list(range(len(values))) if len(values) <= MOST else [int(np.argmax(abs(values)))]
