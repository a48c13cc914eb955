"""The lesson's network as named numbers: the names that links, widgets and commands share."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields
from typing import Any, ClassVar

import numpy as np

from blame.arrays import Array
from blame.backward import BackwardPass, backward
from blame.exercise.typed_numbers import NO_NUMBERS, read_number
from blame.forward import ForwardPass, forward
from blame.network import Layer, Network
from blame.training import History, train

LARGEST = 1e6
"""No number of the lesson is larger than this in size, so that no single pass can overflow."""
LARGEST_RATE = 100.0
MOST_STEPS = 500


def _number(default: float, symbol: str, low: float = -LARGEST, high: float = LARGEST) -> Any:
    return field(default=default, metadata={"symbol": symbol, "low": low, "high": high})


@dataclass(frozen=True)
class Example:
    """Every number a reader can change; the defaults are the notebook's.

    A field's name is its name in links, indexed as NumPy does: `W1_0_1` is `W1[0, 1]`, the weight
    from input 0 to neuron 1.

    Raises
    ------
    ValueError
        If a number is not finite or lies outside its range, or steps is not whole.
    """

    loss: ClassVar[str] = "mse"
    """The loss of every example: whatever works on one asks it here."""
    activations: ClassVar[tuple[str, str]] = ("relu", "identity")
    """The activation of each layer, likewise."""

    x_0: float = _number(1.0, "x[0]")
    x_1: float = _number(2.0, "x[1]")
    y_true: float = _number(1.0, "y_true")
    W1_0_0: float = _number(0.5, "W1[0, 0]")
    W1_0_1: float = _number(-0.3, "W1[0, 1]")
    W1_1_0: float = _number(0.8, "W1[1, 0]")
    W1_1_1: float = _number(0.2, "W1[1, 1]")
    b1_0: float = _number(0.1, "b1[0]")
    b1_1: float = _number(-0.1, "b1[1]")
    W2_0_0: float = _number(1.0, "W2[0, 0]")
    W2_1_0: float = _number(-1.5, "W2[1, 0]")
    b2_0: float = _number(0.05, "b2[0]")
    learning_rate: float = _number(0.1, "learning rate", 0.0, LARGEST_RATE)
    steps: int = _number(50, "steps", 1, MOST_STEPS)

    def __post_init__(self) -> None:
        for name, value in asdict(self).items():
            object.__setattr__(self, name, check_number(name, value))

    @property
    def x(self) -> Array:
        """The input, (2,)."""
        return np.array([self.x_0, self.x_1])

    @property
    def target(self) -> Array:
        """The target y_true, (1,)."""
        return np.array([self.y_true])

    @property
    def network(self) -> Network:
        """The 2-2-1 network: Linear1, ReLU, Linear2."""
        first, second = self.activations
        hidden = [[self.W1_0_0, self.W1_0_1], [self.W1_1_0, self.W1_1_1]]
        return Network(
            (
                Layer(hidden, [self.b1_0, self.b1_1], first),
                Layer([[self.W2_0_0], [self.W2_1_0]], [self.b2_0], second),
            )
        )

    def forward(self) -> ForwardPass:
        """Return the forward pass of these numbers."""
        return forward(self.network, self.x)

    def backward(self) -> BackwardPass:
        """Return the backward pass of these numbers."""
        return backward(self.forward(), self.target, self.loss)

    def train(self) -> History:
        """Return the training run of these numbers."""
        return train(self.network, self.x, self.target, self.learning_rate, self.steps, self.loss)

    def numbers(self) -> dict[str, Any]:
        """Return every number by its name in links."""
        return asdict(self)


NAMES = tuple(f.name for f in fields(Example))
"""The names of every number, in the order of links."""
SYMBOLS: Mapping[str, str] = {f.name: f.metadata["symbol"] for f in fields(Example)}
"""How each name is written on screen, `W1[0, 1]` for `W1_0_1`."""
BOUNDS: Mapping[str, tuple[float, float]] = {
    f.name: (f.metadata["low"], f.metadata["high"]) for f in fields(Example)
}
"""The smallest and largest value of each name."""


def check_number(name: str, value: float) -> float:
    """Return `value` as the number `name` may hold, a float or, for steps, an int.

    Raises
    ------
    ValueError
        If the name is unknown, or the value is not finite, not in range or, for steps, not whole.
    """
    try:
        number = float(value)
    except OverflowError:
        # A whole number of hundreds of digits, as JSON may hold, fits into no float.
        number = math.inf if value > 0 else -math.inf
    return _checked(name, number, f"{number:g}")


def parse_number(name: str, text: str) -> float:
    """Return the number that `text` writes, as a hand types it, checked as `check_number` does.

    Raises
    ------
    ValueError
        As `check_number`, or if the text is not a number.
    """
    typed = read_number(text)
    shown = repr(text if len(text) <= 40 else text[:40] + "...")
    if typed.value is None:
        why = "" if typed.why in NO_NUMBERS else f", which {typed.why}"
        return _checked(name, math.nan, shown + why)
    return _checked(name, typed.value, shown)


def _checked(name: str, number: float, shown: str) -> float:
    if name not in BOUNDS:
        raise ValueError(f"unknown name {name!r}; choose from {', '.join(NAMES)}")
    low, high = BOUNDS[name]
    kind = "whole number" if name == "steps" else "number"
    fits = math.isfinite(number) and low <= number <= high
    if not fits or (name == "steps" and number != int(number)):
        raise ValueError(f"{name} must be a {kind} from {low:,.0f} to {high:,.0f}, got {shown}")
    # No minus zero: it would be on screen.
    return int(number) if name == "steps" else number + 0.0
