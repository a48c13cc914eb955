"""What a loss is: its value, its gradient, both on paper, and where it is defined."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

import numpy as np

from blame.arrays import Array

LossFunction = Callable[[Array, Array], Array]
Averages = Literal["samples and outputs", "samples", ""]
"""What a loss is the mean over; a sum says nothing."""


@dataclass(frozen=True)
class Fused:
    """A loss joined to the activation whose inverse it contains, as functions of z.

    Working on the prediction loses digits that the pre-activation still has. Each function takes
    z in place of the prediction; `gradient` is dL/da and `delta` is dL/dz. `slope` is what one
    entry's share of that delta comes to on paper, of the prediction y and the target t. Where that
    holds for targets that sum to 1 only, `slope_of_any` says it also of their sum s.
    """

    activation: str
    value: LossFunction
    gradient: LossFunction
    delta: LossFunction
    slope: str = ""
    slope_of_any: str = ""


@dataclass(frozen=True)
class Loss:
    """One loss: its value per stack member and its gradient at the prediction.

    `value(prediction, target)` maps (..., n_samples, n_out) to (...);
    `gradient(prediction, target)` keeps the shape of the prediction.

    `domain` is where predictions and targets must lie. `each` and `slope` say what one entry gives
    to the loss and its slope, of the prediction y and the target t, as `blame.formula` reads it;
    the loss is the mean of that over what `averages` names, the sum over all else.

    `asks_target` is False where there is nothing to compare with, and `takes_classes` True where
    the number of the right output may stand for a target of 1 there and 0 elsewhere.

    What knows only some losses asks the last two: `of_difference` is True where the loss depends
    on prediction - target alone, so that the target's blame is minus the prediction's;
    `quadratic` where it is a parabola in the prediction.
    """

    name: str
    value: LossFunction
    gradient: LossFunction
    latex: str
    domain: tuple[float, float] = (-np.inf, np.inf)
    fused: Fused | None = None
    each: str = ""
    slope: str = ""
    averages: Averages = "samples and outputs"
    asks_target: bool = True
    takes_classes: bool = False
    of_difference: bool = False
    quadratic: bool = False
    title: str = ""
    """What it is called in words, one half and sum or mean included; its name if there is none."""

    def shares(self, n_samples: int, n_outputs: int) -> int:
        """Return what the sum over all entries is divided by: how many the mean is over."""
        return _SHARES[self.averages](n_samples, n_outputs)


_SHARES: dict[Averages, Callable[[int, int], int]] = {
    "samples and outputs": lambda n_samples, n_outputs: n_samples * n_outputs,
    "samples": lambda n_samples, n_outputs: n_samples,
    "": lambda n_samples, n_outputs: 1,
}


def check_domain(loss: Loss, name: str, values: Array) -> None:
    """Raise a ValueError if `values` holds a number the loss is not defined for."""
    low, high = loss.domain
    outside = (values < low) | (values > high)
    if outside.any():
        raise ValueError(
            f"{loss.name} needs every {name} between {low:g} and {high:g}, "
            f"got {values[outside].flat[0]:g}"
            + (f"; end the network with {loss.fused.activation}" if loss.fused else "")
        )
