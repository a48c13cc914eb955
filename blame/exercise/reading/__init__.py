"""An exercise read from whatever a student can paste; nothing of it is ever executed."""

from blame.exercise.reading.draft import Assumption, Draft, Reading
from blame.exercise.reading.reader import read_exercise

__all__ = ["Assumption", "Draft", "Reading", "read_exercise"]
