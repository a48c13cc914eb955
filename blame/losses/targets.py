"""What a prediction is compared with: rows of numbers, the numbers of classes, or nothing."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from blame.arrays import Array, read_only, sample_rows
from blame.forward import ForwardPass
from blame.losses.loss import Loss, check_domain


def check_target(forward_pass: ForwardPass, target: ArrayLike | None, loss: Loss) -> Array:
    """Return the target as (..., n_samples, n_out), or raise a ValueError that says what is off.

    Parameters
    ----------
    target : (n_out,) or (n_samples, n_out), or with leading axes that broadcast. For a loss that
        takes classes also a whole number, or (n_samples,) of them, one a sample: 1 at that output
        and 0 elsewhere. None for a loss that asks for no target, which then is zeros.
    """
    prediction = forward_pass.prediction
    n_samples, n_out = prediction.shape[-2:]
    if target is None:
        if loss.asks_target:
            raise ValueError(
                f"{loss.name} compares the prediction with a target: give ({n_out},) or "
                f"({n_samples}, {n_out}) numbers, got None"
            )
        return read_only(np.zeros((n_samples, n_out), prediction.dtype))
    if loss.takes_classes and (classes := _classes(target, n_samples)) is not None:
        wanted = _one_hot(classes, n_out, prediction.dtype)
    else:
        wanted = sample_rows("target", target, n_out, prediction.dtype)
    if wanted.shape[-2] != n_samples:
        raise ValueError(
            f"target has {wanted.shape[-2]} samples but x has {n_samples}; "
            "give one row of targets for each row of x"
        )
    try:
        np.broadcast_shapes(prediction.shape[:-2], wanted.shape[:-2])
    except ValueError:
        raise ValueError(
            f"the leading axes of target {wanted.shape[:-2]} do not broadcast with those of the "
            f"prediction {prediction.shape[:-2]}"
        ) from None
    check_domain(loss, "target", wanted)
    return wanted


def _classes(target: ArrayLike, n_samples: int) -> np.ndarray[tuple[int], np.dtype[np.intp]] | None:
    """Return the classes that a target names, or None where it is rows of numbers.

    With one sample a row of whole numbers is the sample's targets, not a class.
    """
    try:
        given = np.asarray(target)
    except ValueError:
        return None
    if given.dtype.kind not in "iu" or given.ndim > 1 or (given.ndim == 1 and n_samples == 1):
        return None
    if given.size != n_samples:
        raise ValueError(
            f"target names {given.size} classes but x has {n_samples} samples; "
            "give one class for each row of x"
        )
    return given.reshape(n_samples).astype(np.intp)


def _one_hot(
    classes: np.ndarray[tuple[int], np.dtype[np.intp]], n_out: int, dtype: np.dtype[np.float64]
) -> Array:
    wrong = classes[(classes < 0) | (classes >= n_out)]
    if wrong.size:
        raise ValueError(
            f"target must name a class from 0 to {n_out - 1}, one for each output, got {wrong[0]}"
        )
    return read_only(np.eye(n_out, dtype=dtype)[classes])
