"""The numbers of one sample of a pass, each array by the names it has on screen."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from blame.arrays import Array
from blame.backward import BackwardPass
from blame.exercise.names import entry_name, entry_names
from blame.refusals import refuse_unless

_OF_OUTPUT = ("y_pred", "y_true", "d_loss_y")


class Named(NamedTuple):
    """The numbers of an array, and the name of each."""

    names: list[str]
    values: list[float]


class Sample:
    """One sample of a pass of one network. Layers are counted from 1.

    Parameters
    ----------
    passes : the backward pass over all samples.
    sample : the one that is looked at.
    """

    def __init__(self, passes: BackwardPass, sample: int = 0) -> None:
        refuse_unless("a chart of a pass", passes, samples=None, instead="pick one network first")
        self.passes = passes
        self.ahead = passes.forward_pass
        self.sample = sample
        self.layers = self.ahead.network.layers
        self.depth = len(self.layers)
        self.many = self.ahead.prediction.shape[0] > 1
        self.plain = self.layers[-1].activation.name == "identity"

    def z(self, k: int) -> Named:
        """Return the pre-activations of layer k; of a plain last layer they are the prediction."""
        return self._row(self.z_array(k), self.ahead.z[k - 1])

    def z_array(self, k: int) -> str:
        """Return what the pre-activations of layer k are called."""
        return "y_pred" if k == self.depth and self.plain else f"z{k}"

    def a(self, k: int) -> Named:
        """Return the activations of layer k; of the last layer they are the prediction."""
        return self._row(self.a_array(k), self.ahead.a[k - 1])

    def a_array(self, k: int) -> str:
        """Return what the activations of layer k are called."""
        return "y_pred" if k == self.depth else f"a{k}"

    def inputs(self, k: int) -> Named:
        """Return what comes into layer k."""
        return self._row("x", self.ahead.x) if k == 1 else self.a(k - 1)

    def target(self) -> Named | None:
        """Return the targets, or None where the loss asks for none."""
        if not self.passes.loss_function.asks_target:
            return None
        whole = np.broadcast_to(self.passes.target, self.ahead.prediction.shape)
        return self._row("y_true", whole)

    def upstream(self, k: int) -> Named:
        """Return the blame of the activations of layer k: before its gate."""
        name = "d_loss_y" if k == self.depth else f"d_a{k}"
        return self._row(name, self.passes.activation_gradients[k - 1])

    def delta(self, k: int) -> Named:
        """Return the blame of the pre-activations of layer k: after its gate."""
        name = "d_loss_y" if k == self.depth and self.plain else f"d_z{k}"
        return self._row(name, self.passes.deltas[k - 1])

    def slopes(self, k: int) -> list[float]:
        """Return the local gradients of layer k: what multiplies blame on its way back."""
        found: list[float] = self.passes.local_gradients[k - 1][self.sample].tolist()
        return found

    def parameters(self, k: int) -> Named:
        """Return the blame of the parameters of layer k, that of all samples together."""
        weights, bias = self.passes.weight_gradients[k - 1], self.passes.bias_gradients[k - 1]
        names, values = entry_names(f"dW{k}", weights.shape), weights.ravel().tolist()
        if bias is not None:
            names += entry_names(f"db{k}", bias.shape)
            values += bias.tolist()
        return Named(names, values)

    def _row(self, array: str, values: Array) -> Named:
        return Named(row_names(array, values, self.sample), values[self.sample].tolist())


def row_names(array: str, values: Array, sample: int) -> list[str]:
    """Return the names of one sample's row of an array, (..., n_samples, width)."""
    first = (sample,) if values.shape[-2] > 1 else ()
    bare = array in _OF_OUTPUT and values.shape[-1] == 1
    return [entry_name(array, first if bare else (*first, j)) for j in range(values.shape[-1])]
