"""A training run that grows: stopped and resumed at will, with a summary of every step."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import ArrayLike

from blame.arrays import Array, read_only
from blame.backward import BackwardPass, backward
from blame.batches import draw_batches
from blame.forward import forward
from blame.losses import Loss, find_loss
from blame.network import Network
from blame.parameters import as_vector, biased, from_vector
from blame.runs.signs import RISES
from blame.training import History, train

CHUNK = 50
"""Steps trained and summed up at a time: what a whole run holds would fill the memory."""


@dataclass(frozen=True, eq=False)
class GrowingRun:
    """The run so far; step 0 is the start.

    parameters  (steps + 1, P), as vectors
    losses      (steps + 1,), over all samples
    accuracies  (steps + 1,), the share of samples on the right side of 0.5; None unless every
                target is 0 or 1
    dead        (steps + 1,), the share of hidden neurons that pass no blame on any sample
    overflow_step  the step at which the run left the floats, or None; it ends just before it
    """

    start: Network
    x: Array
    target: Array
    learning_rate: float
    loss_function: Loss
    batch_size: int | None
    seed: int
    parameters: Array
    losses: Array
    accuracies: Array | None
    dead: Array
    overflow_step: int | None = None

    @property
    def steps(self) -> int:
        """How many updates have been made."""
        return len(self.losses) - 1

    def runs_away_at(self, step: int) -> bool:
        """Whether the loss rose at each of the `RISES` updates before, to above the start's."""
        recent = np.diff(self.losses[: step + 1])[-RISES:]
        grown = len(recent) == RISES and (recent > 0).all()
        return bool(grown and self.losses[step] > self.losses[0])

    def at(self, step: int) -> Network:
        """Return the network after `step` updates."""
        if not 0 <= step <= self.steps:
            raise ValueError(f"step must be from 0 to {self.steps}, got {step}")
        activations = [layer.activation for layer in self.start.layers]
        return from_vector(self.parameters[step], self.start.sizes, activations, biased(self.start))

    def pass_at(self, step: int) -> BackwardPass:
        """Return the backward pass over all samples after `step` updates."""
        return backward(forward(self.at(step), self.x), self.target, self.loss_function)


def begin(
    network: Network,
    x: ArrayLike,
    target: ArrayLike,
    learning_rate: float = 0.1,
    loss: str | Loss = "mse",
    batch_size: int | None = None,
    seed: int = 0,
) -> GrowingRun:
    """Return a run of no steps yet.

    Parameters
    ----------
    network, x, target, learning_rate, loss : as for `train`; one network.
    batch_size : how many samples each update uses, all of them where it is None.
    seed : of the order in which mini-batches take the samples.

    Raises
    ------
    ValueError
        As `train` and `draw_batches`.
    """
    history = train(network, x, target, learning_rate, 0, loss)
    samples, wanted = history.forward.x, history.backward.target
    if batch_size is not None:
        draw_batches(samples.shape[-2], batch_size, 0, seed)
    return GrowingRun(
        network,
        samples,
        wanted,
        float(learning_rate),
        find_loss(loss),
        batch_size,
        seed,
        as_vector(history.networks.parameters(), (1,)),
        history.losses,
        _accuracies(history),
        _dead(history),
    )


def advance(progress: GrowingRun, steps: int) -> GrowingRun:
    """Return the run after so many more updates, or fewer if it leaves the floats."""
    run = progress
    while steps > 0 and run.overflow_step is None:
        now = min(CHUNK, steps)
        run = _advance(run, now)
        steps -= now
    return run


def is_binary(target: Array) -> bool:
    """Return whether every target is 0 or 1, so that there is an accuracy."""
    return bool(((target == 0) | (target == 1)).all())


def _advance(run: GrowingRun, steps: int) -> GrowingRun:
    batches = None
    if run.batch_size is not None:
        batches = draw_batches(len(run.x), run.batch_size, steps, run.seed, run.steps)
    history = train(
        run.at(run.steps),
        run.x,
        run.target,
        run.learning_rate,
        steps,
        run.loss_function,
        batches,
    )
    parameters = as_vector(history.networks.parameters(), (history.steps + 1,))
    accuracies = _accuracies(history)
    over = history.overflow_step
    return replace(
        run,
        parameters=_joined(run.parameters, parameters),
        losses=_joined(run.losses, history.losses),
        accuracies=None
        if run.accuracies is None or accuracies is None
        else _joined(run.accuracies, accuracies),
        dead=_joined(run.dead, _dead(history)),
        overflow_step=None if over is None else run.steps + over,
    )


def _joined(before: Array, after: Array) -> Array:
    # The first of the new steps is the last of the old ones.
    return read_only(np.concatenate([before, after[1:]]))


def _accuracies(history: History) -> Array | None:
    target = history.backward.target
    if not is_binary(target):
        return None
    right = (history.forward.prediction > 0.5) == (target > 0.5)
    share: Array = right.mean(axis=(-1, -2))
    return share


def _dead(history: History) -> Array:
    slopes = history.backward.local_gradients[:-1]
    if not slopes:
        return np.zeros(history.steps + 1)
    return np.concatenate([(slope == 0).all(axis=-2) for slope in slopes], axis=-1).mean(axis=-1)
