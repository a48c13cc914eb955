"""Compare every gradient with difference quotients, and say when neither can be trusted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from blame.arrays import Array, float_array
from blame.backward import BackwardPass
from blame.probe.trace import Trace, trace_of
from blame.probe.trace.rounding import made_by_rounding
from blame.probe.what_if import blame_of, movable, nudged

CheckVerdict = Literal["agrees", "rounding", "kink", "differs", "not finite"]
TOLERANCE = 1e-6
"""Relative error up to which a difference quotient confirms a gradient."""


@dataclass(frozen=True)
class Check:
    """One gradient beside the slopes found by moving its number.

    `below` and `above` are the one-sided slopes (L(p) - L(p - h)) / h and (L(p + h) - L(p)) / h,
    `central` their mean; `flipped` names the pre-activations whose gate is not the same at p - h,
    p and p + h; `noise` is how far rounding alone may move `central`. Where gates flip to one side
    only, `clean` is the other, and `one_sided` a difference quotient from there alone, which is as
    exact as the central one: (4 L(p ± h/2) - L(p ± h) - 3 L(p)) / ±h. `rounded` is whether rounding
    alone may have made the gradient, so that on paper it can be 0.
    """

    name: str
    backprop: float
    below: float
    above: float
    central: float
    flipped: tuple[str, ...]
    noise: float
    clean: Literal["", "below", "above"] = ""
    one_sided: float = 0.0
    rounded: bool = False

    @property
    def quotient(self) -> float:
        """The difference quotient that can confirm the gradient: one-sided beside a kink."""
        return self.one_sided if self.flipped and self.clean else self.central

    @property
    def relative_error(self) -> float:
        """|backprop - quotient| over the larger of both, 0 where both are 0."""
        slope = 0.0 if self.rounded and self.quotient == 0 else self.backprop
        largest = max(abs(slope), abs(self.quotient))
        return abs(slope - self.quotient) / largest if largest else 0.0

    @property
    def verdict(self) -> CheckVerdict:
        """Whether the difference quotient confirms the gradient.

        "kink" where gates flip within the step on both sides: every quotient mixes slopes and
        proves nothing. "rounding" where the difference is no larger than rounding may make it.
        "not finite" where the loss or the gradient is too large for the floats.
        """
        if not np.isfinite([self.backprop, self.quotient]).all():
            return "not finite"
        if self.flipped and not self.clean:
            return "kink"
        if self.relative_error <= TOLERANCE:
            return "agrees"
        return "rounding" if abs(self.backprop - self.quotient) <= self.noise else "differs"

    @property
    def side(self) -> Literal["below", "above"]:
        """The one-sided slope that backpropagation's convention is closer to."""
        return (
            "above"
            if abs(self.backprop - self.above) < abs(self.backprop - self.below)
            else "below"
        )


@dataclass(frozen=True, eq=False)
class ErrorCurve:
    """Relative errors of the quotients against backpropagation, for each of `steps`, (n,).

    `parabola` says whether the loss is one in each single parameter, as far as no gate flips;
    `kinks` whether there is a gate that could.
    """

    name: str
    steps: Array
    central: Array
    one_sided: Array
    parabola: bool = True
    kinks: bool = True


def parameter_names(trace: Trace, tied: Sequence[str] = ()) -> tuple[str, ...]:
    """Return the name of every weight and bias, in the order of computation.

    A bias that is tied is one number, and goes by its first entry.
    """
    return tuple(name for name in movable(trace, tied) if trace.place(name).kind in ("W", "b"))


def check_gradients(passes: BackwardPass, step: float, tied: Sequence[str] = ()) -> list[Check]:
    """Return a check of every parameter, from one stacked pass.

    Parameters
    ----------
    passes : the backward pass of a single network.
    step : h, how far each parameter is moved, in its own units; above 0.
    tied : biases that are one number for their layer: all of one is moved, and its gradient is the
        sum of its entries'.

    Raises
    ------
    ValueError
        If the step is not a positive finite number.
    """
    trace = trace_of(passes)
    names = parameter_names(trace, tied)
    return _checks(passes, trace, names, [_positive(step)] * len(names), tied)


def error_curve(
    passes: BackwardPass, name: str, steps: Sequence[float] | Array, tied: Sequence[str] = ()
) -> ErrorCurve:
    """Return how far both quotients of one parameter are from its gradient, for many steps.

    Raises
    ------
    ValueError
        If a step is not a positive finite number, or there is no such parameter.
    """
    wanted = [_positive(float(step)) for step in steps]
    checks = _checks(passes, trace_of(passes), [name] * len(wanted), wanted, tied)
    slope = np.array([check.backprop for check in checks])
    central = np.array([check.central for check in checks])
    above = np.array([check.above for check in checks])
    layers = passes.forward_pass.network.layers
    parabola = passes.loss_function.quadratic and all(layer.activation.straight for layer in layers)
    return ErrorCurve(
        name,
        float_array("steps", wanted),
        _error(slope, central),
        _error(slope, above),
        parabola,
        any(layer.activation.kinks for layer in layers),
    )


def _checks(
    passes: BackwardPass,
    trace: Trace,
    names: Sequence[str],
    steps: Sequence[float],
    tied: Sequence[str],
) -> list[Check]:
    h = np.array(steps)
    moved = nudged(passes, [*names, *names], np.concatenate([h, -h]), tied)
    up, down = np.split(moved.loss, 2)
    here = float(passes.loss)
    with np.errstate(all="ignore"):
        above, below, central = (up - here) / h, (here - down) / h, (up - down) / (2 * h)
    flips = _flips(passes, moved)
    clean = [_clean(bool(flips[m]), bool(flips[m + len(names)])) for m in range(len(names))]
    halves = _from_one_side(passes, names, h, (up, down), clean, tied)
    made = _made_by_rounding(passes)
    # The loss is rounded itself, and the prediction it is made from is.
    outputs = np.abs(passes.forward_pass.prediction) + np.abs(passes.target)
    carried = float((np.abs(passes.activation_gradients[-1]) * outputs).sum())
    eps = float(np.finfo(np.float64).eps)
    found = []
    for m, name in enumerate(names):
        slope = blame_of(trace, name, tied)
        shifted = abs(trace.value(name) * slope)
        noise = 16 * eps * (max(map(abs, (here, up[m], down[m]))) + carried + shifted) / steps[m]
        # From one side the two losses come with weights of 4 and 3.
        noise *= 4 if clean[m] else 1
        found.append(
            Check(
                name,
                slope,
                float(below[m]) + 0.0,
                float(above[m]) + 0.0,
                float(central[m]) + 0.0,
                tuple(dict.fromkeys([*flips[m], *flips[m + len(names)]])),
                float(noise),
                clean[m],
                halves.get(m, 0.0),
                f"d{name}" in made,
            )
        )
    return found


def _clean(above: bool, below: bool) -> Literal["", "below", "above"]:
    """Return the side on which no gate flips, where one does on the other."""
    if above == below:
        return ""
    return "below" if above else "above"


def _from_one_side(
    passes: BackwardPass,
    names: Sequence[str],
    h: Array,
    moved: tuple[Array, Array],
    clean: Sequence[str],
    tied: Sequence[str],
) -> dict[int, float]:
    """Return, by place, the quotient from one side of each number that has a clean one."""
    places = [m for m, side in enumerate(clean) if side]
    if not places:
        return {}
    way = np.array([1.0 if clean[m] == "above" else -1.0 for m in places])
    steps = way * h[places]
    half = nudged(passes, [names[m] for m in places], steps / 2, tied).loss
    up, down = moved
    whole = np.where(way > 0, up[places], down[places])
    here = float(passes.loss)
    with np.errstate(all="ignore"):
        slopes = (4 * (half - here) - (whole - here)) / steps
    return {m: float(slope) + 0.0 for m, slope in zip(places, slopes, strict=True)}


def _made_by_rounding(passes: BackwardPass) -> frozenset[str]:
    """Return the names of gradients that rounding alone could have made."""
    return frozenset(name for name in made_by_rounding(passes) if name.startswith("d"))


def _flips(passes: BackwardPass, moved: BackwardPass) -> list[list[str]]:
    """Return, for each member of a stack, the pre-activations whose gate has flipped."""
    found: list[list[str]] = [[] for _ in range(len(moved.loss))]
    for k, layer in enumerate(moved.forward_pass.network.layers, start=1):
        for kink in layer.activation.kinks:
            gates = moved.forward_pass.z[k - 1] > kink
            flipped = gates != (passes.forward_pass.z[k - 1] > kink)
            for m, s, j in np.argwhere(flipped):
                sample = f"{s}, " if gates.shape[1] > 1 else ""
                found[m].append(f"z{k}[{sample}{j}]")
    return found


def _error(slope: Array, found: Array) -> Array:
    largest = np.maximum(np.abs(slope), np.abs(found))
    return np.divide(np.abs(slope - found), largest, out=np.zeros_like(largest), where=largest > 0)


def _positive(step: float) -> float:
    if not (np.isfinite(step) and step > 0):
        raise ValueError(f"step must be a positive finite number, got {step!r}")
    return step
