"""The same nudge given to one number along a curve, and to every number: promise and truth."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from numpy.typing import ArrayLike

from blame.backward import BackwardPass
from blame.probe.trace import trace_of
from blame.probe.what_if import NudgeCurve, blame_of, movable, nudge_curve, nudged


@dataclass(frozen=True)
class Nudged:
    """A number, its nudge, and what came of it.

    `curve` is the loss around the number, `shrunk` as the nudge shrinks; `after` is the loss once
    the number has been nudged. For each of `names`, every number that can be moved, `truths` is
    how far the same nudge moves the loss, infinitely where that leaves the floats, and `promises`
    what its blame said.
    """

    curve: NudgeCurve
    shrunk: NudgeCurve
    nudge: float
    after: float
    names: tuple[str, ...]
    truths: tuple[float, ...]
    promises: tuple[float, ...]


def nudge_every(
    passes: BackwardPass,
    name: str,
    nudge: float,
    along: ArrayLike,
    shrunk: ArrayLike,
    tied: Sequence[str] = (),
) -> Nudged:
    """Return what one nudge does, each idea from one stacked pass.

    Parameters
    ----------
    passes : the backward pass of a single network.
    name : the number along whose curve the loss is followed.
    nudge : how far each number is moved, in its own units.
    along, shrunk : the nudges of both curves, each (n,) and ascending or descending.
    tied : biases that are one number for their layer.

    Raises
    ------
    ValueError
        If there is no such number, or a moved one is not finite.
    """
    trace = trace_of(passes)
    names = movable(trace, tied)
    moved = nudged(passes, names, [nudge] * len(names), tied).loss
    return Nudged(
        nudge_curve(passes, name, along, tied),
        nudge_curve(passes, name, shrunk, tied),
        nudge,
        float(moved[names.index(name)]),
        names,
        tuple(float(loss) - float(passes.loss) for loss in moved),
        tuple(blame_of(trace, other, tied) * nudge for other in names),
    )
