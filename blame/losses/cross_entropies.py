"""The cross-entropies as sums over their entries, on predictions and, without loss of digits, on z.

Each function maps (..., n_samples, n_out): a value to (...), a gradient to its own shape. A share
of 0 costs nothing and its side is left out: 0 * log 0 counts as 0, the limit.
"""

from __future__ import annotations

import numpy as np

from blame.arrays import Array, entry_sum, others


def binary(prediction: Array, target: Array) -> Array:
    """Return the binary cross-entropy of predictions, in nats."""
    right = np.where(target == 0, 0, target * np.log(prediction))
    wrong = np.where(target == 1, 0, (1 - target) * np.log1p(-prediction))
    return entry_sum(-(right + wrong))


def binary_gradient(prediction: Array, target: Array) -> Array:
    """Return its slope at each prediction."""
    for_one = np.where(target == 0, 0, target / prediction)
    for_zero = np.where(target == 1, 0, (1 - target) / (1 - prediction))
    return for_zero - for_one


def binary_at_z(z: Array, target: Array) -> Array:
    """Return the binary cross-entropy of sigmoids of z."""
    # -t log s(z) - (1 - t) log(1 - s(z)) = max(z, 0) - t z + log(1 + e^-|z|)
    return entry_sum(np.maximum(z, 0) - target * z + np.log1p(np.exp(-np.abs(z))))


def binary_gradient_at_z(z: Array, target: Array) -> Array:
    """Return its slope at each sigmoid."""
    # 1 / s(z) = 1 + e^-z and 1 / (1 - s(z)) = 1 + e^z. An unused side is 0, not 0 * inf.
    for_one = np.where(target == 0, 0, target * (1 + np.exp(-z)))
    for_zero = np.where(target == 1, 0, (1 - target) * (1 + np.exp(z)))
    return for_zero - for_one


def binary_delta_at_z(z: Array, target: Array) -> Array:
    """Return its slope at each z."""
    # s(z) - t, written as (1 - t) s(z) - t s(-z): no cancellation where s(z) rounds to 1.
    small = np.exp(-np.abs(z))
    above = np.where(z >= 0, 1, small) / (1 + small)
    below = np.where(z >= 0, small, 1) / (1 + small)
    return (1 - target) * above - target * below


def categorical(prediction: Array, target: Array) -> Array:
    """Return the cross-entropy -sum t log p of predictions, in nats."""
    return entry_sum(-np.where(target == 0, 0, target * np.log(prediction)))


def categorical_gradient(prediction: Array, target: Array) -> Array:
    """Return its slope at each prediction."""
    return -np.where(target == 0, 0, target / prediction)


def categorical_at_z(z: Array, target: Array) -> Array:
    """Return the cross-entropy of the softmax of z."""
    below, rest = _below_the_largest(z)
    return entry_sum(-np.where(target == 0, 0, target * (below - rest)))


def categorical_gradient_at_z(z: Array, target: Array) -> Array:
    """Return its slope at each share of the softmax."""
    below, rest = _below_the_largest(z)
    return -np.where(target == 0, 0, target * np.exp(rest - below))


def categorical_delta_at_z(z: Array, target: Array) -> Array:
    """Return its slope at each z: p sum(t) - t, which is p - t where the targets sum to 1."""
    # As p (sum(t) - t) - t (1 - p), both differences sums of the others: nothing cancels in the
    # tails, where p rounds to 1.
    each = np.exp(z - z.max(-1, keepdims=True))
    total = np.add.reduce(each, -1, keepdims=True)
    return (each * others(target) - target * others(each)) / total


def _below_the_largest(z: Array) -> tuple[Array, Array]:
    """Return z minus the largest of each row, and the logarithm of the sum of their exps."""
    below = z - z.max(-1, keepdims=True)
    first = np.arange(z.shape[-1]) == z.argmax(-1)[..., None]
    # The largest counts 1: without it what is left keeps its digits, however small.
    rest = np.add.reduce(np.where(first, 0, np.exp(below)), -1, keepdims=True)
    return below, np.log1p(rest)
