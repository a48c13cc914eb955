"""A training run that grows: stopped and resumed at will, with a summary of every step."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import ArrayLike, NDArray

from blame.arrays import Array, read_only
from blame.backward import BackwardPass, backward
from blame.batches import draw_batches
from blame.forward import forward
from blame.losses import Loss, find_loss
from blame.network import Network
from blame.parameters import as_vector, biased, from_vector
from blame.playground.run.optimisers import Memory, Optimiser
from blame.playground.run.rates import Before, changed, rate_at
from blame.playground.run.steps import make_steps
from blame.playground.run.summary import Summary, is_binary, summed_up
from blame.runs.signs import RISES
from blame.training import train

__all__ = ["CHUNK", "GrowingRun", "advance", "begin", "cut", "is_binary", "with_rate"]
CHUNK = 50
"""Steps trained and summed up at a time: what a whole run holds would fill the memory."""


@dataclass(frozen=True, eq=False)
class GrowingRun:
    """The run so far; step 0 is the start.

    parameters  (steps + 1, P), as vectors
    losses      (steps + 1,), over all samples trained on
    accuracies  (steps + 1,), the share of samples on the right side of 0.5, or whose class has the
                largest share; None unless every target is 0 or 1
    dead        (steps + 1,), the share of hidden neurons that pass no blame on any sample
    learnt      (steps + 1,), whether every sample is right; of other targets than 0 and 1, whether
                the guesses miss by a tenth of their spread at most
    test_losses, test_accuracies  the same over the samples set aside; None without any
    overflow_step  the step at which the run left the floats, or None; it ends just before it
    learning_rate, rates_before  the rate now, and those of before with the step each held up to
    memory      what the optimiser remembers; None where that is no longer known
    """

    start: Network
    x: Array
    target: Array
    learning_rate: float
    loss_function: Loss
    batch_size: int | None
    seed: int
    parameters: Array
    summary: Summary
    optimiser: Optimiser
    rates_before: Before = ()
    test: tuple[Array, Array] | None = None
    memory: Memory | None = ()
    overflow_step: int | None = None

    @property
    def steps(self) -> int:
        """How many updates have been made."""
        return len(self.summary) - 1

    @property
    def losses(self) -> Array:
        """The loss at each step."""
        return self.summary.losses

    @property
    def accuracies(self) -> Array | None:
        """The accuracy at each step, where there is one."""
        return self.summary.accuracies

    @property
    def dead(self) -> Array:
        """The share of dead hidden neurons at each step."""
        return self.summary.dead

    @property
    def learnt(self) -> NDArray[np.bool_]:
        """Whether the run has learnt its samples at each step."""
        return self.summary.learnt

    @property
    def test_losses(self) -> Array | None:
        """The loss over the samples set aside, at each step."""
        return self.summary.test_losses

    @property
    def test_accuracies(self) -> Array | None:
        """The accuracy over the samples set aside, at each step."""
        return self.summary.test_accuracies

    def learnt_after(self, step: int) -> int | None:
        """Return the first step after this one at which the run has learnt; None if there is none.

        Nor where it had learnt already: then there is nothing to wait for.
        """
        if self.learnt[step]:
            return None
        found = np.flatnonzero(self.learnt[step:])
        return step + int(found[0]) if len(found) else None

    def onsets(self, step: int, back: int) -> list[int]:
        """Return at which of the last steps it has learnt, and had not one step before.

        Parameters
        ----------
        step : the last of them.
        back : how many they are.
        """
        first = max(step - back, 0)
        began = self.learnt[first + 1 : step + 1] & ~self.learnt[first:step]
        found: list[int] = (first + 1 + np.flatnonzero(began)).tolist()
        return found

    def runs_away_at(self, step: int) -> bool:
        """Whether the loss rose at each of the `RISES` updates before, to above the start's."""
        recent = np.diff(self.losses[: step + 1])[-RISES:]
        grown = len(recent) == RISES and (recent > 0).all()
        return bool(grown and self.losses[step] > self.losses[0])

    def at(self, step: int) -> Network:
        """Return the network after `step` updates."""
        if not 0 <= step <= self.steps:
            raise ValueError(f"step must be from 0 to {self.steps}, got {step}")
        return self._networks(self.parameters[step])

    def pass_at(self, step: int) -> BackwardPass:
        """Return the backward pass over all samples trained on after `step` updates."""
        return backward(forward(self.at(step), self.x), self.target, self.loss_function)

    def _networks(self, vectors: Array) -> Network:
        activations = [layer.activation for layer in self.start.layers]
        return from_vector(vectors, self.start.sizes, activations, biased(self.start))


def begin(
    network: Network,
    x: ArrayLike,
    target: ArrayLike,
    learning_rate: float = 0.1,
    loss: str | Loss = "mse",
    batch_size: int | None = None,
    seed: int = 0,
    *,
    optimiser: Optimiser | None = None,
    rates_before: Before = (),
    test: tuple[Array, Array] | None = None,
) -> GrowingRun:
    """Return a run of no steps yet.

    Parameters
    ----------
    network, x, target, learning_rate, loss : as for `train`; one network.
    batch_size : how many samples each update uses, all of them where it is None.
    seed : of the order in which mini-batches take the samples.
    optimiser : plain gradient descent where it is None.
    rates_before : learning rates that hold up to a step each, before `learning_rate` does.
    test : inputs and targets that are never trained on.

    Raises
    ------
    ValueError
        As `train` and `draw_batches`.
    """
    history = train(network, x, target, learning_rate, 0, loss)
    samples, wanted = history.forward.x, history.backward.target
    if batch_size is not None:
        draw_batches(samples.shape[-2], batch_size, 0, seed)
    function = find_loss(loss)
    return GrowingRun(
        network,
        samples,
        wanted,
        float(learning_rate),
        function,
        batch_size,
        seed,
        as_vector(history.networks.parameters(), (1,)),
        summed_up(history.networks, samples, wanted, function, test),
        optimiser or Optimiser(),
        rates_before,
        test,
    )


def advance(progress: GrowingRun, steps: int) -> GrowingRun:
    """Return the run after so many more updates, or fewer if it leaves the floats."""
    run = progress
    while steps > 0 and run.overflow_step is None:
        now = min(CHUNK, steps)
        run = _advance(run, now)
        steps -= now
    return run


def cut(run: GrowingRun, steps: int) -> GrowingRun:
    """Return the run as it was when it had made so many steps; itself if it has not made more.

    An optimiser that remembers has forgotten what it then knew: such a run can be looked at, and
    not advanced.
    """
    if steps > run.steps or (steps == run.steps and run.overflow_step is None):
        return run
    return replace(
        run,
        parameters=run.parameters[: steps + 1],
        summary=run.summary.up_to(steps),
        memory=() if steps == 0 or run.memory == () else None,
        overflow_step=None,
    )


def with_rate(run: GrowingRun, learning_rate: float) -> GrowingRun:
    """Return the run with another learning rate from its last step on."""
    before = changed(run.rates_before, run.learning_rate, run.steps)
    return replace(run, learning_rate=float(learning_rate), rates_before=before)


def _advance(run: GrowingRun, steps: int) -> GrowingRun:
    made = run.steps
    if run.memory is None:
        raise ValueError("a run that was cut is advanced from its start: the optimiser remembers")
    batches = None
    if run.batch_size is not None:
        batches = draw_batches(len(run.x), run.batch_size, steps, run.seed, made)
    parameters, memory = make_steps(
        run.start,
        run.parameters[-1],
        run.x,
        run.target,
        [rate_at(run.rates_before, run.learning_rate, made + k) for k in range(steps)],
        run.loss_function,
        run.optimiser,
        run.memory,
        made,
        batches,
    )
    finite = int(np.logical_and.accumulate(np.isfinite(parameters).all(axis=-1)).sum())
    networks = run._networks(parameters[:finite])
    summary = summed_up(networks, run.x, run.target, run.loss_function, run.test)
    return replace(
        run,
        parameters=read_only(np.concatenate([run.parameters, parameters[1 : len(summary)]])),
        summary=run.summary.followed_by(summary),
        memory=memory,
        overflow_step=made + len(summary) if len(summary) <= steps else None,
    )
