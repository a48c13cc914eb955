"""An exercise as the query of a link: what it starts from, and then what differs."""

from __future__ import annotations

from functools import lru_cache

from blame.exercise.build import blank
from blame.exercise.exercise import Exercise
from blame.exercise.links.names import rows_of
from blame.exercise.names import array_of, link_name
from blame.exercise.presets import NOTEBOOK
from blame.exercise.starts import STARTS


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
            width = rows_of(exercise, array)[1]
            rows = [entries[k : k + width] for k in range(0, len(entries), width)]
            query[array] = ";".join(",".join(row) for row in rows)
        else:
            query |= {link_name(name): repr(now[name]) for name in names}
    return query


def _written(value: float) -> str:
    return repr(value).removesuffix(".0")
