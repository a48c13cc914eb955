"""An entry of the glossary."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from blame.exercise.exercise import Exercise
from blame.practise.now import Now


@dataclass(frozen=True)
class Entry:
    """What a word means, and what it is right now, in a few words."""

    meaning: str
    said: Callable[[Now], str]
    """What it is for these numbers; nothing where there is no such thing in the exercise."""
    page: str
    """The page that shows it, by the name of its file."""
    here: Callable[[Now], str] | None = None
    """A further sentence of its meaning, where that depends on the exercise."""

    def live(self, numbers: Exercise | Now) -> str:
        """Return what the word is for these numbers."""
        return self.said(Now.of(numbers) if isinstance(numbers, Exercise) else numbers)

    def told(self, now: Now) -> str:
        """Return what the word means in this exercise."""
        return self.meaning if self.here is None else f"{self.meaning} {self.here(now)}"


def nothing(now: Now) -> str:
    """Say nothing: the word is of the app's, not of an exercise."""
    return ""
