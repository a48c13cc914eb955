"""How fast the maths is, beside loops written out in this file."""

from __future__ import annotations

import time
from collections.abc import Callable
from statistics import median

import numpy as np

from blame import Layer, Network, initialise, train
from blame.arrays import Array
from blame.exercise.presets import PRESETS
from tests.benchmarks.row import Row

REPEATS = 7


def rows() -> list[Row]:
    """Measure everything and return one row each."""
    return [training_beside_the_bare_loop(), stack_beside_one_at_a_time()]


def training_beside_the_bare_loop(steps: int = 1000) -> Row:
    """`train`, which keeps everything of every step, beside a loop that keeps nothing."""
    exercise = PRESETS["gate_shut"].exercise
    layers = exercise.network.layers
    start = [np.array(a) for layer in layers for a in (layer.weights, layer.bias)]
    x, y = exercise.x[None], exercise.target[None]
    bare = bare_loop(start, x, y, exercise.learning_rate, steps)
    last = train(exercise.network, x, y, exercise.learning_rate, steps).at(-1).parameters()
    # A benchmark of two different things would mean nothing.
    assert all(np.allclose(a, b) for a, b in zip(bare, last.values(), strict=True))
    ours, other = side_by_side(
        lambda: train(exercise.network, x, y, exercise.learning_rate, steps),
        lambda: bare_loop(start, x, y, exercise.learning_rate, steps),
    )
    return Row(
        f"train, {steps} steps with full history / bare loop",
        f"{ours * 1e3:.1f} ms",
        f"{other * 1e3:.1f} ms",
        ours / other,
        "at most 1.5",
        ours / other <= 1.5,
    )


def bare_loop(start: list[Array], x: Array, y: Array, rate: float, steps: int) -> list[Array]:
    """Gradient descent on x -> Linear1 -> ReLU -> Linear2 -> mse, as one would jot it down."""
    W1, b1, W2, b2 = (parameter.copy() for parameter in start)
    for _ in range(steps):
        z1 = x @ W1 + b1
        a1 = np.maximum(0, z1)
        y_pred = a1 @ W2 + b2
        np.mean((y_pred - y) ** 2)
        d_loss_y = 2 * (y_pred - y) / y.size
        dW2 = a1.T @ d_loss_y
        db2 = d_loss_y.sum(axis=0)
        d_z1 = (d_loss_y @ W2.T) * (z1 > 0)
        dW1 = x.T @ d_z1
        db1 = d_z1.sum(axis=0)
        W1, b1 = W1 - rate * dW1, b1 - rate * db1
        W2, b2 = W2 - rate * dW2, b2 - rate * db2
    return [W1, b1, W2, b2]


def stack_beside_one_at_a_time(members: int = 1000, steps: int = 100) -> Row:
    """A stack of networks through one call of `train`, beside one call for each of 20 of them."""
    stack = initialise((2, 2, 1), seed=0, stack_shape=(members,))
    x, y = np.array([[1.0, 2.0]]), np.array([[1.0]])
    few = range(0, members, members // 20)
    singles = [
        Network(tuple(Layer(la.weights[i], la.bias[i], la.activation) for la in stack.layers))
        for i in few
    ]
    together, apart = side_by_side(
        lambda: train(stack, x, y, 0.01, steps),
        lambda: [train(network, x, y, 0.01, steps) for network in singles],
    )
    ours, other = together / members, apart / len(singles)
    return Row(
        f"one at a time / a stack of {members}, {steps} steps, per network",
        f"{ours * 1e6:.0f} us",
        f"{other * 1e6:.0f} us",
        other / ours,
        "at least 100",
        other / ours >= 100,
    )


def side_by_side(ours: Callable[[], object], other: Callable[[], object]) -> tuple[float, float]:
    """Return the median seconds of each, measured in turns so that both meet the same noise."""
    times: tuple[list[float], list[float]] = ([], [])
    for _ in range(REPEATS):
        for run, kept in zip((ours, other), times, strict=True):
            begin = time.perf_counter()
            run()
            kept.append(time.perf_counter() - begin)
    return median(times[0]), median(times[1])
