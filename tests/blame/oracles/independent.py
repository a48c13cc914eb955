"""Networks, activations and losses written a second time, for automatic differentiation.

Nothing here comes from `blame`: each function is the textbook's formula in `autograd.numpy`, and
`autograd` alone finds the slopes. The formulas are not made safe in the tails, so give them
pre-activations of a moderate size.
"""

import numpy
import pytest

pytest.importorskip(
    "autograd",
    reason="gradients are compared with autograd: pip install -r requirements-dev.txt",
)

import autograd.numpy as np
from autograd import elementwise_grad, grad
from autograd import hessian as second_derivatives

ACTIVATIONS = {
    "relu": lambda z: np.where(z > 0, z, 0.0),
    "leaky_relu": lambda z: np.where(z > 0, z, 0.01 * z),
    "identity": lambda z: 1.0 * z,
    "sigmoid": lambda z: 1 / (1 + np.exp(-z)),
    "tanh": lambda z: np.sinh(z) / np.cosh(z),
    "softplus": lambda z: np.log(1 + np.exp(z)),
    "softmax": lambda z: np.exp(z) / np.sum(np.exp(z), axis=-1, keepdims=True),
}
"""Every activation of the registry: maps (n_samples, width) to (n_samples, width)."""

LOSSES = {
    "mse": lambda y, t: np.mean((y - t) ** 2),
    "half_sse": lambda y, t: 0.5 * np.sum((y - t) ** 2),
    "sse": lambda y, t: np.sum((y - t) ** 2),
    "bce": lambda y, t: -np.mean(t * np.log(y) + (1 - t) * np.log(1 - y)),
    "bce_sum": lambda y, t: -np.sum(t * np.log(y) + (1 - t) * np.log(1 - y)),
    "cross_entropy": lambda y, t: np.mean(np.sum(-t * np.log(y), axis=1)),
    "cross_entropy_sum": lambda y, t: -np.sum(t * np.log(y)),
    "output": lambda y, t: np.sum(y),
}
"""Every loss of the registry: maps predictions and targets, (n_samples, n_out), to a number."""


WHOLE = {"softmax"}
"""Activations that mix the entries of a row."""


def missing(registry, versions, kind):
    """Return one sentence for each entry of a registry that has no independent version here."""
    return [
        f"{name} is a new {kind}: write its formula into tests/blame/oracles/independent.py too, "
        f"or its gradient is compared with nothing"
        for name in registry
        if name not in versions
    ]


def layer_by_layer(weights, biases, names, x, z_moves=None, a_moves=None):
    """Return the pre-activations and the activations of each layer as two lists.

    Moves are added to them on the way: the derivatives at moves of 0 are dL/dz and dL/da.
    """
    z, a = [], []
    inputs = x
    for k, name in enumerate(names):
        shift = 0.0 if biases[k] is None else biases[k]
        z.append(np.dot(inputs, weights[k]) + shift + (z_moves[k] if z_moves else 0.0))
        inputs = ACTIVATIONS[name](z[k]) + (a_moves[k] if a_moves else 0.0)
        a.append(inputs)
    return z, a


def loss_of(weights, biases, names, x, target, loss):
    """Return the loss, a number."""
    return LOSSES[loss](layer_by_layer(weights, biases, names, x)[1][-1], target)


def blame_of(weights, biases, names, x, target, loss):
    """Return autograd's derivatives of the loss by what they are taken of.

    A dictionary: lists by layer under weights, biases, z, a; an array under x. A layer without a
    bias has None there.
    """
    z, _ = layer_by_layer(weights, biases, names, x)
    still = [numpy.zeros_like(each) for each in z]

    def loss_at(point):
        shifts = [point["biases"].get(k) for k in range(len(names))]
        _, a = layer_by_layer(point["weights"], shifts, names, point["x"], point["z"], point["a"])
        return LOSSES[loss](a[-1], target)

    there = {k: bias for k, bias in enumerate(biases) if bias is not None}
    found = grad(loss_at)(
        {"weights": list(weights), "biases": there, "x": x, "z": still, "a": list(still)}
    )
    return found | {"biases": [found["biases"].get(k) for k in range(len(names))]}


def slopes_of(names, z):
    """Return f'(z) of each layer, of each entry at its own z."""
    return [
        _own_slopes(name, each) if name in WHOLE else elementwise_grad(ACTIVATIONS[name])(each)
        for name, each in zip(names, z, strict=True)
    ]


def _own_slopes(name, z):
    columns = [
        elementwise_grad(lambda z, j=j: ACTIVATIONS[name](z)[:, j])(z)[:, j]
        for j in range(z.shape[1])
    ]
    return numpy.stack(columns, axis=1)


def bends(name):
    """Return whether an activation is curved on either side of 0."""
    if name in WHOLE:
        return True
    slope = elementwise_grad(ACTIVATIONS[name])
    return any(numpy.ptp(slope(numpy.array(side))) > 0 for side in ([-3.0, -1.0], [1.0, 3.0]))


def curvature_of(weights, biases, names, x, target, loss):
    """Return autograd's Hessian of the loss, (P, P), parameters in the order W1, b1, W2, ..."""
    order = [each for pair in zip(weights, biases, strict=True) for each in pair]
    shapes = [each.shape for each in order if each is not None]
    ends = numpy.cumsum([numpy.prod(shape) for shape in shapes])

    def loss_at(vector):
        parts = [
            np.reshape(vector[end - numpy.prod(shape) : end], shape)
            for end, shape in zip(ends, shapes, strict=True)
        ]
        left = iter(parts)
        given = [None if each is None else next(left) for each in order]
        return loss_of(given[0::2], given[1::2], names, x, target, loss)

    start = [each.ravel() for each in order if each is not None]
    return second_derivatives(loss_at)(numpy.concatenate(start))


def descend(weights, biases, names, x, target, loss, rate, batches):
    """Return the weights and biases before and after each update, the rows of each given."""
    run = [(list(weights), list(biases))]
    for rows in batches:
        now, now_biases = run[-1]
        blame = blame_of(now, now_biases, names, x[rows], target[rows], loss)
        run.append(
            (
                [w - rate * d for w, d in zip(now, blame["weights"], strict=True)],
                [
                    None if b is None else b - rate * d
                    for b, d in zip(now_biases, blame["biases"], strict=True)
                ],
            )
        )
    return run
