"""Both passes and the update by hand: every quantity as a field, checked as it is filled in.

An error carried forward is told from a new one: each quantity is worked out twice, from the right
numbers and from what the reader has written so far.

The right numbers are those of every other page. Where rounding alone opens a gate, what follows
with the gate shut, as paper has it, is right as well.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType
from typing import Literal

from blame.exercise.exercise import Exercise
from blame.exercise.names import SETTINGS
from blame.exercise.typed.numbers import read_number
from blame.kinks import on_the_kink
from blame.practise.items import Item, Values, all_items
from blame.practise.question import is_close
from blame.practise.question import written_number as n
from blame.probe.trace import Trace

State = Literal["empty", "unreadable", "right", "carried", "wrong"]


@lru_cache(maxsize=16)
def items_of(exercise: Exercise) -> tuple[Item, ...]:
    """Return every quantity to work out, in the order it is worked out in.

    Whatever leaves the floats is not among them: it could not be answered.
    """
    items, right, _ = _solved(exercise)
    return tuple(item for item in items if math.isfinite(right[item.name]))


@dataclass(frozen=True)
class Checked:
    """What became of one entry: its state, and for a carried error the entries it carries on.

    `said` is how it was read, where another spelling was taken, or what keeps it from being read.
    `on_paper` is whether it is right only with the gates shut that rounding alone opens.
    """

    state: State
    given: tuple[str, ...] = ()
    said: str = ""
    on_paper: bool = False


def check(exercise: Exercise, entries: Mapping[str, str]) -> dict[str, Checked]:
    """Return the state of every quantity, given what the reader has written so far.

    Parameters
    ----------
    entries : texts by the names of the quantities; names that are missing count as empty.
    """
    right, paper = solve(exercise), solve_on_paper(exercise)
    asked = items_of(exercise)
    names = {item.name for item in asked}
    theirs = {name: value for name, value in right.items() if name not in names}
    found: dict[str, Checked] = {}
    off: set[str] = set()
    for item in asked:
        text = entries.get(item.name, "").strip()
        if not text:
            theirs[item.name] = right[item.name]
            found[item.name] = Checked("empty")
            continue
        typed = read_number(text)
        value = typed.value
        if value is None:
            theirs[item.name] = right[item.name]
            found[item.name] = Checked("unreadable", said=typed.why)
            continue
        theirs[item.name] = value
        said = f"read as {n(value)}" if typed.said else ""
        if is_close(value, right[item.name]):
            found[item.name] = Checked("right", said=said)
            continue
        if is_close(value, paper[item.name]):
            found[item.name] = Checked("right", said=said, on_paper=True)
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
    """Return every number and quantity by its name on screen, as all pages have it."""
    return _solved(exercise)[1]


def solve_on_paper(exercise: Exercise) -> Values:
    """Return the same as on paper.

    There a pre-activation that rounding alone keeps from a kink stands on it, and a gate at 0 is
    shut.
    """
    return _solved(exercise)[2]


def goes_by_paper(found: Mapping[str, Checked]) -> bool:
    """Whether a sheet has the gates shut that rounding alone opens."""
    return any(checked.on_paper for checked in found.values())


@lru_cache(maxsize=16)
def _solved(exercise: Exercise) -> tuple[tuple[Item, ...], Values, Values]:
    trace = Trace(exercise.backward())
    items, on_paper = all_items(exercise, trace), _on_paper(trace)
    given: dict[str, float] = {name: getattr(exercise, name) for name in SETTINGS}
    given |= {name: trace.value(name) for name in trace.names()}
    values = MappingProxyType(_worked_out(items, given, {}))
    if all(trace.value(name) == kink for name, kink in on_paper.items()):
        return items, values, values
    asked = {item.name for item in items}
    typed = {name: value for name, value in given.items() if name not in asked}
    return items, values, MappingProxyType(_worked_out(items, typed, on_paper))


def _worked_out(items: tuple[Item, ...], given: Values, on_paper: Values) -> dict[str, float]:
    """Return all numbers, those that are not given worked out in order, or as `on_paper` has it."""
    values = dict(given)
    for item in items:
        if item.name not in values:
            at_a_kink = on_paper.get(item.name)
            values[item.name] = item.compute(values) if at_a_kink is None else at_a_kink
    return values


def rounded_gates(exercise: Exercise) -> tuple[str, ...]:
    """Return the pre-activations that are 0 on paper, but above it in the computer's floats."""
    trace = Trace(exercise.backward())
    return tuple(name for name, kink in _on_paper(trace).items() if trace.value(name) > kink)


def _on_paper(trace: Trace) -> dict[str, float]:
    """Return the pre-activations that cannot be told from a kink, and the kink of each."""
    found: dict[str, float] = {}
    near = on_the_kink(trace.passes.forward_pass)
    for k, layer in enumerate(trace.network.layers, start=1):
        if not layer.activation.kinks:
            continue
        z = trace.passes.forward_pass.z[k - 1]
        for s, j in zip(*near[k - 1].nonzero(), strict=True):
            at = float(z[s, j])
            nearest = min((abs(kink - at), kink) for kink in layer.activation.kinks)[1]
            found[trace.entry(f"z{k}", int(j), int(s))] = nearest
    return found
