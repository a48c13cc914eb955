"""Slips on the way forward: the sums, their biases, and the activations."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from blame.activations import find_activation
from blame.arrays import Array, product
from blame.practise.slips.desk import Change, Desk, Setup, Step
from blame.practise.slips.entries.where import HIDDEN, PLACES, at_output, in_hidden, only
from blame.practise.slips.slip import Slip
from blame.practise.slips.steps import ON_PAPER, transposed


def _without_bias(work: Desk, k: int, go: Step) -> Array:
    return go(work, k) if work.setup.biases[k - 1] is None else _weighted(work, k)


def _bias_subtracted(work: Desk, k: int, go: Step) -> Array:
    bias = work.setup.biases[k - 1]
    return go(work, k) if bias is None else _weighted(work, k) - bias[..., None, :]


def _first_bias(work: Desk, k: int, go: Step) -> Array:
    bias = work.setup.biases[k - 1]
    return go(work, k) if bias is None else _weighted(work, k) + bias[..., None, :1]


def _rows_for_columns(work: Desk, k: int, go: Step) -> Array:
    weights, bias = work.setup.weights[k - 1], work.setup.biases[k - 1]
    if weights.shape[-2] != weights.shape[-1]:
        return go(work, k)
    weighted = product(work.input(k), transposed(weights))
    return weighted if bias is None else weighted + bias[..., None, :]


def _z_itself(work: Desk, k: int, go: Step) -> Array:
    return work.get("z", k)


def _sigmoid_of_z(work: Desk, k: int, go: Step) -> Array:
    return find_activation("sigmoid").value(work.get("z", k))


def _without_exp(work: Desk, k: int, go: Step) -> Array:
    z = work.get("z", k)
    return z / z.sum(-1, keepdims=True)


def _without_sum(work: Desk, k: int, go: Step) -> Array:
    return np.exp(work.get("z", k))


def _prediction(change: Change) -> Mapping[str, Change]:
    """Return a change of the prediction, which what follows goes by as it is."""
    follows = {step: at_output(_by_paper(of_paper)) for step, of_paper in ON_PAPER.items()}
    del follows["slope"]
    return {**follows, "a": at_output(change), "loss": _by_paper(ON_PAPER["loss"])}


def _by_paper(of_paper: Step) -> Change:
    return lambda work, k, go: of_paper(work, k)


def _weighted(work: Desk, k: int) -> Array:
    return product(work.input(k), work.setup.weights[k - 1])


def _ends_in_softmax(setup: Setup) -> bool:
    return setup.activations[-1].name == "softmax"


_SUM = "z[j] = Σ a[i] × W[i, j] + b[j]"

SUMS = (
    *(
        Slip(
            f"no_bias{place.key}",
            f"the bias is left out of the sums{place.words}",
            "each neuron adds its bias to its inputs times its weights",
            {"z": only(place, _without_bias)},
            "z[j] = Σ a[i] × W[i, j]",
            _SUM,
            place.fits,
        )
        for place in PLACES
    ),
    Slip(
        "bias_subtracted",
        "the bias is subtracted",
        "each neuron adds its bias",
        {"z": _bias_subtracted},
        "z[j] = Σ a[i] × W[i, j] - b[j]",
        _SUM,
    ),
    Slip(
        "first_bias_for_all",
        "every neuron of a layer takes the first one's bias",
        "each neuron has a bias of its own",
        {"z": _first_bias},
        "z[j] = Σ a[i] × W[i, j] + b[0]",
        _SUM,
    ),
    *(
        Slip(
            f"rows_for_columns{place.key}",
            f"the sums{place.words} take a row of W for a neuron",
            "here the weights of a neuron stand in its column, x @ W",
            {"z": only(place, _rows_for_columns)},
            "z[j] = Σ a[i] × W[j, i] + b[j]",
            _SUM,
            place.fits,
        )
        for place in PLACES
    ),
    Slip(
        "no_activation",
        "the activation is left out before the last layer",
        "each neuron hands on its activation, not its sum",
        {"a": in_hidden(_z_itself)},
        "a = z",
        "a = f(z)",
        HIDDEN.fits,
    ),
    Slip(
        "no_output_activation",
        "the activation is left out at the output",
        "the prediction is the activation of the last sum",
        _prediction(_z_itself),
        "y_pred = z",
        "y_pred = f(z)",
    ),
    Slip(
        "softmax_without_exp",
        "each z is divided by the sum of them",
        "softmax takes the exponential of each z first",
        _prediction(_without_exp),
        "y_pred[j] = z[j] / Σ z[i]",
        "y_pred[j] = exp(z[j]) / Σ exp(z[i])",
        _ends_in_softmax,
    ),
    Slip(
        "softmax_without_sum",
        "the exponentials of softmax are not divided by their sum",
        "they are shares, which add up to 1",
        _prediction(_without_sum),
        "y_pred[j] = exp(z[j])",
        "y_pred[j] = exp(z[j]) / Σ exp(z[i])",
        _ends_in_softmax,
    ),
    Slip(
        "sigmoid_for_softmax",
        "a sigmoid is taken of each output where softmax shares among all",
        "softmax divides each exponential by the sum of all",
        _prediction(_sigmoid_of_z),
        "y_pred[j] = 1 / (1 + exp(-z[j]))",
        "y_pred[j] = exp(z[j]) / Σ exp(z[i])",
        _ends_in_softmax,
    ),
)
