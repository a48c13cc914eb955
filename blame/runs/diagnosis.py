"""Read a training run: what became of it, at which step, and the numbers that show it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

import numpy as np

from blame.arrays import Array
from blame.losses import Loss
from blame.runs.curvature import eigenvalues, hessian
from blame.runs.deaths import deaths, growing_from, settled
from blame.runs.verdicts import (
    RECENT,
    Verdict,
    blame_size,
    calm_below,
    fewest_flips,
    flip_counts,
    last_pass,
    resting_gates,
    verdicts,
)
from blame.training import History

Bottom = Literal["fit", "minimum", "saddle", "flat", "unknown"]
FIT = 1e-6
"""A run fits its samples when the loss is below this share of where it started, or of 1."""


@dataclass(frozen=True)
class Finding:
    """What happened, the step at which it began or shows, and the evidence in numbers.

    `where` names the neuron it concerns, z1[0], or the factor that grew most; else it is empty.
    """

    kind: Verdict | Literal["neuron_dead"]
    step: int
    evidence: Mapping[str, float]
    where: str = ""


def diagnose(history: History) -> tuple[Finding, ...]:
    """Return what became of a single run: first the verdict, then each dead neuron.

    Evidence by kind:

    away         `factor`, by how much the loss grew a step; the growth a step of the output's
                 blame, and of the largest entry of each weight and activation, by their names;
                 `where` is the one that grew most
    kink         `flips` in the last `RECENT` steps, or 0 where the neuron rests; on which
                 `sample`; its `z` at the end and the `blame` that arrives at it
    dead         `floor`, the lowest loss that a constant prediction can reach; `loss` at the end
    converged    `loss`, `blame`; `lowest` and `highest`, eigenvalues of the Hessian
    oscillating  `rises` and `steps`, how many of how many last steps raised the loss; `low` and
                 `high`, between which it went
    slow         `fell`, the share of the loss that is gone
    falling      `ratio`, what each of the last steps multiplied the loss by
    neuron_dead  `before` and `after`, its largest z just before and at the step it died; `rests`
                 is 1 where it rests on its kink though blame arrives there, else 0

    Raises
    ------
    ValueError
        If the history is of a stack.
    """
    if history.losses.ndim != 1:
        raise ValueError(
            f"diagnose reads one run, got a stack of shape {history.losses.shape[1:]}; "
            "for a stack there is `verdicts`"
        )
    kind: Verdict = str(verdicts(history))  # type: ignore[assignment]
    find = {
        "away": _away,
        "kink": _kink,
        "dead": _dead,
        "converged": _converged,
        "oscillating": _oscillating,
        "slow": _slow,
        "falling": _falling,
    }
    return (find[kind](history), *_dead_neurons(history))


def bottom(finding: Finding, start: float) -> Bottom:
    """Say what a converged run came to rest on.

    "fit" where the loss is next to nothing; else by the Hessian's eigenvalues: "minimum" where
    none is below 0 by more than rounding and one above, "saddle" where some are below and some
    above, "flat" where none is above, "unknown" where they are not finite.
    """
    if finding.evidence["loss"] <= FIT * max(1.0, start):
        return "fit"
    lowest, highest = finding.evidence["lowest"], finding.evidence["highest"]
    if not np.isfinite([lowest, highest]).all():
        return "unknown"
    small = 1e-6 * max(1.0, highest, -lowest)
    if highest <= small:
        return "flat"
    return "saddle" if lowest < -small else "minimum"


def _finding(
    kind: Verdict | Literal["neuron_dead"],
    step: int,
    evidence: Mapping[str, float],
    where: str = "",
) -> Finding:
    return Finding(kind, step, MappingProxyType(dict(evidence)), where)


def constant_floor(loss: Loss, target: Array) -> float:
    """Return the lowest loss that one constant prediction for all samples can reach.

    For all three losses the best constant is the mean of the targets.
    """
    best = np.broadcast_to(target.mean(axis=-2, keepdims=True), target.shape)
    with np.errstate(all="ignore"):
        return float(loss.value(best, target))


def _away(history: History) -> Finding:
    start, end = growing_from(history), history.steps
    if start is None:
        # It left the floats within a few steps: the growth is that of all of them.
        start = int(np.argmin(history.losses))
    factors = {"output blame": history.backward.activation_gradients[-1]}
    for k, layer in enumerate(history.networks.layers, start=1):
        factors[f"W{k}"] = layer.weights
        if k < len(history.networks.layers):
            factors[f"a{k}"] = history.forward.a[k - 1]
    growth = {name: _growth(values, start, end) for name, values in factors.items()}
    most = max(growth, key=lambda name: growth[name])
    factor = _growth(history.losses, start, end)
    step = history.overflow_step if growing_from(history) is None else start
    return _finding("away", start if step is None else step, {"factor": factor, **growth}, most)


def _growth(values: Array, start: int, end: int) -> float:
    """Return what each step multiplies the largest entry by, on average; 1 where it cannot tell."""
    first, last = (float(np.abs(values[step]).max()) for step in (start, end))
    if not (first > 0 and last > 0 and end > start):
        return 1.0
    return float(np.exp((np.log(last) - np.log(first)) / (end - start)))


def _kink(history: History) -> Finding:
    z_end, upstream = last_pass(history).z, history.backward.activation_gradients
    for k, (resting, counts) in enumerate(
        zip(resting_gates(history), flip_counts(history), strict=True)
    ):
        if resting.any():
            j, flips = int(np.argmax(resting)), 0
            sample = int(np.argmax(np.abs(upstream[k][-1][:, j])))
            shut = history.backward.local_gradients[k][:, :, j] == 0
            step = settled(shut.all(axis=1)) or 0
        elif counts.max(initial=0) >= fewest_flips(history):
            sample, j = (int(i) for i in np.unravel_index(int(np.argmax(counts)), counts.shape))
            flips, step = int(counts.max()), max(history.steps - RECENT, 0)
        else:
            continue
        evidence = {
            "flips": float(flips),
            "sample": float(sample),
            "z": float(z_end[k][sample, j]),
            "blame": float(upstream[k][-1][sample, j]),
        }
        return _finding("kink", step, evidence, f"z{k + 1}[{j}]")
    raise AssertionError("a kink without a neuron")


def _dead(history: History) -> Finding:
    steps = []
    for layer in range(len(history.networks.layers) - 1):
        died = deaths(history, layer)
        if all(step is not None for step in died):
            steps.append(max(step for step in died if step is not None))
    back = history.backward
    evidence = {
        "floor": constant_floor(back.loss_function, back.target),
        "loss": float(history.losses[-1]),
    }
    return _finding("dead", min(steps), evidence)


def _converged(history: History) -> Finding:
    blame = blame_size(history)
    curvature = hessian(
        history.at(-1), history.forward.x, history.backward.target, history.backward.loss_function
    )
    values = eigenvalues(curvature)
    evidence = {
        "loss": float(history.losses[-1]),
        "blame": float(blame[-1]),
        "lowest": float(values[0]),
        "highest": float(values[-1]),
    }
    calm = settled(blame <= calm_below(blame))
    return _finding("converged", calm or 0, evidence)


def _oscillating(history: History) -> Finding:
    recent = history.losses[-RECENT - 1 :]
    rises = np.flatnonzero(np.diff(recent) > 0)
    evidence = {
        "rises": float(len(rises)),
        "steps": float(len(recent) - 1),
        "low": float(recent.min()),
        "high": float(recent.max()),
    }
    return _finding("oscillating", history.steps - len(recent) + 2 + int(rises[0]), evidence)


def _slow(history: History) -> Finding:
    first, last = float(history.losses[0]), float(history.losses[-1])
    return _finding("slow", history.steps, {"fell": 1 - last / first if first else 0.0})


def _falling(history: History) -> Finding:
    recent = history.losses[-RECENT - 1 :]
    ratio = float((recent[-1] / recent[0]) ** (1 / max(1, len(recent) - 1)))
    return _finding("falling", history.steps, {"ratio": ratio})


def _dead_neurons(history: History) -> list[Finding]:
    found = []
    for layer, resting in enumerate(resting_gates(history)):
        z = history.forward.z[layer]
        for j, step in enumerate(deaths(history, layer)):
            if step is not None:
                before, after = (float(z[s, :, j].max()) for s in (max(step - 1, 0), step))
                evidence = {"before": before, "after": after, "rests": float(resting[j])}
                found.append(_finding("neuron_dead", step, evidence, f"z{layer + 1}[{j}]"))
    return found
