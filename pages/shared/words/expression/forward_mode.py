"""Why backwards: each pass forward beside the one pass back, in a sentence and a table."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from blame.expression.expression import Expression
from blame.expression.forward_mode import BothWays, ForwardPass, both_ways
from blame.expression.graph import CONSTANT
from pages.shared.words import tables
from pages.shared.words.expression.formulas import short_formula, vector_text
from pages.shared.words.numbers import Numbers

MOST_PASSES = 8
"""So many passes forward are shown; the others are counted."""
MOST_ROWS = 24
"""So many nodes are shown: the numbers of those passes, then what is worked out from them."""


def why_backwards(expression: Expression, numbers: Numbers) -> str:
    """Say what the blame costs backward and forward, counted, and show every pass."""
    both = both_ways(expression)
    table = _table(expression, both, numbers)
    return f"{_why(both)}\n\n{_how_to_read(expression, both)}\n\n{table}"


def _why(both: BothWays) -> str:
    inputs = both.forward_passes
    passes = f"{inputs} passes, one for each number" if inputs > 1 else "one pass as well"
    compared = (
        f"forward takes {both.forward_products}"
        if both.forward_products != both.backward_products
        else "forward takes as many"
    )
    return (
        f"One pass back finds the blame of all {inputs} numbers. "
        if inputs > 1
        else "One pass back finds the blame of the one number. "
    ) + (
        f"Forward, carrying along what a nudge of one number does, the same takes {passes}. "
        f"In products of a slope and a number carried: back takes {both.backward_products}, "
        f"{compared}. Both find the same."
    )


def _how_to_read(expression: Expression, both: BothWays) -> str:
    result = expression.result
    left = both.forward_passes - MOST_PASSES
    said = (
        f"Down a column forward: a number moves by 1, each value below by what stands there, and "
        f"what arrives at `{result}` is the blame of that one number. Up the column back: 1 at "
        f"`{result}`, and on the way the blame of every number."
    )
    if left > 0:
        said += f" Shown are {MOST_PASSES} of the passes forward; {left} more are like them."
    return said


def _table(expression: Expression, both: BothWays, numbers: Numbers) -> str:
    passes = both.passes[:MOST_PASSES]
    head = ["value", "one pass back", *(f"forward from {one.name}" for one in passes)]
    rows = [*_rows(expression, both, passes, numbers)]
    left = len(rows) - MOST_ROWS
    if left > 0:
        rows[MOST_ROWS - 2 : -1] = [[f"... and {left + 1} more", *[""] * (len(head) - 1)]]
    counts = [str(one.products) for one in passes]
    return tables.table(head, [*rows, ["products", str(both.backward_products), *counts]])


def _rows(
    expression: Expression, both: BothWays, passes: Sequence[ForwardPass], numbers: Numbers
) -> Iterator[list[str]]:
    """Yield what each pass carries by node; the last row is the result's."""
    graph, blame = expression.graph, expression.backward().blame
    shown = {expression.number_places[one.name][0] for one in passes}
    for k in both.leads:
        node, blamed = graph.nodes[k], blame[k]
        if blamed is None or node.operation == CONSTANT or not (node.inputs or k in shown):
            continue
        # What a pass begins with is 1, not +1: it is no blame.
        cells = ["" if (on := one.moved[k]) is None else vector_text(on, numbers) for one in passes]
        back = vector_text(blamed, numbers, signed=k != graph.result)
        if k == graph.result:
            cells = [f"**{cell}**" if cell else "0" for cell in cells]
        yield [short_formula(expression, k), back if node.inputs else f"**{back}**", *cells]
