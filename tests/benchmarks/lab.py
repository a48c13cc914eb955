"""How fast the training lab's maths is, beside loops written out in this file."""

from __future__ import annotations

import numpy as np

from blame import initialise
from blame.arrays import Array
from blame.exercise.presets import PRESETS
from blame.playground.datasets import make_dataset
from blame.playground.growing_run import advance, begin
from blame.probe.landscape import landscape
from blame.runs.rate_sweep import RATES, sweep_rates
from tests.benchmarks.maths import bare_loop, side_by_side
from tests.benchmarks.row import Row

EXERCISE = PRESETS["gate_shut"].exercise


def rows() -> list[Row]:
    """Measure everything and return one row each."""
    return [sweep(), surface(), network()]


def sweep(steps: int = 200, each: int = 20) -> Row:
    """400 rates as one stack with their verdicts, beside the bare loop for every 20th of them."""
    layers = EXERCISE.network.layers
    start = [np.array(a) for layer in layers for a in (layer.weights, layer.bias)]
    x, y = EXERCISE.x[None], EXERCISE.target[None]
    few = RATES[:: len(RATES) // each]

    def loops() -> None:
        with np.errstate(all="ignore"):
            for rate in few:
                bare_loop(start, x, y, float(rate), steps)

    ours, other = side_by_side(
        lambda: sweep_rates(EXERCISE.network, EXERCISE.x, EXERCISE.target, RATES, steps), loops
    )
    other *= len(RATES) / len(few)
    return _row(f"{len(RATES)} rates, {steps} steps, verdicts included / bare loops", ours, other)


def surface(side: int = 101) -> Row:
    """A 101 x 101 landscape as one stack, beside one forward pass a point."""
    passes = EXERCISE.backward()
    values = np.linspace(-2, 2, side)
    found = landscape(passes, "W1[1, 0]", "W2[0, 0]", values, values).losses
    assert np.allclose(found, bare_surface(values))
    ours, other = side_by_side(
        lambda: landscape(passes, "W1[1, 0]", "W2[0, 0]", values, values),
        lambda: bare_surface(values),
    )
    return _row(f"landscape of {side} x {side} / bare loops", ours, other)


def bare_surface(values: Array) -> Array:
    """The loss at every pair of values, one point after the other."""
    hidden, output = EXERCISE.network.layers
    x, y = EXERCISE.x[None], EXERCISE.target[None]
    W1, W2 = hidden.weights.copy(), output.weights.copy()
    losses = np.empty((len(values), len(values)))
    for j, up in enumerate(values):
        W2[0, 0] = up
        for i, across in enumerate(values):
            W1[1, 0] = across
            a1 = np.maximum(0, x @ W1 + hidden.bias)
            losses[j, i] = np.mean((a1 @ W2 + output.bias - y) ** 2)
    return losses


def network(steps: int = 1000) -> Row:
    """A 2-8-8-1 network on 200 samples, every step kept and summed up, beside a loop that keeps."""
    data = make_dataset("moons", 200)
    start = initialise((2, 8, 8, 1), seed=1)
    last = advance(begin(start, data.x, data.target, 0.05), steps).at(steps).parameters()
    bare = bare_network(list(start.parameters().values()), data.x, data.target, 0.05, steps)
    assert all(np.allclose(a, b) for a, b in zip(bare, last.values(), strict=True))
    ours, other = side_by_side(
        lambda: advance(begin(start, data.x, data.target, 0.05), steps),
        lambda: bare_network(list(start.parameters().values()), data.x, data.target, 0.05, steps),
    )
    return _row(f"2-8-8-1, 200 samples, {steps} steps with history / bare loop", ours, other)


def bare_network(start: list[Array], x: Array, y: Array, rate: float, steps: int) -> list[Array]:
    """Gradient descent on two hidden ReLU layers that keeps each step, as one would jot it down."""
    kept = []
    W1, b1, W2, b2, W3, b3 = (parameter.copy() for parameter in start)
    for _ in range(steps):
        z1 = x @ W1 + b1
        a1 = np.maximum(0, z1)
        z2 = a1 @ W2 + b2
        a2 = np.maximum(0, z2)
        error = a2 @ W3 + b3 - y
        kept.append((W1, b1, W2, b2, W3, b3, np.mean(error**2)))
        d3 = 2 * error / y.size
        d2 = (d3 @ W3.T) * (z2 > 0)
        d1 = (d2 @ W2.T) * (z1 > 0)
        W3, b3 = W3 - rate * (a2.T @ d3), b3 - rate * d3.sum(axis=0)
        W2, b2 = W2 - rate * (a1.T @ d2), b2 - rate * d2.sum(axis=0)
        W1, b1 = W1 - rate * (x.T @ d1), b1 - rate * d1.sum(axis=0)
    return [W1, b1, W2, b2, W3, b3]


def _row(what: str, ours: float, other: float) -> Row:
    return Row(what, f"{ours * 1e3:.1f} ms", f"{other * 1e3:.1f} ms", ours / other, "", None)
