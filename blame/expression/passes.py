"""How a framework does it: the values forward, then the blame backward, for any graph.

This is the whole of reverse mode. Forward, each operation works out its value from those before
it. Backward, each takes what has come back to it, its upstream, multiplies it by its local slope
at each input, and hands that part on. A value that is used twice gets two parts, and its blame is
their sum.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from blame.arrays import Array
from blame.expression.graph import Graph
from blame.expression.operations import OPERATIONS


@dataclass(frozen=True, eq=False)
class Part:
    """What one use of a value hands back to it: `share = upstream * slope`."""

    user: int
    place: int
    upstream: Array
    slope: Array
    share: Array


@dataclass(frozen=True, eq=False)
class PulledBack:
    """The blame of every node that has some, and the parts that it is the sum of."""

    blame: tuple[Array | None, ...]
    parts: tuple[tuple[Part, ...], ...]


def run_forward(graph: Graph, given: Mapping[int, Array]) -> tuple[Array, ...]:
    """Return the value of every node, (..., width); what has no value is NaN or infinite."""
    values: list[Array] = []
    with np.errstate(all="ignore"):
        for k, node in enumerate(graph.nodes):
            if node.inputs:
                inputs = (values[source] for source in node.inputs)
                values.append(OPERATIONS[node.operation].value(*inputs))
            else:
                values.append(given[k] if k in given else np.array(node.number))
    return tuple(values)


def local_slope(graph: Graph, values: Sequence[Array], k: int, place: int) -> Array:
    """Return dy/d(input) of node k at its input number `place`."""
    node = graph.nodes[k]
    slope = OPERATIONS[node.operation].slopes[place]
    with np.errstate(all="ignore"):
        return slope(values[k], *(values[source] for source in node.inputs))


def pull_back(graph: Graph, values: Sequence[Array], result: int) -> PulledBack:
    """Return d(result)/d(node) for every node, by one pass from the result back."""
    blame: list[Array | None] = [None] * len(graph.nodes)
    parts: list[list[Part]] = [[] for _ in graph.nodes]
    for k in range(result, -1, -1):
        if k == result:
            blame[k] = np.ones_like(values[k])
        elif parts[k]:
            with np.errstate(all="ignore"):
                blame[k] = sum((part.share for part in parts[k][1:]), start=parts[k][0].share)
        upstream = blame[k]
        if upstream is None or not graph.moves[k]:
            continue
        for place, source in enumerate(graph.nodes[k].inputs):
            if graph.moves[source]:
                slope = local_slope(graph, values, k, place)
                with np.errstate(all="ignore"):
                    share = gathered(upstream * slope, graph.widths[source])
                parts[source].append(Part(k, place, upstream, slope, share))
    return PulledBack(tuple(blame), tuple(map(tuple, parts)))


def gathered(share: Array, width: int) -> Array:
    """Return a share as wide as what it goes to: one number that met a vector gets all of it."""
    if share.shape[-1] == width:
        return share
    return np.asarray(np.add.reduce(share, -1, keepdims=True))
