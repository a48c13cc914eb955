"""The numbers at hand, and how the glossary writes them in a few words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from blame.arrays import Array
from blame.backward import BackwardPass
from blame.exercise.exercise import Exercise
from blame.practise.question import written_number as n
from blame.probe.trace import Trace, trace_of
from blame.probe.trace.rounding import made_by_rounding
from blame.training import History

MOST_SHOWN = 12
"""So many numbers of an array are written out; of more, their range."""
MOST_NAMED = 4
ENDS = ("y_pred", "y_true", "d_loss_y")
"""Arrays whose single entry goes by the array's name: of a sample it is a number, not a row."""


@dataclass(frozen=True)
class Now:
    """The numbers at hand, worked out once for the many words that ask about them."""

    exercise: Exercise
    passes: BackwardPass
    run: History

    @classmethod
    def of(cls, exercise: Exercise) -> Now:
        """Work the exercise's numbers out."""
        return cls(exercise, exercise.backward(), exercise.train())

    @property
    def trace(self) -> Trace:
        """Every number of both passes by its name."""
        return trace_of(self.passes)

    @cached_property
    def made(self) -> frozenset[str]:
        """The names of values that rounding alone could have made."""
        return made_by_rounding(self.passes)

    def text(self, name: str) -> str:
        """Return a number of both passes as it is written; what rounding made is a marked 0."""
        return "\N{ALMOST EQUAL TO}0" if name in self.made else n(self.trace.value(name))

    @property
    def depth(self) -> int:
        """How many layers there are."""
        return len(self.exercise.network.layers)


def told(now: Now, array: str) -> str:
    """Return an array of the first sample, under the name of that row."""
    names = [name for name in now.trace.entries(array) if now.trace.sample(name) in (None, 0)]
    if now.exercise.n_samples == 1:
        return f"{array} = [{', '.join(map(now.text, names))}]"
    if array in ENDS and len(names) == 1:
        return f"{array}[0] = {now.text(names[0])}"
    return f"{array}[0] = [{', '.join(map(now.text, names))}]"


def row(values: Array) -> str:
    return "[" + ", ".join(n(float(value)) for value in np.ravel(values)) + "]"


def array_text(name: str, values: Array) -> str:
    if values.size > MOST_SHOWN:
        rows, columns = values.shape[0], values.size // values.shape[0]
        range_ = f"from {n(float(values.min()))} to {n(float(values.max()))}"
        return f"{name}: {rows} × {columns} numbers {range_}"
    if values.ndim == 1:
        return f"{name} = {row(values)}"
    return f"{name} = [{', '.join(map(row, values))}]"


def listed(said: list[str], joint: str) -> str:
    more = len(said) - MOST_NAMED
    return joint.join(said[:MOST_NAMED]) + (f"{joint}{more} more" if more > 0 else "")


def gated(now: Now) -> Iterator[int]:
    """Yield the layers, from 1, whose units have a kink."""
    for k, layer in enumerate(now.exercise.network.layers, start=1):
        if layer.activation.kinks:
            yield k


def of_layer(now: Now, k: int) -> str:
    """Say of which layer a neuron is, where that is not plain."""
    return f" of layer {k}" if now.depth > 2 or k > 1 else ""
