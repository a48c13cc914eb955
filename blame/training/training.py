"""Gradient descent that keeps every step."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from blame.activations import Activation
from blame.arrays import Array, read_only
from blame.backward import BackwardPass, backward
from blame.batches import check_batches
from blame.forward import ForwardPass, forward
from blame.losses import Loss, find_loss
from blame.losses.targets import check_target
from blame.network import Network
from blame.parameters import each_array
from blame.training.descent import descend
from blame.training.updates import Update, check_rate


@dataclass(frozen=True, eq=False)
class History:
    """Every step of a training run; step 0 is the start, step k the state after k updates.

    With S for the common leading axes (() for one network) and n for `steps`:

    networks         the parameters, a stack whose leading axis is the step
    forward          the forward pass of all steps, one stacked pass
    backward         the backward pass of all steps, likewise
    learning_rate    S
    overflow_steps   S, the step at which each run left the floats, -1 where it did not
    update           what is held and tied, momentum and weight decay
    recorded         the velocities of `velocity`, by name; empty where they are the gradients

    A run is kept up to its last step in which every parameter, intermediate, gradient and the
    loss are finite. In a stack the longest such run decides; a member that overflowed earlier
    holds infinities or NaN from its `overflow_steps` on.
    """

    networks: Network
    forward: ForwardPass
    backward: BackwardPass
    learning_rate: Array
    overflow_steps: NDArray[np.int_]
    update: Update
    recorded: Mapping[str, Array]

    def velocity(self, name: str) -> Array:
        """Return what the learning rate multiplied in each update of an array, (steps,) + S + own.

        For plain gradient descent on all samples that is the gradient of the step before.

        Raises
        ------
        ValueError
            If the network has no such array.
        """
        gradients = self.backward.parameter_gradients()
        if name not in gradients:
            raise ValueError(f"unknown parameter {name!r}; choose from {', '.join(gradients)}")
        return self.recorded[name] if self.recorded else gradients[name][:-1]

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
    *,
    held: Iterable[str] = (),
    tied: Iterable[str] = (),
    momentum: float = 0.0,
    weight_decay: float = 0.0,
) -> History:
    """Run gradient descent, parameter <- parameter - learning_rate * gradient, on all samples.

    Parameters
    ----------
    network : the start, one network or a stack.
    x : (n_in,) or (n_samples, n_in), or with leading axes that broadcast with the stack's.
    target : (n_out,) or (n_samples, n_out), likewise; classes or None as for `backward`.
    learning_rate : a number, or an array that broadcasts with the stack: one rate per network.
    steps : how many updates, from 0 up.
    loss : a key of `LOSSES`, or a `Loss`.
    batches : (steps, batch_size), the rows of x and target that each update uses, such as
        `draw_batches` gives; all of them where it is None. The history is of all samples anyway.
    held, tied, momentum, weight_decay : as `Update` has them. The loss stays the loss alone: what
        weight decay pulls at is not added to it.

    Returns
    -------
    History
        Stops early where a number leaves the floats; that is data, not an error.

    Raises
    ------
    ValueError
        If something does not fit or is not finite, a rate is negative, a name to hold or tie is
        none of the network's, or the loss is not finite at the very start.
    """
    loss_function = find_loss(loss)
    if isinstance(steps, bool) or not isinstance(steps, int | np.integer) or steps < 0:
        raise ValueError(f"steps must be a whole number from 0 up, got {steps!r}")
    rate = check_rate(learning_rate, network)
    update = Update(tuple(held), tuple(tied), momentum, weight_decay)
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
        networks, recorded = descend(
            network, start.x, wanted, rate, steps, stack, loss_function, rows, update
        )
        finite = _finite_steps(list(networks.parameters().values()), len(stack))
        passes = _replay(networks, start.x, wanted, loss_function, finite)
        last = passes
        blame = [*last.deltas, *last.parameter_gradients().values(), last.loss[..., None]]
        kept = finite[: len(last.loss)] & _finite_steps([*last.forward_pass.z, *blame], len(stack))
        if not kept[0].any():
            raise ValueError(
                "the loss or a gradient is too large for the floats already at step 0; "
                "start from smaller numbers"
            )
        if kept.any(axis=tuple(range(1, kept.ndim))).sum() < len(last.loss):
            passes = _replay(networks, start.x, wanted, loss_function, kept)
    overflow = np.where(kept.all(axis=0) & finite.all(axis=0), -1, kept.sum(axis=0))
    forward_pass, updates = passes.forward_pass, len(passes.loss) - 1
    return History(
        forward_pass.network,
        forward_pass,
        passes,
        rate,
        overflow,
        update,
        {name: read_only(every[:updates]) for name, every in recorded.items()},
    )


def pass_at(history: History, step: int) -> BackwardPass:
    """Return the backward pass of a single run after `step` updates, as one network's.

    Raises
    ------
    ValueError
        If the run has no such step.
    """
    passes = forward(history.at(step), history.forward.x)
    return backward(passes, history.backward.target, history.backward.loss_function)


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
    loss: Loss,
    kept: NDArray[np.bool_],
) -> BackwardPass:
    """Return one stacked pass of all the steps that some run of the stack kept."""
    length = int(kept.any(axis=tuple(range(1, kept.ndim))).sum())
    cut = each_array(networks, lambda every: every[:length])
    return backward(forward(cut, x), target, loss)


def check_output_range(loss: Loss, activation: Activation) -> None:
    (low, high), (lowest, highest) = loss.domain, activation.output_range
    if lowest < low or highest > high:
        raise ValueError(
            f"{loss.name} needs predictions between {low:g} and {high:g} at every step, which "
            f"{activation.name} does not promise"
            + (f"; end the network with {loss.fused.activation}" if loss.fused else "")
        )
