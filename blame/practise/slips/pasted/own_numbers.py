"""Read somebody's own numbers from text: named numbers, printed arrays, a dict of lists."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from blame.exercise.exercise import Exercise
from blame.exercise.names import array_of
from blame.exercise.typed.numbers import read_number
from blame.practise.slips.asked import find_name, known_places

MOST_TEXT = 20_000
_MOST_SAID = 8
_NUMBER = re.compile(r"[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?")
_NAME = re.compile(
    r"""["']?\b((?:new\s+)?[A-Za-z_][A-Za-z_0-9.]*(?:\s*\[\s*\d+\s*(?:,\s*\d+\s*)?\])?)["']?\s*[=:]"""
)
AROUND = re.compile(
    r",?\s*\b(?:dtype|requires_grad|grad_fn|device)\s*=\s*(?:<[^>]*>|'[^']*'|[\w.]+)"
    r"|\b(?:np|numpy|torch|jnp)\.(?=\w)|\b(?:array|tensor|Tensor|Array|float16|float32|float64)\b"
)
"""What NumPy, PyTorch and JAX print around the numbers."""
_NUMBER_OR_GAP = re.compile(rf"{_NUMBER.pattern}|\?")
_GAP = "?"
"""Stands for a number that somebody does not have."""
_ROW = re.compile(r"\[([^\[\]]*)\]")


@dataclass
class OwnNumbers:
    """What a text gives: each number's name and text, what is worth saying, and what is not read.

    A number's text keeps the digits it was written with.
    """

    numbers: dict[str, str] = field(default_factory=dict)
    said: list[str] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)


def read_own_numbers(exercise: Exercise, text: str) -> OwnNumbers:
    """Return the numbers that a text gives for the quantities of an exercise.

    `z1[0] = 0.38` names one; `dW1 = [[0.1, 0.2], [0.3, 0.4]]`, as NumPy or PyTorch prints it, or
    in a dict or JSON, a whole array. An array whose rows and columns are the other way round is
    read so where its shape shows it.
    """
    found = OwnNumbers()
    if len(text) > MOST_TEXT:
        found.problems.append(f"The text is longer than {MOST_TEXT:,} characters.")
        return found
    plain = AROUND.sub("", text.replace("\N{MINUS SIGN}", "-"))
    pieces = list(_pieces(plain))
    if text.strip() and not pieces:
        found.problems.append(
            "No name is found: write each number as z1[0] = 0.38, or an array as dW1 = [[...]]."
        )
    for name, body in pieces:
        _read(exercise, name, body, found)
    if len(found.problems) > _MOST_SAID:
        more = len(found.problems) - _MOST_SAID
        found.problems[_MOST_SAID:] = [f"And {more} more are not read."]
    return found


def arrays_of(exercise: Exercise) -> dict[str, tuple[str, ...]]:
    """Return the names of the numbers of each array, in the order of both passes."""
    found: dict[str, list[str]] = {}
    for name in known_places(exercise):
        found.setdefault(array_of(name), []).append(name)
    return {array: tuple(names) for array, names in found.items()}


def row_of(names: tuple[str, ...], numbers: Mapping[str, str]) -> str:
    """Return an array's numbers in a row, a question mark for each that somebody does not have.

    Empty where they have none of them; rows of a matrix are parted by semicolons.
    """
    if not any(name in numbers for name in names):
        return ""
    rows: dict[str, list[str]] = {}
    for name in names:
        index = name.partition("[")[2].rstrip("]").split(", ")
        rows.setdefault(", ".join(index[:-1]), []).append(numbers.get(name, _GAP))
    return "; ".join(", ".join(row) for row in rows.values())


def with_array(exercise: Exercise, text: str, array: str, typed: str) -> str:
    """Return a text with other numbers for one of its arrays; none where nothing is typed.

    What the text has besides, and is not read, stays in it.
    """
    own = read_own_numbers(exercise, text)
    lines = [
        f"{each} = {row}"
        for each, names in arrays_of(exercise).items()
        if (row := typed.strip() if each == array else row_of(names, own.numbers))
    ]
    if not own.problems:
        return "\n".join(lines)
    # The later of two counts.
    return f"{text.rstrip()}\n{array} = {typed.strip()}" if typed.strip() else text


def _pieces(text: str) -> Iterator[tuple[str, str]]:
    """Yield each name and what stands after it, up to the next."""
    names = list(_NAME.finditer(text))
    ends = [match.start() for match in names[1:]] + [len(text)]
    for match, end in zip(names, ends, strict=False):
        yield " ".join(match[1].split()), text[match.end() : end]


def _read(exercise: Exercise, name: str, body: str, found: OwnNumbers) -> None:
    arrays = arrays_of(exercise)
    array = next((each for each in (name, f"new {name}") if each in arrays), "")
    if array and len(arrays[array]) > 1:
        _read_array(exercise, array, arrays[array], body, found)
        return
    try:
        known = arrays[array][0] if array else find_name(exercise, name)
    except ValueError:
        found.problems.append(f"{name[:40]} is no number of this exercise.")
        return
    texts = _NUMBER.findall(body)
    if len(texts) == 1:
        _keep(known, texts[0], found)
    elif (typed := read_number(body.strip(" \n\t,;[](){}"))).value is not None:
        found.numbers[known] = repr(typed.value)
        if typed.said:
            found.said.append(typed.said)
    else:
        count = len(texts) or "none"
        found.problems.append(f"{known} is one number; the text gives {count}.")


def _read_array(
    exercise: Exercise, array: str, names: tuple[str, ...], body: str, found: OwnNumbers
) -> None:
    texts = _NUMBER_OR_GAP.findall(body)
    if len(texts) != len(names):
        found.problems.append(f"{array} has {len(names)} numbers; the text gives {len(texts)}.")
        return
    rows = [_NUMBER_OR_GAP.findall(row) for row in _ROW.findall(body)]
    last = names[-1].partition("[")[2].rstrip("]").split(", ")
    if len(last) == 2:
        n_rows, n_columns = int(last[0]) + 1, int(last[1]) + 1
        given = (len(rows), len(rows[0]) if rows else 0)
        if given == (n_columns, n_rows) and n_rows != n_columns:
            texts = [row[i] for i in range(n_rows) for row in rows]
            found.said.append(
                f"{array} is given with rows and columns the other way round, {n_columns} by "
                f"{n_rows}, and read as {n_rows} by {n_columns}."
            )
    for name, text in zip(names, texts, strict=True):
        if text != _GAP:
            _keep(name, text, found)


def _keep(name: str, text: str, found: OwnNumbers) -> None:
    if math.isfinite(float(text)):
        found.numbers[name] = text
    else:
        found.problems.append(f"{name} is too large for a computer's floats.")
