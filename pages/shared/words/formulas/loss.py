"""The lines of the loss, in LaTeX."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from blame.probe.trace import Trace
from blame.probe.trace.made_of import loss_entry
from pages.shared.words.formulas.faces import plain
from pages.shared.words.formulas.latex import (
    TIMES,
    WIDEST,
    broken,
    room,
    symbol,
)
from pages.shared.words.formulas.rows import (
    MOST,
)
from pages.shared.words.numbers import Numbers

MOST_SUMMANDS = 10
"""The loss is written out as a sum of so many numbers; of more, each sample's share is one."""


def loss_lines(trace: Trace, n: Numbers) -> list[str]:
    """Return the loss: in symbols, and with the numbers, one line an output where they are few."""
    each, ends = loss_entry(trace), trace.receipt("loss").terms
    value = n.tex(trace.value("loss"), "loss")
    share = rf"\tfrac{{1}}{{{trace.shares}}}" if trace.shares > 1 else ""
    if len(ends) > MOST:
        return _long_loss(trace, n, share)
    names = [each.latex(dict(zip("yt", (symbol(e.name, n) for e in end), strict=False)))
             for end in ends]  # fmt: skip
    written = [[n.tex(e.value, e.opens) for e in end] for end in ends]
    values = [each.latex(dict(zip("yt", end, strict=False)), TIMES) for end in written]
    if len(ends) > 1:
        names, values = (_in_brackets(share, terms) for terms in (names, values))
    shown = [] if [*map(plain, values)] == [plain(value)] else broken(values, 1)
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
    value, summed = n.tex(trace.value("loss"), "loss"), each.latex(of)
    # Where a phone has no room for both on one line, the second stands below.
    below = rf" \\ &\quad {summed}" if room(summed) > WIDEST - 3 else f" {summed}"
    lines = [rf"{symbol('loss', n)} &= {share}\textstyle\sum{over}{below}", *made[:-1]]
    if room(made[-1]) + room(value) > WIDEST - 3:
        return [*lines, made[-1], f"&= {value}"]
    return [*lines, f"{made[-1]} = {value}"]


def _in_brackets(share: str, terms: Sequence[str]) -> list[str]:
    """Return the terms of a sum that a share stands before; a negative one has its own brackets."""
    first, *rest = [terms[0], *(f"({t})" if t.startswith("-") else t for t in terms[1:])]
    return [rf"{share}\bigl({first}", *rest[:-1], rf"{rest[-1]}\bigr)"]
