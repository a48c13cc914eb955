"""What an operation is: its value, its local slopes, its words and its formula."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from blame.arrays import Array

Function = Callable[..., Array]
Check = Callable[..., np.ndarray[Any, np.dtype[np.bool_]]]


@dataclass(frozen=True)
class Kinked:
    """What holds on an operation's kink, where two of its pieces meet.

    Parameters
    ----------
    at : a function of the inputs that is 0 on it, and has another sign on either side.
    hands : what the operation hands back exactly there.
    sides : what it hands back on either side.
    along : how y begins to move, of `(tie, *inputs, *moves)`: as the inputs begin to move by
        `moves`; inputs that are within `tie` of the kink stand on it.
    frameworks : what frameworks hand back exactly there.
    """

    at: Function
    hands: str
    sides: str
    along: Function
    frameworks: str


@dataclass(frozen=True)
class Operation:
    """One operation on one or two inputs `a` and `b`, with the output `y`.

    Every array ends in the axis of a vector, of width 1 for a single number; leading axes are those
    of a stack.

    Parameters
    ----------
    name : what a text calls it, and the key of the registry.
    value : y of the inputs.
    slopes : for each input, dy/d(input) of `(y, *inputs)`.
    formula, slope_formulas : the same as NumPy, with {a}, {b} and {y} in their places.
    words : what it does with the blame that comes back to it, in one sentence.
    sign : how a text writes it between, before or behind its inputs; a function has none.
    also : other names that a text may call it by.
    shown : what it is called on screen and in a text, if not by its name.
    said : its slopes in words, where they are shorter than the formulas.
    gathers : whether it makes one number out of a vector.
    kink : for one with a kink, what holds there.
    domain : where it has a value and slopes.
    domain_words : the same in words, after "needs".
    torch : how PyTorch writes it, if not as NumPy does.
    exact : whether its result is rounded once only, or not at all.
    taken : the one entry of its vector that it takes; None where all count.
    """

    name: str
    value: Function
    slopes: tuple[Function, ...]
    formula: str
    slope_formulas: tuple[str, ...]
    words: str
    sign: str = ""
    also: tuple[str, ...] = ()
    shown: str = ""
    said: tuple[str, ...] = ()
    gathers: bool = False
    kink: Kinked | None = None
    domain: Check | None = None
    domain_words: str = ""
    torch: str = ""
    exact: bool = False
    taken: int | None = None

    @property
    def arity(self) -> int:
        """How many inputs it has."""
        return len(self.slopes)

    @property
    def symbol(self) -> str:
        """What stands for it in a picture."""
        return {"*": "\u00d7", "-": "\u2212", "/": "\u00f7", "**": "^"}.get(
            self.sign, self.sign
        ) or self.title

    @property
    def title(self) -> str:
        """What it is called on screen."""
        return self.shown or self.name

    def write(self, template: str, *inputs: str, y: str = "y") -> str:
        """Return one of its formulas with names in their places."""
        return template.format(a=inputs[0], b=inputs[-1], y=y)


def on_screen(code: str) -> str:
    """Return a formula of NumPy as it is written on screen: times is \u00d7, minus \u2212."""
    for old, new in (
        ("np.maximum", "max"),
        ("np.minimum", "min"),
        ("np.", ""),
        (" ** ", "^"),
        (" * ", " \u00d7 "),
        ("-", "\u2212"),
    ):
        code = code.replace(old, new)
    return code
