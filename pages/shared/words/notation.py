"""How formulas are written: with the notebook's names and x W, or as courses do, W x.

A course's vectors are columns and its weights have one row a neuron, so all its arrays are ours
turned: indices are read from the back, and the factors of a product change places.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True)
class Notation:
    """One way to write an exercise's formulas in LaTeX."""

    symbol: Callable[[str], str]
    """Writes one of the notebook's names: of an array, or of a number in it."""
    columns: bool
    """Whether a sample is a column, and a neuron's weights are a row."""
    said: str
    """What formulas have in it, as it is told where it is chosen."""

    def rows(self, values: np.ndarray) -> np.ndarray:
        """Return an array of ours as it is laid out; a vector is a row of ours."""
        rows = np.atleast_2d(values)
        return rows.T if self.columns else rows

    def product(self, *factors: str, by: str = r"\,") -> str:
        """Return the factors of a product of ours in their order here."""
        return by.join(reversed(factors) if self.columns else factors)

    def turned(self, symbol: str) -> str:
        """Return a matrix that is one and the same in both, as it stands in a product of ours."""
        return rf"{symbol}^\top" if self.columns else symbol

    def row(self, array: str, s: int) -> str:
        """Return how a sample's row of an array is written: here it may be a column."""
        return self.symbol(f"{array}[{s}, :]" if self.columns else f"{array}[{s}]")


_LETTERS = {"loss": "L", "y_pred": r"\hat y", "y_true": "y"}


def _notebooks(name: str) -> str:
    return rf"\texttt{{{name.replace('_', chr(92) + '_')}}}"


def _courses(name: str) -> str:
    array, _, index = name.replace("d_loss_y", "d_y_pred").removesuffix("]").partition("[")
    blamed = re.fullmatch(r"d_?(.+)", array)
    array = blamed[1] if blamed else array
    letter, layer = re.fullmatch(r"(.*?)(\d*)", array).groups()  # type: ignore[union-attr]
    is_delta = blamed and letter == "z"
    written = r"\delta" if is_delta else _LETTERS.get(letter, letter)
    written += f"^{{({layer})}}" if layer else ""
    written += f"_{{{', '.join(reversed(index.split(', ')))}}}" if index else ""
    if blamed and not is_delta:
        written = rf"\frac{{\partial L}}{{\partial {written}}}"
    # In braces, for a power may follow and the layer stands where powers do.
    return f"{{{written}}}"


OURS = Notation(_notebooks, False, "the notebook's names and x W.")
COURSE = Notation(_courses, True, "∂L/∂w, δ and W x: one row a neuron.")
NOTATIONS: Mapping[str, Notation] = {"ours": OURS, "course": COURSE}
"""Each notation by its name in links; the first is the default."""
