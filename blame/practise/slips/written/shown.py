"""Where a slip was made, and its formula there, as it was done and as it is, in numbers."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from blame.arrays import Array
from blame.exercise.exercise import Exercise
from blame.practise.slips.asked import ask, known_places
from blame.practise.slips.desk import Key
from blame.practise.slips.registry import SLIPS
from blame.practise.slips.search import setup_of
from blame.practise.slips.slip import Slip
from blame.practise.slips.steps import OWN_AXES, RIGHT
from blame.practise.slips.work import Work
from blame.practise.slips.written.formula import put_in
from blame.practise.slips.written.symbols import Place, Symbols

_NOISE = 1e-9
_STEPS = {
    "z": "z",
    "a": "a",
    "y_pred": "a",
    "loss": "loss",
    "d_loss_y": "upstream",
    "d_a": "upstream",
    "d_z": "delta",
    "dW": "dW",
    "db": "db",
    "new W": "new_W",
    "new b": "new_b",
}
"""The step of which a formula tells, by what stands on its left."""


@dataclass(frozen=True)
class Side:
    """One formula of a number: in symbols, in numbers where it has some, and what it comes to."""

    formula: str
    numbers: str
    value: float


@dataclass(frozen=True)
class Shown:
    """One slip at one number: the number's name, as it was done, and as it is."""

    slip: str
    name: str
    done: Side
    is_so: Side


def show_slips(
    exercise: Exercise,
    numbers: Mapping[str, float | str],
    slips: Sequence[str],
    explains: Sequence[str],
    write: Callable[[float], str],
) -> tuple[Shown, ...]:
    """Return each slip of an explanation at the first number that it makes otherwise.

    Both sides go on from the same numbers: somebody's own where these lead to what is explained.

    Parameters
    ----------
    numbers : somebody's, as `find_slips` takes them.
    slips, explains : of an explanation.
    write : how a number is written.
    """
    setup, asked = setup_of(exercise), ask(exercise, numbers)
    together = [SLIPS[key] for key in slips]
    changes = [(slip.changes, np.array([0])) for slip in together]
    made = asked.names.index(explains[0]) if explains else 0
    from_own = Work(setup, changes, 1, asked.given)
    follows = bool(asked.made(asked.values(from_own))[0, made])
    work = from_own if follows else Work(setup, changes, 1)
    found = (_shown(exercise, work, slip, tuple(explains), write) for slip in together)
    return tuple(each for each in found if each is not None)


def _shown(
    exercise: Exercise,
    work: Work,
    slip: Slip,
    explains: tuple[str, ...],
    write: Callable[[float], str],
) -> Shown | None:
    places = known_places(exercise)
    told = _STEPS.get(slip.as_done.partition(" = ")[0].partition("[")[0], "")
    changed = [
        name
        for name in (*explains, *(name for name in places if name not in explains))
        if places[name][0][0] in slip.changes
    ]
    # First where the formula is of, be that not among somebody's numbers.
    for name in sorted(changed, key=lambda name: places[name][0][0] != told):
        key, flat = places[name]
        done, right = work.made(*key).reshape(-1, _size(work, key))[0], _right(work, key)
        was, is_so = float(done[flat]), float(right.ravel()[flat])
        if abs(was - is_so) <= _NOISE * abs(was):
            continue
        shape = right.shape[right.ndim - OWN_AXES[key[0]] :]
        index = tuple(int(i) for i in np.unravel_index(flat, shape)) if shape else ()
        symbols = Symbols(work, Place(*key, index))
        unit = work.setup.activations[key[1] - 1].name
        return Shown(
            slip.key,
            name,
            _side(slip.as_done, was, symbols, write, unit),
            _side(slip.as_is, is_so, symbols, write, unit),
        )
    return None


def _side(
    formula: str, value: float, symbols: Symbols, write: Callable[[float], str], unit: str
) -> Side:
    numbers = put_in(formula, symbols, write, unit)
    # A formula of another shape of exercise would say what was not done.
    if numbers is None or abs(numbers.value - value) > _NOISE * max(abs(value), 1e-3):
        return Side(formula, "", value)
    return Side(formula, numbers.text, value)


def _right(work: Work, key: Key) -> Array:
    """Return what the right step makes of what came before in a work."""
    return RIGHT[key[0]](work, key[1])


def _size(work: Work, key: Key) -> int:
    own = _right(work, key)
    return int(np.prod(own.shape[own.ndim - OWN_AXES[key[0]] :]))
