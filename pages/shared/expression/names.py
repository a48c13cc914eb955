"""What can be opened in the picture of an expression, by its name. Knows no Streamlit."""

from __future__ import annotations

from functools import lru_cache

from blame.expression.expression import Expression
from blame.expression.kinks import rounding_bounds
from pages.shared.expression.layout import drawn
from pages.shared.words.numbers import Numbers


def blame_name(expression: Expression, k: int) -> str:
    """Return what the blame of a node is called: `d_x`, or `d(x)` where the reader has a d_x."""
    name = expression.graph.nodes[k].name
    return f"d({name})" if f"d_{name}" in expression.graph.names else f"d_{name}"


def has_blame(expression: Expression, k: int) -> bool:
    """Whether a node gets any blame from the result."""
    return expression.graph.moves[k] and expression.backward().blame[k] is not None


def openable(expression: Expression) -> list[str]:
    """Return every name that has a receipt: the values in order, and the blame on the way back."""
    nodes = drawn(expression.graph)
    values = [expression.graph.nodes[k].name for k in nodes]
    return values + [blame_name(expression, k) for k in nodes[::-1] if has_blame(expression, k)]


def find(expression: Expression, opened: str) -> tuple[int, bool] | None:
    """Return the node that a name opens, and whether it is its blame; None for no such name.

    An entry of a vector opens its vector, an edge the blame of what it comes from.
    """
    plain = opened.partition(">")[0]
    edge = ">" in opened
    for k in drawn(expression.graph):
        name = expression.graph.nodes[k].name
        if plain == name or plain.partition("[")[0] == name:
            return k, edge and has_blame(expression, k)
        if plain == blame_name(expression, k) and has_blame(expression, k):
            return k, True
    return None


def edge_name(expression: Expression, source: int, user: int) -> str:
    """Return what an edge is called."""
    nodes = expression.graph.nodes
    return f"{nodes[source].name}>{nodes[user].name}"


@lru_cache(maxsize=32)
def numbers_of(expression: Expression, all_digits: bool) -> Numbers:
    """Return how its numbers are written: what rounding alone could have made is marked."""
    made: set[float] = set()
    bounds = rounding_bounds(expression)
    for value, bound in zip(expression.node_values, bounds, strict=True):
        pairs = zip(value.ravel().tolist(), bound.ravel().tolist(), strict=False)
        made |= {entry for entry, most in pairs if entry and abs(entry) <= most}
    return Numbers(all_digits, frozenset(made))
