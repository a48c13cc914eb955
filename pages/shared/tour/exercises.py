"""The networks of the tour: one weight first, a little more in each step."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from blame import Layer, Network
from blame.exercise.exercise import Exercise
from blame.exercise.presets import PRESETS

ONE_WEIGHT = Exercise(Network((Layer([[0.5]], None, "identity"),)), x=[2], target=[3])
NUDGED = ONE_WEIGHT.with_numbers({"W1[0, 0]": 1.0})
SUM = Exercise(Network((Layer([[0.5], [1.5]], None, "identity"),)), x=[1, 0.5], target=[2.5])
GATE = Exercise(
    Network((Layer([[1.0]], [0.5], "relu"), Layer([[2.0]], None, "identity"))), x=[1], target=[1]
)
PATHS = Exercise(
    Network((Layer([[1.0]], None, "relu"), Layer([[1.5, 0.2]], None, "identity"))),
    x=[1],
    target=[0.5, 3],
    loss="sse",
)
UPDATED = Exercise(
    Network(
        (
            Layer([[0.6, -0.4], [0.3, 0.5]], [0.1, 0.2], "relu"),
            Layer([[0.7], [-0.6]], [0.1], "identity"),
        )
    ),
    x=[1, 2],
    target=[2],
    learning_rate=0.02,
)
NOTEBOOK = PRESETS["notebook"].exercise

SHAPES: tuple[tuple[int, ...], ...] = (
    (1, 1),
    (2, 1),
    (2, 2, 1),
    (2, 3, 2),
    (3, 4, 4, 2),
    (4, 8, 8, 3),
    (10, 10, 10, 10, 10),
)
"""What the growing network grows to, its widths from the input to the output."""


def grown(times: int) -> Exercise:
    """Return the network that has grown so often; the largest if it can grow no more."""
    sizes = SHAPES[min(times, len(SHAPES) - 1)]
    last = len(sizes) - 1
    layers = [
        Layer(_weights(n_in, n_out, k), _biases(n_out, k), "identity" if k == last else "relu")
        for k, (n_in, n_out) in enumerate(pairwise(sizes), start=1)
    ]
    x = [1 + 0.5 * (i % 2) for i in range(sizes[0])]
    return Exercise(Network(tuple(layers)), x=x, target=[1.0] * sizes[-1])


def grow(_now: Exercise, times: int) -> Exercise:
    """Return what the growing network is by then."""
    return grown(times)


def _weights(n_in: int, n_out: int, k: int) -> list[list[float]]:
    """Return weights that look like drawn ones, smaller the more of them one neuron has."""
    turned = [[(5 * i + 3 * j + 2 * k) % 9 for j in range(n_out)] for i in range(n_in)]
    return [[round((step - 3) / (2 * n_in), 2) for step in row] for row in turned]


def _biases(n_out: int, k: int) -> Sequence[float]:
    return [0.1 + 0.1 * ((j + k) % 3) for j in range(n_out)]
