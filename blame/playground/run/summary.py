"""What is kept of every step of a growing run: losses, accuracies, whether it has learnt."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Any

import numpy as np
from numpy.typing import NDArray

from blame.arrays import Array, read_only
from blame.backward import BackwardPass, backward, loss_value
from blame.forward import ForwardPass, forward
from blame.losses import Loss
from blame.network import Network
from blame.parameters import each_array

LEARNT = 0.1
"""Guesses have learnt numbers where they miss by this share of the targets' spread at most."""


@dataclass(frozen=True, eq=False)
class Summary:
    """Of each of some steps, (steps,): see `GrowingRun`."""

    losses: Array
    accuracies: Array | None
    dead: Array
    learnt: NDArray[np.bool_]
    test_losses: Array | None
    test_accuracies: Array | None

    def __len__(self) -> int:
        return len(self.losses)

    def followed_by(self, after: Summary) -> Summary:
        """Return this and the steps that follow: the first of them is the last one here."""
        joined: dict[str, Any] = {}
        for field in fields(Summary):
            here, there = getattr(self, field.name), getattr(after, field.name)
            joined[field.name] = None if here is None else _joined(here, there)
        return Summary(**joined)

    def up_to(self, steps: int) -> Summary:
        """Return the first so many steps and the start."""
        first: dict[str, Any] = {}
        for field in fields(Summary):
            every = getattr(self, field.name)
            first[field.name] = None if every is None else every[: steps + 1]
        return Summary(**first)


def summed_up(
    networks: Network, x: Array, target: Array, loss: Loss, test: tuple[Array, Array] | None
) -> Summary:
    """Return the summary of a stack of networks, as far as all of their numbers are finite.

    A loss over the samples set aside may be infinite: nothing is trained on it.

    Parameters
    ----------
    networks : one for each step.
    x, target : the samples that are trained on.
    test : inputs and targets of those set aside, or None.
    """
    with np.errstate(all="ignore"):
        passes = backward(forward(networks, x), target, loss)
        finite = _finite(passes)
        tested = None if test is None else forward(networks, test[0])
        test_losses = None
        if tested is not None and test is not None:
            test_losses = np.asarray(
                loss_value(loss, networks.layers[-1].activation, tested, test[1])
            )
        kept = int(np.logical_and.accumulate(finite).sum())
        if kept < len(finite):
            cut = each_array(networks, lambda every: every[:kept])
            return summed_up(cut, x, target, loss, test)
        accuracies = _accuracies(passes.forward_pass, target, loss)
        return Summary(
            passes.loss,
            accuracies,
            _dead(passes),
            _learnt(passes.forward_pass, target) if accuracies is None else accuracies == 1,
            test_losses,
            None if tested is None or test is None else _accuracies(tested, test[1], loss),
        )


def is_binary(target: Array) -> bool:
    """Return whether every target is 0 or 1, so that there is an accuracy."""
    return bool(((target == 0) | (target == 1)).all())


def _joined(before: Array, after: Array) -> Array:
    return read_only(np.concatenate([before, after[1:]]))


def _finite(passes: BackwardPass) -> NDArray[np.bool_]:
    finite = np.isfinite(passes.loss)
    blame = passes.parameter_gradients()
    own = [(z, 2) for z in (*passes.forward_pass.z, *passes.deltas)]
    own += [(gradient, 2 if name.startswith("W") else 1) for name, gradient in blame.items()]
    for array, axes in own:
        finite = finite & np.isfinite(array).all(axis=tuple(range(-axes, 0)))
    return finite


def _accuracies(passes: ForwardPass, target: Array, loss: Loss) -> Array | None:
    if not is_binary(target):
        return None
    if loss.takes_classes:
        right = passes.prediction.argmax(axis=-1) == target.argmax(axis=-1)
        share: Array = right.mean(axis=-1)
    else:
        share = ((passes.prediction > 0.5) == (target > 0.5)).mean(axis=(-1, -2))
    return share


def _learnt(passes: ForwardPass, target: Array) -> NDArray[np.bool_]:
    """Whether the guesses miss by a tenth of the spread, or where there is none, of the size."""
    spread = float(target.std()) or float(np.abs(target).max()) or 1.0
    missed = np.sqrt(((passes.prediction - target) ** 2).mean(axis=(-1, -2)))
    near: NDArray[np.bool_] = missed <= LEARNT * spread
    return near


def _dead(passes: BackwardPass) -> Array:
    slopes = passes.local_gradients[:-1]
    if not slopes:
        return np.zeros(len(passes.loss))
    return np.concatenate([(slope == 0).all(axis=-2) for slope in slopes], axis=-1).mean(axis=-1)
