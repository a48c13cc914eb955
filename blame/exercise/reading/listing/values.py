"""What the names of a listing can hold besides numbers, and how numbers become arrays of nodes."""

from __future__ import annotations

import ast
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from blame.exercise.reading.listing.symbols import Node, Value, num

MOST_CELLS = 1000
"""An array of a listing has at most so many numbers; an exercise has at most a hundred in one."""


class NotFollowed(Exception):  # noqa: N818
    """A line that cannot be followed on symbols."""


class TooMuch(Exception):  # noqa: N818
    """A listing that asks for more work than an exercise takes."""


class _Unknown:
    def __repr__(self) -> str:
        return "UNKNOWN"


UNKNOWN = _Unknown()


class Key(str):
    """A key of a dictionary that is several numbers: inputs, of which the value is the target."""

    numbers: Value

    def __new__(cls, written: str, numbers: Value) -> Key:
        made = super().__new__(cls, written)
        made.numbers = numbers
        return made


@dataclass
class UserFunction:
    """A function or a lambda that the listing defines."""

    name: str
    parameters: ast.arguments
    body: list[ast.stmt]
    instance: Instance | None = None
    called: bool = False
    acts: Any = None
    """The activation it turned out to be, False where it is none, None before it was tried."""


@dataclass
class UserClass:
    name: str
    methods: dict[str, UserFunction]


@dataclass
class Instance:
    of: UserClass
    holds: dict[str, Value] = field(default_factory=dict)


@dataclass
class Builtin:
    """A function of a library, by the last part of its dotted name."""

    name: str
    path: str = ""


@dataclass
class Linear:
    """A layer of PyTorch or Keras: one row a neuron in the first, one column in the second."""

    n_in: int | None
    n_out: int
    has_bias: bool
    rows: bool = True
    activation: str = ""
    weight: Value = None
    bias: Value = None
    line: int = 0
    name: str = ""


@dataclass
class Act:
    """An activation written as a layer."""

    name: str
    slope: float = 0.01


@dataclass
class Stack:
    """A model made of layers in order."""

    layers: list[Value]


@dataclass
class LossCall:
    """A loss that waits for a prediction and a target."""

    key: str


def array_of(value: Value) -> Any:
    """Return a value as an array of nodes.

    Raises NotFollowed where it is none.
    """
    if isinstance(value, np.ndarray):
        return value
    if isinstance(value, Node):
        cell = np.empty((), dtype=object)
        cell[()] = value
        return cell
    if isinstance(value, bool):
        return array_of(num(float(value)))
    if isinstance(value, (list, tuple)) and value:
        parts = [array_of(part) for part in value]
        if any(part.shape != parts[0].shape for part in parts):
            raise NotFollowed("rows of unequal length")
        if parts[0].size * len(parts) > MOST_CELLS:
            raise TooMuch
        return np.stack(parts)
    raise NotFollowed("no number")


def plain(array: Any) -> Value:
    """Return an array without axes as its node."""
    return array[()] if isinstance(array, np.ndarray) and array.ndim == 0 else array


def numbers_of(value: Value) -> Any:
    """Return the values of an array of nodes as floats."""
    cells = array_of(value)
    flat = [cell.value for cell in cells.ravel()]
    return np.array(flat, dtype=float).reshape(cells.shape)


def nodes_of(numbers: Any) -> Any:
    """Return floats as an array of nameless nodes."""
    numbers = np.asarray(numbers, dtype=float)
    cells = np.empty(numbers.shape, dtype=object)
    for index in np.ndindex(numbers.shape):
        cells[index] = num(float(numbers[index]))
    return plain(cells)


def named(value: Value, name: str) -> Value:
    """Return a value whose nameless numbers are leaves of that name."""
    if isinstance(value, list):
        value = [part for part in value if part is not None]
        try:
            return named(array_of(value), name) if _only_numbers(value) else _parts(value, name)
        except NotFollowed:
            return _parts(value, name)
    if isinstance(value, tuple):
        return tuple(_parts(list(value), name))
    if isinstance(value, dict):
        return {key: named(part, f"{name}[{key!r}]") for key, part in value.items()}
    if not isinstance(value, (Node, np.ndarray)):
        return value
    cells = array_of(value)
    made = np.empty(cells.shape, dtype=object)
    for index in np.ndindex(cells.shape):
        cell = cells[index]
        fresh = cell.op == "num" or _of_itself(cell, name)
        made[index] = Node("leaf", (name, index), cell.value) if fresh else cell
    return plain(made)


def _parts(value: list[Value], name: str) -> list[Value]:
    return [named(part, f"{name}[{k}]") for k, part in enumerate(value)]


def _only_numbers(value: Value) -> bool:
    if isinstance(value, (list, tuple)):
        return all(map(_only_numbers, value))
    return isinstance(value, Node)


def _of_itself(cell: Node, name: str) -> bool:
    """Whether a number was made from numbers of that name alone: X = X / 10."""
    parts = [cell]
    leaves = 0
    for _ in range(12):
        if not parts:
            return cell.op != "leaf" and leaves > 0
        part = parts.pop()
        if part.op == "leaf":
            if part.args[0] != name:
                return False
            leaves += 1
        elif part.op in ("add", "neg", "mul", "div"):
            parts += part.args
        elif part.op != "num":
            return False
    return False
