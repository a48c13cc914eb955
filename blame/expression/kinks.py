"""Where an expression stands on a kink, exactly or within its own rounding."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from blame.arrays import Array
from blame.expression.expression import Expression
from blame.expression.graph import Graph
from blame.expression.operations import OPERATIONS
from blame.expression.passes import gathered, local_slope


@dataclass(frozen=True)
class Kink:
    """An operation that stands on its kink.

    Attributes
    ----------
    name : of the operation's node.
    operation : its key in the registry.
    distance : how far from the kink, 0 for exactly on it.
    bound : how far the rounding of the numbers on the way can have moved it.
    """

    name: str
    operation: str
    distance: float
    bound: float

    @property
    def exact(self) -> bool:
        """Whether it stands exactly on the kink in these floats."""
        return self.distance == 0


def rounding_bounds(expression: Expression) -> tuple[Array, ...]:
    """Return for every node how far roundings can have moved its value, to first order.

    Counts one rounding for each number typed as a decimal and each operation, two for a function
    that is not rounded exactly; what came in is multiplied by the local slopes.

    References
    ----------
    Higham (2002), Accuracy and Stability of Numerical Algorithms, section 3.1.
    """
    unit = np.finfo(np.float64).eps / 2
    graph, values = expression.graph, expression.node_values
    bounds: list[Array] = []
    for k, node in enumerate(graph.nodes):
        operation = OPERATIONS.get(node.operation)
        whole = operation is None and np.all(values[k] == np.round(values[k]))
        roundings = 0 if whole else 1 if operation is None or operation.exact else 2
        if operation is not None and operation.gathers and not operation.exact:
            roundings = graph.widths[node.inputs[0]]
        bound = roundings * unit * abs(values[k])
        for place, source in enumerate(node.inputs):
            if np.any(bounds[source]):
                slope = abs(local_slope(graph, values, k, place))
                bound = bound + gathered(slope * bounds[source], graph.widths[k])
        bounds.append(bound)
    return tuple(bounds)


def kinks_of(expression: Expression) -> tuple[Kink, ...]:
    """Return the operations of one expression that cannot be told from their kink.

    Raises
    ------
    ValueError
        If it is a stack.
    """
    if expression.stack:
        raise ValueError(f"kinks are those of one expression, this is a stack {expression.stack}")
    graph, values = expression.graph, expression.node_values
    bounds = rounding_bounds(expression)
    found = []
    for k, node in enumerate(graph.nodes):
        operation = OPERATIONS.get(node.operation)
        if operation is None or operation.kink is None or not graph.moves[k]:
            continue
        distance = np.atleast_1d(abs(operation.kink.at(*(values[j] for j in node.inputs))))
        bound = np.broadcast_to(tie_of(graph, bounds, k), distance.shape)
        near = distance <= bound
        if near.any():
            at = int(np.argmax(near))
            found.append(Kink(node.name, operation.name, float(distance[at]), float(bound[at])))
    return tuple(found)


def tie_of(graph: Graph, bounds: Sequence[Array], k: int) -> Array:
    """Return how far roundings can have moved operation k from its kink, or onto it."""
    node = graph.nodes[k]
    if OPERATIONS[node.operation].gathers:
        # Any two entries of its vector may be those that are level.
        return np.asarray(2 * np.maximum.reduce(bounds[node.inputs[0]], -1, keepdims=True))
    return np.asarray(np.add.reduce(np.broadcast_arrays(*(bounds[j] for j in node.inputs))))


def pieces_of(expression: Expression, values: tuple[Array, ...]) -> Array:
    """Return which piece of each kinked operation the values lie on, (..., n): -1, 0 or 1."""
    graph = expression.graph
    found = []
    for node in graph.nodes:
        operation = OPERATIONS.get(node.operation)
        if operation is not None and operation.kink is not None:
            found.append(np.sign(operation.kink.at(*(values[j] for j in node.inputs))))
    if not found:
        return np.zeros(0)
    stack = np.broadcast_shapes(*(piece.shape[:-1] for piece in found))
    whole = [np.broadcast_to(piece, (*stack, piece.shape[-1])) for piece in found]
    return np.concatenate(whole, -1)
