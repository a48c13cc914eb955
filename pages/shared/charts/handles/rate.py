"""The handle of the sweep: this run's learning rate, moved by factors along its log axis."""

from __future__ import annotations

from blame.exercise.exercise import Exercise
from pages.shared.charts.handles.handle import Handle
from pages.shared.words.numbers import short

RATE = "learning_rate"


def rate_handle(exercise: Exercise, ends: tuple[float, float]) -> Handle:
    """Return the handle on this run's line.

    Parameters
    ----------
    ends : the smallest and the largest rate of the sweep: so far a hand can bring it.
    """
    rate = exercise.learning_rate
    text = f"learning rate {short(rate)}"
    return Handle(
        "this run",
        RATE,
        "This run's learning rate",
        text,
        rate,
        *ends,
        rate,
        None,
        log=True,
        knob=True,
    )
