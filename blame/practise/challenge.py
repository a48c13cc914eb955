"""What a challenge is: a goal, what must stay, how far it is, and what it teaches."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from blame.exercise.exercise import Exercise
from blame.exercise.presets import NOTEBOOK
from blame.playground.growing_run import GrowingRun
from blame.playground.recipe import Recipe

START = NOTEBOOK
"""The notebook's numbers; what a challenge leaves alone is compared with them."""


@dataclass(frozen=True)
class Challenge:
    """One goal.

    `met(exercise)` says whether these numbers reach it, and is asked of exercises it `fits` only;
    for a challenge of the playground `solved` says so of its run, and `met` is never true.
    `untouched` names the numbers that must stay as `start` has them. `learned` is told once it is
    met.
    """

    title: str
    goal: str
    hint: str
    learned: str
    met: Callable[[Exercise], bool]
    gauge: Callable[[Exercise], str] = lambda exercise: ""
    """How far these numbers are from the goal, in a sentence; of exercises it `fits` only."""
    start: Exercise = START
    untouched: tuple[str, ...] = ()
    run: bool = False
    """Whether a run decides: its loss is worth a look."""
    solved: Callable[[Recipe, GrowingRun], bool] | None = None
    """For a challenge of the playground: whether a run that has got so far reaches the goal."""

    def fits(self, exercise: Exercise) -> bool:
        """Return whether an exercise differs from `start` in numbers alone.

        What is held or tied belongs to the shape: it decides what a run can do.
        """
        return self.solved is not None or exercise.shape == self.start.shape

    def is_met(self, exercise: Exercise) -> bool:
        """Return whether the goal is reached and nothing it leaves alone was changed."""
        return self.fits(exercise) and not self.touched(exercise) and self.met(exercise)

    def touched(self, exercise: Exercise) -> tuple[str, ...]:
        """Return the names that should have been left alone, in an exercise that it fits."""
        if self.solved is not None:
            return ()
        now, before = exercise.numbers(), self.start.numbers()
        return tuple(name for name in self.untouched if now[name] != before[name])
