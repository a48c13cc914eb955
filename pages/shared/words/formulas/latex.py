"""What all formulas are written with: names, matrices, lines that are one formula."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

import numpy as np

from pages.shared.words.formulas.faces import plain, with_faces
from pages.shared.words.numbers import Numbers

# Small, and broken at each equals sign: a column of a page is narrow, a phone's narrower.
_BEGIN, _NEXT, _END = r"\footnotesize \begin{aligned} ", r" \\ ", r" \end{aligned}"
WIDEST = 15.5
"""Of a sum's terms on one line, in em: what a phone has beside the sum's name and its sign."""
PHONE = 18.4
"""The same with the sum's name, beside its sign and the sign of a line that goes on."""
_EMS = {"(": 0.39, ")": 0.39, ".": 0.28, "-": 0.78, "&": 1.0}
TIMES, EACH, BY = r" \times ", r" \odot ", r" \, "
"""Between numbers, between arrays taken entry by entry, and between matrices."""
OVER_SAMPLES, OVER_ROW = r"\textstyle\sum_s ", r"\textstyle\sum_j "
"""The sum over the samples, and over what belongs to one of them."""
IN_OURS = Numbers()


def symbol(name: str, n: Numbers = IN_OURS) -> str:
    """Return one of the notebook's names as LaTeX, in the reader's notation."""
    written = n.notation.symbol(name)
    # The notebook's names say themselves what they are.
    return n.faced(written, name) if n.notation.columns else written


def transposed(name: str, n: Numbers) -> str:
    """Return the transpose of an array as LaTeX."""
    return rf"{symbol(name, n)}^\top"


def symbols(names: Mapping[str, str], n: Numbers) -> dict[str, str]:
    """Return the names that variables stand for as LaTeX."""
    return {variable: symbol(name, n) for variable, name in names.items()}


def matrix(values: np.ndarray, numbers: Numbers, names: Sequence[str] = ()) -> str:
    """Return a vector or matrix of ours as LaTeX, laid out as the reader's notation has it.

    `names` are those of its numbers in NumPy's order.
    """
    rows = numbers.notation.rows(values)
    if not names:
        return as_it_lies(rows, numbers)
    named = numbers.notation.rows(np.reshape(np.array(names, dtype=object), np.shape(values)))
    return as_it_lies(rows, numbers, named)


def as_it_lies(rows: np.ndarray, numbers: Numbers, names: np.ndarray | None = None) -> str:
    """Return a matrix as LaTeX, laid out as NumPy prints it."""
    named = np.full(rows.shape, "", dtype=object) if names is None else names
    body = r" \\ ".join(
        " & ".join(numbers.tex(float(v), name) for v, name in zip(row, own, strict=True))
        for row, own in zip(rows, named, strict=True)
    )
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
    return _BEGIN + with_faces(_NEXT.join(lines)) + _END


def broken(terms: Sequence[str], most: int, left: str = "") -> list[str]:
    """Return a long sum as lines of at most so many terms, none wider than a phone has room for.

    `left` is what stands on the other side of its sign.
    """
    lines: list[list[str]] = [[]]
    widest = min(WIDEST, PHONE - room(left)) if left else WIDEST
    for term in terms:
        if len(lines[-1]) == most or (lines[-1] and room(" + ".join([*lines[-1], term])) > widest):
            lines.append([])
        lines[-1].append(term)
    first, *rest = [" + ".join(line) for line in lines]
    return [f"&= {first}", *(rf"&\quad + {line}" for line in rest)]


def room(tex: str) -> float:
    """Return about how wide a piece of a formula is set, in em."""
    bare = plain(tex).replace(r"\_", "_")
    names = "".join(re.findall(r"\\texttt\{([^{}]*)\}", bare))
    bare = re.sub(r"\\texttt\{[^{}]*\}", "", bare)
    bare = re.sub(r"\\(?:begin|end)\{bmatrix\}", "[", bare)
    signs = len(re.findall(r"\\times|\\odot| \+ | - ", bare))
    rest = re.sub(r"\\[a-z]+|\\,|[{}]| [-+] |\s", "", bare)
    return 0.53 * len(names) + 1.22 * signs + sum(_EMS.get(sign, 0.5) for sign in rest)
