"""The functions that say how wrong a prediction is, each with its gradient."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from blame.arrays import Array

LossFunction = Callable[[Array, Array], Array]


@dataclass(frozen=True)
class Fused:
    """A loss joined to the activation whose inverse it contains, as functions of z.

    Working on the prediction loses digits that the pre-activation still has. Each function takes
    z in place of the prediction; `gradient` is dL/da and `delta` is dL/dz. `slope` is what one
    entry's share of that delta comes to on paper, of the prediction y and the target t.
    """

    activation: str
    value: LossFunction
    gradient: LossFunction
    delta: LossFunction
    slope: str = ""


@dataclass(frozen=True)
class Loss:
    """One loss: its value per stack member and its gradient at the prediction.

    `value(prediction, target)` maps (..., n_samples, n_out) to (...);
    `gradient(prediction, target)` keeps the shape of the prediction.

    `domain` is where predictions and targets must lie. `each` and `slope` say what one entry gives
    to the loss and its slope, of the prediction y and the target t, as `blame.formula` reads it;
    the loss is the mean over all entries where `averages`, else their sum.

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
    averages: bool = True
    of_difference: bool = False
    quadratic: bool = False


def _flat(per_entry: Array) -> Array:
    """Join the sample and output axes, so that one contiguous sum runs over both."""
    return per_entry.reshape(*per_entry.shape[:-2], -1)


def _count(prediction: Array) -> int:
    return prediction.shape[-1] * prediction.shape[-2]


def _mse(prediction: Array, target: Array) -> Array:
    return np.add.reduce(_flat((prediction - target) ** 2), -1) / _count(prediction)


def _mse_gradient(prediction: Array, target: Array) -> Array:
    return 2 * (prediction - target) / _count(prediction)


def _half_sse(prediction: Array, target: Array) -> Array:
    return np.add.reduce(_flat((prediction - target) ** 2), -1) / 2


def _half_sse_gradient(prediction: Array, target: Array) -> Array:
    return prediction - target


def _bce(prediction: Array, target: Array) -> Array:
    # 0 * log 0 counts as 0: the limit, and what a certain and right prediction costs.
    right = np.where(target == 0, 0, target * np.log(prediction))
    wrong = np.where(target == 1, 0, (1 - target) * np.log1p(-prediction))
    return np.add.reduce(_flat(-(right + wrong)), -1) / _count(prediction)


def _bce_gradient(prediction: Array, target: Array) -> Array:
    for_one = np.where(target == 0, 0, target / prediction)
    for_zero = np.where(target == 1, 0, (1 - target) / (1 - prediction))
    return (for_zero - for_one) / _count(prediction)


def _bce_at_z(z: Array, target: Array) -> Array:
    # -t log s(z) - (1 - t) log(1 - s(z)) = max(z, 0) - t z + log(1 + e^-|z|)
    per_entry = np.maximum(z, 0) - target * z + np.log1p(np.exp(-np.abs(z)))
    return np.add.reduce(_flat(per_entry), -1) / _count(z)


def _bce_gradient_at_z(z: Array, target: Array) -> Array:
    # 1 / s(z) = 1 + e^-z and 1 / (1 - s(z)) = 1 + e^z. An unused side is 0, not 0 * inf.
    for_one = np.where(target == 0, 0, target * (1 + np.exp(-z)))
    for_zero = np.where(target == 1, 0, (1 - target) * (1 + np.exp(z)))
    return (for_zero - for_one) / _count(z)


def _bce_delta_at_z(z: Array, target: Array) -> Array:
    # s(z) - t, written as (1 - t) s(z) - t s(-z): no cancellation where s(z) rounds to 1.
    small = np.exp(-np.abs(z))
    above = np.where(z >= 0, 1, small) / (1 + small)
    below = np.where(z >= 0, small, 1) / (1 + small)
    return ((1 - target) * above - target * below) / _count(z)


LOSSES: dict[str, Loss] = {
    loss.name: loss
    for loss in (
        Loss(
            "mse",
            _mse,
            _mse_gradient,
            r"\text{mean}\,(\hat y - y)^2",
            each="(y - t)**2",
            slope="2 * (y - t)",
            of_difference=True,
            quadratic=True,
        ),
        Loss(
            "half_sse",
            _half_sse,
            _half_sse_gradient,
            r"\tfrac12 \sum (\hat y - y)^2",
            each="(y - t)**2 / 2",
            slope="y - t",
            averages=False,
            of_difference=True,
            quadratic=True,
        ),
        Loss(
            "bce",
            _bce,
            _bce_gradient,
            r"-\text{mean}\,\bigl(y \ln \hat y + (1 - y) \ln (1 - \hat y)\bigr)",
            domain=(0.0, 1.0),
            fused=Fused("sigmoid", _bce_at_z, _bce_gradient_at_z, _bce_delta_at_z, slope="y - t"),
            each="-(t * log(y) + (1 - t) * log(1 - y))",
            slope="(1 - t) / (1 - y) - t / y",
        ),
    )
}
"""Every loss by name: mse is the mean over samples and outputs of the squared error, with no one
half; half_sse is one half of the sum; bce is the mean of the binary cross-entropy in nats. A new
one is one entry here."""


def find_loss(loss: str | Loss) -> Loss:
    """Return the registered loss of that name, or the loss itself.

    Raises
    ------
    ValueError
        If no loss has that name; the message lists those that exist.
    """
    if isinstance(loss, Loss):
        return loss
    if loss not in LOSSES:
        raise ValueError(f"unknown loss {loss!r}; choose from {', '.join(LOSSES)}")
    return LOSSES[loss]


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
