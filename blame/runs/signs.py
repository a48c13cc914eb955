"""What a verdict is read from: the signs of a run, of a whole stack of runs at once."""

from __future__ import annotations

from functools import cached_property
from typing import Any

import numpy as np

from blame.arrays import Array
from blame.forward import ForwardPass
from blame.kinks import on_the_kink, piece_of
from blame.parameters import each_array
from blame.training import History

RISES = 3
"""So many rises in a row at the end of a run count as running away."""
RECENT = 20
"""So many last steps say whether a run settles."""
CALM = 1e-3
"""A run has converged when no gradient is larger than this, nor than this share of its largest."""
LITTLE = 0.5
"""A run whose loss fell by less than this share is slow."""

Flags = np.ndarray[tuple[int, ...], np.dtype[np.bool_]]


class Signs:
    """The signs of every run of a history, each with the shape of its stack, () for one.

    Each is worked out when it is first asked for, and once.
    """

    def __init__(self, history: History) -> None:
        self.history = history

    @cached_property
    def grows(self) -> Flags:
        """The loss rose at each of the last `RISES` steps, and ended above where it started."""
        losses, change = self.history.losses, self._change
        if len(change) < RISES:
            return np.zeros(losses.shape[1:], np.bool_)
        flags: Flags = np.all(change[-RISES:] > 0, axis=0) & (losses[-1] > losses[0])
        return flags

    @cached_property
    def left_the_floats(self) -> Flags:
        """The run ended early, in a number too large for the floats."""
        flags: Flags = self.history.overflow_steps >= 0
        return flags

    @cached_property
    def unsettled(self) -> Flags:
        """The loss rose, fell and rose in the last `RECENT` steps, or rose at the very last."""
        return _goes_up_and_down(self._change[-RECENT:])

    @cached_property
    def calm(self) -> Flags:
        """No gradient is large at the end."""
        return is_calm(blame_size(self.history))

    @cached_property
    def dead(self) -> Flags:
        """Some layer of gates passes no blame and gives the same for every sample at the end."""
        return dead_layer(self.history)

    @cached_property
    def resting(self) -> Flags:
        """Some neuron rests on its kink though blame arrives there."""
        return _resting(self.history)

    @cached_property
    def flipping(self) -> Flags:
        """A gate flips, on the same sample, at half of the last `RECENT` steps or more."""
        return _flipping(self.history)

    @cached_property
    def little_gained(self) -> Flags:
        """The loss fell by less than `LITTLE` of what it had above the least there is.

        Where there is no least, it did not fall at all.
        """
        losses, least = self.history.losses, least_loss(self.history)
        if not self.history.backward.loss_function.asks_target:
            flags: Flags = losses[-1] >= losses[0]
        else:
            flags = losses[-1] - least > (1 - LITTLE) * (losses[0] - least)
            # From the least there is nothing can fall, though weight decay may still pull.
            flags = flags | (losses[-1] >= losses[0])
        return flags

    @cached_property
    def _change(self) -> Array:
        return np.diff(self.history.losses, axis=0)


def _goes_up_and_down(change: Array) -> Flags:
    """Return whether each run rose, fell and rose again, or rose at its last step; along axis 0."""
    rose, fell = change > 0, change < 0
    before = np.logical_or.accumulate(rose, axis=0)
    # A fall after some rise, and a rise after such a fall.
    fell_since = np.logical_or.accumulate(fell & before, axis=0)
    again = (rose & fell_since).any(axis=0)
    last = rose[-1] if len(rose) else np.zeros(change.shape[1:], np.bool_)
    both: Flags = again | last
    return both


def least_loss(history: History) -> Array:
    """Return the loss that no prediction can go below, S: 0 but for a cross-entropy of shares.

    That of the targets themselves, shares of a whole; minus infinity where there is no target.
    """
    loss, target = history.backward.loss_function, history.backward.target
    if not loss.asks_target:
        return np.array(-np.inf)
    if loss.takes_classes:
        whole = target.sum(-1, keepdims=True)
        target = np.divide(target, whole, out=np.zeros_like(target), where=whole > 0)
        with np.errstate(all="ignore"):
            return np.asarray(loss.value(target, history.backward.target))
    with np.errstate(all="ignore"):
        return np.asarray(loss.value(target, target))


def pulls(history: History) -> dict[str, Array]:
    """Return what moves each array but for momentum, (steps + 1,) + S + own axes.

    For plain gradient descent that is the gradient; of what is held it is 0, of what is tied the
    sum, and with weight decay its pull is counted in.
    """
    gradients, update = history.backward.parameter_gradients(), history.update
    if update.plain:
        return gradients
    parameters = history.networks.parameters()
    with np.errstate(all="ignore"):
        return {
            name: update.velocity(rule, parameters[name], gradients[name], None)
            for name, rule in update.rules(history.at(0)).items()
        }


def blame_size(history: History) -> Array:
    """Return the largest gradient of any parameter in size at each step, (steps + 1,) + S.

    As `pulls` has them, and with momentum what it moved a parameter by if that is larger: a run
    that is still rolling has not come to rest.
    """
    axes = len(history.losses.shape)
    found = pulls(history)
    sizes = [
        np.abs(pull).max(axis=tuple(range(axes, pull.ndim)), initial=0) for pull in found.values()
    ]
    if history.update.momentum:
        for name in found:
            rolling = np.abs(history.velocity(name))
            size = rolling.max(axis=tuple(range(axes, rolling.ndim)), initial=0)
            sizes.append(np.concatenate([np.zeros_like(sizes[0][:1]), size]))
    return np.maximum.reduce(sizes)


def is_calm(blame: Array) -> Flags:
    """Return whether each run's blame at the end is small, in itself and beside its largest."""
    calm: Flags = blame[-1] <= calm_below(blame)
    return calm


def calm_below(blame: Array) -> Array:
    """Return the size of blame up to which each run counts as calm; (steps + 1,) + S to S."""
    below: Array = np.maximum(CALM * np.minimum(1, blame.max(axis=0)), CALM**2)
    return below


def dead_layer(history: History) -> Flags:
    """Return whether some layer of gates passes no blame and tells no samples apart at the end.

    A saturated sigmoid passes none either where its slope is too small for the floats, but it has
    no gate, and what it gives still moves what comes after it.
    """
    dead = np.zeros(history.losses.shape[1:], np.bool_)
    for layer, slope, a in zip(
        history.networks.layers, history.backward.local_gradients, history.forward.a, strict=True
    ):
        if not layer.activation.kinks:
            continue
        same = (a[-1] == a[-1][..., :1, :]).all(axis=(-1, -2))
        dead |= (slope[-1] == 0).all(axis=(-1, -2)) & same
    return dead


def last_pass(history: History) -> ForwardPass:
    """Return the forward pass of the last step kept."""
    passes = history.forward
    last = each_array(passes.network, lambda every: every[-1])
    # x has a step axis only if the caller gave it one for the stack, which is not the steps'.
    return ForwardPass(
        last, passes.x, tuple(z[-1] for z in passes.z), tuple(a[-1] for a in passes.a)
    )


def resting_gates(history: History) -> list[Flags]:
    """Return, for each layer, which neurons rest on a kink that blame arrives at.

    S + (width,): at the end, on some sample, z cannot be told from the kink, the gate passes
    nothing, and the upstream gradient is not small. Gradient descent sees no slope there, though
    one side of the kink has one.
    """
    below = calm_below(blame_size(history))[..., None, None]
    found: list[Flags] = []
    slopes, upstream = history.backward.local_gradients, history.backward.activation_gradients
    for near, slope, blame in zip(on_the_kink(last_pass(history)), slopes, upstream, strict=True):
        found.append((near & (slope[-1] == 0) & (np.abs(blame[-1]) > below)).any(axis=-2))
    return found


def flip_counts(history: History) -> list[Any]:
    """Return, for each layer, how often each gate flipped in the last `RECENT` steps.

    S + (n_samples, width) for a layer whose activation has a kink; zeros for any other.
    """
    found = []
    layers = history.forward.network.layers
    for layer, z, slope in zip(
        layers, history.forward.z, history.backward.local_gradients, strict=True
    ):
        # A straight piece is known by its slope; a curved one, whose slope changes, by where z is.
        recent = slope if layer.activation.straight else piece_of(layer.activation, z)
        recent = recent[-RECENT - 1 :]
        found.append((recent[1:] != recent[:-1]).sum(axis=0))
    return found


def fewest_flips(history: History) -> int:
    """Return how many flips of one gate count as going to and fro over its kink."""
    return max(4, min(RECENT, history.steps) // 2)


def _resting(history: History) -> Flags:
    resting = np.zeros(history.losses.shape[1:], np.bool_)
    for gates in resting_gates(history):
        resting |= gates.any(axis=-1)
    return resting


def _flipping(history: History) -> Flags:
    flipping = np.zeros(history.losses.shape[1:], np.bool_)
    for counts in flip_counts(history):
        flipping |= (counts >= fewest_flips(history)).any(axis=(-1, -2))
    return flipping
