"""Where the nodes of an expression stand: in which column, in which order. Knows no Streamlit.

After Sugiyama, Tagawa and Toda (1981): every node goes behind all it is made of, a long edge gets
a slot in each column it passes, and slots are put near the middle of what they are joined to.
"""

from __future__ import annotations

import itertools
from collections import defaultdict

from blame.expression.graph import CONSTANT, GIVEN, Graph

Slot = tuple[int, int]
"""A node as (node, -1), or an edge passing through as (node it comes from, node it goes to)."""
_SWEEPS = 8


class Layout:
    """The slots of each column, from the given numbers to the result."""

    def __init__(self, columns: list[list[Slot]]) -> None:
        self.columns = columns
        self._places = {
            slot[0]: (c, i)
            for c, column in enumerate(columns)
            for i, slot in enumerate(slot for slot in column if slot[1] < 0)
        }

    def place(self, node: int) -> tuple[int, int]:
        """Return the column of a node and which of the column's nodes it is."""
        return self._places[node]

    def via(self, source: int, user: int) -> list[tuple[int, int]]:
        """Return the column and slot of each place that an edge passes on its way."""
        return [
            (c, column.index((source, user)))
            for c, column in enumerate(self.columns)
            if (source, user) in column
        ]


def drawn(graph: Graph) -> list[int]:
    """Return the nodes that are drawn: all but the constants, which stand in formulas."""
    return [k for k, node in enumerate(graph.nodes) if node.operation != CONSTANT]


def lay_out(graph: Graph) -> Layout:
    """Return where everything of a graph stands."""
    level = _levels(graph)
    edges = sorted({(s, k) for k in drawn(graph) for s in graph.nodes[k].inputs if s in level})
    columns: dict[int, list[Slot]] = defaultdict(list)
    for k in drawn(graph):
        columns[level[k]].append((k, -1))
    for source, user in edges:
        for c in range(level[source] + 1, level[user]):
            columns[c].append((source, user))
    ordered = [columns[c] for c in sorted(columns)]
    neighbours = _neighbours(level, edges)
    for sweep in range(_SWEEPS):
        _sweep(ordered, neighbours, forward=sweep % 2 == 0)
    return Layout(ordered)


def _levels(graph: Graph) -> dict[int, int]:
    level: dict[int, int] = {}
    for k in drawn(graph):
        inputs = [level[s] for s in graph.nodes[k].inputs if s in level]
        level[k] = 1 + max(inputs, default=-1)
    # A given number stands just before the first that uses it.
    for k in drawn(graph):
        if graph.nodes[k].operation == GIVEN and graph.users[k]:
            level[k] = min(level[user] for user in graph.users[k]) - 1
    lowest = min(level.values())
    return {k: c - lowest for k, c in level.items()}


def _neighbours(
    level: dict[int, int], edges: list[tuple[int, int]]
) -> dict[Slot, tuple[list[Slot], list[Slot]]]:
    found: dict[Slot, tuple[list[Slot], list[Slot]]] = defaultdict(lambda: ([], []))
    for source, user in edges:
        between = [(source, user)] * (level[user] - level[source] - 1)
        way: list[Slot] = [(source, -1), *between[:1], (user, -1)]
        # The slots of one edge are one kind of slot, in as many columns: a line of its own.
        for before, after in itertools.pairwise(way):
            found[before][1].append(after)
            found[after][0].append(before)
        if len(between) > 1:
            found[source, user][0].append((source, user))
            found[source, user][1].append((source, user))
    return found


def _sweep(
    columns: list[list[Slot]],
    neighbours: dict[Slot, tuple[list[Slot], list[Slot]]],
    *,
    forward: bool,
) -> None:
    order = range(1, len(columns)) if forward else range(len(columns) - 2, -1, -1)
    for c in order:
        beside = columns[c - 1] if forward else columns[c + 1]
        at = {slot: (i + 0.5) / len(beside) for i, slot in enumerate(beside)}
        own = {slot: (i + 0.5) / len(columns[c]) for i, slot in enumerate(columns[c])}

        def middle(slot: Slot, at: dict[Slot, float] = at, own: dict[Slot, float] = own) -> float:
            joined = [at[n] for n in neighbours[slot][0 if forward else 1] if n in at]
            return sum(joined) / len(joined) if joined else own[slot]

        columns[c].sort(key=middle)
