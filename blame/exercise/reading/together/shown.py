"""What a session shows after it was asked: `>>> x, y` and the two tensors below."""

from __future__ import annotations

from blame.arrays import Array
from blame.exercise.reading.listing.listing import Listing
from blame.exercise.reading.listing.symbols import Value
from blame.exercise.reading.together.matrices import known_numbers

_OF_SKLEARN = {"coefs_": "W", "intercepts_": "b"}
"""What scikit-learn calls the lists of its layers' weights and biases, one column a neuron."""


def shown_values(listing: Listing) -> tuple[dict[str, Array], list[Value]]:
    """Return the shown arrays whose names were asked for, and all that was shown."""
    named: dict[str, Array] = {}
    shown: list[Value] = []
    asked: list[str] = []
    for names, value in listing.run.shown:
        if names and (value is None or not _has_numbers(value)):
            asked = names
            continue
        if len(asked) == 1 and (letter := _OF_SKLEARN.get(asked[0].rpartition(".")[2])):
            for k, part in enumerate(value if isinstance(value, list) else [], start=1):
                numbers = known_numbers(part)
                if numbers is not None:
                    named[f"{letter}{k}"] = numbers
            asked = []
            continue
        shown.append(value)
        parts = list(value) if isinstance(value, tuple) else [value]
        if len(parts) == len(asked):
            for name, part in zip(asked, parts, strict=True):
                numbers = known_numbers(part)
                if numbers is not None:
                    named[name] = numbers
        asked = []
    return named, shown


def _has_numbers(value: Value) -> bool:
    parts = value if isinstance(value, (tuple, list)) and value else [value]
    if isinstance(value, dict):
        return True
    return all(isinstance(part, (list, dict)) or known_numbers(part) is not None for part in parts)
