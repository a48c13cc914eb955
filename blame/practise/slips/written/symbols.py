"""What each symbol of a slip's formula stands for, where one number is made."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np

from blame.arrays import Array
from blame.practise.slips.steps import parameter
from blame.practise.slips.work import Work

SYMBOL = re.compile(
    r"(?:new |own )?\b[Waz]\[\w, \w\]|(?:new |own )?\b[abzp]\[\w\]|\bd_z\[\w\]|\bdW of before"
    r"|\b(?:y_pred|y_true|d_loss_y)(?:\[\w\])?|f'\((?:z of the \w+ ?\w+|[az])\)"
    r"|\b(?:d_a|d_z|dW|db|rate|decay)\b(?!\[)|(?<![\w'(])[azbWn](?![A-Za-z0-9_\[(])"
    r"|(?<=\()[az](?=²| [-+×])"
)
"""A name with its indices, a slope, or a bare name of the number's own neuron."""


@dataclass(frozen=True)
class Place:
    """Where a number is made: a step, its layer, and where in the step's array."""

    step: str
    k: int
    index: tuple[int, ...]

    @property
    def own(self) -> dict[str, int]:
        """The indices that belong to the number itself: s its sample, i and j its neurons."""
        if self.step in ("dW", "new_W"):
            return {"i": self.index[0], "j": self.index[1]}
        if self.step in ("db", "new_b"):
            return {"j": self.index[0]}
        if self.step == "loss":
            return {}
        return {
            "s": self.index[0],
            ("i" if self.step in ("upstream", "d_x") else "j"): self.index[1],
        }


class UnboundError(ValueError):
    """A symbol that stands for no one number here."""


class Symbols:
    """The numbers that symbols stand for where one number is made, in one row of a work."""

    def __init__(self, work: Work, place: Place) -> None:
        self._work = work
        self.place = place

    def value(self, symbol: str, at: Mapping[str, int]) -> float:
        """Return the number of a symbol.

        Parameters
        ----------
        at : the indices i, j and s, those of a sum among them.

        Raises
        ------
        UnboundError
            If it stands for none.
        """
        head, _, inside = symbol.partition("[")
        index = [
            int(each) if each.isdigit() else at.get(each, -1)
            for each in inside.rstrip("]").split(", ")
            if each
        ]
        find = self._finders().get(head)
        if find is None or -1 in index:
            raise UnboundError(symbol)
        try:
            return float(find(index, at.get("s", 0), at.get("j", at.get("i", 0))))
        except IndexError:
            raise UnboundError(symbol) from None

    def width(self, index: str) -> int:
        """Return how many numbers a sum over an index has."""
        step, k = self.place.step, self.place.k
        setup = self._work.setup
        if index == "s":
            return int(setup.x.shape[-2])
        if step == "z":
            return int(setup.weights[k - 1].shape[-2])
        if step == "upstream" and k < setup.depth:
            return int(setup.weights[k].shape[-1])
        return int(setup.weights[-1].shape[-1])

    def _finders(self) -> dict[str, Callable[[list[int], int, int], float]]:
        work, step, k = self._work, self.place.step, self.place.k
        setup, last = work.setup, work.last
        own = k if k else last

        def get(name: str, layer: int) -> Array:
            found = work.get(name, layer)
            axes = 1 if name in ("db", "new_b") else 2
            return found[0] if found.ndim > axes else found

        def of_input(index: list[int], s: int, n: int) -> float:
            return float((setup.x if k == 1 else get("a", k - 1))[s, index[0]])

        def slope(values: str, layer: int) -> Callable[[list[int], int, int], float]:
            def at(index: list[int], s: int, n: int) -> float:
                if not 1 <= layer <= last:
                    raise IndexError
                if values == "z" and layer == k:
                    return float(get("slope", k)[s, n])
                found = setup.activations[k - 1].derivative(get(values, layer))
                return float(np.asarray(found)[s, n])

            return at

        next_ = step == "upstream" and k < last
        kind = "b" if step in ("db", "new_b") else "W"
        flat = self.place.index

        def moved(name: str) -> Callable[[list[int], int, int], float]:
            return lambda index, s, n: float(get(name, k)[flat])

        found: dict[str, Callable[[list[int], int, int], float]] = {
            "y_pred": lambda index, s, n: get("a", last)[s, index[0] if index else n],
            "y_true": lambda index, s, n: setup.target[s, index[0] if index else n],
            "d_loss_y": lambda index, s, n: get("upstream", last)[s, index[0] if index else n],
            "p": lambda index, s, n: get("a", last)[s, index[0]],
            "n": lambda index, s, n: float(setup.loss.shares(*setup.target.shape[-2:])),
            "rate": lambda index, s, n: setup.rate,
            "decay": lambda index, s, n: setup.update.weight_decay,
        }
        if step == "z":
            weights, bias = setup.weights[k - 1], setup.biases[k - 1]
            found |= {
                "a": of_input,
                "W": lambda index, s, n: weights[index[0], index[1]],
                "b": lambda index, s, n: 0.0 if bias is None else bias[index[0]],
            }
        elif step in ("a", "delta"):
            found |= {
                "z": lambda index, s, n: get("z", own)[s, index[0] if index else n],
                "a": lambda index, s, n: get("a", own)[s, index[0] if index else n],
                "d_a": lambda index, s, n: get("upstream", own)[s, n],
                "f'(z)": slope("z", own),
                "f'(a)": slope("a", own),
                "f'(z of the next layer)": slope("z", own + 1),
                "f'(z of the layer before)": slope("z", own - 1),
            }
        elif next_:
            found |= {
                "W": lambda index, s, n: setup.weights[k][index[0], index[1]],
                "own W": lambda index, s, n: setup.weights[k - 1][index[0], index[1]],
                "new W": lambda index, s, n: get("new_W", k + 1)[index[0], index[1]],
                "d_z": lambda index, s, n: get("delta", k + 1)[s, index[0]],
                "a": lambda index, s, n: get("a", k)[s, index[0]],
            }
        elif step in ("dW", "db"):
            found |= {
                "a": of_input,
                "own a": lambda index, s, n: get("a", k)[s, index[0]],
                "W": lambda index, s, n: setup.weights[k - 1][index[0], index[1]],
                "b": lambda index, s, n: parameter(work, "b", k)[at_least(index, n)],
                "d_z": lambda index, s, n: get("delta", k)[s, at_least(index, n)],
            }
            if k > 1:
                found["z"] = lambda index, s, n: get("z", k - 1)[s, index[0]]
        elif step in ("new_W", "new_b"):
            found |= {
                name: lambda index, s, n: parameter(work, kind, k)[flat] for name in ("W", "b")
            } | {name: moved(f"d{kind}") for name in ("dW", "db")}
        return found


def at_least(index: list[int], n: int) -> int:
    """Return an index, or the number's own where none is written."""
    return index[0] if index else n
