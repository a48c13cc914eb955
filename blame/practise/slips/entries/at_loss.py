"""Where at the loss a slip is made: in its value, in its slope, or in both."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from blame.arrays import Array
from blame.practise.slips.desk import Change, Desk, Step
from blame.practise.slips.entries.where import at_output


def at_slope(change: Change) -> Mapping[str, Change]:
    """Return a change of the slope of the loss, wherever the way back begins with it.

    A loss that is fused to the last activation gives the blame at z without that at the output.
    """

    def upstream(work: Desk, k: int, go: Step) -> Array:
        return change(work, k, go)

    def delta(work: Desk, k: int, go: Step) -> Array:
        return change(work, k, go) if work.setup.fused else go(work, k)

    return {"upstream": at_output(upstream), "delta": at_output(delta)}


def in_loss(change: Change) -> Mapping[str, Change]:
    return {"loss": change}


def in_both(change: Change) -> Mapping[str, Change]:
    return {"loss": change, **at_slope(change)}


AT_LOSS: tuple[tuple[str, str, Callable[[Change], Mapping[str, Change]]], ...] = (
    ("", "the loss and its slope", in_both),
    ("_in_slope", "the slope of the loss", at_slope),
    ("_in_loss", "the loss alone", in_loss),
)
"""What goes on after a slip's key, what it is called, and how a change is made there."""
