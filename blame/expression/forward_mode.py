"""Why backwards: the same blame found forward, one pass an input, and what each way costs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from blame.arrays import Array
from blame.expression.expression import Expression
from blame.expression.graph import Graph
from blame.expression.passes import gathered, local_slope


@dataclass(frozen=True, eq=False)
class BothWays:
    """The gradient found forward, and the passes and products of slopes that each way takes.

    A product is one local slope times one number that is carried along, at one entry of a vector.
    """

    gradient: dict[str, Array]
    forward_passes: int
    forward_products: int
    backward_products: int
    backward_passes: int = 1


def carry_forward(
    graph: Graph, values: Sequence[Array], start: int, entry: int
) -> tuple[list[Array | None], int]:
    """Return d(node)/d(one given number) for every node, and how many products that took.

    Parameters
    ----------
    start, entry : the node of the given number, and its place in its vector.
    """
    moved: list[Array | None] = [None] * len(graph.nodes)
    products = 0
    for k, node in enumerate(graph.nodes):
        if k == start:
            moved[k] = np.eye(graph.widths[k])[entry]
        for place, source in enumerate(node.inputs):
            carried = moved[source]
            if carried is None:
                continue
            slope = local_slope(graph, values, k, place)
            share = gathered(slope * carried, graph.widths[k])
            products += max(graph.widths[source], graph.widths[k])
            before = moved[k]
            moved[k] = share if before is None else before + share
    return moved, products


def both_ways(expression: Expression) -> BothWays:
    """Return the gradient of the result found forward, beside what one pass back takes for it."""
    graph, values, result = expression.graph, expression.node_values, expression.graph.result
    # What does not lead to the result is no work of either.
    leads = _leading_to(graph, result)
    found: dict[str, Array] = {}
    products = 0
    for name, (k, entry) in expression.number_places.items():
        moved, work = carry_forward(_only(graph, leads), values, k, entry)
        at_result = moved[result]
        whole = np.zeros(expression.stack)
        found[name] = whole if at_result is None else whole + at_result[..., 0]
        products += work
    parts = expression.backward().parts
    back = sum(
        max(graph.widths[source], graph.widths[part.user])
        for source, of in enumerate(parts)
        for part in of
    )
    return BothWays(found, len(found), products, back)


def _leading_to(graph: Graph, result: int) -> set[int]:
    leads = {result}
    for k in range(result, -1, -1):
        if k in leads:
            leads |= set(graph.nodes[k].inputs)
    return leads


def _only(graph: Graph, leads: set[int]) -> Graph:
    """Return the graph with the inputs of all others left out, so that nothing goes there."""
    nodes = tuple(
        node if k in leads else type(node)(node.name, node.operation, (), (0.0,), node.place)
        for k, node in enumerate(graph.nodes)
    )
    return Graph(nodes, graph.named, graph.result)
