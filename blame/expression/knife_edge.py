"""The knife edge: the slopes on both sides of where an expression stands, kinks minded."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from blame.arrays import Array
from blame.expression.expression import Expression
from blame.expression.kinks import rounding_bounds, tie_of
from blame.expression.operations import OPERATIONS
from blame.expression.passes import gathered, local_slope


@dataclass(frozen=True)
class Sides:
    """The slope of the result at one number, coming from below it and from above, and its blame."""

    name: str
    below: float
    above: float
    blame: float

    @property
    def smooth(self) -> bool:
        """Whether both sides have the same slope, but for rounding."""
        return _same(self.below, self.above)

    @property
    def true(self) -> bool:
        """Whether blame is the slope of one side at least."""
        return _same(self.blame, self.below) or _same(self.blame, self.above)

    @property
    def between(self) -> bool:
        """Whether blame is the slope of one side, or lies between both."""
        return self.true or min(self.below, self.above) < self.blame < max(self.below, self.above)


@dataclass(frozen=True)
class Distance:
    """How far an operation with a kink stands from it, at the nearest of its entries."""

    name: str
    operation: str
    distance: float


def sides_of(expression: Expression) -> tuple[Sides, ...]:
    """Return the slopes of the result on both sides of every number, in one stacked pass.

    Each number is moved up and down on its own, and the move is carried forward: through a kink
    that is stood on, exactly or but for rounding, by the piece that lies on its way.

    Raises
    ------
    ValueError
        If it is a stack.
    """
    if expression.stack:
        raise ValueError(f"sides are those of one expression, this is a stack {expression.stack}")
    places = expression.number_places
    moved = _carried(expression)[..., 0]
    gradient = expression.gradient()
    return tuple(
        Sides(
            name, -float(moved[0, i]) + 0.0, float(moved[1, i]) + 0.0, float(gradient[name]) + 0.0
        )
        for i, name in enumerate(places)
    )


def distances(expression: Expression) -> tuple[Distance, ...]:
    """Return how far each operation with a kink that some number moves is from it."""
    graph, values = expression.graph, expression.node_values
    found = []
    for k, node in enumerate(graph.nodes):
        kink = OPERATIONS[node.operation].kink if node.inputs else None
        if kink is not None and graph.moves[k]:
            apart = abs(kink.at(*(values[source] for source in node.inputs)))
            found.append(Distance(node.name, node.operation, float(np.min(apart))))
    return tuple(found)


def _carried(expression: Expression) -> Array:
    """Return how the result begins to move, (2, n, 1): as each number goes down, and up."""
    graph, values = expression.graph, expression.node_values
    bounds = rounding_bounds(expression)
    count = len(expression.number_places)
    moves: list[Array] = [
        np.zeros((2, count, width)) if k in graph.given else np.zeros(1)
        for k, width in enumerate(graph.widths)
    ]
    for i, (k, entry) in enumerate(expression.number_places.values()):
        moves[k][:, i, entry] = -1.0, 1.0
    for k, node in enumerate(graph.nodes):
        if not node.inputs or not graph.moves[k]:
            continue
        kink = OPERATIONS[node.operation].kink
        if kink is not None:
            inputs, along = ([of[source] for source in node.inputs] for of in (list(values), moves))
            moves[k] = kink.along(tie_of(graph, bounds, k), *inputs, *along)
            continue
        shares = [
            gathered(local_slope(graph, values, k, place) * moves[source], graph.widths[k])
            for place, source in enumerate(node.inputs)
            if graph.moves[source]
        ]
        moves[k] = sum(shares[1:], start=shares[0])
    return np.broadcast_to(moves[graph.result], (2, count, 1))


def _same(one: float, other: float) -> bool:
    return abs(one - other) <= 1e-9 * max(abs(one), abs(other))
