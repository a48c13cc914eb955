"""Both passes and one update, worked out step by step so that any step can be done otherwise."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
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
Step: TypeAlias = "Callable[[Desk, int], Array]"
Change: TypeAlias = "Callable[[Desk, int, Step], Array]"
"""Does a step of a layer otherwise; it is given the step as it was before."""
Given: TypeAlias = Mapping[Key, tuple[NDArray[np.intp], Array]]
"""Somebody's own numbers: for an array, places in NumPy's order and what stands there."""


Rows: TypeAlias = NDArray[np.intp]
"""Which rows of a stack."""


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


class Desk:
    """What a step works from: the setup, and what earlier steps made."""

    setup: Setup

    def get(self, step: str, k: int = 0) -> Array:
        """Return the array of a step, which whatever follows goes on with."""
        raise NotImplementedError

    def input(self, k: int) -> Array:
        """Return what comes into layer k."""
        return self.setup.x if k == 1 else self.get("a", k - 1)

    @property
    def last(self) -> int:
        """The last layer."""
        return self.setup.depth

    @property
    def on_paper(self) -> bool:
        """Whether blame is worked out from the activations themselves, as on paper.

        So go the slopes of `SLOPE_OF_A`, and a loss that is fused to the last activation.
        """
        return False


class Work(Desk):
    """Both passes of one exercise, done in several ways at once: a stack with a row for each way.

    Each array is made once, when it is asked for, by the right step for all rows; then each change
    is made in its rows. An array that is alike in all rows has no axis for them.

    Parameters
    ----------
    setup : of the exercise; its weights and biases may be stacked.
    changes : for each change of steps, the rows in which it is made. Later ones come upon earlier.
    n_rows : how many ways there are.
    given : somebody's own numbers. Whatever comes later goes on with them, as on paper; `made`
        still returns what each step made of those before it.
    """

    def __init__(
        self,
        setup: Setup,
        changes: Sequence[tuple[Mapping[str, Change], Rows]] = (),
        n_rows: int = 1,
        given: Given | None = None,
    ) -> None:
        self.setup = setup
        self.n_rows = n_rows
        self.given = given
        self._changes = changes
        self._by_step: dict[str, list[tuple[Change, Rows]]] = {}
        for steps, rows in changes:
            for step, change in steps.items():
                self._by_step.setdefault(step, []).append((change, rows))
        self._made: dict[Key, Array] = {}
        self._goes_on: dict[Key, Array] = {}
        self._under_way: set[Key] = set()
        self._after: Work | None = None

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
        found = self._made[key] = self._make(step, k)
        self._under_way.discard(key)
        if self.given and key in self.given:
            places, values = self.given[key]
            found = np.array(found)
            found.reshape(*self._stack(step, found), -1)[..., places] = values
        self._goes_on[key] = found
        return found

    def made(self, step: str, k: int = 0) -> Array:
        """Return what a step made, (n_rows, size) in NumPy's order, or (size,) if all are alike.

        Somebody's own number may stand for it later on.
        """
        if step.startswith(_AFTER):
            return self.after.made(step.removeprefix(_AFTER), k)
        self.get(step, k)
        found = self._made[step, k]
        return found.reshape(*self._stack(step, found), -1)

    @property
    def on_paper(self) -> bool:
        """Whether blame is worked out from the activations themselves, as on paper.

        So go the slopes of `SLOPE_OF_A`, and a loss that is fused to the last activation.
        """
        return self.given is not None

    @property
    def after(self) -> Work:
        """The work after one update, done in the same ways."""
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
            given = None
            if self.given is not None:
                given = {
                    (step.removeprefix(_AFTER), k): own
                    for (step, k), own in self.given.items()
                    if step.startswith(_AFTER)
                }
            self._after = Work(moved, self._changes, self.n_rows, given)
        return self._after

    def _make(self, step: str, k: int) -> Array:
        found = RIGHT[step](self, k)
        changes = self._by_step.get(step)
        if not changes:
            return found
        own = found.shape[len(self._stack(step, found)) :]
        stacked = np.array(np.broadcast_to(found, (self.n_rows, *own)))
        for change, rows in changes:

            def before(desk: Desk, k: int, rows: Rows = rows) -> Array:
                return stacked[rows]

            stacked[rows] = change(_Some(self, rows), k, before)
        return stacked

    def _stack(self, step: str, values: Array) -> tuple[int, ...]:
        """Return the leading axis of an array: (n_rows,), or () where all rows are alike."""
        return values.shape[: values.ndim - OWN_AXES[step]]


class _Some(Desk):
    """Some rows of a work."""

    def __init__(self, work: Work, rows: Rows) -> None:
        self._work = work
        self._rows = rows
        self.setup = work.setup
        if any(weights.ndim > 2 for weights in work.setup.weights):
            self.setup = replace(
                work.setup,
                weights=tuple(self._of(each, 2) for each in work.setup.weights),
                biases=tuple(
                    None if each is None else self._of(each, 1) for each in work.setup.biases
                ),
            )

    def get(self, step: str, k: int = 0) -> Array:
        """Return the array of a step in these rows."""
        return self._of(self._work.get(step, k), OWN_AXES[step])

    @property
    def on_paper(self) -> bool:
        """Whether blame is worked out from the activations themselves, as on paper.

        So go the slopes of `SLOPE_OF_A`, and a loss that is fused to the last activation.
        """
        return self._work.on_paper

    def _of(self, values: Array, own: int) -> Array:
        return values[self._rows] if values.ndim > own else values


_AFTER = "after_"
SLOPE_OF_A: Mapping[str, Callable[[Array], Array]] = {
    "sigmoid": lambda a: a * (1 - a),
    "softmax": lambda a: a * (1 - a),
    "tanh": lambda a: 1 - a**2,
}
"""Slopes that are written with the activation itself."""


def transposed(values: Array) -> Array:
    """Return a matrix, or each of a stack, with rows and columns the other way round."""
    return values.swapaxes(-1, -2)


def _z(work: Desk, k: int) -> Array:
    weighted = product(work.input(k), work.setup.weights[k - 1])
    bias = work.setup.biases[k - 1]
    return weighted if bias is None else weighted + bias[..., None, :]


def _a(work: Desk, k: int) -> Array:
    return work.setup.activations[k - 1].value(work.get("z", k))


def _loss(work: Desk, k: int) -> Array:
    setup = work.setup
    if setup.fused and not work.on_paper:
        return np.asarray(setup.fused.value(work.get("z", setup.depth), setup.target))
    return _paper_loss(work, k)


def _paper_loss(work: Desk, k: int) -> Array:
    return np.asarray(work.setup.loss.value(work.get("a", work.last), work.setup.target))


def _upstream(work: Desk, k: int) -> Array:
    setup = work.setup
    if k < setup.depth:
        return product(work.get("delta", k + 1), transposed(setup.weights[k]))
    if setup.fused and not work.on_paper:
        return setup.fused.gradient(work.get("z", k), setup.target)
    return _paper_upstream(work, k)


def _paper_upstream(work: Desk, k: int) -> Array:
    if k < work.last:
        return _upstream(work, k)
    return work.setup.loss.gradient(work.get("a", k), work.setup.target)


def _slope(work: Desk, k: int) -> Array:
    if work.on_paper:
        return _paper_slope(work, k)
    return work.setup.activations[k - 1].derivative(work.get("z", k))


def _paper_slope(work: Desk, k: int) -> Array:
    activation = work.setup.activations[k - 1]
    of_a = SLOPE_OF_A.get(activation.name)
    return of_a(work.get("a", k)) if of_a else activation.derivative(work.get("z", k))


def _delta(work: Desk, k: int) -> Array:
    setup = work.setup
    if k == setup.depth and setup.fused and not work.on_paper:
        return setup.fused.delta(work.get("z", k), setup.target)
    return _paper_delta(work, k)


def _paper_delta(work: Desk, k: int) -> Array:
    setup = work.setup
    if k == setup.depth and setup.fused and setup.fused.slope == "y - t":
        prediction = work.get("a", k)
        whole = setup.target.sum(-1, keepdims=True) if setup.fused.slope_of_any else 1.0
        off: Array = prediction * whole - setup.target
        return off / setup.loss.shares(*prediction.shape[-2:])
    upstream = work.get("upstream", k)
    return setup.activations[k - 1].delta(work.get("z", k), upstream, work.get("slope", k))


def _dW(work: Desk, k: int) -> Array:
    return product(transposed(work.input(k)), work.get("delta", k))


def _db(work: Desk, k: int) -> Array:
    found: Array = np.add.reduce(work.get("delta", k), -2)
    return found


def _d_x(work: Desk, k: int) -> Array:
    return product(work.get("delta", 1), transposed(work.setup.weights[0]))


def velocity(work: Desk, kind: str, k: int) -> Array:
    """Return what the learning rate multiplies: the gradient, after all that holds for its array.

    Parameters
    ----------
    kind : "W" or "b".
    """
    rule = work.setup.rules[f"{kind}{k}"]
    gradient = work.get(f"d{kind}", k)
    return work.setup.update.velocity(rule, parameter(work, kind, k), gradient, None)


def parameter(work: Desk, kind: str, k: int) -> Array:
    """Return the weights, "W", or the bias, "b", of layer k before the update."""
    found = (work.setup.weights if kind == "W" else work.setup.biases)[k - 1]
    assert found is not None
    return found


def _new_W(work: Desk, k: int) -> Array:
    return parameter(work, "W", k) - work.setup.rate * velocity(work, "W", k)


def _new_b(work: Desk, k: int) -> Array:
    return parameter(work, "b", k) - work.setup.rate * velocity(work, "b", k)


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
ON_PAPER: Mapping[str, Step] = {
    "loss": _paper_loss,
    "upstream": _paper_upstream,
    "slope": _paper_slope,
    "delta": _paper_delta,
}
"""Steps that go by the activations, where floats go by z to keep their digits.

For whoever has other activations than those of z.
"""
OWN_AXES = dict.fromkeys(RIGHT, 2) | {"loss": 0, "db": 1, "new_b": 1}
"""How many axes the array of each step has by itself."""
