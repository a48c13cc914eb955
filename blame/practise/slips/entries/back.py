"""Slips between the layers on the way back."""

from __future__ import annotations

import numpy as np

from blame.arrays import Array, product
from blame.practise.slips.desk import Desk, Setup, Step
from blame.practise.slips.entries.where import HIDDEN, in_hidden
from blame.practise.slips.slip import Slip
from blame.practise.slips.steps import transposed


def _not_transposed(work: Desk, k: int, go: Step) -> Array:
    weights = work.setup.weights[k]
    if weights.shape[-2] != weights.shape[-1]:
        return go(work, k)
    return product(work.get("delta", k + 1), weights)


def _own_weights(work: Desk, k: int, go: Step) -> Array:
    """Go back through the weights that lead into the layer, not those that lead out of it."""
    mine, next_ = work.setup.weights[k - 1], work.setup.weights[k]
    if mine.shape != next_.shape:
        return go(work, k)
    return product(work.get("delta", k + 1), transposed(mine))


def _no_weights(work: Desk, k: int, go: Step) -> Array:
    handed = work.get("delta", k + 1).sum(-1, keepdims=True)
    return np.repeat(handed, work.setup.weights[k].shape[-2], -1)


def _paths(work: Desk, k: int) -> Array:
    """Return what each neuron of the next layer hands back, (..., n_samples, width, next width)."""
    return work.get("delta", k + 1)[..., None, :] * work.setup.weights[k][..., None, :, :]


def _strongest(work: Desk, k: int, go: Step) -> Array:
    paths = _paths(work, k)
    where = np.abs(paths).argmax(-1)[..., None]
    found: Array = np.take_along_axis(paths, where, -1)[..., 0]
    return found


def _first(work: Desk, k: int, go: Step) -> Array:
    return _paths(work, k)[..., 0]


def _activations(work: Desk, k: int, go: Step) -> Array:
    return work.get("delta", k + 1).sum(-1, keepdims=True) * work.get("a", k)


def _updated(work: Desk, k: int, go: Step) -> Array:
    return product(work.get("delta", k + 1), transposed(work.get("new_W", k + 1)))


def _wide(setup: Setup) -> bool:
    return any(weights.shape[-1] > 1 for weights in setup.weights[1:])


_BACK = "d_a[i] = Σ W[i, j] × d_z[j]"

BACK = (
    Slip(
        "updated_weights",
        "the layer before is blamed through weights that have already been updated",
        "all blame belongs to the weights of before the update",
        {"upstream": in_hidden(_updated)},
        "d_a[i] = Σ new W[i, j] × d_z[j]",
        _BACK,
        HIDDEN.fits,
    ),
    Slip(
        "not_transposed",
        "blame goes back through W where it should go through W transposed",
        "it returns along the weight it came by",
        {"upstream": in_hidden(_not_transposed)},
        "d_a[i] = Σ W[j, i] × d_z[j]",
        _BACK,
        HIDDEN.fits,
    ),
    Slip(
        "own_weights",
        "blame goes back through the weights of the layer itself",
        "it comes to a layer through the weights of the next",
        {"upstream": in_hidden(_own_weights)},
        "d_a[i] = Σ own W[i, j] × d_z[j]",
        _BACK,
        HIDDEN.fits,
    ),
    Slip(
        "no_weights_back",
        "the weights along the way back are left out",
        "a neuron is blamed through the weight it was heard by",
        {"upstream": in_hidden(_no_weights)},
        "d_a[i] = Σ d_z[j]",
        _BACK,
        HIDDEN.fits,
    ),
    Slip(
        "strongest_path",
        "only the strongest path back is followed",
        "the blame of all paths adds up",
        {"upstream": in_hidden(_strongest)},
        "d_a[i] = the largest W[i, j] × d_z[j]",
        _BACK,
        _wide,
    ),
    Slip(
        "first_path",
        "only the path through the first neuron of the next layer is followed",
        "the blame of all paths adds up",
        {"upstream": in_hidden(_first)},
        "d_a[i] = W[i, 0] × d_z[0]",
        _BACK,
        _wide,
    ),
    Slip(
        "activation_for_weight",
        "blame goes back times the activation, not times the weight",
        "the activation belongs to the weight's own blame",
        {"upstream": in_hidden(_activations)},
        "d_a[i] = a[i] × Σ d_z[j]",
        _BACK,
        HIDDEN.fits,
    ),
)
