"""What every number of a pass is made of, without the numbers: the graph of its computation.

The one place where the chain rule is laid out for a reader: receipts, worksheet, formulas, the
NumPy listing and the exact passes go by it. `blame.probe.made_of` says it in formulas.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal, NamedTuple

from blame.losses import Loss, find_loss
from blame.network import Network

Operation = Literal["given", "sum", "activation", "loss", "loss slope"]

_NAME = re.compile(r"([a-zA-Z_]+?)(\d*)(?:\[(\d+)(?:, (\d+))?\])?")


class Place(NamedTuple):
    """Where a name points: its kind without the layer, the layer from 1, and its indices."""

    kind: str
    layer: int
    i: int
    j: int


class Part(NamedTuple):
    """What a number is made of: what it is called there, and the number that it opens.

    Both are the same but for the slope of an activation, which is taken at the number it opens.
    """

    name: str
    opens: str


@dataclass(frozen=True)
class Node:
    """How one number comes about.

    For a "sum", it is the sum over `terms` of the product of each term's parts. For an
    "activation", the loss and its slope, it is `function` of the single parts in `terms`.
    """

    name: str
    operation: Operation
    terms: tuple[tuple[Part, ...], ...] = ()
    function: str = ""


class Stage(NamedTuple):
    """One stage of the computation: its name, that of its first array, and all its arrays."""

    name: str
    arrays: tuple[str, ...]


class Graph:
    """Every number of one sample's passes by its name, in order, and what each is made of.

    Numbers go by the notebook's names: x[0], W1[0, 1], b1[1], z1[1], a1[1], y_pred, y_true, loss,
    and for blame dx[0], dW1[0, 1], db1[1], d_z1[1], d_a1[1], d_loss_y. An index follows y_pred,
    y_true and d_loss_y if there are several outputs. The last layer has a z and a d_z of its own
    unless its activation is the identity, where they are y_pred and d_loss_y.

    Parameters
    ----------
    network : its shape and its activations are what counts.
    loss : a key of `LOSSES`, or a `Loss`.
    """

    def __init__(self, network: Network, loss: str | Loss) -> None:
        self.network = network
        self.loss = find_loss(loss)
        self.sizes = network.sizes
        self.depth = len(network.layers)
        self.activations = tuple(layer.activation for layer in network.layers)
        last = self.activations[-1].name
        fused = self.loss.fused
        self.fused = fused is not None and fused.activation == last
        self.plain_output = last == "identity"
        self._names = dict.fromkeys(
            name for array in self._all_arrays() for name in self.entries(array)
        )

    def names(self) -> tuple[str, ...]:
        """Return the name of every number, in the order in which they are computed."""
        return tuple(self._names)

    def place(self, name: str) -> Place:
        """Return where a name points.

        Raises
        ------
        ValueError
            If there is no such number; the message lists the kinds there are.
        """
        if name not in self._names:
            kinds = dict.fromkeys(known.split("[")[0] for known in self._names)
            raise ValueError(f"there is no number {name!r}; choose one of {', '.join(kinds)}")
        return _placed(name, self.depth)

    def gradient_name(self, name: str) -> str | None:
        """Return the name of a number's gradient, or None for gradients, the loss and y_true."""
        kind, _, i, _ = self.place(name)
        if kind == "y_pred":
            return self.output("d_loss_y", i)
        if kind in ("x", "W", "b"):
            return f"d{name}"
        return f"d_{name}" if kind in ("z", "a") else None

    def stages(self) -> tuple[Stage, ...]:
        """Return the stages of both passes in the order of computation, from z1 to dW1."""
        found = []
        for k in range(1, self.depth + 1):
            found += [Stage(array, (array,)) for array in self._layer(k)]
        found += [Stage(array, (array,)) for array in ("loss", "d_loss_y")]
        for k in range(self.depth, 0, -1):
            found += [Stage(array, (array,)) for array in self._layer_blame(k)]
            found.append(Stage(f"dW{k}", (f"dW{k}", f"db{k}")))
        return tuple(found)

    def entries(self, array: str) -> list[str]:
        """Return the names of an array's numbers, in NumPy's order."""
        return list(_entries(array, self.sizes))

    def node(self, name: str) -> Node:
        """Return how a number comes about.

        Raises
        ------
        ValueError
            If there is no such number; the message lists the kinds there are.
        """
        kind, k, i, _ = self.place(name)
        if kind in ("x", "W", "b", "y_true"):
            return Node(name, "given")
        if kind == "loss":
            ends = tuple(self._ends(j) for j in self.width(self.depth))
            return Node(name, "loss", ends, self.loss.name)
        if kind == "d_loss_y" or (kind == "d_z" and k == self.depth and self.fused):
            return Node(name, "loss slope", (self._ends(i),), self.loss.name)
        if kind == "a" or (kind == "y_pred" and not self.plain_output):
            z = f"z{k}[{i}]"
            return Node(name, "activation", ((Part(z, z),),), self.activations[k - 1].name)
        return Node(name, "sum", tuple(self._terms(name)))

    def _terms(self, name: str) -> Iterator[tuple[Part, ...]]:
        kind, k, i, j = self.place(name)
        if kind in ("z", "y_pred"):
            for m in self.width(k - 1):
                yield self._input(k, m), _itself(f"W{k}[{m}, {i}]")
            yield (_itself(f"b{k}[{i}]"),)
        elif kind == "dW":
            yield self._input(k, i), self._delta(k, j)
        elif kind == "db":
            yield (self._delta(k, i),)
        elif kind == "d_z":
            upstream = f"d_a{k}[{i}]" if k < self.depth else self.output("d_loss_y", i)
            yield _itself(upstream), self._slope(k, i)
        else:
            # d_a and dx: what every neuron of the next layer hands back.
            for m in self.width(k + 1):
                yield self._delta(k + 1, m), _itself(f"W{k + 1}[{i}, {m}]")

    def _ends(self, j: int) -> tuple[Part, ...]:
        return _itself(self.output("y_pred", j)), _itself(self.output("y_true", j))

    def _input(self, k: int, i: int) -> Part:
        return _itself(f"x[{i}]" if k == 1 else f"a{k - 1}[{i}]")

    def _delta(self, k: int, j: int) -> Part:
        plain = k == self.depth and self.plain_output
        return _itself(self.output("d_loss_y", j) if plain else f"d_z{k}[{j}]")

    def _slope(self, k: int, j: int) -> Part:
        return Part(f"{self.activations[k - 1].name}'(z{k}[{j}])", f"z{k}[{j}]")

    def output(self, name: str, j: int) -> str:
        """Return the name of an output: it has an index only where there are several."""
        return _output(name, j, self.sizes[-1])

    def width(self, k: int) -> range:
        """Return the places of layer k; layer 0 is the input."""
        return range(self.sizes[k])

    def _layer(self, k: int) -> list[str]:
        if k < self.depth:
            return [f"z{k}", f"a{k}"]
        return ["y_pred"] if self.plain_output else [f"z{k}", "y_pred"]

    def _layer_blame(self, k: int) -> list[str]:
        if k < self.depth:
            return [f"d_a{k}", f"d_z{k}"]
        return [] if self.plain_output else [f"d_z{k}"]

    def _all_arrays(self) -> Iterator[str]:
        yield "x"
        for k in range(1, self.depth + 1):
            yield from (f"W{k}", f"b{k}", *self._layer(k))
        yield from ("y_true", "loss", "d_loss_y")
        for k in range(self.depth, 0, -1):
            yield from (*self._layer_blame(k), f"dW{k}", f"db{k}")
        yield "dx"


def array_of(name: str) -> str:
    """Return the name of the array that a number stands in."""
    return name.partition("[")[0]


# Names are the same for every network of one shape, and a page asks for them at each change.
@lru_cache(maxsize=4096)
def _placed(name: str, depth: int) -> Place:
    match = _NAME.fullmatch(name)
    assert match is not None
    kind = match[1]
    layer = int(match[2] or (depth if kind in ("y_pred", "d_loss_y") else 0))
    return Place(kind, layer, int(match[3] or 0), int(match[4] or 0))


@lru_cache(maxsize=1024)
def _entries(array: str, sizes: tuple[int, ...]) -> tuple[str, ...]:
    match = _NAME.fullmatch(array)
    assert match is not None
    kind, k = match[1], int(match[2] or 0)
    if kind == "loss":
        return (kind,)
    if kind in ("y_pred", "y_true", "d_loss_y"):
        return tuple(_output(kind, j, sizes[-1]) for j in range(sizes[-1]))
    if kind in ("W", "dW"):
        return tuple(f"{array}[{i}, {j}]" for i in range(sizes[k - 1]) for j in range(sizes[k]))
    return tuple(f"{array}[{j}]" for j in range(sizes[k]))


def _output(name: str, j: int, width: int) -> str:
    return name if width == 1 else f"{name}[{j}]"


def _itself(name: str) -> Part:
    return Part(name, name)
