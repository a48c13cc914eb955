"""Open any number of a pass: how it came about, down to the products it is the sum of."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal, NamedTuple

import numpy as np

from blame.arrays import Array
from blame.backward import BackwardPass

Operation = Literal["given", "sum", "activation", "loss", "loss slope"]

_NAME = re.compile(r"([a-zA-Z_]+?)(\d*)(?:\[(\d+)(?:, (\d+))?\])?")


@dataclass(frozen=True)
class Factor:
    """A number inside another number's receipt: what it is called, and what it opens."""

    name: str
    value: float
    opens: str
    """The quantity this factor is or, for the slope of an activation, is taken at."""


@dataclass(frozen=True)
class Receipt:
    """How one number came about.

    For a "sum", the value is the sum over `terms` of the product of each term's factors. For an
    "activation", the loss and its slope, it is `function` of the single factors in `terms`.
    """

    name: str
    value: float
    operation: Operation
    terms: tuple[tuple[Factor, ...], ...] = ()
    function: str = ""


class Place(NamedTuple):
    """Where a name points: its kind without the layer, the layer from 1, and its indices."""

    kind: str
    layer: int
    i: int
    j: int


class Trace:
    """Everything that can be opened in one pass.

    Numbers go by the notebook's names: x[0], W1[0, 1], b1[1], z1[1], a1[1], y_pred, y_true, loss,
    and for blame dx[0], dW1[0, 1], db1[1], d_z1[1], d_a1[1], d_loss_y. An index follows y_pred,
    y_true and d_loss_y if there are several outputs. The last layer has a z and a d_z of its own
    unless its activation is the identity, where they are y_pred and d_loss_y.

    Parameters
    ----------
    passes : the backward pass of a single network and a single sample.

    Raises
    ------
    ValueError
        If the pass holds a stack or several samples.
    """

    def __init__(self, passes: BackwardPass) -> None:
        shape = passes.deltas[-1].shape
        if len(shape) != 2 or shape[0] != 1:
            raise ValueError(
                "a trace opens one network and one sample, got deltas of shape "
                f"{shape}; pick one first"
            )
        self.passes = passes
        self.network = passes.forward_pass.network
        self.sizes = self.network.sizes
        self.depth = len(self.network.layers)
        last = self.network.layers[-1].activation.name
        fused = passes.loss_function.fused
        self.fused = fused is not None and fused.activation == last
        self.plain_output = last == "identity"
        self._values = dict(self._everything())

    def names(self) -> tuple[str, ...]:
        """Return the name of every number, in the order in which they are computed."""
        return tuple(self._values)

    def value(self, name: str) -> float:
        """Return a number by its name."""
        if name not in self._values:
            # Says which names there are.
            self.place(name)
        return self._values[name]

    def place(self, name: str) -> Place:
        """Return where a name points.

        Raises
        ------
        ValueError
            If there is no such number; the message lists the kinds there are.
        """
        match = _NAME.fullmatch(name) if name in self._values else None
        if match is None:
            kinds = dict.fromkeys(known.split("[")[0] for known in self._values)
            raise ValueError(f"there is no number {name!r}; choose one of {', '.join(kinds)}")
        kind = match[1]
        layer = int(match[2] or (self.depth if kind in ("y_pred", "d_loss_y") else 0))
        return Place(kind, layer, int(match[3] or 0), int(match[4] or 0))

    def gradient_name(self, name: str) -> str | None:
        """Return the name of a number's gradient, or None for gradients, the loss and y_true."""
        kind, _, i, _ = self.place(name)
        if kind == "y_pred":
            return self.output("d_loss_y", i)
        if kind in ("x", "W", "b"):
            return f"d{name}"
        return f"d_{name}" if kind in ("z", "a") else None

    def receipt(self, name: str) -> Receipt:
        """Return how a number came about.

        Raises
        ------
        ValueError
            If there is no such number; the message lists the kinds there are.
        """
        kind, k, i, _ = self.place(name)
        value = self._values[name]
        if kind in ("x", "W", "b", "y_true"):
            return Receipt(name, value, "given")
        loss = self.passes.loss_function.name
        if kind == "loss":
            ends = (self._ends(j) for j in self.width(self.depth))
            return Receipt(name, value, "loss", tuple(ends), loss)
        if kind == "d_loss_y" or (kind == "d_z" and k == self.depth and self.fused):
            return Receipt(name, value, "loss slope", (self._ends(i),), loss)
        if kind == "a" or (kind == "y_pred" and not self.plain_output):
            function = self.network.layers[k - 1].activation.name
            return Receipt(name, value, "activation", ((self.factor(f"z{k}[{i}]"),),), function)
        return Receipt(name, value, "sum", self._terms(name))

    def _terms(self, name: str) -> tuple[tuple[Factor, ...], ...]:
        kind, k, i, j = self.place(name)
        if kind in ("z", "y_pred"):
            products = [
                (self.input(k, m), self.factor(f"W{k}[{m}, {i}]")) for m in self.width(k - 1)
            ]
            return (*products, (self.factor(f"b{k}[{i}]"),))
        if kind == "dW":
            return ((self.input(k, i), self.delta(k, j)),)
        if kind == "db":
            return ((self.delta(k, i),),)
        if kind == "d_z":
            upstream = f"d_a{k}[{i}]" if k < self.depth else self.output("d_loss_y", i)
            return ((self.factor(upstream), self.slope(k, i)),)
        # d_a and dx: what every neuron of the next layer hands back.
        return tuple(
            (self.delta(k + 1, m), self.factor(f"W{k + 1}[{i}, {m}]")) for m in self.width(k + 1)
        )

    def _ends(self, j: int) -> tuple[Factor, ...]:
        return self.factor(self.output("y_pred", j)), self.factor(self.output("y_true", j))

    def factor(self, name: str) -> Factor:
        """Return a number as a factor."""
        return Factor(name, self._values[name], name)

    def input(self, k: int, i: int) -> Factor:
        """Return what comes into layer k at place i."""
        return self.factor(f"x[{i}]" if k == 1 else f"a{k - 1}[{i}]")

    def delta(self, k: int, j: int) -> Factor:
        """Return dL/dz of neuron j of layer k, under the name it has."""
        plain = k == self.depth and self.plain_output
        return self.factor(self.output("d_loss_y", j) if plain else f"d_z{k}[{j}]")

    def slope(self, k: int, j: int) -> Factor:
        """Return the local gradient of neuron j of layer k: for a ReLU, its gate."""
        activation = self.network.layers[k - 1].activation.name
        value = float(self.passes.local_gradients[k - 1][0, j])
        return Factor(f"{activation}'(z{k}[{j}])", value, f"z{k}[{j}]")

    def output(self, name: str, j: int) -> str:
        """Return the name of an output: it has an index only where there are several."""
        return name if self.sizes[-1] == 1 else f"{name}[{j}]"

    def width(self, k: int) -> range:
        """Return the places of layer k; layer 0 is the input."""
        return range(self.sizes[k])

    def _everything(self) -> list[tuple[str, float]]:
        passes, forward, depth = self.passes, self.passes.forward_pass, self.depth
        named: list[tuple[str, float]] = []

        def add(name: str, values: Array, *, output: bool = False) -> None:
            for index in np.ndindex(values.shape):
                indexed = f"{name}[{', '.join(map(str, index))}]"
                named.append(
                    (self.output(name, index[0]) if output else indexed, float(values[index]))
                )

        add("x", forward.x[0])
        for k, layer in enumerate(self.network.layers, start=1):
            add(f"W{k}", layer.weights)
            add(f"b{k}", layer.bias)
            if k < depth or not self.plain_output:
                add(f"z{k}", forward.z[k - 1][0])
            if k < depth:
                add(f"a{k}", forward.a[k - 1][0])
        add("y_pred", forward.prediction[0], output=True)
        add("y_true", np.broadcast_to(passes.target[0], forward.prediction[0].shape), output=True)
        named.append(("loss", float(passes.loss)))
        add("d_loss_y", passes.activation_gradients[-1][0], output=True)
        for k in range(depth, 0, -1):
            if k < depth:
                add(f"d_a{k}", passes.activation_gradients[k - 1][0])
            if k < depth or not self.plain_output:
                add(f"d_z{k}", passes.deltas[k - 1][0])
            add(f"dW{k}", passes.weight_gradients[k - 1])
            add(f"db{k}", passes.bias_gradients[k - 1])
        add("dx", passes.input_gradient[0])
        return named
