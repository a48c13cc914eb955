"""Exercises of any shape in plain Python, one number at a time: what the charts must show."""

from __future__ import annotations

import math
import random
from itertools import pairwise
from typing import Any

import pytest

pytest.importorskip(
    "hypothesis", reason="random exercises need hypothesis: pip install -r requirements-dev.txt"
)

from hypothesis import assume
from hypothesis import strategies as st

from blame import Layer, Network
from blame.exercise.exercise import Exercise

UNITS = {
    "relu": (lambda z: max(z, 0.0), lambda z: 1.0 if z > 0 else 0.0),
    "leaky_relu": (lambda z: z if z > 0 else 0.01 * z, lambda z: 1.0 if z > 0 else 0.01),
    "identity": (lambda z: z, lambda z: 1.0),
    "sigmoid": (
        lambda z: 1 / (1 + math.exp(-z)),
        lambda z: math.exp(-z) / (1 + math.exp(-z)) ** 2,
    ),
    "tanh": (math.tanh, lambda z: 1 / math.cosh(z) ** 2),
    "softplus": (lambda z: math.log(1 + math.exp(z)), lambda z: 1 / (1 + math.exp(-z))),
}
"""Each activation and its slope."""


def loss_of(exercise: Exercise, guesses: list[list[float]]) -> float:
    """Return the loss of these predictions, a row for each sample."""
    return sum(map(sum, parts_of(exercise, guesses)))


def parts_of(exercise: Exercise, guesses: list[list[float]]) -> list[list[float]]:
    """Return what each prediction gives to the loss."""
    targets = rows(exercise.target, guesses)
    n, m = len(guesses), len(guesses[0])
    by = {
        "mse": lambda y, t: (y - t) ** 2 / (n * m),
        "half_sse": lambda y, t: (y - t) ** 2 / 2,
        "sse": lambda y, t: (y - t) ** 2,
        "bce": lambda y, t: -(t * math.log(y) + (1 - t) * math.log(1 - y)) / (n * m),
        "bce_sum": lambda y, t: -(t * math.log(y) + (1 - t) * math.log(1 - y)),
        "cross_entropy": lambda y, t: -t * math.log(y) / n,
        "cross_entropy_sum": lambda y, t: -t * math.log(y),
        "output": lambda y, t: y,
    }[exercise.loss]
    return [
        [by(y, t) for y, t in zip(*pair, strict=True)]
        for pair in zip(guesses, targets, strict=True)
    ]


def rows(values: Any, like: list[list[float]]) -> list[list[float]]:
    """Return an exercise's array as one list for each sample; zeros where there is none."""
    if values is None:
        return [[0.0] * len(row) for row in like]
    found = values.tolist()
    return found if isinstance(found[0], list) else [found]


def _slope(exercise: Exercise, y: float, t: float, n: int, m: int) -> float:
    return {
        "mse": lambda: 2 * (y - t) / (n * m),
        "half_sse": lambda: y - t,
        "sse": lambda: 2 * (y - t),
        "bce": lambda: (y - t) / (y * (1 - y)) / (n * m),
        "bce_sum": lambda: (y - t) / (y * (1 - y)),
        "cross_entropy": lambda: -t / y / n,
        "cross_entropy_sum": lambda: -t / y,
        "output": lambda: 1.0,
    }[exercise.loss]()


def passes(exercise: Exercise) -> dict[str, float]:
    """Return every number of both passes by its name."""
    layers = exercise.network.layers
    x = rows(exercise.x, [])
    n, m, depth = len(x), exercise.sizes[-1], len(layers)
    units = exercise.activations
    weights = [layer.weights.tolist() for layer in layers]
    biases = [None if layer.bias is None else layer.bias.tolist() for layer in layers]
    found: dict[str, float] = {}

    def put(array: str, s: int, values: list[float]) -> None:
        index = [s] if n > 1 else []
        ends = array in ("y_pred", "y_true", "d_loss_y")
        for j, value in enumerate(values):
            own = index if ends and m == 1 else [*index, j]
            found[f"{array}[{', '.join(map(str, own))}]" if own else array] = value

    grads = [[[0.0] * len(w[0]) for _ in w] for w in weights]
    bias_grads = [[0.0] * len(w[0]) for w in weights]
    guesses = []
    for s in range(n):
        inputs, ins, zs = x[s], [], []
        put("x", s, inputs)
        for k in range(depth):
            ins.append(inputs)
            z = [
                sum(v * weights[k][i][j] for i, v in enumerate(inputs))
                + (biases[k][j] if biases[k] else 0.0)
                for j in range(len(weights[k][0]))
            ]
            zs.append(z)
            inputs = value_of(units[k], z)
            last = k == depth - 1
            if not (last and units[k] == "identity"):
                put(f"z{k + 1}", s, z)
            put("y_pred" if last else f"a{k + 1}", s, inputs)
        guesses.append(inputs)
        target = rows(exercise.target, [inputs] * n)[s]
        if exercise.loss != "output":
            put("y_true", s, target)
        blame = [_slope(exercise, y, t, n, m) for y, t in zip(inputs, target, strict=True)]
        put("d_loss_y", s, blame)
        for k in reversed(range(depth)):
            if k < depth - 1:
                put(f"d_a{k + 1}", s, blame)
            if units[k] == "softmax":
                y = value_of("softmax", zs[k])
                delta = [
                    sum(b * y[i] * ((i == j) - y[j]) for i, b in enumerate(blame))
                    for j in range(len(y))
                ]
            else:
                delta = [b * UNITS[units[k]][1](z) for b, z in zip(blame, zs[k], strict=True)]
            if not (k == depth - 1 and units[k] == "identity"):
                put(f"d_z{k + 1}", s, delta)
            for j, d in enumerate(delta):
                bias_grads[k][j] += d
                for i, v in enumerate(ins[k]):
                    grads[k][i][j] += v * d
                    found[f"dW{k + 1}[{i}, {j}] of sample {s}"] = v * d
                found[f"db{k + 1}[{j}] of sample {s}"] = d
            blame = [
                sum(d * w for d, w in zip(delta, weights[k][i], strict=True))
                for i in range(len(weights[k]))
            ]
    for k in range(depth):
        for j in range(len(bias_grads[k])):
            if biases[k]:
                found[f"db{k + 1}[{j}]"] = bias_grads[k][j]
            for i in range(len(grads[k])):
                found[f"dW{k + 1}[{i}, {j}]"] = grads[k][i][j]
    return found | {"loss": loss_of(exercise, guesses)}


def value_of(unit: str, z: list[float]) -> list[float]:
    """Return a layer's activations."""
    if unit == "softmax":
        each = [math.exp(value) for value in z]
        return [value / sum(each) for value in each]
    return [UNITS[unit][0](value) for value in z]


def guesses_of(exercise: Exercise) -> list[list[float]]:
    """Return the prediction, a row for each sample."""
    found = passes(exercise)
    return [
        [found[output_name(exercise, s, j)] for j in range(exercise.sizes[-1])]
        for s in range(exercise.n_samples)
    ]


def output_name(exercise: Exercise, s: int, j: int, array: str = "y_pred") -> str:
    """Return the name of an output."""
    index = [s] * (exercise.n_samples > 1) + [j] * (exercise.sizes[-1] > 1)
    return f"{array}[{', '.join(map(str, index))}]" if index else array


def row_name(exercise: Exercise, array: str, s: int, j: int) -> str:
    """Return the name of a number that each sample has."""
    return f"{array}[{s}, {j}]" if exercise.n_samples > 1 else f"{array}[{j}]"


def made(
    sizes: tuple[int, ...],
    units: tuple[str, ...],
    loss: str = "mse",
    n_samples: int = 1,
    seed: int = 0,
    biases: tuple[bool, ...] | None = None,
    **settings: Any,
) -> Exercise:
    """Return an exercise of this shape with random numbers."""
    chance = random.Random(seed)

    def row(n: int) -> list[float]:
        return [round(chance.uniform(-1.5, 1.5), 3) for _ in range(n)]

    has = biases or (True,) * len(units)
    network = Network(
        tuple(
            Layer([row(n_out) for _ in range(n_in)], row(n_out) if with_bias else None, unit)
            for (n_in, n_out), unit, with_bias in zip(pairwise(sizes), units, has, strict=True)
        )
    )
    x = [row(sizes[0]) for _ in range(n_samples)]
    m = sizes[-1]
    if loss == "output":
        target = None
    elif loss.startswith("cross"):
        target = [[float(j == s % m) for j in range(m)] for s in range(n_samples)]
    elif loss.startswith("bce"):
        target = [[float((s + j) % 2) for j in range(m)] for s in range(n_samples)]
    else:
        target = [row(m) for _ in range(n_samples)]
    return Exercise(network, x, target, loss, **settings)


LASTS = {
    "mse": tuple(UNITS),
    "half_sse": (*UNITS, "softmax"),
    "sse": tuple(UNITS),
    "bce": ("sigmoid",),
    "bce_sum": ("sigmoid",),
    "cross_entropy": ("softmax", "sigmoid"),
    "cross_entropy_sum": ("softmax",),
    "output": tuple(UNITS),
}


@st.composite
def exercises(draw: st.DrawFn, *, widest: int = 4) -> Exercise:
    """Draw an exercise of any kind, off every kink and with blame of its own."""
    depth = draw(st.integers(1, 4))
    sizes = tuple(draw(st.lists(st.integers(1, widest), min_size=depth + 1, max_size=depth + 1)))
    loss = draw(st.sampled_from(sorted(LASTS)))
    hidden = draw(st.lists(st.sampled_from(sorted(UNITS)), min_size=depth - 1, max_size=depth - 1))
    exercise = made(
        sizes,
        (*hidden, draw(st.sampled_from(LASTS[loss]))),
        loss,
        n_samples=draw(st.integers(1, 4)),
        seed=draw(st.integers(0, 10_000)),
        biases=tuple(draw(st.lists(st.booleans(), min_size=depth, max_size=depth))),
    )
    found = passes(exercise)
    assume(all(abs(v) > 1e-4 for name, v in found.items() if name.startswith("z")))
    assume(max(map(abs, found.values())) < 1e6)
    return exercise
