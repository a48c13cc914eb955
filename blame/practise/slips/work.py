"""Both passes and one update, worked out step by step so that any step can be done otherwise."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from blame.activations import Activation
from blame.arrays import Array, product
from blame.exercise.exercise import Exercise
from blame.losses import Fused, Loss
from blame.targets import check_target
from blame.updates import Rule, Update

Key: TypeAlias = tuple[str, int]
"""A step and its layer, counted from 1 as in names; 0 where a step has no layer."""
Step: TypeAlias = "Callable[[Work, int], Array]"
Change: TypeAlias = "Callable[[Work, int, Step], Array]"
"""Does a step of a layer otherwise; it is given the step as it was before."""
Given: TypeAlias = Mapping[Key, tuple[NDArray[np.intp], Array]]
"""Somebody's own numbers: for an array, places in NumPy's order and what stands there."""


class CircleError(ValueError):
    """Two changes that each need what the other makes."""


@dataclass(frozen=True, eq=False)
class Setup:
    """What an exercise gives to the passes; `weights[k - 1]` and `biases[k - 1]` are of layer k."""

    weights: tuple[Array, ...]
    biases: tuple[Array | None, ...]
    activations: tuple[Activation, ...]
    x: Array
    target: Array
    loss: Loss
    rate: float
    update: Update
    rules: Mapping[str, Rule]

    @classmethod
    def of(cls, exercise: Exercise) -> Setup:
        """Return the setup of an exercise."""
        fwd, layers = exercise.forward(), exercise.network.layers
        update = Update(exercise.held, exercise.tied, exercise.momentum, exercise.weight_decay)
        return cls(
            tuple(layer.weights for layer in layers),
            tuple(layer.bias for layer in layers),
            tuple(layer.activation for layer in layers),
            fwd.x,
            check_target(fwd, exercise.target, exercise.loss_function),
            exercise.loss_function,
            exercise.learning_rate,
            update,
            update.rules(exercise.network),
        )

    @property
    def depth(self) -> int:
        """How many layers there are."""
        return len(self.weights)

    @property
    def fused(self) -> Fused | None:
        """The loss joined to the last activation, where they belong together."""
        fused = self.loss.fused
        return fused if fused and fused.activation == self.activations[-1].name else None


class Work:
    """What has been worked out of one exercise in one way; each array once, when it is asked for.

    Parameters
    ----------
    setup : of the exercise.
    steps : how each step is done, `RIGHT` or that with some changes.
    given : somebody's own numbers. Whatever comes later goes on with them, and from the prediction
        itself, as on paper; `computed` keeps what each step made of those before it.
    begun : arrays of another work that are the same here.
    """

    def __init__(
        self,
        setup: Setup,
        steps: Mapping[str, Step],
        given: Given | None = None,
        begun: Work | None = None,
    ) -> None:
        self.setup = setup
        self.steps = steps
        self.given = given
        self.computed: dict[Key, Array] = {}
        self._goes_on: dict[Key, Array] = {}
        self._under_way: set[Key] = set()
        self._after: Work | None = None
        if begun is not None:
            for name in FORWARD:
                for k in range(1, setup.depth + 1):
                    if (name, k) in begun.computed:
                        self.computed[name, k] = begun.computed[name, k]
                        self._goes_on[name, k] = begun._goes_on[name, k]

    def get(self, step: str, k: int = 0) -> Array:
        """Return the array of a step, which whatever follows goes on with.

        Raises
        ------
        CircleError
            If it needs itself.
        """
        key = (step, k)
        found = self._goes_on.get(key)
        if found is not None:
            return found
        if key in self._under_way:
            raise CircleError(f"{step} of layer {k} would be made from itself")
        self._under_way.add(key)
        found = self.steps[step](self, k)
        self._under_way.discard(key)
        self.computed[key] = found
        if self.given and key in self.given:
            places, values = self.given[key]
            found = np.array(found)
            found.flat[places] = values
        self._goes_on[key] = found
        return found

    def made(self, step: str, k: int = 0) -> Array:
        """Return what a step made, where somebody's own number may stand for it later on."""
        if step.startswith("after_"):
            return self.after.made(step.removeprefix("after_"), k)
        self.get(step, k)
        return self.computed[step, k]

    def input(self, k: int) -> Array:
        """Return what comes into layer k."""
        return self.setup.x if k == 1 else self.get("a", k - 1)

    @property
    def last(self) -> int:
        """The last layer."""
        return self.setup.depth

    @property
    def after(self) -> Work:
        """The work after one update, done in the same way."""
        if self._after is None:
            layers = range(1, self.last + 1)
            moved = replace(
                self.setup,
                weights=tuple(self.get("new_W", k) for k in layers),
                biases=tuple(
                    None if self.setup.biases[k - 1] is None else self.get("new_b", k)
                    for k in layers
                ),
            )
            later = {key: own for key, own in (self.given or {}).items() if key[0][:6] == "after_"}
            given = {(step.removeprefix("after_"), k): own for (step, k), own in later.items()}
            self._after = Work(moved, self.steps, given if self.given is not None else None)
        return self._after


def _z(work: Work, k: int) -> Array:
    weighted = product(work.input(k), work.setup.weights[k - 1])
    bias = work.setup.biases[k - 1]
    return weighted if bias is None else weighted + bias


def _a(work: Work, k: int) -> Array:
    return work.setup.activations[k - 1].value(work.get("z", k))


def _loss(work: Work, k: int) -> Array:
    setup = work.setup
    if setup.fused and work.given is None:
        return np.asarray(setup.fused.value(work.get("z", setup.depth), setup.target))
    return np.asarray(setup.loss.value(work.get("a", setup.depth), setup.target))


def _upstream(work: Work, k: int) -> Array:
    setup = work.setup
    if k < setup.depth:
        return product(work.get("delta", k + 1), setup.weights[k].T)
    if setup.fused and work.given is None:
        return setup.fused.gradient(work.get("z", k), setup.target)
    return setup.loss.gradient(work.get("a", k), setup.target)


def _slope(work: Work, k: int) -> Array:
    return work.setup.activations[k - 1].derivative(work.get("z", k))


def _delta(work: Work, k: int) -> Array:
    setup = work.setup
    if k == setup.depth and setup.fused:
        if work.given is None or setup.fused.slope != "y - t":
            return setup.fused.delta(work.get("z", k), setup.target)
        prediction = work.get("a", k)
        whole = setup.target.sum(-1, keepdims=True) if setup.fused.slope_of_any else 1.0
        off: Array = prediction * whole - setup.target
        return off / setup.loss.shares(*prediction.shape)
    upstream = work.get("upstream", k)
    return setup.activations[k - 1].delta(work.get("z", k), upstream, work.get("slope", k))


def _dW(work: Work, k: int) -> Array:
    return product(work.input(k).T, work.get("delta", k))


def _db(work: Work, k: int) -> Array:
    found: Array = np.add.reduce(work.get("delta", k), -2)
    return found


def _d_x(work: Work, k: int) -> Array:
    return product(work.get("delta", 1), work.setup.weights[0].T)


def velocity(work: Work, kind: str, k: int) -> Array:
    """Return what the learning rate multiplies: the gradient, after all that holds for its array.

    Parameters
    ----------
    kind : "W" or "b".
    """
    rule = work.setup.rules[f"{kind}{k}"]
    gradient = work.get(f"d{kind}", k)
    return work.setup.update.velocity(rule, parameter(work, kind, k), gradient, None)


def parameter(work: Work, kind: str, k: int) -> Array:
    """Return the weights, "W", or the bias, "b", of layer k before the update."""
    found = (work.setup.weights if kind == "W" else work.setup.biases)[k - 1]
    assert found is not None
    return found


def _new_W(work: Work, k: int) -> Array:
    return parameter(work, "W", k) - work.setup.rate * velocity(work, "W", k)


def _new_b(work: Work, k: int) -> Array:
    return parameter(work, "b", k) - work.setup.rate * velocity(work, "b", k)


FORWARD = ("z", "a")
RIGHT: Mapping[str, Step] = {
    "z": _z,
    "a": _a,
    "loss": _loss,
    "upstream": _upstream,
    "slope": _slope,
    "delta": _delta,
    "dW": _dW,
    "db": _db,
    "d_x": _d_x,
    "new_W": _new_W,
    "new_b": _new_b,
}
"""Every step of both passes and of the update, as it is. The blame at a is called upstream."""


def changed(changes: Mapping[str, Change], steps: Mapping[str, Step] = RIGHT) -> dict[str, Step]:
    """Return steps of which some are done otherwise."""
    return {**steps, **{name: _otherwise(change, steps[name]) for name, change in changes.items()}}


def _otherwise(change: Change, before: Step) -> Step:
    return lambda work, k: change(work, k, before)
