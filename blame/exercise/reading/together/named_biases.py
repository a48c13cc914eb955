"""Biases and thresholds that are single names: b1, b2, c, bo, theta3."""

from __future__ import annotations

import re

import numpy as np

from blame.arrays import Array
from blame.exercise.reading.assumptions import Assumed
from blame.exercise.reading.text.hints import Hints
from blame.exercise.reading.together.layers import Layers

_BIAS = re.compile(r"(?:b|bias|c|B)[a-z]?_?\d{0,2}")
_THETA = re.compile(r"theta\d{1,2}")


def _in_order(names: list[str]) -> list[str]:
    """Return the names of biases layer by layer: b1, b2 before the output's c or bo."""
    letters = [re.sub(r"[\d_]", "", name) for name in names]
    first = {letter: letters.index(letter) for letter in letters}

    def place(name: str) -> tuple[bool, int, int]:
        letter = re.sub(r"[\d_]", "", name)
        last = letter[1:] in ("o", "y", "out") or (letter == "c" and "b" in first)
        return last, first[letter], int(re.sub(r"\D", "", name) or 0)

    return sorted(names, key=place)


def add_biases(layers: Layers, values: dict[str, Array], hints: Hints, assumed: Assumed) -> None:
    """Give the layers the biases that single names give.

    Raises ValueError, in words for the reader, where their number fits neither neurons nor layers.
    """
    thetas = {
        name: value for name, value in values.items() if _THETA.fullmatch(name) and not value.ndim
    }
    plain = {
        name: value for name, value in values.items() if _BIAS.fullmatch(name) and value.ndim == 0
    }
    if len(plain) > 1 and plain.get("bias") in [v for name, v in plain.items() if name != "bias"]:
        # A sentence that gives one its name: bias c = 0.05.
        del plain["bias"]
    found = thetas or plain
    widths = [matrix.shape[1] for matrix in layers.weights]
    if not found:
        return
    sign = 1.0
    if thetas and not hints.theta_added:
        kept = "subtracted" if hints.theta_added is False else assumed.ask("theta", "subtracted")
        sign = -1.0 if kept == "subtracted" else 1.0
    names = _in_order(list(found))
    numbers = [sign * float(found[name]) for name in names]
    one_each = len(numbers) == sum(widths) != len(widths)
    if one_each or widths == [1] * len(numbers):
        start = 0
        for k, width in enumerate(widths, start=1):
            layers.biases[k - 1] = np.array(numbers[start : start + width])
            for j, name in enumerate(names[start : start + width]):
                layers.named[name] = f"b{k}[{j}]"
            start += width
    elif len(numbers) == len(widths):
        for k, (width, value) in enumerate(zip(widths, numbers, strict=True), start=1):
            layers.biases[k - 1] = np.full(width, value)
            layers.named[names[k - 1]] = f"b{k}"
            if width > 1:
                layers.shared.append(f"b{k}")
    elif len(numbers) == 1:
        for k, width in enumerate(widths, start=1):
            layers.biases[k - 1] = np.full(width, numbers[0])
            layers.shared.append(f"b{k}")
    elif len(numbers) == widths[0]:
        layers.biases[0] = np.array(numbers)
    else:
        raise ValueError(
            f"{len(numbers)} biases fit neither {sum(widths)} neurons nor {len(widths)} layers"
        )
