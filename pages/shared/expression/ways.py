"""All ways from a number to the result, each with its local slopes. Knows no Streamlit.

A way leads from entry to entry: through a vector there are as many as it has entries.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import prod

from blame.arrays import Array
from blame.expression.expression import Expression
from blame.expression.operations import OPERATIONS
from blame.expression.passes import Part

MOST_WAYS = 8
"""So many ways are listed, one at least of each entry; the rest is counted and summed."""

Stop = tuple[int, int]
"""A node, and which entry of it."""


@dataclass(frozen=True)
class Way:
    """One way: the stops on it, and the local slope of each step."""

    stops: tuple[Stop, ...]
    slopes: tuple[float, ...]

    @property
    def product(self) -> float:
        """What this way hands back."""
        return prod(self.slopes)


@dataclass(frozen=True)
class Ways:
    """The first ways from each entry to the result; by entry how many there are, and their sum."""

    ways: tuple[Way, ...]
    counts: tuple[int, ...]
    totals: tuple[float, ...]

    @property
    def count(self) -> int:
        """How many ways there are from all entries together."""
        return sum(self.counts)

    @property
    def rest(self) -> tuple[float, ...]:
        """What the ways that are not listed hand back, by entry."""
        left = list(self.totals)
        for way in self.ways:
            left[way.stops[0][1]] -= way.product
        return tuple(left)


def ways_of(expression: Expression, k: int) -> Ways:
    """Return the ways from a node to the result; from the result itself there are none."""
    widths, parts = expression.graph.widths, expression.backward().parts
    result = expression.graph.result
    if k == result:
        return Ways((), (0,), (1.0,))
    counts: list[list[int]] = [[0] * width for width in widths]
    counts[result] = [1]
    for node in range(result - 1, k - 1, -1):
        for part in parts[node]:
            for i, j in _joined(expression, part, widths[node]):
                counts[node][i] += counts[part.user][j]
    each = -(-MOST_WAYS // widths[k])
    found = [way for i in range(widths[k]) for way in _first(expression, counts, (k, i), each)]
    blamed = expression.backward().blame[k]
    totals = [0.0] * widths[k] if blamed is None else blamed.tolist()
    return Ways(tuple(found), tuple(counts[k]), tuple(totals))


def _first(
    expression: Expression, counts: Sequence[Sequence[int]], start: Stop, most: int
) -> list[Way]:
    """Return the first ways from one entry to the result, past all that lead nowhere."""
    widths, parts = expression.graph.widths, expression.backward().parts
    found: list[Way] = []
    waiting: list[tuple[tuple[Stop, ...], tuple[float, ...]]] = [((start,), ())]
    while waiting and len(found) < most:
        stops, slopes = waiting.pop()
        node, entry = stops[-1]
        if node == expression.graph.result:
            found.append(Way(stops, slopes))
            continue
        waiting += [
            ((*stops, (part.user, j)), (*slopes, _at(part.slope, i, j)))
            for part in reversed(parts[node])
            for i, j in reversed([*_joined(expression, part, widths[node])])
            if i == entry and counts[part.user][j]
        ]
    return found


def _joined(expression: Expression, part: Part, width: int) -> Iterator[Stop]:
    """Yield which entry of a value goes into which entry of what uses it."""
    wide = expression.graph.widths[part.user]
    taken = OPERATIONS[expression.graph.nodes[part.user].operation].taken
    if taken is not None:
        yield taken, 0
    elif width == wide:
        yield from ((i, i) for i in range(width))
    else:
        # One number goes into every entry, and every entry into what gathers them.
        yield from ((i, j) for i in range(width) for j in range(wide))


def _at(slope: Array, i: int, j: int) -> float:
    """Return a local slope between two entries; one that is the same for all is told once."""
    entries: Sequence[float] = slope.tolist()
    return entries[min(max(i, j), len(entries) - 1)]
