"""The curvature of the loss, and the largest learning rate it allows.

Found from differences of gradients: one stacked pass for every parameter of every network.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from blame.activations import Activation
from blame.arrays import Array, read_only
from blame.backward import backward
from blame.forward import ForwardPass, forward
from blame.losses import Loss, find_loss
from blame.losses.targets import check_target
from blame.network import Network
from blame.parameters import as_vector, biased, from_vector
from blame.runs.largest import largest_eigenvalue
from blame.training.updates import Update


def hessian(
    network: Network, x: ArrayLike, target: ArrayLike | None, loss: str | Loss = "mse"
) -> Array:
    """Return the second derivatives of the loss, S + (P, P), parameters in the order of names.

    Entry (p, q) is (dL/dq at p + h - dL/dq at p - h) / 2h, made symmetric. Kinks are held on their
    side: each activation that has some gives way to the parabola that touches the piece on which
    the network stands, with its slope and its curvature, which is all a second derivative asks.
    Where every piece is straight a prediction is a straight line in each single parameter, so
    with a squared loss every gradient is a parabola along it, and the quotient has no truncation
    error whatever h is. With other losses and activations h is small and the error is of the
    order h squared.

    Parameters
    ----------
    network : one network, or a stack of them with leading axes S.
    x, target, loss : as for `forward` and `backward`.

    Returns
    -------
    S + (P, P); infinities or NaN where a number is too large for the floats.

    Raises
    ------
    ValueError
        If an argument does not fit.

    References
    ----------
    Nocedal and Wright (2006), Numerical Optimization, section 8.1.
    """
    loss_function = find_loss(loss)
    start = forward(network, x)
    exact = loss_function.quadratic and all(layer.activation.straight for layer in network.layers)
    step = 1.0 if exact else float(np.finfo(network.dtype).eps ** (1 / 3))
    held = _held(start)
    wanted = check_target(start, target, loss_function)
    stack = np.broadcast_shapes(start.prediction.shape[:-2], wanted.shape[:-2])
    flat = as_vector(network.parameters(), stack)
    count = flat.shape[-1]
    widths = step * np.maximum(1, np.abs(flat))
    moved = np.broadcast_to(flat, (2, count, *flat.shape)).copy()
    with np.errstate(over="ignore"):
        for p in range(count):
            moved[0, p, ..., p] += widths[..., p]
            moved[1, p, ..., p] -= widths[..., p]
    members = from_vector(moved, network.sizes, held, biased(network))
    back = backward(forward(members, start.x), wanted, loss_function)
    gradients = as_vector(back.parameter_gradients(), (2, count, *stack))
    with np.errstate(all="ignore"):
        # (p, S, q) -> S + (p, q)
        rows = np.moveaxis((gradients[0] - gradients[1]) / 2, 0, -2) / widths[..., None]
        symmetric: Array = (rows + rows.swapaxes(-1, -2)) / 2
    return read_only(symmetric)


FEW_PARAMETERS = 40
"""Of so many numbers all eigenvalues are found at once; of more the largest one is looked for."""


def sharpness(curvature: Array) -> Array:
    """Return the largest eigenvalue of each (..., P, P) Hessian; NaN where one is not finite.

    0 where there is nothing to train.
    """
    if not curvature.shape[-1]:
        return np.zeros(curvature.shape[:-2])
    if curvature.shape[-1] <= FEW_PARAMETERS:
        return eigenvalues(curvature)[..., -1]
    return largest_eigenvalue(curvature)


def eigenvalues(curvature: Array) -> Array:
    """Return the eigenvalues of each (..., P, P) Hessian from the smallest to the largest."""
    finite = np.asarray(np.isfinite(curvature).all(axis=(-1, -2)))
    safe = np.where(finite[..., None, None], curvature, 0)
    found: Array = np.where(finite[..., None], np.linalg.eigvalsh(safe), np.nan)
    return found


def stable_rate(curvature: Array, momentum: float = 0.0) -> Array:
    """Return 2 / lambda_max, the learning rate above which gradient descent overshoots.

    On a parabola of curvature lambda each step multiplies the distance to the bottom by
    1 - rate * lambda, which grows in size once the rate exceeds 2 / lambda; with momentum once it
    exceeds 2 (1 + momentum) / lambda. Infinite where nothing curves upward, NaN where the Hessian
    is not finite.

    References
    ----------
    LeCun, Simard and Pearlmutter (1993), NIPS 5, 156-163. Cohen et al. (2021), arXiv:2103.00065.
    Polyak (1964), USSR Computational Mathematics and Mathematical Physics 4, 1-17, for momentum.
    """
    top = sharpness(curvature)
    with np.errstate(all="ignore"):
        edge = 2 * (1 + momentum) / top
        return read_only(np.where(np.isnan(top), np.nan, np.where(top > 0, edge, np.inf)))


def trained_curvature(curvature: Array, network: Network, update: Update) -> Array:
    """Return the second derivatives in the numbers that are trained, (..., Q, Q).

    What is held is left out, what is tied is one number, and weight decay adds to the diagonal the
    curvature of what it pulls at.

    Parameters
    ----------
    curvature : (..., P, P), as `hessian` gives it.
    network : one network of the kind.

    Raises
    ------
    ValueError
        If the update does not fit the network.
    """
    if update.plain or not (update.held or update.tied or update.weight_decay):
        return curvature
    columns: list[Array] = []
    begin, count = 0, curvature.shape[-1]
    for name, rule in update.rules(network).items():
        size = network.parameters()[name].size
        held = np.zeros(size, np.bool_) if rule.held is None else rule.held.ravel()
        own = np.eye(count)[begin : begin + size]
        free = own[~held]
        columns += [free.sum(axis=0)] if rule.tied and len(free) else list(free)
        begin += size
    if not columns:
        return np.zeros((*curvature.shape[:-2], 0, 0))
    among = np.array(columns)
    with np.errstate(all="ignore"):
        finite = np.asarray(np.isfinite(curvature).all(axis=(-1, -2)))[..., None, None]
        moved = among @ np.where(finite, curvature, 0) @ among.T
        found: Array = np.where(finite, moved + update.weight_decay * np.eye(len(among)), np.nan)
    return read_only(found)


def _held(passes: ForwardPass) -> list[Activation]:
    """Return the activations with every kink held on the side where it is in this pass."""
    return [
        _piece(layer.activation, z, a) if layer.activation.kinks else layer.activation
        for layer, z, a in zip(passes.network.layers, passes.z, passes.a, strict=True)
    ]


def _piece(activation: Activation, z: Array, a: Array) -> Activation:
    """Return the parabola that touches the piece of the activation on which each z lies."""
    assert activation.second_derivative is not None
    slope, bend = activation.derivative(z), activation.second_derivative(z)
    return Activation(
        activation.name,
        lambda moved: a + (slope + bend / 2 * (moved - z)) * (moved - z),
        lambda moved: slope + bend * (moved - z),
        activation.latex,
    )
