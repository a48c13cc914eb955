"""What loose lines give, and how a number, a list or a name in them is read."""

from __future__ import annotations

import ast
import re
from dataclasses import dataclass, field

import numpy as np

from blame.arrays import Array
from blame.exercise.typed.numbers import read_number

NUMBER = (
    r"[-+]?(?:\d{1,17}(?:[.,]\d{1,17})?\.?"
    r"|[.]\d{1,17})(?:[eE][-+]?\d{1,3})?(?:\s?/\s?\d{1,9}(?:\.\d{1,9})?)?"
)
_NUMBERS_ONLY = re.compile(r"[-+\d.eE,()\[\]\s]+")
_LISTED = re.compile(NUMBER)


@dataclass
class Loose:
    """What loose lines give: values and their lines, and sentences about odd numbers."""

    values: dict[str, Array] = field(default_factory=dict)
    lines: dict[str, int] = field(default_factory=dict)
    read: set[int] = field(default_factory=set)
    said: list[str] = field(default_factory=list)
    unread: dict[int, str] = field(default_factory=dict)
    renamed: dict[str, str] = field(default_factory=dict)
    columns: bool = False
    """Whether its matrices are known to have one column a neuron."""

    def keep(self, name: str, value: Array, line: int) -> None:
        if name not in self.values:
            self.values[name] = value
            self.lines[name] = line
        self.read.add(line)


def number(text: str, into: Loose | None = None) -> float | None:
    """Return what a short text writes, as a hand does; None where it is no number."""
    typed = read_number(text.strip().rstrip("."))
    if typed.value is not None and typed.said and into is not None:
        into.said.append(typed.said)
    return typed.value


def literal(text: str) -> Array | None:
    """Return the array of a list of numbers, None where it is none or ragged."""
    text = _fractions(text)
    if not _NUMBERS_ONLY.fullmatch(text):
        return None
    try:
        made = ast.literal_eval(text)
        array = np.array(made, dtype=float)
    except (ValueError, SyntaxError, TypeError, RecursionError, MemoryError, OverflowError):
        return None
    fits = array.ndim <= 3 and 0 < array.size <= 1000 and bool(np.isfinite(array).all())
    return array if fits else None


def _fractions(text: str) -> str:
    def worked_out(found: re.Match[str]) -> str:
        value = number(found.group())
        return found.group() if value is None else repr(value)

    text = re.sub(r"\btensor\(|\barray\(", "(", text)
    return re.sub(r"\d[\d.]{0,17}\s?/\s?\d[\d.]{0,17}", worked_out, text)


def closing(text: str, start: int) -> int:
    """Return where the bracket that opens at `start` closes, -1 if nowhere near."""
    depth = 0
    for place in range(start, min(len(text), start + 4000)):
        depth += (text[place] in "([{") - (text[place] in ")]}")
        if depth == 0:
            return place + 1
        if depth > 20:
            return -1
    return -1


def listed(text: str, found: Loose) -> Array | None:
    """Return the numbers of a sentence: 1, -2 and 0.5; a comma inside one is a decimal comma."""
    tight = re.fullmatch(r"[-+]?\d+(?:,[-+]?\d+){2,}", text.strip())
    parts = text.split(",") if tight else _LISTED.findall(text)
    numbers = [number(part, found) for part in parts]
    if not numbers or any(value is None for value in numbers):
        return None
    return np.array(numbers[0] if len(numbers) == 1 else numbers, dtype=float)


def canonical(name: str) -> str:
    """Return a name as it is compared: w_{11} and w_11 are w11, theta_3 and th3 are theta3."""
    name = re.sub(r"^self\.", "", name.strip())
    name = re.sub(r"\[(\d+)\]", r"_\1", name) if re.match(r"[wvb]\[", name) else name
    name = re.sub(r"^(?:θ|theta|th|Theta|thr|threshold)_?(\d+)$", r"theta\1", name)
    return re.sub(r"^([A-Za-z]+)_(\d+)$", r"\1\2", name)
