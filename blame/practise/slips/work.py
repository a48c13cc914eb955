"""Both passes and one update, worked out in several ways at once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from blame.arrays import Array
from blame.practise.slips.desk import Change, Desk, Key, Setup
from blame.practise.slips.steps import OWN_AXES, RIGHT

Given: TypeAlias = Mapping[Key, tuple[NDArray[np.intp], Array]]
"""Somebody's own numbers: for an array, places in NumPy's order and what stands there."""


Rows: TypeAlias = NDArray[np.intp]
"""Which rows of a stack."""


class CircleError(ValueError):
    """Two changes that each need what the other makes."""


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
