"""What every number of a pass is made of, without the numbers: the graph of its computation.

The one place where the chain rule is laid out for a reader: receipts, worksheet, formulas, the
NumPy listing and the exact passes go by it. `blame.probe.trace.made_of` says it in formulas.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from blame.activations import Activation
from blame.losses import Loss, find_loss
from blame.network import Network
from blame.probe.trace.layout import Layout, layout_of
from blame.probe.trace.node import Node, Part, Place, Stage


class Graph:
    """Every number of both passes by its name, in order, and what each is made of.

    Numbers go by the notebook's names: x[0], W1[0, 1], b1[1], z1[1], a1[1], y_pred, y_true, loss,
    and for blame d_x[0], dW1[0, 1], db1[1], d_z1[1], d_a1[1], d_loss_y. Where there are several
    samples, the sample comes first: x[2, 0], z1[2, 1]; weights, biases and their gradients, which
    are sums over the samples, stay as they are. An output's own index follows y_pred, y_true and
    d_loss_y if there are several outputs. The last layer has a z and a d_z of its own unless its
    activation is the identity, where they are y_pred and d_loss_y. A layer without a bias has no
    b and db, a loss without a target no y_true.

    Parameters
    ----------
    network : its shape and its activations are what counts.
    loss : a key of `LOSSES`, or a `Loss`.
    n_samples : how many samples the passes are of.
    whole_targets : whether each sample's targets sum to 1, as shares do.
    """

    def __init__(
        self,
        network: Network,
        loss: str | Loss,
        n_samples: int = 1,
        whole_targets: bool = True,
    ) -> None:
        self.network = network
        self.loss = find_loss(loss)
        self.sizes = network.sizes
        self.depth = len(network.layers)
        self.n_samples = n_samples
        self.whole_targets = whole_targets
        self.activations = tuple(layer.activation for layer in network.layers)
        last = self.activations[-1].name
        fused = self.loss.fused
        self.fused = fused is not None and fused.activation == last
        self.plain_output = last == "identity"
        self.shares = self.loss.shares(n_samples, self.sizes[-1])
        """What the sum over all entries is divided by to make the loss."""
        biased = tuple(layer.bias is not None for layer in network.layers)
        self._layout = layout_of(
            self.sizes, biased, self.plain_output, self.loss.asks_target, n_samples
        )
        self._places = self._layout.places
        self._nodes = _nodes_of(self._layout, self.activations, self.loss)

    def names(self) -> tuple[str, ...]:
        """Return the name of every number, in the order in which they are computed."""
        return tuple(self._places)

    def place(self, name: str) -> Place:
        """Return where a name points.

        Raises
        ------
        ValueError
            If there is no such number; the message lists the kinds there are.
        """
        return self._found(name)[0]

    def sample(self, name: str) -> int | None:
        """Return the sample a number belongs to, None for what all samples share.

        Raises
        ------
        ValueError
            If there is no such number; the message lists the kinds there are.
        """
        return self._found(name)[1]

    def gradient_name(self, name: str) -> str | None:
        """Return the name of a number's gradient, or None for gradients, the loss and y_true."""
        (kind, _, i, _), sample = self._found(name)
        if kind == "y_pred":
            return self.output("d_loss_y", i, sample or 0)
        if kind in ("W", "b"):
            return f"d{name}"
        return f"d_{name}" if kind in ("x", "z", "a") else None

    def stages(self) -> tuple[Stage, ...]:
        """Return the stages of both passes in the order of computation, from z1 to dW1."""
        found = []
        for k in range(1, self.depth + 1):
            found += [Stage(array, (array,)) for array in self._layout.layer(k)]
        found += [Stage(array, (array,)) for array in ("loss", "d_loss_y")]
        for k in range(self.depth, 0, -1):
            found += [Stage(array, (array,)) for array in self._layout.layer_blame(k)]
            found.append(Stage(f"dW{k}", self._layout.parameters(k, "d")))
        return tuple(found)

    def entries(self, array: str) -> list[str]:
        """Return the names of an array's numbers, in NumPy's order."""
        return list(self._layout.entries(array))

    def node(self, name: str) -> Node:
        """Return how a number comes about.

        Raises
        ------
        ValueError
            If there is no such number; the message lists the kinds there are.
        """
        if name not in self._nodes:
            self._nodes[name] = self._node(name)
        return self._nodes[name]

    def _node(self, name: str) -> Node:
        (kind, k, i, _), sample = self._found(name)
        s = sample or 0
        if kind in ("x", "W", "b", "y_true"):
            return Node(name, "given")
        if kind == "loss":
            every = [(s, j) for s in range(self.n_samples) for j in self.width(self.depth)]
            return Node(name, "loss", tuple(self._ends(j, s) for s, j in every), self.loss.name)
        if kind == "d_loss_y" or (kind == "d_z" and k == self.depth and self.fused):
            return Node(name, "loss slope", (self._ends(i, s),), self.loss.name)
        if kind == "a" or (kind == "y_pred" and not self.plain_output):
            joint = self.activations[k - 1].joint
            others = [j for j in self.width(k) if j != i] if joint else []
            terms = tuple((_itself(self.entry(f"z{k}", j, s)),) for j in (i, *others))
            return Node(name, "activation", terms, self.activations[k - 1].name)
        return Node(name, "sum", tuple(self._terms(name)))

    def _terms(self, name: str) -> Iterator[tuple[Part, ...]]:
        (kind, k, i, j), sample = self._found(name)
        s = sample or 0
        if kind in ("z", "y_pred"):
            for m in self.width(k - 1):
                yield self._input(k, m, s), _itself(f"W{k}[{m}, {i}]")
            if self.network.layers[k - 1].bias is not None:
                yield (_itself(f"b{k}[{i}]"),)
        elif kind == "dW":
            for s in range(self.n_samples):
                yield self._input(k, i, s), self._delta(k, j, s)
        elif kind == "db":
            for s in range(self.n_samples):
                yield (self._delta(k, i, s),)
        elif kind == "d_z" and k == self.depth and self.activations[-1].joint:
            for m in self.width(k):
                yield _itself(self.output("d_loss_y", m, s)), self._jacobian(m, i, s)
        elif kind == "d_z":
            last = k == self.depth
            upstream = self.output("d_loss_y", i, s) if last else self.entry(f"d_a{k}", i, s)
            yield _itself(upstream), self._slope(k, i, s)
        else:
            # d_a and d_x: what every neuron of the next layer hands back.
            for m in self.width(k + 1):
                yield self._delta(k + 1, m, s), _itself(f"W{k + 1}[{i}, {m}]")

    def _ends(self, j: int, s: int) -> tuple[Part, ...]:
        guess = _itself(self.output("y_pred", j, s))
        return (guess, _itself(self.output("y_true", j, s))) if self.loss.asks_target else (guess,)

    def _input(self, k: int, i: int, s: int = 0) -> Part:
        return _itself(self.entry("x" if k == 1 else f"a{k - 1}", i, s))

    def _delta(self, k: int, j: int, s: int = 0) -> Part:
        plain = k == self.depth and self.plain_output
        return _itself(self.output("d_loss_y", j, s) if plain else self.entry(f"d_z{k}", j, s))

    def _slope(self, k: int, j: int, s: int = 0) -> Part:
        z = self.entry(f"z{k}", j, s)
        return Part(f"{self.activations[k - 1].name}'({z})", z)

    def _jacobian(self, i: int, j: int, s: int = 0) -> Part:
        """Return the slope of output i at z of neuron j of the last layer."""
        of, z = self.output("y_pred", i, s), self.entry(f"z{self.depth}", j, s)
        return Part(f"d {of} / d {z}", z, of)

    def entry(self, array: str, j: int, s: int = 0) -> str:
        """Return the name of a number of one sample's row, such as z1[0] or z1[2, 0]."""
        return self._layout.entry(array, j, s)

    def output(self, name: str, j: int, s: int = 0) -> str:
        """Return the name of an output: it has an index of its own only where there are several."""
        return self._layout.output(name, j, s)

    def width(self, k: int) -> range:
        """Return the places of layer k; layer 0 is the input."""
        return range(self.sizes[k])

    def _found(self, name: str) -> tuple[Place, int | None]:
        if name not in self._places:
            kinds = dict.fromkeys(known.split("[")[0] for known in self._places)
            raise ValueError(f"there is no number {name!r}; choose one of {', '.join(kinds)}")
        return self._places[name]


@lru_cache(maxsize=32)
def _nodes_of(_: Layout, activations: tuple[Activation, ...], loss: Loss) -> dict[str, Node]:
    """Return the nodes that graphs of one shape share, filled by the first that needs one."""
    return {}


def array_of(name: str) -> str:
    """Return the name of the array that a number stands in."""
    return name.partition("[")[0]


def _itself(name: str) -> Part:
    return Part(name, name)
