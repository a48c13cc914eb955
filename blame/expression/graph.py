"""A formula as a graph: one node an operation, each after what it is made of."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from blame.expression.operations import OPERATIONS

GIVEN, CONSTANT = "given", "constant"
"""What is no operation: a number the reader gave a name, and one that stands in the formula."""


class Place(NamedTuple):
    """Where a piece stands in the text: its line and column from 1, and what is written there."""

    line: int = 1
    column: int = 1
    written: str = ""


NOWHERE = Place()


@dataclass(frozen=True)
class Node:
    """One node: what it is called, what it does, and the places of its inputs in the graph.

    `number` is what a given number or a constant begins with, one entry a component.
    """

    name: str
    operation: str
    inputs: tuple[int, ...] = ()
    number: tuple[float, ...] = ()
    place: Place = NOWHERE
    own: bool = True
    """Whether the reader named it."""


@dataclass(frozen=True)
class Graph:
    """The nodes, every name with its node, and the node whose blame is asked for.

    Parameters
    ----------
    nodes : each after its inputs.
    named : every name a reader may ask for, with the place of its node.
    result : the place of the last assignment that nothing uses.
    """

    nodes: tuple[Node, ...]
    named: tuple[tuple[str, int], ...]
    result: int

    @cached_property
    def names(self) -> dict[str, int]:
        """Where each name points."""
        return dict(self.named)

    @cached_property
    def given(self) -> tuple[int, ...]:
        """The places of the numbers a reader can change."""
        return tuple(k for k, node in enumerate(self.nodes) if node.operation == GIVEN)

    @cached_property
    def moves(self) -> tuple[bool, ...]:
        """Whether each node can move at all: whether some given number reaches it."""
        found: list[bool] = []
        for node in self.nodes:
            found.append(node.operation == GIVEN or any(found[k] for k in node.inputs))
        return tuple(found)

    @cached_property
    def leads(self) -> tuple[int, ...]:
        """The nodes that lead to the result, itself the last of them."""
        leads = {self.result}
        for k in range(self.result, -1, -1):
            if k in leads:
                leads |= set(self.nodes[k].inputs)
        return tuple(sorted(leads))

    @cached_property
    def users(self) -> tuple[tuple[int, ...], ...]:
        """For each node, the nodes that use it, once for each time they do."""
        found: list[list[int]] = [[] for _ in self.nodes]
        for k, node in enumerate(self.nodes):
            for source in node.inputs:
                found[source].append(k)
        return tuple(map(tuple, found))

    @cached_property
    def widths(self) -> tuple[int, ...]:
        """How many components each node has."""
        found: list[int] = []
        for node in self.nodes:
            if node.number:
                found.append(len(node.number))
            elif OPERATIONS[node.operation].gathers:
                found.append(1)
            else:
                found.append(max(found[k] for k in node.inputs))
        return tuple(found)

    @property
    def operations(self) -> int:
        """How many operations there are."""
        return sum(bool(node.inputs) for node in self.nodes)
