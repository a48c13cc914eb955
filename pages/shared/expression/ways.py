"""All ways from a number to the result, each with its local slopes. Knows no Streamlit."""

from __future__ import annotations

from dataclasses import dataclass
from math import prod

from blame.expression.expression import Expression

MOST_WAYS = 8
"""So many ways are listed; the rest is counted and summed."""


@dataclass(frozen=True)
class Way:
    """One way: the nodes on it, and the local slope of each step."""

    nodes: tuple[int, ...]
    slopes: tuple[float, ...]

    @property
    def product(self) -> float:
        """What this way hands back."""
        return prod(self.slopes)


@dataclass(frozen=True)
class Ways:
    """The first ways from a number to the result, how many there are, and what all hand back."""

    ways: tuple[Way, ...]
    count: int
    total: float


def ways_of(expression: Expression, k: int) -> Ways | None:
    """Return the ways from a node to the result; None where a vector lies on them."""
    parts, result = expression.backward().parts, expression.graph.result
    count = [0] * len(parts)
    count[result] = 1
    reached = {k}
    for node in range(result - 1, -1, -1):
        count[node] = sum(count[part.user] for part in parts[node])
    for node in range(k, result + 1):
        if node in reached:
            reached |= {part.user for part in parts[node]}
    if any(expression.graph.widths[node] > 1 for node in reached):
        return None
    found: list[Way] = []
    waiting: list[tuple[tuple[int, ...], tuple[float, ...]]] = [((k,), ())]
    while waiting and len(found) < MOST_WAYS:
        nodes, slopes = waiting.pop()
        if nodes[-1] == result:
            found.append(Way(nodes, slopes))
            continue
        waiting += [
            ((*nodes, part.user), (*slopes, float(part.slope.reshape(-1)[0])))
            for part in reversed(parts[nodes[-1]])
        ]
    blamed = expression.backward().blame[k]
    total = 0.0 if blamed is None else float(blamed.reshape(-1)[0])
    return Ways(tuple(found), count[k] if k != result else 0, total)
