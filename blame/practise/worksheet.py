"""Both passes by hand: every quantity as a field, checked as it is filled in.

What there is to work out, and from what, is read off the graph of the computation.

An error carried forward is told from a new one: each quantity is worked out twice, from the right
numbers and from what the reader has written so far.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

from blame.backward import BackwardPass
from blame.exercise.exercise import Exercise
from blame.exercise.presets import NOTEBOOK
from blame.exercise.typed_numbers import read_number
from blame.kinks import on_the_kink
from blame.practise.question import is_close
from blame.practise.question import written_number as n
from blame.probe.made_of import Made, made_of
from blame.probe.trace import Trace

Values = Mapping[str, float]
State = Literal["empty", "unreadable", "right", "carried", "wrong"]


@dataclass(frozen=True)
class Item:
    """One quantity to work out."""

    name: str
    made: Made

    @property
    def formula(self) -> str:
        """The quantity and what it is, in names."""
        formula, names = self.made
        return f"{self.name} = {formula.text(names)}"

    @property
    def needs(self) -> tuple[str, ...]:
        """The numbers and quantities that it is worked out from."""
        return tuple(self.made[1].values())

    def compute(self, values: Values) -> float:
        """Return the quantity, from the numbers and quantities it needs."""
        formula, names = self.made
        return formula.value({variable: values[name] for variable, name in names.items()})

    def with_numbers(self, values: Values) -> str:
        """Return the formula with every name replaced by its number."""
        formula, names = self.made
        numbers = {variable: n(values[name]) for variable, name in names.items()}
        shown = {v: f"({text})" if text.startswith("-") else text for v, text in numbers.items()}
        return f"{self.name} = {formula.text(shown)}"


def items_of(exercise: Exercise) -> tuple[Item, ...]:
    """Return every quantity of both passes, in the order it is worked out in.

    They depend on the network's shape, its activations and the loss, not on the numbers.
    """
    trace = Trace(exercise.backward())
    return tuple(
        Item(name, made_of(trace, name))
        for stage in trace.stages()
        for array in stage.arrays
        for name in trace.entries(array)
    )


@dataclass(frozen=True)
class Checked:
    """What became of one entry: its state, and for a carried error the entries it carries on.

    `said` is how it was read, where another spelling was taken, or what keeps it from being read.
    """

    state: State
    given: tuple[str, ...] = ()
    said: str = ""


def check(exercise: Exercise, entries: Mapping[str, str]) -> dict[str, Checked]:
    """Return the state of every quantity, given what the reader has written so far.

    Parameters
    ----------
    entries : texts by the names of the quantities; names that are missing count as empty.
    """
    right = solve(exercise)
    theirs = _numbers(exercise)
    found: dict[str, Checked] = {}
    off: set[str] = set()
    for item in items_of(exercise):
        text = entries.get(item.name, "").strip()
        typed = read_number(text)
        value = typed.value
        if value is None:
            theirs[item.name] = right[item.name]
            found[item.name] = Checked("unreadable", said=typed.why) if text else Checked("empty")
            continue
        theirs[item.name] = value
        said = f"read as {n(value)}" if typed.said else ""
        if is_close(value, right[item.name]):
            found[item.name] = Checked("right", said=said)
            continue
        off.add(item.name)
        carried = tuple(name for name in item.needs if name in off or _parts(name, theirs, right))
        follows = is_close(value, item.compute(theirs))
        found[item.name] = Checked("carried" if follows else "wrong", carried * follows, said)
    return found


def _parts(name: str, theirs: Values, right: Values) -> bool:
    """Whether the reader's entry differs from the right one at all: within the tolerance it may."""
    return theirs[name] != right[name]


def solve(exercise: Exercise) -> Values:
    """Return every number and quantity by its name on screen, worked out in order.

    As on paper: a pre-activation that rounding alone keeps from a kink stands on it, and a gate at
    0 is shut.
    """
    values = _numbers(exercise)
    on_paper = _on_paper(exercise.backward())
    for item in items_of(exercise):
        values[item.name] = on_paper.get(item.name, item.compute(values))
    return MappingProxyType(values)


def rounded_gates(exercise: Exercise) -> tuple[str, ...]:
    """Return the pre-activations that are 0 on paper, but above it in the computer's floats."""
    trace = Trace(exercise.backward())
    return tuple(name for name, kink in _on_paper(trace.passes).items() if trace.value(name) > kink)


def _on_paper(passes: BackwardPass) -> dict[str, float]:
    """Return the pre-activations that cannot be told from a kink, and the kink of each."""
    layers, near = passes.forward_pass.network.layers, on_the_kink(passes.forward_pass)
    return {
        f"z{k}[{j}]": min(layer.activation.kinks, key=lambda kink: abs(kink - z))
        for k, layer in enumerate(layers, start=1)
        for j, z in enumerate(passes.forward_pass.z[k - 1][0])
        if near[k - 1][0, j]
    }


def _numbers(exercise: Exercise) -> dict[str, float]:
    """Return the given numbers by their names."""
    trace = Trace(exercise.backward())
    return {
        name: trace.value(name) for name in trace.names() if trace.node(name).operation == "given"
    }


ITEMS: tuple[Item, ...] = items_of(NOTEBOOK)
"""Every quantity of the lesson's exercise."""
