"""Slips at the gradients of weights and biases."""

from __future__ import annotations

import numpy as np

from blame.arrays import Array, product
from blame.practise.slips.desk import Desk, Setup, Step
from blame.practise.slips.entries.where import HIDDEN, doubled
from blame.practise.slips.slip import Slip
from blame.practise.slips.steps import transposed


def _delta_forgotten(work: Desk, k: int, go: Step) -> Array:
    handed = work.get("delta", k).sum(-2, keepdims=True)
    return np.repeat(handed, work.setup.weights[k - 1].shape[-2], -2)


def _z_for_input(work: Desk, k: int, go: Step) -> Array:
    if k == 1:
        return go(work, k)
    return product(transposed(work.get("z", k - 1)), work.get("delta", k))


def _own_activation(work: Desk, k: int, go: Step) -> Array:
    own, inputs = work.get("a", k), work.input(k)
    return (
        product(transposed(own), work.get("delta", k))
        if own.shape[-1] == inputs.shape[-1]
        else go(work, k)
    )


def _input_after_update(work: Desk, k: int, go: Step) -> Array:
    inputs = work.setup.x
    for j in range(1, k):
        z = product(inputs, work.get("new_W", j))
        if work.setup.biases[j - 1] is not None:
            z = z + work.get("new_b", j)[..., None, :]
        inputs = work.setup.activations[j - 1].value(z)
    return product(transposed(inputs), work.get("delta", k))


def _columns_for_rows(work: Desk, k: int, go: Step) -> Array:
    found = go(work, k)
    return transposed(found) if found.shape[-2] == found.shape[-1] else found


def _last_sample(kind: str) -> Step:
    def weights(work: Desk, k: int) -> Array:
        return product(transposed(work.input(k)[..., -1:, :]), work.get("delta", k)[..., -1:, :])

    def bias(work: Desk, k: int) -> Array:
        return work.get("delta", k)[..., -1, :]

    return weights if kind == "W" else bias


def _averaged(work: Desk, k: int, go: Step) -> Array:
    return go(work, k) / len(work.setup.x)


def _zero(work: Desk, k: int, go: Step) -> Array:
    return np.zeros_like(go(work, k))


def _times_bias(work: Desk, k: int, go: Step) -> Array:
    bias = work.setup.biases[k - 1]
    return go(work, k) if bias is None else go(work, k) * bias


def _times_weight(work: Desk, k: int, go: Step) -> Array:
    return work.setup.weights[k - 1] * work.get("delta", k).sum(-2, keepdims=True)


def _several(setup: Setup) -> bool:
    return len(setup.x) > 1


_WEIGHT = "dW[i, j] = a[i] × d_z[j]"

GRADIENTS = (
    Slip(
        "input_forgotten",
        "what came through a weight is left out of its gradient",
        "a weight is blamed by what came through it times the blame behind it",
        {"dW": _delta_forgotten},
        "dW[i, j] = d_z[j]",
        _WEIGHT,
    ),
    Slip(
        "z_for_input",
        "a weight is blamed by the sum of the neuron before it, not by its activation",
        "what came through the weight is the activation",
        {"dW": _z_for_input},
        "dW[i, j] = z[i] × d_z[j]",
        _WEIGHT,
        HIDDEN.fits,
    ),
    Slip(
        "own_activation",
        "a weight is blamed by the activation of its own layer",
        "what came through it is the activation of the layer before",
        {"dW": _own_activation},
        "dW[i, j] = own a[i] × d_z[j]",
        _WEIGHT,
    ),
    Slip(
        "input_after_update",
        "the input of a layer is taken after the layers before it were updated",
        "all blame belongs to the pass of before the update",
        {"dW": _input_after_update},
        "dW[i, j] = new a[i] × d_z[j]",
        _WEIGHT,
        HIDDEN.fits,
        alone=True,
    ),
    Slip(
        "gradient_transposed",
        "the weight gradients have rows and columns the other way round",
        "here dW[i, j] belongs to the weight from i to j",
        {"dW": _columns_for_rows},
        "dW[i, j] = a[j] × d_z[i]",
        _WEIGHT,
    ),
    Slip(
        "weight_for_input",
        "the gradient of a weight is made from the weight itself",
        "it is what came through the weight times the blame behind it",
        {"dW": _times_weight},
        "dW[i, j] = W[i, j] × d_z[j]",
        _WEIGHT,
    ),
    Slip(
        "last_sample",
        "each sample's gradient replaces the one before",
        "the gradients of all samples add up",
        {
            "dW": lambda work, k, go: _last_sample("W")(work, k),
            "db": lambda work, k, go: _last_sample("b")(work, k),
        },
        "dW = that of the last sample",
        "dW = Σ over the samples",
        _several,
    ),
    Slip(
        "gradients_averaged",
        "the gradients of the parameters are divided by the number of samples",
        "the loss says itself whether it is a mean, and the gradient is its slope",
        {"dW": _averaged, "db": _averaged},
        "dW = Σ … / n",
        "dW = Σ …",
        _several,
    ),
    Slip(
        "gradients_accumulated",
        "a gradient is added to the one of before, without setting it to 0",
        "each step has its own gradient",
        {"dW": doubled, "db": doubled},
        "dW = dW of before + dW",
        "dW = dW",
    ),
    Slip(
        "bias_gradient_forgotten",
        "the gradient of the bias is taken as 0",
        "a bias is blamed too, by the blame at z",
        {"db": _zero},
        "db = 0",
        "db = d_z",
    ),
    Slip(
        "bias_in_its_gradient",
        "the gradient of a bias is multiplied by the bias",
        "what comes through a bias is 1",
        {"db": _times_bias},
        "db = b × d_z",
        "db = d_z",
    ),
)
