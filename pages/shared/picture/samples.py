"""The same number in another sample: what a picture of one sample shows of them all."""

from __future__ import annotations

from blame.probe.trace import Trace
from blame.probe.trace.graph import array_of

_ENDS = ("y_pred", "y_true", "d_loss_y")


def in_sample(trace: Trace, name: str, sample: int) -> str:
    """Return what a number is called in another sample; what all samples share is itself."""
    if name not in trace.names() or trace.sample(name) is None:
        return name
    named = trace.output if array_of(name) in _ENDS else trace.entry
    return named(array_of(name), trace.place(name).i, sample)


def as_named(trace: Trace, name: str, sample: int) -> str:
    """Return what a number such as z1[0] is called in an exercise, of several samples maybe."""
    if name in trace.names():
        return name
    array, _, place = name.partition("[")
    found = f"{array}[{sample}, {place}" if place else f"{array}[{sample}]"
    return found if found in trace.names() else ""


def names_to_open(trace: Trace, sample: int, opened: str) -> list[str]:
    """Return the numbers that can be picked: those of the sample, of all, and the opened one."""
    return [name for name in trace.names() if trace.sample(name) in (None, sample)
            or name == opened]  # fmt: skip
