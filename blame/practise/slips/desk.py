"""What the steps of both passes are worked out from, and what a step is."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TypeAlias

from blame.activations import Activation
from blame.arrays import Array
from blame.exercise.exercise import Exercise
from blame.losses import Fused, Loss
from blame.losses.targets import check_target
from blame.training.updates import Rule, Update

Key: TypeAlias = tuple[str, int]
"""A step and its layer, counted from 1 as in names; 0 where a step has no layer."""
Step: TypeAlias = "Callable[[Desk, int], Array]"
Change: TypeAlias = "Callable[[Desk, int, Step], Array]"
"""Does a step of a layer otherwise; it is given the step as it was before."""


@dataclass(frozen=True, eq=False)
class Setup:
    """What an exercise gives to the passes; `weights[k - 1]` and `biases[k - 1]` are of layer k."""

    weights: tuple[Array, ...]
    biases: tuple[Array | None, ...]
    activations: tuple[Activation, ...]
    x: Array
    target: Array
    loss: Loss
    rate: float
    update: Update
    rules: Mapping[str, Rule]

    @classmethod
    def of(cls, exercise: Exercise) -> Setup:
        """Return the setup of an exercise."""
        fwd, layers = exercise.forward(), exercise.network.layers
        update = Update(exercise.held, exercise.tied, exercise.momentum, exercise.weight_decay)
        return cls(
            tuple(layer.weights for layer in layers),
            tuple(layer.bias for layer in layers),
            tuple(layer.activation for layer in layers),
            fwd.x,
            check_target(fwd, exercise.target, exercise.loss_function),
            exercise.loss_function,
            exercise.learning_rate,
            update,
            update.rules(exercise.network),
        )

    @property
    def depth(self) -> int:
        """How many layers there are."""
        return len(self.weights)

    @property
    def fused(self) -> Fused | None:
        """The loss joined to the last activation, where they belong together."""
        fused = self.loss.fused
        return fused if fused and fused.activation == self.activations[-1].name else None


class Desk:
    """What a step works from: the setup, and what earlier steps made."""

    setup: Setup

    def get(self, step: str, k: int = 0) -> Array:
        """Return the array of a step, which whatever follows goes on with."""
        raise NotImplementedError

    def input(self, k: int) -> Array:
        """Return what comes into layer k."""
        return self.setup.x if k == 1 else self.get("a", k - 1)

    @property
    def last(self) -> int:
        """The last layer."""
        return self.setup.depth

    @property
    def on_paper(self) -> bool:
        """Whether blame is worked out from the activations themselves, as on paper.

        So go the slopes of `SLOPE_OF_A`, and a loss that is fused to the last activation.
        """
        return False
