"""Is the blame true? Nudge every number, or draw the result over one: one stacked pass each."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from blame.arrays import Array
from blame.expression.expression import Expression, check_number
from blame.expression.kinks import pieces_of
from blame.expression.passes import run_forward

STEP = 1e-6
"""How far a number is nudged, times its own size where that is above 1."""


@dataclass(frozen=True)
class Checked:
    """One number's blame beside the quotient of differences.

    Attributes
    ----------
    name : of the number.
    blame : by the pass back.
    quotient : (f(p + h) - f(p - h)) / 2h; None where one side has no value.
    step : h.
    noise : how far the rounding of the result alone can move the quotient.
    crosses : whether a kink lies between the two sides, so that they are on two pieces.
    """

    name: str
    blame: float
    quotient: float | None
    step: float
    noise: float
    crosses: bool

    @property
    def agrees(self) -> bool:
        """Whether both are the same, as far as the quotient can tell."""
        if self.quotient is None:
            return False
        size = max(abs(self.blame), abs(self.quotient), 1e-3)
        return abs(self.blame - self.quotient) <= 1e-5 * size + 4 * self.noise


@dataclass(frozen=True, eq=False)
class Curve:
    """The result over one number, and the straight line that blame promises.

    `results` is NaN where the expression has no value.
    """

    name: str
    at: float
    numbers: Array
    results: Array
    promised: Array


def check_gradient(expression: Expression, step: float = STEP) -> tuple[Checked, ...]:
    """Return every number's blame beside its quotient, all found in one stacked pass.

    Raises
    ------
    ValueError
        If this is a stack.
    """
    numbers, gradient = expression.numbers(), expression.gradient()
    moves = np.array([step * max(1.0, abs(value)) for value in numbers.values()])
    changes = {}
    for place, (name, value) in enumerate(numbers.items()):
        both = np.full((2, len(numbers)), value)
        both[:, place] += np.array([-1, 1]) * moves[place]
        changes[name] = both
    # Of a number at its limit one side lies beyond.
    values = run_forward(expression.graph, expression.given_with(changes, most=np.inf))
    results = np.broadcast_to(values[expression.graph.result][..., 0], (2, len(numbers)))
    pieces = pieces_of(expression, values)
    here = pieces_of(expression, expression.node_values)
    unit = float(np.finfo(np.float64).eps)
    found = []
    for place, name in enumerate(numbers):
        low, high = results[:, place].tolist()
        # What was really added: value + h is rounded.
        low_at, high_at = changes[name][:, place].tolist()
        whole = np.isfinite([low, high]).all()
        across = False
        if here.size:
            at = np.broadcast_to(pieces, (2, len(numbers), here.shape[-1]))[:, place]
            across = bool((at != here).any())
        apart = high_at - low_at
        noise = unit * max(abs(low), abs(high)) / apart if whole else 0.0
        quotient = (high - low) / apart if whole else None
        blame = float(gradient[name])
        found.append(Checked(name, blame, quotient, float(moves[place]), noise, across))
    return tuple(found)


def what_if(expression: Expression, name: str, numbers: ArrayLike) -> Curve:
    """Return the result where one number is each of `numbers`, by one stacked pass.

    Raises
    ------
    ValueError
        If this is a stack, or there is no such number.
    """
    at = expression.numbers()
    held = check_number(name, numbers, np.inf)
    values = run_forward(expression.graph, expression.given_with({name: held}, most=np.inf))
    results = np.array(np.broadcast_to(values[expression.graph.result][..., 0], held.shape))
    results[~np.isfinite(results)] = np.nan
    result = float(expression.values[expression.result])
    promised = result + float(expression.gradient()[name]) * (held - at[name])
    return Curve(name, at[name], held, results, promised)
