"""What questions ask an exercise for: its names, its numbers, and how its loss is shared out."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from blame.arrays import Array
from blame.backward import BackwardPass
from blame.exercise.exercise import Exercise
from blame.practise.question import near_kink
from blame.probe.trace import Trace, trace_of

MOST_TERMS = 4
"""A sum of more products than this is no question for pencil and paper."""
UNITS = {"relu": "ReLU", "leaky_relu": "leaky ReLU"}
"""What an activation is called in a question, where that is not its key."""
SQUARED = {"mse": 2.0, "sse": 2.0, "half_sse": 1.0}
"""Losses of squared errors, with what the slope of each entry multiplies the error by."""


@dataclass(frozen=True)
class Asked:
    """An exercise as a question sees it; of several samples the first is asked about."""

    passes: BackwardPass
    exercise: Exercise

    @property
    def trace(self) -> Trace:
        """Every number by its name."""
        return trace_of(self.passes)

    @property
    def depth(self) -> int:
        """How many layers there are."""
        return len(self.exercise.network.layers)

    @property
    def n_samples(self) -> int:
        """How many samples there are."""
        return self.exercise.n_samples

    def unit(self, k: int) -> str:
        """Return what the activation of a layer is called."""
        name = self.exercise.activations[k - 1]
        return UNITS.get(name, name)

    def near(self, k: int) -> list[bool]:
        """Return which neurons of a layer stand on a kink."""
        return near_kink(self.passes, k)

    def weights(self, k: int) -> Array:
        """Return a layer's weights."""
        return self.exercise.network.layers[k - 1].weights

    def bias(self, k: int, j: int) -> float | None:
        """Return a neuron's bias, None where its layer has none."""
        bias = self.exercise.network.layers[k - 1].bias
        return None if bias is None else float(bias[j])

    def inputs(self, k: int, s: int = 0) -> Array:
        """Return what comes into a layer in one sample."""
        forward = self.passes.forward_pass
        found: Array = (forward.x if k == 1 else forward.a[k - 2])[s]
        return found

    def inputs_name(self, k: int) -> str:
        """Return what the row of a layer's inputs is called."""
        return self.of_sample("x" if k == 1 else f"a{k - 1}")

    def of_sample(self, array: str) -> str:
        """Return what the row of the sample in an array is called."""
        return array if self.n_samples == 1 else f"{array}[0]"

    def z_name(self, k: int, j: int) -> str:
        """Return what a neuron's sum is called; that of a plain output is the prediction."""
        plain = k == self.depth and self.trace.plain_output
        return self.trace.output("y_pred", j) if plain else self.trace.entry(f"z{k}", j)

    def a_name(self, k: int, j: int) -> str:
        """Return what a neuron's activation is called."""
        last = k == self.depth
        return self.trace.output("y_pred", j) if last else self.trace.entry(f"a{k}", j)

    def deltas(self, k: int, s: int = 0) -> Array:
        """Return a layer's blame at z, in one sample."""
        return self.passes.deltas[k - 1][s]

    def deltas_name(self, k: int) -> str:
        """Return what the row of a layer's deltas is called."""
        plain = k == self.depth and self.trace.plain_output
        return self.of_sample("d_loss_y" if plain else f"d_z{k}")

    @property
    def entries(self) -> int:
        """How many numbers the prediction has: one for each sample and output."""
        return int(np.size(self.passes.target))

    @property
    def has_two(self) -> bool:
        """Whether the slope of the loss has a 2 that may be forgotten."""
        return self.exercise.loss in ("mse", "sse")

    @property
    def loss_title(self) -> str:
        """Which loss it is, put after the word, where it is not the notebook's."""
        if self.exercise.loss == "mse" and self.entries == 1:
            return ""
        title = self.exercise.loss_function.title or self.exercise.loss
        return f", {title if title.startswith('one half') else f'the {title}'},"
