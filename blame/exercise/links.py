"""An exercise as the query of a link, and back. A link names what it starts from, and then what
differs: a number at a time, or a whole array at once."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import lru_cache

import numpy as np

from blame.activations import ACTIVATIONS
from blame.arrays import Array
from blame.exercise.build import blank
from blame.exercise.exercise import Exercise
from blame.exercise.limits import MOST_LAYERS, MOST_SAMPLES, MOST_UNITS
from blame.exercise.names import SETTINGS, array_of, link_name, name_in_link
from blame.exercise.presets import NOTEBOOK
from blame.exercise.starts import STARTS
from blame.losses import find_loss
from blame.network import Layer, Network

STRUCTURE = ("exercise", "sizes", "units", "bias", "n_samples", "loss", "held", "tied")
"""What says of which kind an exercise is; all else in a link of it are numbers."""
_ARRAYS = re.compile(r"x|y_true|[Wb]\d{1,2}")
_LIKE_OURS = re.compile(rf"(x|y_true|[Wb]\d+|{'|'.join(SETTINGS)})(_\d+)*")
_LONGEST = 4000


@dataclass(frozen=True)
class LinkRead:
    """The exercise of a link, the key of what it starts from, and what could not be used."""

    exercise: Exercise
    start: str
    problems: tuple[str, ...]


def is_ours(name: str) -> bool:
    """Return whether a name in a link's query speaks of the exercise."""
    return name in STRUCTURE or name in SETTINGS or _LIKE_OURS.fullmatch(name[:40]) is not None


def write_link(exercise: Exercise, start: str = "") -> dict[str, str]:
    """Return the query of an exercise's link, each name with its text.

    Parameters
    ----------
    start : the key in `STARTS` that the reader set out from; it is used where it has this shape.
    """
    query: dict[str, str] = {}
    base, named = base_of(exercise, start), _started_from(exercise, start)
    if named is not NOTEBOOK:
        query["exercise"] = start
    if base is not named:
        query["sizes"] = "-".join(map(str, exercise.sizes))
        if exercise.n_samples > 1:
            query["n_samples"] = str(exercise.n_samples)
        if not all(_biases(exercise)):
            query["bias"] = "-".join("yes" if has else "no" for has in _biases(exercise))
    if base.activations != exercise.activations:
        query["units"] = "-".join(exercise.activations)
    if base.loss != exercise.loss:
        query["loss"] = exercise.loss
    for name in ("held", "tied"):
        ours = getattr(exercise, name)
        if ours != getattr(base, name):
            query[name] = ",".join(map(link_name, ours)) or "none"
    return query | _differing(exercise, base, whole="sizes" in query or "exercise" in query)


def base_of(exercise: Exercise, start: str = "") -> Exercise:
    """Return the exercise whose numbers a link takes for granted, of the same shape as this one.

    Parameters
    ----------
    start : the key in `STARTS` that the reader set out from; it is used where it has this shape.
    """
    base = _started_from(exercise, start)
    if _widths(base) == _widths(exercise):
        return base
    return _blank(*_widths(exercise))


@lru_cache(maxsize=32)
def _blank(sizes: tuple[int, ...], n_samples: int, biases: tuple[bool, ...]) -> Exercise:
    # Each change of a number asks for the same one again.
    return blank(sizes, n_samples=n_samples, biases=biases)


def _started_from(exercise: Exercise, start: str) -> Exercise:
    """Return what a link can name to start from: the notebook's where `start` has other widths."""
    base = STARTS[start].exercise if start in STARTS else NOTEBOOK
    return base if _widths(base)[:2] == _widths(exercise)[:2] else NOTEBOOK


def read_link(query: Mapping[str, Sequence[str]]) -> LinkRead:
    """Return the exercise of a link; a sentence for each value that could not be used.

    Parameters
    ----------
    query : of the address, each name with all its values. Names that are none of ours are left.
    """
    problems: list[str] = []
    given: dict[str, str] = {}
    for name, values in query.items():
        if not is_ours(name):
            continue
        if len(values) != 1:
            problems.append(f"{name[:40]} must be given once, got {len(values)} values.")
        else:
            given[name] = values[0]
    start = given.pop("exercise", "")
    if start and start not in STARTS:
        problems.append(f"There is no exercise {start[:40]!r}; the notebook's is used.")
        start = ""
    base = STARTS[start].exercise if start else NOTEBOOK
    base = _structured(base, given, problems)
    exercise = base
    for name, text in given.items():
        if name in STRUCTURE:
            continue
        try:
            exercise = _with(exercise, name, text)
        except KeyError:
            problems.append(f"{name[:40]} is not a number of this network and is ignored.")
        except ValueError as error:
            problems.append(f"{error}. {_kept(base, name)}")
    return LinkRead(_tied(exercise, base, given, problems), start, tuple(problems))


def _with(exercise: Exercise, name: str, text: str) -> Exercise:
    numbers = exercise.names()
    known = name_in_link(name)
    if known in numbers:
        return exercise.with_numbers({known: exercise.parse_number(known, text)})
    entries = [number for number in numbers if array_of(number) == name]
    if not entries or not _ARRAYS.fullmatch(name):
        raise KeyError(name)
    rows = [row.split(",") for row in text[:_LONGEST].strip().strip(";").split(";")]
    wanted = _rows_of(exercise, name)
    if [len(row) for row in rows] != [wanted[1]] * wanted[0]:
        got = " and ".join(dict.fromkeys(str(len(row)) for row in rows))
        raise ValueError(
            f"{name} must have {wanted[0]} rows of {wanted[1]} numbers, parted by commas and its "
            f"rows by semicolons, got {len(rows)} rows of {got}"
        )
    typed = [entry for row in rows for entry in row]
    changes = {n: exercise.parse_number(n, t) for n, t in zip(entries, typed, strict=True)}
    return exercise.with_numbers(changes)


def _rows_of(exercise: Exercise, array: str) -> tuple[int, int]:
    """Return how many rows of how many numbers an array is written in."""
    if array == "x":
        return exercise.n_samples, exercise.sizes[0]
    if array == "y_true":
        return exercise.n_samples, exercise.sizes[-1]
    values = exercise.network.parameters()[array]
    return (values.shape[0], values.shape[1]) if values.ndim == 2 else (1, values.shape[0])


def _kept(base: Exercise, name: str) -> str:
    known = name_in_link(name)
    if known in base.names():
        return f"The default {base.numbers()[known]:g} is used."
    return "The numbers of before are kept."


def _structured(base: Exercise, given: Mapping[str, str], problems: list[str]) -> Exercise:
    """Return the exercise of the kind that a link asks for, with the base's numbers if they fit."""
    found = base
    if "sizes" in given or "n_samples" in given or "bias" in given:
        try:
            sizes = _sizes(given["sizes"]) if "sizes" in given else base.sizes
            before = "1" if "sizes" in given else str(base.n_samples)
            count = _whole("n_samples", given.get("n_samples", before), MOST_SAMPLES)
            has = [text != "no" for text in given.get("bias", "yes").split("-")][:MOST_LAYERS]
            depth = len(sizes) - 1
            found = blank(sizes, n_samples=count, biases=has * depth if len(has) == 1 else has)
        except ValueError as error:
            problems.append(f"{error}. The shape {'-'.join(map(str, base.sizes))} is used.")
    if "tied" in given:
        found = replace(found, tied=())
    found = _of_kind(found, {k: given[k] for k in ("units", "loss") if k in given}, problems)
    if "held" in given:
        try:
            found = replace(found, held=_names(given["held"]))
        except ValueError as error:
            problems.append(f"held: {error}. What was there is kept.")
    if "tied" in given:
        # Numbers that are equal already move together from here on.
        with suppress(ValueError):
            found = replace(found, tied=_names(given["tied"]))
    return found


def _tied(
    exercise: Exercise, base: Exercise, given: Mapping[str, str], problems: list[str]
) -> Exercise:
    """Return the exercise with what its link ties, which may be equal by its numbers only."""
    if "tied" not in given or exercise.tied == _names(given["tied"]):
        return exercise
    try:
        return replace(exercise, tied=_names(given["tied"]))
    except ValueError as error:
        problems.append(f"tied: {error}. What was there is kept.")
    with suppress(ValueError):
        return replace(exercise, tied=base.tied)
    return exercise


def _names(text: str) -> tuple[str, ...]:
    names = () if text in ("", "none") else text[:_LONGEST].split(",")
    return tuple(name_in_link(name[:40]) for name in names)


def _of_kind(exercise: Exercise, wanted: Mapping[str, str], problems: list[str]) -> Exercise:
    """Return the exercise with other units and another loss, which may go together only."""
    try:
        network = _units(exercise, wanted["units"]) if "units" in wanted else exercise.network
        loss = wanted.get("loss", exercise.loss)[:40]
        return replace(exercise, network=network, loss=loss, target=_target(exercise, loss))
    except ValueError as error:
        if len(wanted) == 1:
            problems.append(f"{next(iter(wanted))}: {error}. What was there is kept.")
            return exercise
    for name, text in wanted.items():
        exercise = _of_kind(exercise, {name: text}, problems)
    return exercise


def _units(exercise: Exercise, text: str) -> Network:
    units = text.split("-")[: MOST_LAYERS + 1]
    layers = exercise.network.layers
    if len(units) != len(layers) or not set(units) <= set(ACTIVATIONS):
        raise ValueError(
            f"must be {len(layers)} of {', '.join(ACTIVATIONS)}, joined by -, got {text[:40]!r}"
        )
    return Network(
        tuple(Layer(layer.weights, layer.bias, u) for layer, u in zip(layers, units, strict=True))
    )


def _target(exercise: Exercise, loss: str) -> Array | None:
    """Return the target as near to what it was as another loss takes it."""
    known = find_loss(loss)
    if not known.asks_target:
        return None
    if exercise.target is None:
        return np.zeros((exercise.n_samples, exercise.sizes[-1]))
    return np.clip(exercise.target, *known.domain)


def _sizes(text: str) -> tuple[int, ...]:
    parts = text.split("-")
    if not 2 <= len(parts) <= MOST_LAYERS + 1:
        raise ValueError(
            f"sizes must be two to {MOST_LAYERS + 1} numbers joined by -, got {text[:40]!r}"
        )
    return tuple(_whole("sizes", part, MOST_UNITS) for part in parts)


def _whole(name: str, text: str, most: int) -> int:
    number = int(text) if len(text) < 4 and text.isascii() and text.isdigit() else 0
    if not 1 <= number <= most:
        raise ValueError(f"{name} must be whole numbers from 1 to {most}, got {text[:40]!r}")
    return number


def _widths(exercise: Exercise) -> tuple[tuple[int, ...], int, tuple[bool, ...]]:
    return exercise.sizes, exercise.n_samples, _biases(exercise)


def _biases(exercise: Exercise) -> tuple[bool, ...]:
    return tuple(layer.bias is not None for layer in exercise.network.layers)


def _differing(exercise: Exercise, base: Exercise, *, whole: bool) -> dict[str, str]:
    """Return the numbers that differ, and as a `whole` the arrays in which more than one does."""
    before, now = base.numbers(), exercise.numbers()
    differ: dict[str, list[str]] = {}
    for name, value in now.items():
        if before.get(name) != value:
            differ.setdefault(array_of(name), []).append(name)
    query: dict[str, str] = {}
    for array, names in differ.items():
        if whole and len(names) > 1:
            entries = [_written(value) for n, value in now.items() if array_of(n) == array]
            width = _rows_of(exercise, array)[1]
            rows = [entries[k : k + width] for k in range(0, len(entries), width)]
            query[array] = ";".join(",".join(row) for row in rows)
        else:
            query |= {link_name(name): repr(now[name]) for name in names}
    return query


def _written(value: float) -> str:
    return repr(value).removesuffix(".0")
