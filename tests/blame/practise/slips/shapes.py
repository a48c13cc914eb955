"""Exercises of several shapes; drawn numbers are long, so that none is a tie to round."""

from itertools import pairwise

import numpy as np

from blame import Exercise, Layer, Network
from blame.exercise.presets import NOTEBOOK, PRESETS


def made(seed, sizes, units, loss, n_samples=1, bias=True, tied=(), **more):
    """Return an exercise of a shape with numbers from a seed."""
    draw = np.random.default_rng(seed)

    def numbers(*shape):
        return draw.uniform(0.2, 1.1, shape) * draw.choice([-1, 1], shape)

    layers = []
    for k, (n_in, n_out) in enumerate(pairwise(sizes), start=1):
        own = np.full(n_out, 0.35) if f"b{k}" in tied else numbers(n_out)
        layers.append(Layer(numbers(n_in, n_out), own if bias else None, units[k - 1]))
    target = None
    if loss != "output":
        target = draw.uniform(0.1, 0.9, (n_samples, sizes[-1]))
    if "cross" in loss:
        target = np.eye(sizes[-1])[draw.integers(0, sizes[-1], n_samples)]
    x = numbers(n_samples, sizes[0])
    return Exercise(Network(tuple(layers)), x, target, loss, tied=tied, **more)


SHAPES = {
    "notebook": NOTEBOOK,
    "at_zero": NOTEBOOK.with_numbers({"W1[0, 1]": -0.5, "W1[1, 1]": 0.25, "b1[1]": 0.0}),
    "shut": PRESETS["gate_shut"].exercise,
    "mazur": made(1, (2, 2, 2), ("sigmoid", "sigmoid"), "half_sse", learning_rate=0.5),
    "deep": made(2, (2, 3, 3, 3, 1), ("tanh", "sigmoid", "softplus", "identity"), "sse"),
    "square": made(3, (3, 3, 3, 3), ("leaky_relu", "relu", "sigmoid"), "mse", 4),
    "softmax": made(4, (3, 3, 3), ("tanh", "softmax"), "cross_entropy", 3, weight_decay=0.1),
    "softmax_sum": made(5, (2, 2, 3), ("sigmoid", "softmax"), "cross_entropy_sum"),
    "softmax_squares": made(6, (2, 3, 2), ("relu", "softmax"), "mse", 2),
    "bce": made(7, (2, 3, 1), ("relu", "sigmoid"), "bce", 4, held=("W1[0, 1]", "b2")),
    "bce_sum": made(8, (2, 2), ("sigmoid",), "bce_sum", 2),
    "no_bias": made(9, (3, 2, 2), ("tanh", "tanh"), "mse", 2, bias=False),
    "tied": made(10, (2, 3, 2), ("sigmoid", "identity"), "half_sse", 3, tied=("b1", "b2")),
    "held": made(11, (2, 2, 1), ("tanh", "identity"), "mse", held=("b1", "W2[0, 0]")),
    "output": made(12, (2, 3, 2), ("sigmoid", "tanh"), "output"),
    "neuron": made(13, (2, 1), ("sigmoid",), "mse", 3),
}
TIES = {
    **dict.fromkeys(("notebook", "shut", "at_zero"), ("rounded", "cut")),
    **dict.fromkeys(("mazur", "deep", "square"), ("rounded_to_2",)),
}
"""Where a half has to be rounded, up or down by one bit of a float: products of short numbers."""
