"""What the numbers of an exercise may be, each by its name."""

from __future__ import annotations

import math

from blame.exercise.typed.numbers import NO_NUMBERS, read_number

LARGEST = 1e6
"""No number of an exercise is larger than this in size, so that no single pass can overflow."""
LARGEST_RATE = 100.0
MOST_STEPS = 500
_BOUNDS = {
    "learning_rate": (0.0, LARGEST_RATE),
    "steps": (1.0, float(MOST_STEPS)),
    "momentum": (0.0, 1.0),
    "weight_decay": (0.0, LARGEST_RATE),
}


def bounds_of(name: str) -> tuple[float, float]:
    """Return the smallest and the largest value that a number of this name may have."""
    return _BOUNDS.get(name, (-LARGEST, LARGEST))


def check_number(name: str, value: float, bounds: tuple[float, float] | None = None) -> float:
    """Return `value` as a number of this name may be, a float or, for steps, an int.

    Parameters
    ----------
    bounds : the smallest and the largest value; those of every exercise where it is None.

    Raises
    ------
    ValueError
        If the value is not finite, not in range or, for steps, not whole.
    """
    try:
        number = float(value)
    except OverflowError:
        # A whole number of hundreds of digits, as JSON may hold, fits into no float.
        number = math.inf if value > 0 else -math.inf
    return _checked(name, number, f"{number:g}", bounds or bounds_of(name))


def parse_number(name: str, text: str, bounds: tuple[float, float] | None = None) -> float:
    """Return the number that `text` writes, as a hand types it, checked as `check_number` does.

    Raises
    ------
    ValueError
        As `check_number`, or if the text is not a number.
    """
    typed = read_number(text)
    shown = repr(text if len(text) <= 40 else text[:40] + "...")
    bounds = bounds or bounds_of(name)
    if typed.value is None:
        why = "" if typed.why in NO_NUMBERS else f", which {typed.why}"
        return _checked(name, math.nan, shown + why, bounds)
    return _checked(name, typed.value, shown, bounds)


def _checked(name: str, number: float, shown: str, bounds: tuple[float, float]) -> float:
    low, high = bounds
    kind = "whole number" if name == "steps" else "number"
    fits = math.isfinite(number) and low <= number <= high
    if not fits or (name == "steps" and number != int(number)):
        raise ValueError(f"{name} must be a {kind} from {low:,.0f} to {high:,.0f}, got {shown}")
    # No minus zero: it would be on screen.
    return int(number) if name == "steps" else number + 0.0
