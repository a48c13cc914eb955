"""The text of an expression with other numbers in it, everything else as it was written."""

from __future__ import annotations

from collections.abc import Sequence

from blame.expression.expression import Expression
from blame.expression.graph import Place


def rewritten(expression: Expression) -> str:
    """Return an expression's text with the numbers that it has now in place of those written.

    Raises
    ------
    ValueError
        If it is a stack.
    """
    if expression.stack:
        raise ValueError(f"a text is of one expression, this is a stack {expression.stack}")
    text = expression.text
    changed = [
        (_start(text, node.place), node.place, expression.given[k].tolist())
        for k in expression.graph.given
        if (node := expression.graph.nodes[k]).number != tuple(expression.given[k].tolist())
    ]
    # From the end, so that the places before stay where they are.
    for start, place, number in sorted(changed, key=lambda one: one[0], reverse=True):
        text = text[:start] + _number(number) + text[start + len(place.written) :]
    return text


def _start(text: str, place: Place) -> int:
    lines = text.split("\n")
    return sum(len(line) + 1 for line in lines[: place.line - 1]) + place.column - 1


def _number(entries: Sequence[float]) -> str:
    written = [repr(entry + 0.0).removesuffix(".0") for entry in entries]
    return written[0] if len(written) == 1 else f"[{', '.join(written)}]"
