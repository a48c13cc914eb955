"""Which names of a link's query are an exercise's, and in how many rows an array stands there."""

from __future__ import annotations

import re

from blame.exercise.exercise import Exercise
from blame.exercise.names import SETTINGS

STRUCTURE = ("exercise", "sizes", "units", "bias", "n_samples", "loss", "held", "tied")
"""What says of which kind an exercise is; all else in a link of it are numbers."""
_LIKE_OURS = re.compile(rf"(x|y_true|[Wb]\d+|{'|'.join(SETTINGS)})(_\d+)*")
LONGEST = 4000


def is_ours(name: str) -> bool:
    """Return whether a name in a link's query speaks of the exercise."""
    return name in STRUCTURE or name in SETTINGS or _LIKE_OURS.fullmatch(name[:40]) is not None


def rows_of(exercise: Exercise, array: str) -> tuple[int, int]:
    """Return how many rows of how many numbers an array is written in."""
    if array == "x":
        return exercise.n_samples, exercise.sizes[0]
    if array == "y_true":
        return exercise.n_samples, exercise.sizes[-1]
    values = exercise.network.parameters()[array]
    return (values.shape[0], values.shape[1]) if values.ndim == 2 else (1, values.shape[0])
