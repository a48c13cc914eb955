"""What turns a gradient into a step: plain descent, momentum, Adam, and the pull of L2."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from blame.arrays import Array

BETA_1, BETA_2, EPSILON = 0.9, 0.999, 1e-8
"""Adam's own numbers, as the paper proposes and PyTorch takes them."""
Memory = tuple[Array, ...]
"""What an optimiser keeps from one step to the next, each (P,); nothing before the first."""


@dataclass(frozen=True)
class Rule:
    """One way to go downhill, its title, and the sentence that says what it does.

    `direction(gradient, memory, step, momentum)` returns what the learning rate multiplies, and
    what is remembered; `step` counts from 1.
    """

    title: str
    said: str
    direction: Callable[[Array, Memory, int, float], tuple[Array, Memory]]


def _plain(gradient: Array, memory: Memory, step: int, momentum: float) -> tuple[Array, Memory]:
    return gradient, ()


def _momentum(gradient: Array, memory: Memory, step: int, momentum: float) -> tuple[Array, Memory]:
    velocity = momentum * memory[0] + gradient if memory else gradient
    return velocity, (velocity,)


def _adam(gradient: Array, memory: Memory, step: int, momentum: float) -> tuple[Array, Memory]:
    first, second = memory or (np.zeros_like(gradient), np.zeros_like(gradient))
    first = BETA_1 * first + (1 - BETA_1) * gradient
    second = BETA_2 * second + (1 - BETA_2) * gradient**2
    # Both begin at 0: divided by what is missing, they are means from the first step on.
    mean, square = first / (1 - BETA_1**step), second / (1 - BETA_2**step)
    return mean / (np.sqrt(square) + EPSILON), (first, second)


OPTIMISERS: dict[str, Rule] = {
    "plain": Rule("Plain", "Each step is the learning rate times the gradient.", _plain),
    "momentum": Rule(
        "Momentum",
        "Each step is the learning rate times a velocity: the gradient, and a part of the velocity "
        "before.",
        _momentum,
    ),
    "adam": Rule(
        "Adam",
        "Each parameter has a step of its own: its mean gradient over the root of its mean squared "
        "gradient. A learning rate near 0.03 suits it.",
        _adam,
    ),
}
"""Every optimiser by name. A new one is one entry here."""


@dataclass(frozen=True)
class Optimiser:
    """An optimiser with its numbers.

    momentum  from 0 up to below 1, of `momentum` alone
    l2        from 0 up: l2 / 2 * parameter**2 pulls at every weight and bias. It is added to the
              gradient, for Adam too; the loss that is shown stays the loss alone.

    Raises
    ------
    ValueError
        If the name is unknown or a number out of range.

    References
    ----------
    Polyak (1964), USSR Computational Mathematics and Mathematical Physics 4, 1-17, for momentum.
    Kingma and Ba (2015), arXiv:1412.6980, for Adam.
    """

    name: str = "plain"
    momentum: float = 0.9
    l2: float = 0.0

    def __post_init__(self) -> None:
        if self.name not in OPTIMISERS:
            raise ValueError(
                f"unknown optimiser {self.name!r}; choose from {', '.join(OPTIMISERS)}"
            )
        if not 0 <= self.momentum < 1:
            raise ValueError(f"momentum must be from 0 to below 1, got {self.momentum}")
        if not (np.isfinite(self.l2) and self.l2 >= 0):
            raise ValueError(f"l2 must be a finite number from 0 up, got {self.l2}")

    def direction(
        self, gradient: Array, parameters: Array, memory: Memory, step: int
    ) -> tuple[Array, Memory]:
        """Return what the learning rate multiplies in a step, counted from 1, and the memory."""
        pulled = gradient + self.l2 * parameters if self.l2 else gradient
        return OPTIMISERS[self.name].direction(pulled, memory, step, self.momentum)
