"""One number of a pass without its value: where it stands, and what it is made of."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, NamedTuple

Operation = Literal["given", "sum", "activation", "loss", "loss slope"]


class Place(NamedTuple):
    """Where a name points: its kind without the layer, the layer from 1, and its indices.

    Of several samples, which one it belongs to is what `Graph.sample` says.
    """

    kind: str
    layer: int
    i: int
    j: int


class Part(NamedTuple):
    """What a number is made of: what it is called there, and the number that it opens.

    Both are the same but for the slope of an activation, which is taken at the number it opens;
    `of` is the output whose slope it is, where an activation mixes all z of its layer.
    """

    name: str
    opens: str
    of: str = ""


@dataclass(frozen=True)
class Node:
    """How one number comes about.

    For a "sum", it is the sum over `terms` of the product of each term's parts. For an
    "activation", the loss and its slope, it is `function` of the single parts in `terms`: a
    softmax's own z comes first, then all others of its layer.
    """

    name: str
    operation: Operation
    terms: tuple[tuple[Part, ...], ...] = ()
    function: str = ""


class Stage(NamedTuple):
    """One stage of the computation: its name, that of its first array, and all its arrays."""

    name: str
    arrays: tuple[str, ...]
