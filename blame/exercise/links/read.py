"""The exercise of a link's query: each value that cannot be used is named, the rest is kept."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from blame.exercise.exercise import Exercise
from blame.exercise.links.names import LONGEST, STRUCTURE, is_ours, rows_of
from blame.exercise.links.structure import structured, tied_as_asked
from blame.exercise.names import array_of, name_in_link
from blame.exercise.presets import NOTEBOOK
from blame.exercise.starts import STARTS

_ARRAYS = re.compile(r"x|y_true|[Wb]\d{1,2}")


@dataclass(frozen=True)
class LinkRead:
    """The exercise of a link, the key of what it starts from, and what could not be used."""

    exercise: Exercise
    start: str
    problems: tuple[str, ...]


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
    base = structured(base, given, problems)
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
    return LinkRead(tied_as_asked(exercise, base, given, problems), start, tuple(problems))


def _with(exercise: Exercise, name: str, text: str) -> Exercise:
    numbers = exercise.names()
    known = name_in_link(name)
    if known in numbers:
        return exercise.with_numbers({known: exercise.parse_number(known, text)})
    entries = [number for number in numbers if array_of(number) == name]
    if not entries or not _ARRAYS.fullmatch(name):
        raise KeyError(name)
    rows = [row.split(",") for row in text[:LONGEST].strip().strip(";").split(";")]
    wanted = rows_of(exercise, name)
    if [len(row) for row in rows] != [wanted[1]] * wanted[0]:
        got = " and ".join(dict.fromkeys(str(len(row)) for row in rows))
        raise ValueError(
            f"{name} must have {wanted[0]} rows of {wanted[1]} numbers, parted by commas and its "
            f"rows by semicolons, got {len(rows)} rows of {got}"
        )
    typed = [entry for row in rows for entry in row]
    changes = {n: exercise.parse_number(n, t) for n, t in zip(entries, typed, strict=True)}
    return exercise.with_numbers(changes)


def _kept(base: Exercise, name: str) -> str:
    known = name_in_link(name)
    if known in base.names():
        return f"The default {base.numbers()[known]:g} is used."
    return "The numbers of before are kept."
