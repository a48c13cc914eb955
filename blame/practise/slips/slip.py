"""One slip: what is done, what should be, and the steps that it changes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from blame.practise.slips.desk import Change, Setup


def _anywhere(setup: Setup) -> bool:
    return True


@dataclass(frozen=True, eq=False)
class Slip:
    """One way to go wrong.

    Parameters
    ----------
    key : its name, unique.
    does : what somebody does, after "this is what you get if".
    instead : what holds, one clause.
    changes : the steps that are done otherwise. A change leaves alone what it does not suit, such
        as a matrix that is not square: a slip that changes no number of an exercise is none there.
    as_done, as_is : the formula as it was done, and as it is; of any layer k.
    fits : whether anybody would do it in such an exercise.
    alone : whether it is looked for by itself only. One that needs a step's array for an earlier
        step must be: beside another it could need what it makes.
    """

    key: str
    does: str
    instead: str
    changes: Mapping[str, Change]
    as_done: str = ""
    as_is: str = ""
    fits: Callable[[Setup], bool] = _anywhere
    alone: bool = False

    @property
    def sentence(self) -> str:
        """The kind sentence: what makes these numbers, and what is true."""
        return f"This is what you get if {self.does}: {self.instead}."
