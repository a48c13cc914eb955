"""Open any number of a pass: how it came about, down to the products it is the sum of."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from itertools import chain

import numpy as np

from blame.arrays import Array
from blame.backward import BackwardPass
from blame.probe.trace.graph import Graph
from blame.probe.trace.node import Operation, Part


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


class Trace(Graph):
    """Everything that can be opened in one pass: the graph of its numbers, with the numbers.

    Parameters
    ----------
    passes : the backward pass of a single network, of one sample or several.

    Raises
    ------
    ValueError
        If the pass holds a stack.
    """

    def __init__(self, passes: BackwardPass) -> None:
        shape = passes.deltas[-1].shape
        if len(shape) != 2:
            raise ValueError(
                f"a trace opens one network, got deltas of shape {shape}; pick one first"
            )
        # To a few roundings, as thirds sum to 1.
        whole = bool((abs(passes.target.sum(-1) - 1) < 1e-9).all())
        super().__init__(
            passes.forward_pass.network, passes.loss_function, shape[0], whole_targets=whole
        )
        self.passes = passes
        self._jacobians: Array | None = None
        every = (self.array(array).ravel().tolist() for array in self._layout.arrays)
        self._values = dict(zip(self.names(), chain.from_iterable(every), strict=True))

    def value(self, name: str) -> float:
        """Return a number by its name.

        Raises
        ------
        ValueError
            If there is no such number; the message lists the kinds there are.
        """
        if name not in self._values:
            self.place(name)
        return self._values[name]

    def array(self, name: str) -> Array:
        """Return an array of the pass by its name: x, W1, b1, z1, ...

        Those that each sample has are (n_samples, width), or (width,) where there is one sample.

        Raises
        ------
        ValueError
            If the network has no such bias.
        """
        passes, forward = self.passes, self.passes.forward_pass
        kind = name.rstrip("0123456789")
        k = int(name.removeprefix(kind) or 0) - 1
        found: Array
        if kind in ("W", "b", "dW", "db"):
            held = self.network.parameters() if kind in "Wb" else passes.parameter_gradients()
            if (parameter := name.removeprefix("d")) not in held:
                raise ValueError(f"layer {k + 1} has no bias, so there is no {name}")
            return held[parameter]
        if kind == "loss":
            return passes.loss
        if kind == "y_true":
            found = np.broadcast_to(passes.target, forward.prediction.shape)
        elif kind in ("z", "a"):
            found = (forward.z if kind == "z" else forward.a)[k]
        elif kind in ("d_z", "d_a"):
            found = (passes.deltas if kind == "d_z" else passes.activation_gradients)[k]
        else:
            found = {
                "x": forward.x,
                "y_pred": forward.prediction,
                "d_loss_y": passes.activation_gradients[-1],
                "d_x": passes.input_gradient,
            }[kind]
        return found[0] if self.n_samples == 1 else found

    def receipt(self, name: str) -> Receipt:
        """Return how a number came about.

        Raises
        ------
        ValueError
            If there is no such number; the message lists the kinds there are.
        """
        node = self.node(name)
        terms = tuple(tuple(map(self._with_value, term)) for term in node.terms)
        return Receipt(name, self._values[name], node.operation, terms, node.function)

    def factor(self, name: str) -> Factor:
        """Return a number as a factor."""
        return Factor(name, self._values[name], name)

    def input(self, k: int, i: int, s: int = 0) -> Factor:
        """Return what comes into layer k at place i."""
        return self._with_value(self._input(k, i, s))

    def delta(self, k: int, j: int, s: int = 0) -> Factor:
        """Return dL/dz of neuron j of layer k, under the name it has."""
        return self._with_value(self._delta(k, j, s))

    def slope(self, k: int, j: int, s: int = 0) -> Factor:
        """Return the local gradient of neuron j of layer k: for a ReLU, its gate."""
        # Not by its name: an identity output has no z of its own, yet a slope.
        part = self._slope(k, j, s)
        return Factor(part.name, float(self.passes.local_gradients[k - 1][s, j]), part.opens)

    def jacobian(self, i: int, j: int, s: int = 0) -> Factor:
        """Return the slope of output i at z of neuron j of the last layer."""
        if self._jacobians is None:
            last = self.passes.forward_pass.z[-1]
            with np.errstate(all="ignore"):
                self._jacobians = self.activations[-1].jacobian(last)
        part = self._jacobian(i, j, s)
        return Factor(part.name, float(self._jacobians[s, i, j]), part.opens)

    def _with_value(self, part: Part) -> Factor:
        if part.name == part.opens:
            return self.factor(part.name)
        _, k, j, _ = self.place(part.opens)
        s = self.sample(part.opens) or 0
        return self.jacobian(self.place(part.of).i, j, s) if part.of else self.slope(k, j, s)


@lru_cache(maxsize=32)
def trace_of(passes: BackwardPass) -> Trace:
    """Return the trace of a pass, the same one each time: many ask for it, and neither changes.

    Raises
    ------
    ValueError
        If the pass holds a stack.
    """
    return Trace(passes)
