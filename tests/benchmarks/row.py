"""One line of the table that `python -m tests.benchmarks` prints."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Row:
    """One measurement: ours beside the other's, taken in one run.

    Attributes
    ----------
    what : what was measured, in a few words.
    ours, other : the two figures with their units, as text to print.
    ratio : the figure the goal speaks of, or None where it could not be measured.
    goal : the goal in words, such as "at most 1.5".
    met : whether the goal is met; None where it could not be measured.
    """

    what: str
    ours: str
    other: str
    ratio: float | None
    goal: str
    met: bool | None
