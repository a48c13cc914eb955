"""Slips at the loss and at its slope: one half, 2, the sign, the shortcut."""

from __future__ import annotations

import numpy as np

from blame.arrays import Array, entry_sum
from blame.practise.slips.desk import Desk, Setup, Step
from blame.practise.slips.entries.at_loss import AT_LOSS, at_slope
from blame.practise.slips.entries.where import at_output, doubled, halved, turned
from blame.practise.slips.slip import Slip


def _mean_of_squares(setup: Setup) -> bool:
    return setup.loss.quadratic and setup.loss.name != "half_sse"


def _half_of_squares(setup: Setup) -> bool:
    return setup.loss.name == "half_sse"


def _error(work: Desk, k: int, go: Step) -> Array:
    off = np.abs(work.get("a", work.last) - work.setup.target)
    return np.asarray(entry_sum(off) / work.setup.loss.shares(*off.shape[-2:]))


def _difference(work: Desk, k: int, go: Step) -> Array:
    off: Array = work.get("a", k) - work.setup.target
    return off / work.setup.loss.shares(*off.shape[-2:])


def _one(work: Desk, k: int, go: Step) -> Array:
    return np.ones_like(go(work, k))


def _slope_on_top(work: Desk, k: int, go: Step) -> Array:
    return go(work, k) * work.get("slope", k) if work.setup.fused else go(work, k)


def _diagonal(work: Desk, k: int, go: Step) -> Array:
    if work.setup.activations[-1].joint is None:
        return go(work, k)
    return work.get("upstream", k) * work.get("slope", k)


def _shortcut(work: Desk, k: int, go: Step) -> Array:
    if work.setup.fused or work.setup.activations[-1].name == "identity":
        return go(work, k)
    return _difference(work, k, go)


def _right_class_alone(work: Desk, k: int, go: Step) -> Array:
    return np.where(work.setup.target > 0, go(work, k), 0.0)


def _has_target(setup: Setup) -> bool:
    return setup.loss.asks_target


def _has_fused(setup: Setup) -> bool:
    return setup.fused is not None


def _is_cross_entropy(setup: Setup) -> bool:
    return setup.loss.domain == (0.0, 1.0)


_ERROR, _TWICE_ERROR = "d_loss_y = (y_pred - y_true) / n", "d_loss_y = 2 × (y_pred - y_true) / n"
_SUM, _HALF_OF_SUM = "loss = Σ (y_pred - y_true)² / n", "loss = 1/2 × Σ (y_pred - y_true)² / n"

LOSSES = (
    *(
        Slip(
            f"half{key}",
            f"{words} is taken with one half" if key else f"{words} are taken with one half",
            "here the loss is of whole squares, and their slope is 2 × (y_pred - y_true)",
            place(halved),
            (_HALF_OF_SUM if key == "_in_loss" else _ERROR),
            (_SUM if key == "_in_loss" else _TWICE_ERROR),
            _mean_of_squares,
        )
        for key, words, place in AT_LOSS
    ),
    *(
        Slip(
            f"no_half{key}",
            f"one half is left out of {words}",
            "here the loss is one half of the squares, and the 2 of their slope cancels it",
            place(doubled),
            (_SUM if key == "_in_loss" else _TWICE_ERROR),
            (_HALF_OF_SUM if key == "_in_loss" else _ERROR),
            _half_of_squares,
        )
        for key, words, place in AT_LOSS
    ),
    Slip(
        "error_for_loss",
        "the error is taken for the loss",
        "this loss is made of the error, not equal to it",
        {"loss": _error},
        "loss = |y_pred - y_true|",
        "loss = (y_pred - y_true)²",
        lambda setup: setup.loss.quadratic,
    ),
    Slip(
        "sign_turned",
        "the way back begins with y_true - y_pred",
        "blame is the slope of the loss, which goes up with y_pred - y_true",
        at_slope(turned),
        "y_true - y_pred",
        "y_pred - y_true",
        _has_target,
    ),
    Slip(
        "loss_turned",
        "the minus before the logarithms is left out",
        "a logarithm of a share is below 0, and the minus makes a loss of it",
        {"loss": turned},
        "loss = Σ ln y_pred",
        "loss = -Σ ln y_pred",
        _is_cross_entropy,
    ),
    Slip(
        "prediction_for_loss",
        "the way back begins with 1 at the output",
        "that is the slope of the prediction; blame begins with the slope of the loss",
        {
            "upstream": at_output(_one),
            "delta": at_output(
                lambda work, k, go: work.setup.activations[-1].delta(
                    work.get("z", k), work.get("upstream", k), work.get("slope", k)
                )
            ),
        },
        "d_loss_y = 1",
        "d_loss_y = dloss / dy_pred",
        _has_target,
    ),
    Slip(
        "error_for_slope",
        "y_pred - y_true is taken for the slope of the cross-entropy",
        "that is already the blame at z, the slope at the prediction is another",
        {
            "upstream": at_output(_difference),
            "delta": at_output(
                lambda work, k, go: work.setup.activations[-1].delta(
                    work.get("z", k), work.get("upstream", k), work.get("slope", k)
                )
            ),
        },
        "d_loss_y = y_pred - y_true",
        "d_loss_y = (1 - y_true) / (1 - y_pred) - y_true / y_pred",
        _is_cross_entropy,
    ),
    Slip(
        "slope_on_top",
        "y_pred - y_true is multiplied by the slope of the activation once more",
        "with this loss y_pred - y_true is already the blame at z",
        {"delta": at_output(_slope_on_top)},
        "d_z = (y_pred - y_true) × f'(z)",
        "d_z = y_pred - y_true",
        _has_fused,
    ),
    Slip(
        "shortcut",
        "y_pred - y_true is taken for the blame at z of the output",
        "that holds for the cross-entropy that belongs to the activation, not for this loss",
        {"delta": at_output(_shortcut)},
        "d_z = y_pred - y_true",
        "d_z = d_loss_y × f'(z)",
        _has_target,
    ),
    Slip(
        "softmax_diagonal",
        "each share of softmax is taken to depend on its own z alone",
        "every share depends on every z, so the whole Jacobian counts",
        {"delta": at_output(_diagonal)},
        "d_z[j] = d_loss_y[j] × p[j] × (1 - p[j])",
        "d_z[j] = p[j] - y_true[j]",
        lambda setup: setup.activations[-1].joint is not None,
    ),
    Slip(
        "right_class_alone",
        "only the output that should be 1 is blamed",
        "every share takes part, and where the target is 0 the blame at z is the share itself",
        {"delta": at_output(_right_class_alone)},
        "d_z[j] = 0 where y_true[j] = 0",
        "d_z[j] = p[j] - y_true[j]",
        lambda setup: setup.activations[-1].joint is not None and _has_target(setup),
    ),
)
