"""Gradient descent that keeps every step."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import ArrayLike, NDArray

from blame.activations import Activation
from blame.arrays import Array, float_array, is_small
from blame.backward import BackwardPass, backward, check_target, propagate_back
from blame.batches import check_batches
from blame.forward import ForwardPass, forward, propagate
from blame.losses import Loss, find_loss
from blame.network import Network
from blame.parameters import each_array, from_arrays


@dataclass(frozen=True, eq=False)
class History:
    """Every step of a training run; step 0 is the start, step k the state after k updates.

    With S for the common leading axes (() for one network) and n for `steps`:

    networks         the parameters, a stack whose leading axis is the step
    forward          the forward pass of all steps, one stacked pass
    backward         the backward pass of all steps, likewise
    learning_rate    S
    overflow_steps   S, the step at which each run left the floats, -1 where it did not

    A run is kept up to its last step in which every parameter, intermediate, gradient and the
    loss are finite. In a stack the longest such run decides; a member that overflowed earlier
    holds infinities or NaN from its `overflow_steps` on.
    """

    networks: Network
    forward: ForwardPass
    backward: BackwardPass
    learning_rate: Array
    overflow_steps: NDArray[np.int_]

    @property
    def losses(self) -> Array:
        """The loss at each step, (steps + 1,) + S."""
        return self.backward.loss

    @property
    def steps(self) -> int:
        """How many updates are kept."""
        return len(self.losses) - 1

    @property
    def overflow_step(self) -> int | None:
        """The step at which a single run left the floats, or None if it stayed finite."""
        first = int(np.max(self.overflow_steps))
        return None if first < 0 else first

    def at(self, step: int) -> Network:
        """Return the network after `step` updates; a negative step counts from the end.

        Raises
        ------
        ValueError
            If the run has no such step.
        """
        if not -self.steps - 1 <= step <= self.steps:
            raise ValueError(f"step must be from 0 to {self.steps}, got {step}")
        return each_array(self.networks, lambda every: every[step])


def train(
    network: Network,
    x: ArrayLike,
    target: ArrayLike | None,
    learning_rate: ArrayLike = 0.1,
    steps: int = 50,
    loss: str | Loss = "mse",
    batches: ArrayLike | None = None,
) -> History:
    """Run gradient descent, parameter <- parameter - learning_rate * gradient, on all samples.

    Parameters
    ----------
    network : the start, one network or a stack.
    x : (n_in,) or (n_samples, n_in), or with leading axes that broadcast with the stack's.
    target : (n_out,) or (n_samples, n_out), likewise.
    learning_rate : a number, or an array that broadcasts with the stack: one rate per network.
    steps : how many updates, from 0 up.
    loss : a key of `LOSSES`, or a `Loss`.
    batches : (steps, batch_size), the rows of x and target that each update uses, such as
        `draw_batches` gives; all of them where it is None. The history is of all samples anyway.

    Returns
    -------
    History
        Stops early where a number leaves the floats; that is data, not an error.

    Raises
    ------
    ValueError
        If something does not fit or is not finite, a rate is negative, or the loss is not finite
        at the very start.
    """
    loss_function = find_loss(loss)
    if isinstance(steps, bool) or not isinstance(steps, int | np.integer) or steps < 0:
        raise ValueError(f"steps must be a whole number from 0 up, got {steps!r}")
    rate = float_array("learning_rate", learning_rate, network.dtype)
    if (rate < 0).any():
        raise ValueError(f"learning_rate must not be negative, got {rate.min():g}")
    start = forward(network, x)
    wanted = check_target(start, target, loss_function)
    check_output_range(loss_function, network.layers[-1].activation)
    rows = None if batches is None else check_batches(batches, steps, start.x.shape[-2])
    try:
        stack = np.broadcast_shapes(start.prediction.shape[:-2], wanted.shape[:-2], rate.shape)
    except ValueError:
        raise ValueError(
            f"learning_rate {rate.shape} does not broadcast with the stack "
            f"{start.prediction.shape[:-2]}; give one number, or one for each network"
        ) from None

    with np.errstate(all="ignore"):
        networks = _descend(network, start.x, wanted, rate, steps, stack, loss_function, rows)
        finite = _finite_steps(list(networks.parameters().values()), len(stack))
        history = _replay(networks, start.x, wanted, rate, loss_function, finite)
        last = history.backward
        blame = [*last.deltas, *last.weight_gradients, *last.bias_gradients, last.loss[..., None]]
        kept = finite[: len(last.loss)] & _finite_steps([*history.forward.z, *blame], len(stack))
        if not kept[0].any():
            raise ValueError(
                "the loss or a gradient is too large for the floats already at step 0; "
                "start from smaller numbers"
            )
        if kept.any(axis=tuple(range(1, kept.ndim))).sum() < len(last.loss):
            history = _replay(networks, start.x, wanted, rate, loss_function, kept)
    overflow = np.where(kept.all(axis=0) & finite.all(axis=0), -1, kept.sum(axis=0))
    return History(history.networks, history.forward, history.backward, rate, overflow)


def pass_at(history: History, step: int) -> BackwardPass:
    """Return the backward pass of a single run after `step` updates, as one network's.

    Raises
    ------
    ValueError
        If the run has no such step.
    """
    passes = forward(history.at(step), history.forward.x)
    return backward(passes, history.backward.target, history.backward.loss_function)


def _descend(
    network: Network,
    x: Array,
    target: Array,
    rate: Array,
    steps: int,
    stack: tuple[int, ...],
    loss: Loss,
    batches: NDArray[np.intp] | None,
) -> Network:
    """Return the parameters before and after each update, as a stack along a leading axis."""
    activations = [layer.activation for layer in network.layers]
    n_samples = x.shape[-2] if batches is None else batches.shape[-1]
    together = all(is_small(n_samples, n_in, n_out) for n_in, n_out in pairwise(network.sizes))
    xs, targets = x, target
    weights = [_room(layer.weights, steps, stack, 2, together) for layer in network.layers]
    biases = [_room(layer.bias, steps, stack, 1, together) for layer in network.layers]
    layers = range(len(activations))
    rate_for_bias = rate[..., None] if stack else rate
    rate_for_weights = rate[..., None, None] if stack else rate
    for step in range(steps):
        now = [every[step] for every in weights]
        now_biases = [every[step] for every in biases]
        if batches is not None:
            xs, targets = x[..., batches[step], :], target[..., batches[step], :]
        z, a = propagate(now, now_biases, activations, xs)
        blame = propagate_back(now, activations, xs, z, a, targets, loss)
        for k in layers:
            np.subtract(
                now[k], rate_for_weights * blame.weight_gradients[k], out=weights[k][step + 1]
            )
            np.subtract(
                now_biases[k], rate_for_bias * blame.bias_gradients[k], out=biases[k][step + 1]
            )
    named = {f"W{k + 1}": weights[k] for k in layers} | {f"b{k + 1}": biases[k] for k in layers}
    return from_arrays(named, activations)


def _room(
    parameter: Array, steps: int, stack: tuple[int, ...], own_axes: int, together: bool
) -> Array:
    """Return an array for one parameter at every step, its first step filled in.

    `together` puts the members of the stack side by side in memory, which suits products that
    are written out; otherwise each member's parameter is one block, which suits matmul.
    """
    own = parameter.shape[parameter.ndim - own_axes :]
    if together:
        every = np.empty((steps + 1, *own, *stack), parameter.dtype)
        every = np.moveaxis(every, range(1, 1 + own_axes), range(-own_axes, 0))
    else:
        every = np.empty((steps + 1, *stack, *own), parameter.dtype)
    every[0] = parameter
    return every


def _finite_steps(arrays: list[Array], stack_axes: int) -> NDArray[np.bool_]:
    """Return (steps + 1,) + S: whether each run is finite at, and up to, each step."""
    finite = np.array(True)
    for array in arrays:
        own_axes = tuple(range(1 + stack_axes, array.ndim))
        finite = finite & np.isfinite(array).all(axis=own_axes)
    return np.logical_and.accumulate(finite, axis=0)


def _replay(
    networks: Network,
    x: Array,
    target: Array,
    rate: Array,
    loss: Loss,
    kept: NDArray[np.bool_],
) -> History:
    """Return the history of the steps that some run of the stack kept, from one stacked pass."""
    length = int(kept.any(axis=tuple(range(1, kept.ndim))).sum())
    cut = each_array(networks, lambda every: every[:length])
    passes = forward(cut, x)
    return History(cut, passes, backward(passes, target, loss), rate, np.full(kept.shape[1:], -1))


def check_output_range(loss: Loss, activation: Activation) -> None:
    (low, high), (lowest, highest) = loss.domain, activation.output_range
    if lowest < low or highest > high:
        raise ValueError(
            f"{loss.name} needs predictions between {low:g} and {high:g} at every step, which "
            f"{activation.name} does not promise"
            + (f"; end the network with {loss.fused.activation}" if loss.fused else "")
        )
