"""Runs of the playground, and the same numbers again in plain Python, one sample at a time."""

from __future__ import annotations

import math
from itertools import pairwise
from typing import Any

from blame.playground.growing_run import GrowingRun, advance
from blame.playground.recipe import OWN, Prepared, Recipe, prepare

PLANE_CSV = "1,2,3.5\n2,0.5,-1\n0,1,0.25\n3,1,2\n-1,-2,0.5"
LINE_CSV = "-2,0\n-1,0\n0.5,1\n2,1\n3,0"
RECIPES = {
    "circles": (Recipe("circles", 30, hidden=(4,)), 40),
    "xor by mse": (Recipe("xor", hidden=(3,), loss="mse", batch_size=2, weights_seed=3), 25),
    "two lines": (Recipe("two lines", 20, hidden=(5,), loss="mse", batch_size=8), 30),
    "own plane": (Recipe(OWN, csv=PLANE_CSV, hidden=(3, 2), loss="mse", learning_rate=0.05), 12),
    "own line": (Recipe(OWN, csv=LINE_CSV, hidden=(2,), activation="leaky_relu"), 20),
    "smooth": (Recipe("moons", 24, hidden=(3, 2), activation="tanh"), 15),
    "no hidden layer": (Recipe("four points", hidden=()), 10),
    "a line, no hidden layer": (Recipe("two lines", 8, hidden=(), loss="mse"), 5),
    "runs away": (Recipe("two lines", 12, hidden=(4,), loss="mse", learning_rate=50.0), 200),
    "dead": (Recipe("xor", hidden=(6,), loss="mse", learning_rate=3.0, weights_seed=5), 30),
    "one target": (Recipe(OWN, csv="0,1,2\n1,1,2\n2,3,2", hidden=(2,), loss="mse"), 3),
    "long": (Recipe("xor", hidden=(4,), loss="mse", learning_rate=0.2), 700),
    "start": (Recipe("circles", 8, hidden=(2,)), 0),
}
"""One input and two; bce and mse; all samples at once and batches; targets 0 and 1, and others."""

PREPARED: dict[str, Prepared] = {name: prepare(recipe) for name, (recipe, _) in RECIPES.items()}
RUNS: dict[str, GrowingRun] = {
    name: advance(PREPARED[name].start, steps) for name, (_, steps) in RECIPES.items()
}
ACTIVATIONS = {
    "relu": lambda z: z if z > 0 else 0.0,
    "leaky_relu": lambda z: z if z > 0 else 0.01 * z,
    "identity": lambda z: z,
    "tanh": math.tanh,
    "sigmoid": lambda z: 1 / (1 + math.exp(-z)) if z > -700 else 0.0,
}


def layers_at(run: GrowingRun, step: int) -> list[tuple[list[list[float]], list[float], str]]:
    """Return weights, bias and activation of each layer, cut from the run's flat parameters."""
    flat, at, found = run.parameters[step].tolist(), 0, []
    sizes = run.start.sizes
    for k, (n_in, n_out) in enumerate(pairwise(sizes)):
        weights = [flat[at + i * n_out : at + (i + 1) * n_out] for i in range(n_in)]
        at += n_in * n_out
        found.append((weights, flat[at : at + n_out], run.start.layers[k].activation.name))
        at += n_out
    return found


def outputs(layers: Any, x: Any) -> tuple[list[list[float]], list[list[float]]]:
    """Return z and a of every layer for one sample."""
    z: list[list[float]] = []
    a: list[list[float]] = []
    now = list(x)
    for weights, bias, activation in layers:
        z.append(
            [
                sum(v * row[j] for v, row in zip(now, weights, strict=True)) + bias[j]
                for j in range(len(bias))
            ]
        )
        now = [ACTIVATIONS[activation](value) for value in z[-1]]
        a.append(now)
    return z, a


def predict(layers: Any, x: Any) -> float:
    """Return the prediction for one sample."""
    return outputs(layers, x)[1][-1][0]


def costs(run: GrowingRun, layers: Any) -> list[float]:
    """Return each sample's own share of the loss: the shares sum to it."""
    found = []
    for x, (target,) in zip(run.x.tolist(), run.target.tolist(), strict=True):
        y = predict(layers, x)
        if run.loss_function.name == "mse":
            found.append((y - target) ** 2 / len(run.x))
        else:
            z = outputs(layers, x)[0][-1][0]
            found.append((max(z, 0) - target * z + math.log1p(math.exp(-abs(z)))) / len(run.x))
    return found


def slope(activation: str, z: float) -> float:
    """Return whether blame passes: the derivative, as far as it may be 0."""
    return 0.0 if activation == "relu" and z <= 0 else 1.0


def passing(run: GrowingRun, step: int, layer: int) -> list[float]:
    """Return the share of samples on which each neuron of a layer passes blame."""
    layers = layers_at(run, step)
    every = [outputs(layers, x)[0][layer] for x in run.x.tolist()]
    kind = layers[layer][2]
    return [sum(slope(kind, z[j]) != 0 for z in every) / len(every) for j in range(len(every[0]))]


def dead_share(run: GrowingRun, step: int) -> float:
    """Return the share of hidden neurons that pass blame on no sample."""
    hidden = len(run.start.layers) - 1
    shares = [share for k in range(hidden) for share in passing(run, step, k)]
    return sum(share == 0 for share in shares) / len(shares) if shares else 0.0


def accuracy(run: GrowingRun, step: int) -> float | None:
    """Return the share of samples on the right side of 0.5, where all targets are 0 or 1."""
    targets = [target for (target,) in run.target.tolist()]
    if not {*targets} <= {0.0, 1.0}:
        return None
    layers = layers_at(run, step)
    right = [(predict(layers, x) > 0.5) == (t > 0.5) for x, t in zip(run.x, targets, strict=True)]
    return sum(right) / len(right)
