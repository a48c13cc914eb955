"""The learning rates of a run: one that is changed in the middle holds from there on."""

from __future__ import annotations

import math
import re

MOST_CHANGES = 12
"""So often the learning rate of one run can be changed."""
MOST_RATE = 10.0
Before = tuple[tuple[float, int], ...]
"""The rates of before, in order: each with the step up to which it held."""
_PHASE = re.compile(r"([0-9.]{1,20}(?:e[+-]?[0-9]{1,3})?)@([0-9]{1,6})", re.IGNORECASE)


def rate_at(before: Before, rate: float, step: int) -> float:
    """Return the learning rate of the update that follows `step` updates."""
    return next((earlier for earlier, until in before if step < until), rate)


def changed(before: Before, rate: float, step: int) -> Before:
    """Return the rates of before for a run whose rate is changed once it has made `step` updates.

    What was planned behind that step is given up. Where nothing was trained yet, nothing is before.
    """
    kept = tuple((earlier, until) for earlier, until in before if until < step)
    return (*kept, (rate_at(before, rate, step - 1), step)) if step > 0 else ()


def write_rates(before: Before) -> str:
    """Return the rates of before as a link has them: 0.3@20;0.05@60."""
    return ";".join(f"{rate!r}@{until}" for rate, until in before)


def read_rates(text: str) -> Before:
    """Return the rates of before that a text holds.

    Raises
    ------
    ValueError
        If it is no such text, or the steps do not grow.
    """
    found: list[tuple[float, int]] = []
    for part in text.split(";") if text else ():
        phase = _PHASE.fullmatch(part.strip())
        try:
            rate, until = (float(phase[1]), int(phase[2])) if phase else (math.nan, 0)
        except ValueError:
            rate, until = math.nan, 0
        if not 0 <= rate <= MOST_RATE or until <= (found[-1][1] if found else 0):
            raise ValueError(
                "the rates of before must be rates with the step up to which each held, such as "
                f"0.3@20;0.05@60, got {text[:40]!r}"
            )
        found.append((rate, until))
    if len(found) > MOST_CHANGES:
        raise ValueError(f"a run has at most {MOST_CHANGES} changes of its rate, got {len(found)}")
    return tuple(found)
