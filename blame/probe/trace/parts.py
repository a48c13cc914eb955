"""What each sample, and each output, gives to the loss and to the gradients."""

from __future__ import annotations

import numpy as np

from blame.arrays import Array, read_only
from blame.backward import BackwardPass
from blame.refusals import refuse_unless


def loss_parts(passes: BackwardPass) -> Array:
    """Return what each entry of the prediction gives to the loss, (n_samples, n_out).

    The parts sum to the loss; where it is a mean, the one n-th is in them.

    Parameters
    ----------
    passes : the backward pass of a single network.

    Raises
    ------
    ValueError
        If the pass is that of a stack.
    """
    refuse_unless("parts of the loss", passes, samples=None, instead="pick one network first")
    loss, ahead = passes.loss_function, passes.forward_pass
    rows, columns = ahead.prediction.shape
    last = ahead.network.layers[-1].activation
    fused = loss.fused is not None and loss.fused.activation == last.name
    whole = fused and last.joint is not None
    at = ahead.z[-1] if fused else ahead.prediction
    value = loss.fused.value if fused and loss.fused else loss.value
    parts = np.empty((rows, columns))
    for i in range(rows):
        for j in range(columns):
            # The value of one entry alone: a mean over one is that one.
            if whole:
                # What works on all z of a layer needs them all; the other targets count nothing.
                target = np.where(np.arange(columns) == j, passes.target[i], 0.0)[None]
                parts[i, j] = value(at[i : i + 1], target)
            else:
                entry = np.s_[i : i + 1, j : j + 1]
                parts[i, j] = value(at[entry], passes.target[entry])
    return read_only(parts / loss.shares(rows, columns))


def gradient_parts(passes: BackwardPass) -> dict[str, Array]:
    """Return what each sample gives to each parameter's gradient, by the parameter's name.

    W1 is (n_samples, n_in, n_out) and b1 (n_samples, n_out); over the samples they sum to the
    gradients. A layer without a bias has no part of one.

    Parameters
    ----------
    passes : the backward pass of a single network.

    Raises
    ------
    ValueError
        If the pass is that of a stack.
    """
    refuse_unless("parts of gradients", passes, samples=None, instead="pick one network first")
    ahead = passes.forward_pass
    found: dict[str, Array] = {}
    inputs = ahead.x
    rows = zip(ahead.network.layers, passes.deltas, ahead.a, strict=True)
    for k, (layer, delta, a) in enumerate(rows, start=1):
        found[f"W{k}"] = read_only(inputs[:, :, None] * delta[:, None, :])
        if layer.bias is not None:
            found[f"b{k}"] = delta
        inputs = a
    return found
