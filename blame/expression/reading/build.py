"""Builds a graph one node at a time, with the bounds held as it grows."""

from __future__ import annotations

from collections.abc import Sequence

from blame.expression.errors import ExpressionError
from blame.expression.graph import CONSTANT, GIVEN, Graph, Node, Place
from blame.expression.limits import (
    LARGEST,
    LARGEST_EXPONENT,
    MOST_NUMBERS,
    MOST_OPERATIONS,
    MOST_WIDE,
)
from blame.expression.operations import OPERATIONS
from blame.expression.operations.operation import Operation


class Builder:
    """A graph in the making.

    Parameters
    ----------
    taken : names the reader uses, which no number in between may have.
    """

    def __init__(self, taken: frozenset[str] = frozenset()) -> None:
        self.nodes: list[Node] = []
        self.widths: list[int] = []
        self.latest: dict[str, int] = {}
        self._versions: dict[str, list[int]] = {}
        self._taken = taken
        self._counts = {"c": 0, "t": 0}
        self._numbers = 0
        self._operations = 0

    def given(self, name: str, number: Sequence[float], place: Place) -> int:
        """Add a number that the reader can change, under its name."""
        self._numbers += len(number)
        if self._numbers > MOST_NUMBERS:
            raise ExpressionError(
                place, f"is number {self._numbers}", f"at most {MOST_NUMBERS} numbers are given"
            )
        return self._add(Node(name, GIVEN, (), self._checked(number, place), place), len(number))

    def constant(self, number: Sequence[float], place: Place) -> int:
        """Add a number that stands in the formula."""
        return self._add(
            Node(self._unnamed("c"), CONSTANT, (), self._checked(number, place), place, own=False),
            len(number),
        )

    def operate(self, operation: Operation, inputs: Sequence[int], place: Place) -> int:
        """Add an operation on nodes that are there."""
        self._operations += 1
        if self._operations > MOST_OPERATIONS:
            raise ExpressionError(
                place,
                f"is operation {self._operations}",
                f"at most {MOST_OPERATIONS} are worked out: shorten the expression",
            )
        wide = {self.widths[k] for k in inputs} - {1}
        if len(wide) > 1:
            raise ExpressionError(
                place,
                f"joins vectors of {' and '.join(map(str, sorted(wide)))} entries",
                "make them equally long",
            )
        if operation.sign == "**":
            self._check_exponent(inputs[1], place)
        width = 1 if operation.gathers else max((1, *wide))
        node = Node(self._unnamed("t"), operation.name, tuple(inputs), (), place, own=False)
        return self._add(node, width)

    def dot(self, left: int, right: int, place: Place) -> int:
        """Add the product of two vectors, entry by entry, and its sum."""
        if 1 in (self.widths[left], self.widths[right]):
            raise ExpressionError(
                place, "multiplies what is no vector", "write * between single numbers"
            )
        product = self.operate(OPERATIONS["multiply"], (left, right), place)
        return self.operate(OPERATIONS["sum"], (product,), place)

    def assign(self, name: str, k: int) -> None:
        """Give a node a name; a node that has one already keeps it and is found under both."""
        node = self.nodes[k]
        if not node.own:
            self.nodes[k] = Node(name, node.operation, node.inputs, node.number, node.place)
        self._versions.setdefault(name, []).append(k)
        self.latest[name] = k

    def graph(self, result: int) -> Graph:
        """Return the graph; of a name assigned several times the earlier ones are `c.1`, `c.2`."""
        named: dict[str, int] = {}
        renamed: dict[int, str] = {}
        for name, versions in self._versions.items():
            for count, k in enumerate(versions[:-1], start=1):
                named[f"{name}.{count}"] = k
                if self.nodes[k].name == name:
                    renamed[k] = f"{name}.{count}"
            named[name] = versions[-1]
        nodes = [
            Node(renamed.get(k, n.name), n.operation, n.inputs, n.number, n.place, n.own)
            for k, n in enumerate(self.nodes)
        ]
        named |= {
            node.name: k for k, node in enumerate(nodes) if node.inputs and node.name not in named
        }
        in_order = sorted(named.items(), key=lambda pair: pair[1])
        return Graph(tuple(nodes), tuple(in_order), result)

    def _add(self, node: Node, width: int) -> int:
        if width > MOST_WIDE:
            raise ExpressionError(
                node.place, f"has {width} entries", f"a vector has at most {MOST_WIDE}"
            )
        self.nodes.append(node)
        self.widths.append(width)
        return len(self.nodes) - 1

    def _unnamed(self, letter: str) -> str:
        while True:
            self._counts[letter] += 1
            name = f"{letter}{self._counts[letter]}"
            if name not in self._taken:
                return name

    def _checked(self, number: Sequence[float], place: Place) -> tuple[float, ...]:
        for entry in number:
            if not abs(entry) <= LARGEST:
                raise ExpressionError(
                    place, "is too large a number", f"numbers go from {-LARGEST:g} to {LARGEST:g}"
                )
        return tuple(entry + 0.0 for entry in number)

    def _check_exponent(self, k: int, place: Place) -> None:
        exponent = self.nodes[k].number
        if any(abs(entry) > LARGEST_EXPONENT for entry in exponent):
            raise ExpressionError(
                place,
                f"has the exponent {exponent[0]:g}",
                f"exponents go from {-LARGEST_EXPONENT} to {LARGEST_EXPONENT}",
            )
