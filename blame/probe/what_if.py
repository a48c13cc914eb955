"""Move any number of a pass by a nudge, and compare what the loss does with what blame promised.

Every nudge is one member of a stack, so one pass answers for all of them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from blame.arrays import Array, float_array
from blame.backward import BackwardPass, backward
from blame.forward import forward
from blame.losses import LOSSES
from blame.parameters import with_biases
from blame.probe.trace import Trace, trace_of
from blame.probe.trace.graph import array_of

KINDS = ("x", "W", "b", "z", "a", "y_pred", "y_true")
"""Kinds of numbers that can be moved; gradients and the loss are answers, not causes."""


@dataclass(frozen=True)
class Flip:
    """A gate that opens or shuts along a curve: the neuron's z, and the nudge at which it is 0."""

    neuron: str
    at: float


@dataclass(frozen=True, eq=False)
class NudgeCurve:
    """The loss as one number moves: `losses[i]` at `value + nudges[i]`, each (n,).

    A loss is infinite where it leaves the floats, as a cross-entropy does of a guess that they keep
    as exactly 0 or 1.
    """

    name: str
    value: float
    slope: float
    """Its blame: what backpropagation says the curve's slope is at nudge 0."""
    loss: float
    nudges: Array
    losses: Array
    flips: tuple[Flip, ...]

    @property
    def promises(self) -> Array:
        """What blame says the loss would be, (n,): the tangent."""
        return self.loss + self.slope * self.nudges

    @property
    def gaps(self) -> Array:
        """How far the loss is from the promise, (n,), never below 0."""
        return np.abs(self.losses - self.promises)

    @property
    def noise(self) -> float:
        """A gap no larger than this may be rounding alone."""
        held = self.losses[np.isfinite(self.losses)]
        return float(8 * np.finfo(np.float64).eps * np.abs(held).max(initial=self.loss))


def movable(trace: Trace, tied: Sequence[str] = ()) -> tuple[str, ...]:
    """Return the name of every number that can be nudged and whose blame is known, in order.

    With several samples these are inputs, targets, weights and biases: see `nudged`. A bias that
    is tied is one number, and goes by its first entry.
    """
    several = trace.n_samples > 1
    left_out = {
        "z": several,
        "a": several,
        "y_pred": several or not trace.plain_output,
        "y_true": not trace.passes.loss_function.of_difference,
    }
    kinds = [kind for kind in KINDS if not left_out.get(kind)]
    return tuple(
        name
        for name in trace.names()
        if trace.place(name).kind in kinds and (array_of(name) not in tied or is_first(name))
    )


def is_first(name: str) -> bool:
    """Return whether a bias is the first of its layer: what a tied one goes by."""
    return name.endswith("[0]")


def blame_of(trace: Trace, name: str, tied: Sequence[str] = ()) -> float:
    """Return dL/d(name): how fast the loss grows as the number does; of a tied bias, as all do.

    Raises
    ------
    ValueError
        If the number cannot be moved, or is a target of a loss that is not of the difference.
    """
    kind, k, i, _ = _place(trace, name)
    if kind == "b" and f"b{k}" in tied:
        return float(trace.array(f"db{k}").sum())
    if kind == "y_true":
        loss = trace.passes.loss_function
        if not loss.of_difference:
            known = ", ".join(other.name for other in LOSSES.values() if other.of_difference)
            raise ValueError(f"the blame of {name} is known for {known}, not {loss.name}")
        # 0.0 +, so that a blame of 0 does not become -0.
        return 0.0 - trace.value(trace.output("d_loss_y", i, trace.sample(name) or 0))
    gradient = trace.gradient_name(name)
    assert gradient is not None
    return trace.value(gradient)


def nudged(
    passes: BackwardPass, names: Sequence[str], nudges: ArrayLike, tied: Sequence[str] = ()
) -> BackwardPass:
    """Return a stack of n passes: in member m, the number `names[m]` is moved by `nudges[m]`.

    A pre-activation is moved by way of its bias, an activation by way of the biases it feeds, so
    that everything behind it answers and nothing before it does. A layer without a bias is given
    one of 0 for that. With several samples, whose pre-activations share a bias, neither can be
    moved.

    Parameters
    ----------
    passes : the backward pass of a single network.
    names : n names, as `Trace` has them.
    nudges : (n,), in the units of each number.
    tied : biases that are one number for their layer: all of one moves with any of its entries.

    Raises
    ------
    ValueError
        If a name cannot be moved, or there are not as many nudges as names.
    """
    trace = trace_of(passes)
    moves = float_array("nudges", nudges, trace.network.dtype)
    if moves.shape != (len(names),):
        raise ValueError(f"nudges must have shape ({len(names)},), one a name, got {moves.shape}")
    within = {_place(trace, name)[0] for name in names} & {"z", "a", "y_pred"}
    network = with_biases(trace.network) if within else trace.network
    parameters = {
        name: np.repeat(value[None], len(names), 0) for name, value in network.parameters().items()
    }
    x = np.repeat(passes.forward_pass.x[None], len(names), 0)
    target = np.repeat(
        np.broadcast_to(passes.target, passes.forward_pass.prediction.shape)[None], len(names), 0
    )
    places: dict[str, list[int]] = {}
    for m, name in enumerate(names):
        places.setdefault(name, []).append(m)
    for name, members in places.items():
        kind, k, i, j = _place(trace, name)
        s = trace.sample(name) or 0
        rows = np.array(members)
        by = moves[rows]
        if kind == "x":
            x[rows, s, i] += by
        elif kind == "y_true":
            target[rows, s, i] += by
        elif kind == "W":
            parameters[f"W{k}"][rows, i, j] += by
        elif kind == "a":
            onward = trace.network.layers[k].weights[i]
            parameters[f"b{k + 1}"][rows] += by[:, None] * onward
        elif kind == "b" and f"b{k}" in tied:
            parameters[f"b{k}"][rows] += by[:, None]
        else:
            parameters[f"b{k}"][rows, i] += by
    return backward(forward(network.with_parameters(**parameters), x), target, passes.loss_function)


def nudge_curve(
    passes: BackwardPass, name: str, nudges: ArrayLike, tied: Sequence[str] = ()
) -> NudgeCurve:
    """Return the loss as one number moves by each of `nudges`, (n,) and ascending or descending."""
    trace = trace_of(passes)
    along = float_array("nudges", nudges)
    moved = nudged(passes, [name] * len(along), along, tied)
    return NudgeCurve(
        name,
        trace.value(name),
        blame_of(trace, name, tied),
        float(passes.loss),
        along,
        moved.loss,
        flips(moved, along),
    )


def flips(moved: BackwardPass, nudges: Array) -> tuple[Flip, ...]:
    """Return where gates open or shut along a stack of neighbouring nudges.

    Only activations with a kink have gates. Between two members z is taken as a straight line,
    which it is for every number a neuron reaches through one path of open gates.
    """
    found = []
    for k, layer in enumerate(moved.forward_pass.network.layers, start=1):
        for kink in layer.activation.kinks:
            every = moved.forward_pass.z[k - 1] - kink
            gates = every > 0
            for s, j in np.argwhere((gates[1:] != gates[:-1]).any(axis=0)):
                z, gate = every[:, s, j], gates[:, s, j]
                for m in np.flatnonzero(gate[1:] != gate[:-1]):
                    share = z[m] / (z[m] - z[m + 1])
                    at = nudges[m] + share * (nudges[m + 1] - nudges[m])
                    sample = f"{s}, " if every.shape[1] > 1 else ""
                    found.append(Flip(f"z{k}[{sample}{j}]", float(at)))
    return tuple(sorted(found, key=lambda flip: flip.at))


def shrinking(nudge: float, decades: int = 6, each: int = 4) -> Array:
    """Return nudges that shrink from `nudge`, `each` a decade, to see how the gap does."""
    return nudge * 10.0 ** -(np.arange(decades * each + 1) / each)


def gap_order(curve: NudgeCurve) -> float | None:
    """Return p where the gap shrinks like nudge**p, from the smallest nudges whose gap is no noise.

    None if fewer than three gaps stand out of the rounding.
    """
    sizes = np.abs(curve.nudges)
    kept = (curve.gaps > 1e3 * curve.noise) & np.isfinite(curve.gaps) & (sizes > 0)
    if kept.sum() < 3:
        return None
    smallest = np.argsort(sizes[kept])[:5]
    p, _ = np.polyfit(np.log(sizes[kept][smallest]), np.log(curve.gaps[kept][smallest]), 1)
    return float(p)


def _place(trace: Trace, name: str) -> tuple[str, int, int, int]:
    place = trace.place(name)
    if place.kind not in KINDS:
        raise ValueError(f"{name} cannot be moved; choose one of {', '.join(movable(trace))}")
    if trace.n_samples > 1 and place.kind in ("z", "a", "y_pred"):
        raise ValueError(
            f"with several samples {name} cannot be moved alone; move an input, a weight or a bias"
        )
    if place.kind == "y_pred" and not trace.plain_output:
        raise ValueError(f"{name} can be moved only behind an identity output; move its z instead")
    return place
