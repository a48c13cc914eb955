"""Slips at the loss and at its slope: one half, 2, sum and mean, the sign, the shortcut."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np

from blame.arrays import Array, entry_sum
from blame.practise.slips.entries.where import at_output, doubled, halved, turned
from blame.practise.slips.slip import Slip
from blame.practise.slips.work import Change, Desk, Setup, Step

_SLOPE = ("upstream", "delta")


def _at_slope(change: Change) -> Mapping[str, Change]:
    """Return a change of the slope of the loss, wherever the way back begins with it.

    A loss that is fused to the last activation gives the blame at z without that at the output.
    """

    def upstream(work: Desk, k: int, go: Step) -> Array:
        return change(work, k, go)

    def delta(work: Desk, k: int, go: Step) -> Array:
        return change(work, k, go) if work.setup.fused else go(work, k)

    return {"upstream": at_output(upstream), "delta": at_output(delta)}


def _in_loss(change: Change) -> Mapping[str, Change]:
    return {"loss": change}


def _in_both(change: Change) -> Mapping[str, Change]:
    return {"loss": change, **_at_slope(change)}


def _factor(of: Callable[[Setup], float]) -> Change:
    return lambda work, k, go: go(work, k) * of(work.setup)


def _samples(setup: Setup) -> int:
    return setup.target.shape[-2]


def _outputs(setup: Setup) -> int:
    return setup.target.shape[-1]


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


_WHERE: tuple[tuple[str, str, Callable[[Change], Mapping[str, Change]]], ...] = (
    ("", "the loss and its slope", _in_both),
    ("_in_slope", "the slope of the loss", _at_slope),
    ("_in_loss", "the loss alone", _in_loss),
)
_SHARES: tuple[tuple[str, str, Callable[[Setup], float], Callable[[Setup], bool]], ...] = (
    (
        "samples",
        "samples",
        _samples,
        lambda setup: _samples(setup) > 1,
    ),
    (
        "outputs",
        "outputs",
        _outputs,
        lambda setup: _outputs(setup) > 1,
    ),
    (
        "both",
        "samples and outputs",
        lambda setup: _samples(setup) * _outputs(setup),
        lambda setup: _samples(setup) > 1 and _outputs(setup) > 1,
    ),
)


def _sum(key: str, fits: Callable[[Setup], bool]) -> Callable[[Setup], bool]:
    """Return whether a loss is the mean over these, and so somebody may take the sum."""
    over: Callable[[Setup], bool] = {
        "samples": lambda setup: bool(setup.loss.averages),
        "outputs": lambda setup: "outputs" in setup.loss.averages,
        "both": lambda setup: "outputs" in setup.loss.averages,
    }[key]
    return lambda setup: fits(setup) and over(setup)


def _mean(key: str, fits: Callable[[Setup], bool]) -> Callable[[Setup], bool]:
    """Return whether a loss is the sum over these, and so somebody may take the mean."""
    over: Callable[[Setup], bool] = {
        "samples": lambda setup: not setup.loss.averages,
        "outputs": lambda setup: "outputs" not in setup.loss.averages,
        "both": lambda setup: not setup.loss.averages,
    }[key]
    return lambda setup: fits(setup) and over(setup)


LOSSES = (
    *(
        Slip(
            f"half{key}",
            f"{words} is taken with one half" if key else f"{words} are taken with one half",
            "here the loss is of whole squares, and their slope is 2 × (y_pred - y_true)",
            place(halved),
            "(y_pred - y_true)",
            "2 × (y_pred - y_true)",
            _mean_of_squares,
        )
        for key, words, place in _WHERE
    ),
    *(
        Slip(
            f"no_half{key}",
            f"one half is left out of {words}",
            "here the loss is one half of the squares, and the 2 of their slope cancels it",
            place(doubled),
            "2 × (y_pred - y_true)",
            "(y_pred - y_true)",
            _half_of_squares,
        )
        for key, words, place in _WHERE
    ),
    *(
        Slip(
            f"sum_over_{share}{key}",
            f"{words} sum over the {over}" if not key else f"{words} sums over the {over}",
            "here the loss is their mean",
            place(_factor(count)),
            "Σ …",
            "Σ … / n",
            _sum(share, fits),
        )
        for share, over, count, fits in _SHARES
        for key, words, place in _WHERE
    ),
    *(
        Slip(
            f"mean_over_{share}{key}",
            f"{words} are the mean over the {over}"
            if not key
            else f"{words} is the mean over the {over}",
            "here the loss is their sum",
            place(_factor(lambda setup, count=count: 1 / count(setup))),  # type: ignore[misc]
            "Σ … / n",
            "Σ …",
            _mean(share, fits),
        )
        for share, over, count, fits in _SHARES
        for key, words, place in _WHERE
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
        _at_slope(turned),
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
