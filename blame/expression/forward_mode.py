"""Why backwards: the same blame found forward, one pass an input, and what each way costs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from blame.arrays import Array
from blame.expression.expression import Expression
from blame.expression.graph import Graph
from blame.expression.passes import gathered, local_slope

Slopes = Mapping[tuple[int, int], Array]
"""The local slope of each node at each place of its inputs."""


@dataclass(frozen=True, eq=False)
class ForwardPass:
    """What one given number moves: one pass from it to the result.

    Attributes
    ----------
    name : of the number.
    moved : d(node)/d(number) by node, None where the pass does not come.
    products : how many products of a slope and a number carried along it took.
    """

    name: str
    moved: tuple[Array | None, ...]
    products: int


@dataclass(frozen=True, eq=False)
class BothWays:
    """The gradient found forward, and the passes and products of slopes that each way takes.

    A product is one local slope times one number that is carried along, at one entry of a vector.
    `leads` are the nodes that lead to the result: what does not is no work of either.
    """

    gradient: dict[str, Array]
    passes: tuple[ForwardPass, ...]
    backward_products: int
    leads: tuple[int, ...]
    backward_passes: int = 1

    @property
    def forward_passes(self) -> int:
        """How many passes forward there are: one for each number."""
        return len(self.passes)

    @property
    def forward_products(self) -> int:
        """How many products all passes forward take."""
        return sum(one.products for one in self.passes)


def both_ways(expression: Expression) -> BothWays:
    """Return the gradient of the result found forward, beside what one pass back takes for it."""
    graph, result = expression.graph, expression.graph.result
    leads = graph.leads
    slopes = {
        (k, place): local_slope(graph, expression.node_values, k, place)
        for k in leads
        for place, source in enumerate(graph.nodes[k].inputs)
        if graph.moves[source]
    }
    passes = tuple(
        _carry(graph, leads, slopes, name, start)
        for name, start in expression.number_places.items()
    )
    whole = np.zeros(expression.stack)
    found = {
        one.name: whole if (moved := one.moved[result]) is None else whole + moved[..., 0]
        for one in passes
    }
    parts = expression.backward().parts
    back = sum(
        max(graph.widths[source], graph.widths[part.user])
        for source, of in enumerate(parts)
        for part in of
    )
    return BothWays(found, passes, back, leads)


def _carry(
    graph: Graph, leads: tuple[int, ...], slopes: Slopes, name: str, start: tuple[int, int]
) -> ForwardPass:
    """Carry along what a nudge of one number does, an entry of a node, to all that it leads to."""
    node, entry = start
    moved: list[Array | None] = [None] * len(graph.nodes)
    moved[node] = np.eye(graph.widths[node])[entry]
    products = 0
    for k in leads:
        for place, source in enumerate(graph.nodes[k].inputs):
            carried = moved[source]
            if carried is None:
                continue
            share = gathered(slopes[k, place] * carried, graph.widths[k])
            products += max(graph.widths[source], graph.widths[k])
            before = moved[k]
            moved[k] = share if before is None else before + share
    return ForwardPass(name, tuple(moved), products)
