"""One public exercise: where it stands, its numbers, and what was printed for them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from blame.exercise.exercise import Exercise

ROUNDED_ON_THE_WAY = "The source went on with rounded numbers, so the last digits differ."

Numbers = Mapping[int, Mapping[str, float]]
"""Numbers by our names, for each count of updates: 0 before the first, 1 after it, 10000 later."""


@dataclass(frozen=True)
class Derived:
    """A published number that is none of our quantities: what it is, and how to work it out.

    `work_out` takes the exercise after so many `updates`.
    """

    title: str
    published: float
    work_out: Callable[[Exercise], float]
    updates: int = 0


@dataclass(frozen=True, eq=False)
class Entry:
    """A public exercise.

    What is true is worked out, never kept here: `published` is what the source prints, as it
    prints it, and a number that differs from the true one by more than its printed digits has the
    slip that is found for it, or a sentence in `wrong`.

    Parameters
    ----------
    key : what links call it.
    title : of the exercise.
    source : who made it, and where it stands.
    special : one sentence on what is special about it.
    exercise : its numbers.
    tags : further words to find it by.
    published : {0: {"z1[0]": 0.3775}, 1: {"W1[0, 0]": 0.149780716}}, by the count of updates.
    derived : what it prints under no name of ours.
    own_names : the source's own name for a number, and ours: {"w1": "W1[0, 0]"}.
    wrong : in the form of `published`, why a number differs, where no known slip makes it.
    asked : in the form of `published`, the wrong numbers somebody came with.
    one_by_one : whether the source updates after each sample, where `exercise` takes all at once.
    """

    key: str
    title: str
    source: str
    special: str
    exercise: Exercise
    tags: tuple[str, ...] = ()
    published: Numbers = field(default_factory=dict)
    derived: tuple[Derived, ...] = ()
    own_names: Mapping[str, str] = field(default_factory=dict)
    wrong: Mapping[int, Mapping[str, str]] = field(default_factory=dict)
    asked: Numbers = field(default_factory=dict)
    one_by_one: bool = False

    def __post_init__(self) -> None:
        for name in ("published", "wrong", "asked"):
            by_step = {step: MappingProxyType(dict(n)) for step, n in getattr(self, name).items()}
            object.__setattr__(self, name, MappingProxyType(by_step))
        object.__setattr__(self, "own_names", MappingProxyType(dict(self.own_names)))

    @property
    def moments(self) -> tuple[int, ...]:
        """After how many updates the source prints numbers, in order."""
        return tuple(sorted({*self.published, *(derived.updates for derived in self.derived)}))
