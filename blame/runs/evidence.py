"""The evidence for each verdict: at which step it began or shows, and the numbers that show it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

import numpy as np

from blame.arrays import Array
from blame.losses import Loss
from blame.runs.curvature import eigenvalues, hessian
from blame.runs.deaths import deaths, growing_from, settled
from blame.runs.signs import (
    RECENT,
    blame_size,
    calm_below,
    fewest_flips,
    flip_counts,
    last_pass,
    resting_gates,
)
from blame.training import History


class Evidence(NamedTuple):
    """The step at which something began or shows, and the numbers that show it.

    `where` names the neuron it concerns, z1[0], or the factor that grew most; else it is empty.
    """

    step: int
    numbers: Mapping[str, float]
    where: str = ""


def constant_floor(loss: Loss, target: Array) -> float:
    """Return the lowest loss that one constant prediction for all samples can reach.

    With a target the best constant is its mean: for a cross-entropy of shares the best of those
    that sum to 1. Without one there is no lowest.
    """
    if not loss.asks_target:
        return -np.inf
    best = np.broadcast_to(target.mean(axis=-2, keepdims=True), target.shape)
    with np.errstate(all="ignore"):
        return float(loss.value(best, target))


def away(history: History) -> Evidence:
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
    return Evidence(start if step is None else step, {"factor": factor, **growth}, most)


def _growth(values: Array, start: int, end: int) -> float:
    """Return what each step multiplies the largest entry by, on average; 1 where it cannot tell."""
    first, last = (float(np.abs(values[step]).max()) for step in (start, end))
    if not (first > 0 and last > 0 and end > start):
        return 1.0
    return float(np.exp((np.log(last) - np.log(first)) / (end - start)))


def kink(history: History) -> Evidence:
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
        return Evidence(step, evidence, f"z{k + 1}[{j}]")
    raise AssertionError("a kink without a neuron")


def dead(history: History) -> Evidence:
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
    return Evidence(min(steps), evidence)


def converged(history: History) -> Evidence:
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
    return Evidence(calm or 0, evidence)


def oscillating(history: History) -> Evidence:
    recent = history.losses[-RECENT - 1 :]
    rises = np.flatnonzero(np.diff(recent) > 0)
    evidence = {
        "rises": float(len(rises)),
        "steps": float(len(recent) - 1),
        "low": float(recent.min()),
        "high": float(recent.max()),
    }
    return Evidence(history.steps - len(recent) + 2 + int(rises[0]), evidence)


def slow(history: History) -> Evidence:
    first, last = float(history.losses[0]), float(history.losses[-1])
    return Evidence(history.steps, {"fell": 1 - last / first if first else 0.0})


def falling(history: History) -> Evidence:
    recent = history.losses[-RECENT - 1 :]
    ratio = float((recent[-1] / recent[0]) ** (1 / max(1, len(recent) - 1)))
    return Evidence(history.steps, {"ratio": ratio})
