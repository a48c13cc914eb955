"""Somebody's numbers: where each stands in both passes, and how closely it was written down."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from blame.arrays import Array
from blame.exercise.exercise import Exercise
from blame.exercise.names import entry_names, plain_name
from blame.practise.slips.desk import Key
from blame.practise.slips.work import Work

NEW = "new "
"""Stands before the name of what an update makes: new W1[0, 0], new y_pred, new loss."""
_NOISE = 1e-12
"""Relative; what the order of a few float64 operations may change in a number."""
_MOST_BITS = 30.0
"""Nine digits; more say no more."""
_BITS_OF_ZERO = 2.0
"""A zero comes about in many ways."""

Place = tuple[Key, int]
"""The array of a number, and its place there in NumPy's order."""
Mask = NDArray[np.bool_]


@dataclass(frozen=True, eq=False)
class Asked:
    """Some numbers by name.

    printed, units, bits : (n,), each number, the worth of its last digit, and how much it would
        take to meet it by chance.
    groups : for each array, which of the numbers stand in it, and where.
    """

    names: tuple[str, ...]
    printed: Array
    units: Array
    bits: Array
    groups: tuple[tuple[Key, NDArray[np.intp], NDArray[np.intp]], ...]

    @property
    def given(self) -> Mapping[Key, tuple[NDArray[np.intp], Array]]:
        """The numbers as a `Work` goes on with them."""
        return {key: (places, self.printed[which]) for key, which, places in self.groups}

    def values(self, work: Work) -> Array:
        """Return what each way of a work makes of these numbers, (n_rows, n)."""
        found = np.empty((work.n_rows, len(self.names)))
        with np.errstate(all="ignore"):
            for (step, k), which, places in self.groups:
                found[:, which] = work.made(step, k)[..., places]
        return found

    def agree(self, values: Array) -> Mask:
        """Return which numbers agree with these values to their last digit, (..., n).

        As `blame.exercise.library.compare.differs`: a number may be rounded or cut off.
        """
        with np.errstate(all="ignore"):
            size = np.abs(values)
            noise = size * _NOISE
            rounded = np.abs(self.printed - values) <= self.units / 2 + noise
            less = size - np.abs(self.printed)
            alike = self.printed * values > 0
            return rounded | (alike & (less >= -noise) & (less < self.units - noise))

    def made(self, values: Array) -> Mask:
        """Return which numbers these values make: a zero is made by a zero alone."""
        return self.agree(values) & ((self.printed != 0) | (np.abs(values) <= _NOISE))

    def names_of(self, which: Mask) -> tuple[str, ...]:
        """Return the names of some of the numbers."""
        return tuple(name for name, one in zip(self.names, which, strict=True) if one)


def ask(exercise: Exercise, numbers: Mapping[str, float | str]) -> Asked:
    """Return somebody's numbers as they are looked up.

    Parameters
    ----------
    numbers : by the names of the quantities; with "new " before it what one update makes of a
        parameter, the prediction or the loss. A text keeps the zeros it ends with.

    Raises
    ------
    ValueError
        If a name is unknown, or a number is none or not finite.
    """
    places = known_places(exercise)
    found: dict[str, tuple[float, float]] = {}
    for given, value in numbers.items():
        found[find_name(exercise, given)] = _number(given, value)
    by_key: dict[Key, list[tuple[int, int]]] = {}
    for position, name in enumerate(found):
        key, place = places[name]
        by_key.setdefault(key, []).append((position, place))
    groups = tuple(
        (key, np.array([at for at, _ in both]), np.array([place for _, place in both]))
        for key, both in by_key.items()
    )
    printed = np.array([value for value, _ in found.values()], float)
    units = np.array([unit for _, unit in found.values()], float)
    with np.errstate(divide="ignore"):
        digits = np.log2(np.abs(printed) / units)
    bits = np.where(printed == 0, _BITS_OF_ZERO, np.clip(digits + 1, 1.0, _MOST_BITS))
    return Asked(tuple(found), printed, units, bits, groups)


def find_name(exercise: Exercise, given: str) -> str:
    """Return a number's name as it is written here: W1[0,1] is what the update makes of it.

    Raises
    ------
    ValueError
        If there is no such number.
    """
    places = known_places(exercise)
    plain = given.replace(" ,", ",").replace(", ", ",").replace(",", ", ").strip()
    for name in (plain, f"{NEW}{plain}", f"{NEW}{plain_name(plain)}"):
        if name in places:
            return name
    arrays = dict.fromkeys(name.partition("[")[0] for name in places)
    raise ValueError(f"there is no number {given[:40]!r}; choose one of {', '.join(arrays)}")


def known_places(exercise: Exercise) -> Mapping[str, Place]:
    """Return where each quantity of both passes and of one update stands, by its name."""
    biases = tuple(layer.bias is not None for layer in exercise.network.layers)
    plain = exercise.activations[-1] == "identity"
    return _places(exercise.sizes, biases, plain, exercise.n_samples)


@lru_cache(maxsize=64)
def _places(
    sizes: tuple[int, ...], biases: tuple[bool, ...], plain: bool, n_samples: int
) -> Mapping[str, Place]:
    found: dict[str, Place] = {}
    for label, key, shape in _arrays(sizes, biases, plain, n_samples):
        found |= {name: (key, place) for place, name in enumerate(entry_names(label, shape))}
    return found


def _arrays(
    sizes: Sequence[int], biases: Sequence[bool], plain: bool, n_samples: int
) -> Iterator[tuple[str, Key, tuple[int, ...]]]:
    """Yield what each array is called, the step that makes it, and its shape as names have it."""
    last = len(sizes) - 1
    rows = () if n_samples == 1 else (n_samples,)
    outputs = rows if sizes[-1] == 1 else (*rows, sizes[-1])
    for k in range(1, last + 1):
        if k < last or not plain:
            yield f"z{k}", ("z", k), (*rows, sizes[k])
        if k < last:
            yield f"a{k}", ("a", k), (*rows, sizes[k])
    yield "y_pred", ("a", last), outputs
    yield "loss", ("loss", 0), ()
    yield "d_loss_y", ("upstream", last), outputs
    for k in range(last, 0, -1):
        if k < last:
            yield f"d_a{k}", ("upstream", k), (*rows, sizes[k])
        if k < last or not plain:
            yield f"d_z{k}", ("delta", k), (*rows, sizes[k])
        yield f"dW{k}", ("dW", k), (sizes[k - 1], sizes[k])
        if biases[k - 1]:
            yield f"db{k}", ("db", k), (sizes[k],)
    yield "d_x", ("d_x", 0), (*rows, sizes[0])
    for k in range(1, last + 1):
        yield f"{NEW}W{k}", ("new_W", k), (sizes[k - 1], sizes[k])
        if biases[k - 1]:
            yield f"{NEW}b{k}", ("new_b", k), (sizes[k],)
    yield f"{NEW}y_pred", ("after_a", last), outputs
    yield f"{NEW}loss", ("after_loss", 0), ()


def _number(name: str, value: Any) -> tuple[float, float]:
    """Return a number and the worth of its last digit."""
    try:
        number = float(value)
    except (TypeError, ValueError):
        raise ValueError(f"{name[:40]} must be a number, got {str(value)[:40]!r}") from None
    if not np.isfinite(number):
        raise ValueError(f"{name[:40]} must be finite, got {number}")
    exponent = _last_place(Decimal(repr(number)))
    if isinstance(value, str):
        # 0.50 is written to two decimals; of whole numbers nothing is known but themselves.
        exponent = min(exponent, _last_place(Decimal(value.strip().replace("_", ""))))
    return number, float(Decimal((0, (1,), exponent)))


def _last_place(number: Decimal) -> int:
    exponent = number.as_tuple().exponent
    assert isinstance(exponent, int)
    return exponent
