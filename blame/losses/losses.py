"""The functions that say how wrong a prediction is, each with its gradient."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from blame.arrays import Array, entry_sum
from blame.losses import cross_entropies as entropy
from blame.losses.loss import Fused, Loss, LossFunction


def _entry_mean(of_sum: LossFunction) -> LossFunction:
    """Return the mean over samples and outputs, of a sum or of its gradient."""
    return lambda at, target: of_sum(at, target) / (at.shape[-1] * at.shape[-2])


def _sample_mean(of_sum: LossFunction) -> LossFunction:
    """Return the mean over samples, of a sum or of its gradient."""
    return lambda at, target: of_sum(at, target) / at.shape[-2]


def _as_it_is(of_sum: LossFunction) -> LossFunction:
    return of_sum


def _sse(prediction: Array, target: Array) -> Array:
    return entry_sum((prediction - target) ** 2)


def _sse_gradient(prediction: Array, target: Array) -> Array:
    return 2 * (prediction - target)


def _half_sse(prediction: Array, target: Array) -> Array:
    return entry_sum((prediction - target) ** 2) / 2


def _half_sse_gradient(prediction: Array, target: Array) -> Array:
    return prediction - target


def _output(prediction: Array, target: Array) -> Array:
    return np.broadcast_to(entry_sum(prediction), _stack(prediction, target)).copy()


def _output_gradient(prediction: Array, target: Array) -> Array:
    return np.ones((*_stack(prediction, target), *prediction.shape[-2:]), prediction.dtype)


def _stack(prediction: Array, target: Array) -> tuple[int, ...]:
    return np.broadcast_shapes(prediction.shape[:-2], target.shape[:-2])


def _bce(name: str, latex: str, share: Callable[[LossFunction], LossFunction]) -> Loss:
    return Loss(
        name,
        share(entropy.binary),
        share(entropy.binary_gradient),
        latex + r"\,\bigl(y \ln \hat y + (1 - y) \ln (1 - \hat y)\bigr)",
        domain=(0.0, 1.0),
        fused=Fused(
            "sigmoid",
            share(entropy.binary_at_z),
            share(entropy.binary_gradient_at_z),
            share(entropy.binary_delta_at_z),
            slope="y - t",
        ),
        each="-(t * log(y) + (1 - t) * log(1 - y))",
        slope="(1 - t) / (1 - y) - t / y",
        averages="" if share is _as_it_is else "samples and outputs",
        title=f"binary cross-entropy, {'sum' if share is _as_it_is else 'mean'}",
    )


def _cross_entropy(name: str, latex: str, share: Callable[[LossFunction], LossFunction]) -> Loss:
    return Loss(
        name,
        share(entropy.categorical),
        share(entropy.categorical_gradient),
        latex + r" y \ln \hat y",
        domain=(0.0, 1.0),
        fused=Fused(
            "softmax",
            share(entropy.categorical_at_z),
            share(entropy.categorical_gradient_at_z),
            share(entropy.categorical_delta_at_z),
            slope="y - t",
            slope_of_any="y * s - t",
        ),
        each="-(t * log(y))",
        slope="-(t / y)",
        averages="" if share is _as_it_is else "samples",
        title=f"cross-entropy, {'sum' if share is _as_it_is else 'mean over the samples'}",
        takes_classes=True,
    )


LOSSES: dict[str, Loss] = {
    loss.name: loss
    for loss in (
        Loss(
            "mse",
            _entry_mean(_sse),
            _entry_mean(_sse_gradient),
            r"\text{mean}\,(\hat y - y)^2",
            each="(y - t)**2",
            slope="2 * (y - t)",
            of_difference=True,
            quadratic=True,
            title="mean of the squared errors",
        ),
        Loss(
            "half_sse",
            _half_sse,
            _half_sse_gradient,
            r"\tfrac12 \sum (\hat y - y)^2",
            each="(y - t)**2 / 2",
            slope="y - t",
            averages="",
            of_difference=True,
            quadratic=True,
            title="one half of the sum of the squared errors",
        ),
        Loss(
            "sse",
            _sse,
            _sse_gradient,
            r"\sum (\hat y - y)^2",
            each="(y - t)**2",
            slope="2 * (y - t)",
            averages="",
            of_difference=True,
            quadratic=True,
            title="sum of the squared errors",
        ),
        _bce("bce", r"-\text{mean}", _entry_mean),
        _bce("bce_sum", r"-\sum", _as_it_is),
        _cross_entropy(
            "cross_entropy", r"-\text{mean}_{\text{samples}} \sum_{\text{outputs}}", _sample_mean
        ),
        _cross_entropy("cross_entropy_sum", r"-\sum", _as_it_is),
        Loss(
            "output",
            _output,
            _output_gradient,
            r"\sum \hat y",
            each="y",
            slope="1",
            averages="",
            asks_target=False,
            title="no loss: the output itself",
        ),
    )
}
"""Every loss by name. A new one is one entry here.

mse is the mean over samples and outputs of the squared error, with no one half; sse is its sum and
half_sse one half of that. bce and bce_sum are mean and sum of the binary cross-entropy in nats.
cross_entropy_sum is the sum of -t ln p, cross_entropy its mean over the samples. output is no loss:
its value is the sum of the outputs, so that blame is the slope of the output itself.
"""


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
