"""How far rounding may have moved the loss and its slopes, where the loss meets the network."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import product as every_pair

import numpy as np

from blame.arrays import Array
from blame.losses import Loss, LossFunction

FUNCTION_ROUNDINGS = 8
"""So many roundings are granted to an activation, a loss and their slopes, each an `exp` or two."""


def unit(values: Array) -> float:
    """Return the largest relative error of one rounding in these floats."""
    return float(np.finfo(values.dtype).eps / 2)


def rounded(size: Array, roundings: int) -> Array:
    """Return what so many roundings of parts of this size add, underflow included."""
    each = unit(size)
    least = roundings * np.finfo(size.dtype).smallest_subnormal
    return np.asarray(roundings * each / (1 - roundings * each) * size + least)


def moved_by_each(function: Callable[[Array], Array], at: Array, off: Array) -> Array:
    """Return how far a function of whole rows may move, each entry of a row by its own error.

    The first order: what each entry does alone, added up. The result has the function's shape.
    """
    here = function(at)
    total = np.zeros_like(here)
    for m in range(at.shape[-1]):
        step = np.zeros_like(at)
        step[..., m] = np.broadcast_to(off, at.shape)[..., m]
        ways = [abs(function(at + sign * step) - here) for sign in (-1, 1)]
        total = total + np.maximum.reduce(ways)
    return total


def row_size(z: Array) -> Array:
    """Return how much an exp of z minus the largest of its row magnifies rounding."""
    return 1 + 2 * abs(z - z.max(-1, keepdims=True))


@dataclass(frozen=True, eq=False)
class Met:
    """Where the loss meets the network: the prediction, or z where the loss is fused to it."""

    at: Array
    at_off: Array
    target: Array
    target_off: Array
    loss: Loss
    fused: bool
    joint: bool
    """Whether `at` is z of an activation that mixes the entries of a row."""

    @property
    def domain(self) -> tuple[float, float]:
        """Of the target and, where the loss is not fused, of `at`."""
        return self.loss.domain

    def _corners(self) -> Iterator[tuple[Array, Array]]:
        low, high = self.domain
        for a, b in every_pair((-1, 1), repeat=2):
            at = self.at + a * self.at_off
            yield (
                at if self.fused else np.clip(at, low, high),
                np.clip(self.target + b * self.target_off, low, high),
            )

    def slope_bound(self, slope: LossFunction) -> Array:
        """Return the bound of a slope: how far it moves within both errors, and its rounding."""
        here = slope(self.at, self.target)
        if self.joint:
            return self._joint_slope_bound(slope, here)
        moved = np.maximum.reduce([abs(slope(*corner) - here) for corner in self._corners()])
        size = abs(here)
        if np.isfinite(self.domain).all():
            # A cross-entropy's slope is a difference of two parts, each with a rounding of its own.
            for end, share in zip(self.domain, (1 - self.target, self.target), strict=True):
                size = size + abs(share * slope(self.at, np.full_like(self.target, end)))
        return 1.01 * moved + rounded(size, FUNCTION_ROUNDINGS)

    def _joint_slope_bound(self, slope: LossFunction, here: Array) -> Array:
        moved = moved_by_each(lambda at: slope(at, self.target), self.at, self.at_off)
        moved = moved + moved_by_each(lambda t: slope(self.at, t), self.target, self.target_off)
        # A sum over the targets: each has a rounding of its own.
        size, width = abs(here), self.at.shape[-1]
        for m, only in enumerate(np.eye(width, dtype=self.at.dtype)):
            alone = np.broadcast_to(only, self.target.shape)
            size = size + self.target[..., m, None] * abs(slope(self.at, alone))
        return 1.01 * moved + rounded(size * row_size(self.at), FUNCTION_ROUNDINGS + width)

    def loss_bound(self, value: LossFunction, slope: LossFunction, loss: Array) -> Array:
        """Return the bound of the loss: the steepest slope within both errors, and its rounding."""
        steepest = np.maximum.reduce([abs(slope(*corner)) for corner in self._corners()])
        handed = (1.01 * steepest * self.at_off).sum((-2, -1))
        for sign in (-1, 1):
            target = np.clip(self.target + sign * self.target_off, *self.domain)
            handed = handed + abs(value(self.at, target) - loss)
        size = abs(loss)
        if self.fused:
            entries = 1 + 2 * abs(self.at)
            size = size + entries.sum((-2, -1)) / self.loss.shares(*self.at.shape[-2:])
        terms = self.at.shape[-2] * self.at.shape[-1]
        return np.asarray(handed + rounded(size, FUNCTION_ROUNDINGS + terms))
