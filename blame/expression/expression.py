"""An expression: a graph of operations with its numbers, its values and its blame."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
from numpy.typing import ArrayLike

from blame.arrays import Array, float_array, read_only
from blame.expression.errors import ExpressionError
from blame.expression.graph import Graph, Node
from blame.expression.limits import LARGEST
from blame.expression.operations import OPERATIONS
from blame.expression.passes import PulledBack, local_slope, pull_back, run_forward


@dataclass(frozen=True, eq=False)
class Expression:
    """A formula with its numbers. Frozen; two with the same graph and numbers are equal.

    Parameters
    ----------
    graph : what is worked out, in order.
    given : the reader's numbers by the place of their node, (..., width); leading axes are those
        of a stack, and broadcast.
    text : what it was read from.
    said : what was read otherwise than Python would, one sentence each.

    Raises
    ------
    ExpressionError
        If some operation has no value or no slope at these numbers; it names the place.
    """

    graph: Graph
    given: Mapping[int, Array]
    text: str = ""
    said: tuple[str, ...] = ()
    node_values: tuple[Array, ...] = field(init=False, repr=False)
    """The value of every node of the graph, (..., width)."""

    def __post_init__(self) -> None:
        values = run_forward(self.graph, self.given)
        for k in range(len(values)):
            self._check(k, values)
        object.__setattr__(self, "node_values", tuple(read_only(np.array(v)) for v in values))

    def _check(self, k: int, values: tuple[Array, ...]) -> None:
        node = self.graph.nodes[k]
        if not node.inputs:
            return
        operation = OPERATIONS[node.operation]
        inputs = [values[source] for source in node.inputs]
        met = " and ".join(_first(value) for value in inputs)
        if operation.domain is not None and not np.all(operation.domain(*inputs)):
            raise ExpressionError(
                node.place,
                f"has no value here: {operation.title} needs {operation.domain_words}, got {met}",
                "change a number that leads to it",
            )
        if not np.all(np.isfinite(values[k])):
            raise ExpressionError(
                node.place, f"leaves the floats at {met}", "take smaller numbers on the way to it"
            )
        for place, source in enumerate(node.inputs):
            slope = local_slope(self.graph, values, k, place) if self.graph.moves[source] else 0.0
            if not np.all(np.isfinite(slope)):
                raise ExpressionError(
                    node.place,
                    f"has no slope here, at {met}",
                    "change a number that leads to it, or put one that stays in its place",
                )

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Expression) and self._key == other._key

    def __hash__(self) -> int:
        return hash(self._key)

    @cached_property
    def _key(self) -> tuple[object, ...]:
        held = tuple((k, v.shape, v.tobytes()) for k, v in sorted(self.given.items()))
        return (self.graph, held, self.text)

    @property
    def result(self) -> str:
        """The name of the last assignment that nothing uses."""
        return self.graph.nodes[self.graph.result].name

    @property
    def stack(self) -> tuple[int, ...]:
        """The leading axes that all values together have."""
        return np.broadcast_shapes(*(value.shape[:-1] for value in self.node_values))

    @cached_property
    def values(self) -> dict[str, Array]:
        """Every value by name: (...) for a single number, (..., width) for a vector."""
        return {name: self._plain(self.node_values[k], k) for name, k in self.graph.named}

    @cached_property
    def _pulled(self) -> dict[int, PulledBack]:
        return {}

    def backward(self, of: str | None = None) -> PulledBack:
        """Return the blame of every node, and its parts: one pass back from a number.

        Parameters
        ----------
        of : the name whose gradient it is; the result if None.

        Raises
        ------
        ValueError
            If there is no such name, it is a vector, or the blame of one expression is too large
            for a float; a stack holds what is infinite there.
        """
        k = self.graph.result if of is None else self.place_of(of)
        if self.graph.widths[k] > 1:
            raise ExpressionError(
                self.graph.nodes[k].place,
                f"is a vector of {self.graph.widths[k]}, and blame is asked of one number",
                "take sum(...) or mean(...) of it",
            )
        if k not in self._pulled:
            pulled = pull_back(self.graph, self.node_values, k)
            if not self.stack:
                self._check_blame(pulled)
            self._pulled[k] = pulled
        return self._pulled[k]

    def _check_blame(self, pulled: PulledBack) -> None:
        for node, blame in reversed([*zip(self.graph.nodes, pulled.blame, strict=True)]):
            if blame is not None and not np.all(np.isfinite(blame)):
                raise ExpressionError(
                    node.place,
                    "has a blame that leaves the floats",
                    "take smaller numbers, or gentler slopes on the way to the result",
                )

    def blame(self, of: str | None = None) -> dict[str, Array]:
        """Return d(result)/d(name) for every name that some given number moves, or is one.

        0 where a name does not reach the result. Shapes are those of `values`.
        """
        pulled = self.backward(of)
        found = {}
        for name, k in self.graph.named:
            if self.graph.moves[k]:
                blame = pulled.blame[k]
                whole = np.zeros_like(self.node_values[k]) if blame is None else blame
                found[name] = self._plain(whole, k)
        return found

    def _plain(self, value: Array, k: int) -> Array:
        if self.graph.widths[k] == 1:
            return np.asarray(value)[..., 0]
        return np.asarray(value)

    def place_of(self, name: str) -> int:
        """Return where the node of a name stands.

        Raises
        ------
        ValueError
            If there is no such name; the message lists those there are.
        """
        if name not in self.graph.names:
            known = ", ".join(list(self.graph.names)[:12])
            raise ValueError(f"there is no {name!r} in this expression; its names are {known}")
        return self.graph.names[name]

    def node(self, name: str) -> Node:
        """Return the node of a name."""
        return self.graph.nodes[self.place_of(name)]

    @cached_property
    def number_places(self) -> dict[str, tuple[int, int]]:
        """Every number a reader can change: its name, the place of its node and its entry."""
        found = {}
        for k in self.graph.given:
            name, width = self.graph.nodes[k].name, self.graph.widths[k]
            for i in range(width):
                found[name if width == 1 else f"{name}[{i}]"] = (k, i)
        return found

    def numbers(self) -> dict[str, float]:
        """Return every number that can be changed by name; of a vector `a[0]`, `a[1]`, ...

        Raises
        ------
        ValueError
            If this is a stack.
        """
        if self.stack:
            raise ValueError(f"numbers are those of one expression, this is a stack {self.stack}")
        return {name: float(self.given[k][i]) for name, (k, i) in self.number_places.items()}

    def with_numbers(self, changes: Mapping[str, ArrayLike]) -> Expression:
        """Return the expression with other numbers; an array of them makes a stack.

        Parameters
        ----------
        changes : a number, or (...) of them, by the name of a number.

        Raises
        ------
        ValueError
            If a name is no number of it, or a value is not finite or beyond the limits.
        """
        return Expression(self.graph, self.given_with(changes), self.text, self.said)

    def given_with(
        self, changes: Mapping[str, ArrayLike], most: float = LARGEST
    ) -> dict[int, Array]:
        """Return the given numbers with changes of at most that size, and work nothing out."""
        given = dict(self.given)
        for name, value in changes.items():
            if name not in self.number_places:
                known = ", ".join(self.number_places)
                raise ValueError(f"{name!r} is no number of this expression; these are {known}")
            k, i = self.number_places[name]
            given[k] = _put(given[k], i, check_number(name, value, most))
        return given

    def gradient(self) -> dict[str, Array]:
        """Return d(result)/d(number) for every number that can be changed, shape (...)."""
        blame = self.backward().blame
        found = {}
        for name, (k, i) in self.number_places.items():
            one = blame[k]
            found[name] = np.zeros(self.stack) if one is None else np.asarray(one)[..., i]
        return found


def check_number(name: str, value: ArrayLike, most: float = LARGEST) -> Array:
    """Return a number as an array.

    Raises
    ------
    ValueError
        If it is not finite, or beyond the limits.
    """
    number = float_array(name, value, np.float64)
    if np.any(abs(number) > most):
        raise ValueError(f"{name} goes from {-most:g} to {most:g}, got {value!r}")
    return number


def _put(held: Array, i: int, value: Array) -> Array:
    stack = np.broadcast_shapes(held.shape[:-1], value.shape)
    whole = np.array(np.broadcast_to(held, (*stack, held.shape[-1])))
    whole[..., i] = value
    return read_only(whole)


def _first(value: Array) -> str:
    flat = np.ravel(value)
    shown = ", ".join(f"{entry:.6g}" for entry in flat[:4].tolist())
    return shown if len(flat) == 1 else f"({shown}{', ...' if len(flat) > 4 else ''})"
