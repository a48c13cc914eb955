"""The ways from a number to the result, as its receipt lists them. Knows no Streamlit."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

from blame.expression.expression import Expression
from pages.shared.expression.names import edge_name
from pages.shared.expression.ways import Stop, Way, Ways, ways_of
from pages.shared.picture.data import tone_of
from pages.shared.words.expression.formulas import number_text, vector_text
from pages.shared.words.numbers import Numbers

TIMES = " \u00d7 "


def paths_data(expression: Expression, k: int, numbers: Numbers) -> dict[str, Any] | None:
    """Return the ways from a number to the result; of a vector those of each of its entries."""
    found = ways_of(expression, k)
    if not found.count:
        return None
    more = found.count - len(found.ways)
    rest, total = (vector_text(of, numbers, signed=True) for of in (found.rest, found.totals))
    return {
        "title": _title(found, expression.result),
        "rows": [_row(expression, way, numbers) for way in found.ways],
        "rest": f"{more:,} more ways: together {rest}" if more else "",
        "sum": f"sum {total}" if max(found.counts) > 1 else "",
    }


def _title(found: Ways, result: str) -> str:
    if set(found.counts) == {1}:
        return f"One way to {result}{' from each entry' if found.count > 1 else ''}"
    entries = ", from all entries" if len(found.counts) > 1 else ""
    return f"{found.count:,} {'ways' if found.count > 1 else 'way'} to {result}{entries}"


def _row(expression: Expression, way: Way, numbers: Numbers) -> dict[str, Any]:
    nodes = [node for node, _ in way.stops]
    slopes = [number_text(slope, numbers) for slope in way.slopes]
    bracketed = [f"({text})" if text.startswith("\u2212") else text for text in slopes]
    product = number_text(way.product, numbers, signed=True)
    return {
        "symbols": " \u2192 ".join(_stop(expression, stop) for stop in way.stops),
        "numbers": f"{TIMES.join(bracketed)} = {product}",
        "through": [
            *(expression.graph.nodes[node].name for node in nodes),
            *(edge_name(expression, source, user) for source, user in pairwise(nodes)),
        ],
        "tone": tone_of(way.product),
    }


def _stop(expression: Expression, stop: Stop) -> str:
    node, entry = stop
    name = expression.graph.nodes[node].name
    return f"{name}[{entry}]" if expression.graph.widths[node] > 1 else name
