"""The evidence for each verdict: at which step it began or shows, and the numbers that show it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

import numpy as np

from blame.arrays import Array
from blame.losses import Loss
from blame.runs.curvature import eigenvalues, hessian, trained_curvature
from blame.runs.deaths import deaths, growing_from, settled
from blame.runs.signs import (
    RECENT,
    blame_size,
    calm_below,
    fewest_flips,
    flip_counts,
    last_pass,
    least_loss,
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


def constant_floor(
    loss: Loss, target: Array, between: tuple[float, float] = (-np.inf, np.inf)
) -> float:
    """Return the lowest loss that one constant prediction for all samples can reach.

    With a target the best constant is its mean, or what is nearest to it `between` the lowest and
    the highest prediction there can be: for a cross-entropy of shares the best of those that sum
    to 1. Without a target there is no lowest.
    """
    if not loss.asks_target:
        return -np.inf
    mean = target.mean(axis=-2, keepdims=True)
    if loss.takes_classes:
        mean = mean / max(float(mean.sum()), float(np.finfo(mean.dtype).tiny))
    best = np.broadcast_to(mean.clip(*between), target.shape)
    with np.errstate(all="ignore"):
        return float(loss.value(best, target))


def constant_floor_within_reach(history: History) -> float:
    """Return the lowest loss that the last bias alone can reach; NaN where none can be told.

    That is so where it is held, where one number serves several outputs, where weight decay pulls
    at it, and where the outputs are shares of a whole that the best constants are not.
    """
    last, update, back = history.networks.layers[-1], history.update, history.backward
    name = f"b{len(history.networks.layers)}"
    if last.bias is None or update.weight_decay or (name in update.tied and last.n_out > 1):
        return np.nan
    held = update.rules(history.at(0))[name].held
    if held is not None and held.any():
        return np.nan
    if last.activation.joint and not back.loss_function.takes_classes:
        means = back.target.mean(axis=-2)
        if abs(means.sum() - 1) > 1e-9 or (means < 0).any():
            return np.nan
    return constant_floor(back.loss_function, back.target, last.activation.output_range)


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
    if values.ndim == 1 and (values[start] < 0 or values[end] < 0):
        # A loss may be negative where it is the output itself, and has no growth of so many times.
        return 1.0
    if not (0 < first < np.inf and last > 0 and end > start):
        return 1.0
    # By more than a float holds it is infinite.
    with np.errstate(over="ignore"):
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
    found = []
    for layer in range(len(history.networks.layers)):
        died = deaths(history, layer)
        if all(step is not None for step in died):
            found.append((max(step for step in died if step is not None), layer + 1))
    step, layer = min(found)
    nothing_left = layer == len(history.networks.layers)
    evidence = {
        "floor": np.nan if nothing_left else constant_floor_within_reach(history),
        "loss": float(history.losses[-1]),
    }
    return Evidence(step, evidence, f"layer {layer}")


def converged(history: History) -> Evidence:
    blame = blame_size(history)
    end, back = history.at(-1), history.backward
    target = back.target if back.loss_function.asks_target else None
    curvature = hessian(end, history.forward.x, target, back.loss_function)
    values = eigenvalues(trained_curvature(curvature, history.at(0), history.update))
    evidence = {
        "loss": float(history.losses[-1]),
        "blame": float(blame[-1]),
        "lowest": float(values[0]) if len(values) else 0.0,
        "highest": float(values[-1]) if len(values) else 0.0,
    }
    if least := float(least_loss(history)):
        evidence["least"] = least
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
    least = float(least_loss(history))
    above = first - least
    if least == 0:
        return Evidence(history.steps, {"fell": 1 - last / first if first else 0.0})
    if not np.isfinite(above):
        return Evidence(history.steps, {"fell": min(0.0, first - last)})
    return Evidence(history.steps, {"fell": (first - last) / above if above > 0 else 0.0})


def falling(history: History) -> Evidence:
    recent = history.losses[-RECENT - 1 :]
    above = recent - least_loss(history)
    # Without a least loss there is no pace at which what is left shrinks.
    with np.errstate(all="ignore"):
        ratio = float((above[-1] / above[0]) ** (1 / max(1, len(recent) - 1)))
    return Evidence(history.steps, {"ratio": ratio})
