"""The kinds of choices: what a text may say, and what is read from it. Knows no Streamlit."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Collection
from dataclasses import dataclass

from blame.exercise.typed.numbers import read_number
from blame.playground.recipe_text import MOST_KEPT, read_kept
from blame.playground.run.rates import read_rates


@dataclass(frozen=True)
class OneOf:
    """A choice among texts: a row of them, a registry's keys, or what a function returns.

    Registries and functions are asked each time, so that whatever is entered there is offered.
    """

    source: Collection[str] | Callable[[], Collection[str]]
    default: str

    @property
    def values(self) -> tuple[str, ...]:
        """What can be chosen."""
        return tuple(self.source() if callable(self.source) else self.source)

    def trouble(self, text: str) -> str:
        """Return what is wrong with a text, or nothing."""
        shown = self.values if len(self.values) <= 6 else (*self.values[:5], "...")
        return "" if text in self.values else f"must be one of {', '.join(shown)}"

    def read(self, text: str) -> str:
        """Return the value of a text without trouble."""
        return text


@dataclass(frozen=True)
class Between:
    """A choice of a number in a range."""

    low: float
    high: float
    default: float
    whole: bool = False

    def trouble(self, text: str) -> str:
        """Return what is wrong with a text, or nothing."""
        value = read_number(text).value
        number = math.nan if value is None else value
        if self.low <= number <= self.high and not (self.whole and number != int(number)):
            return ""
        kind = "a whole number" if self.whole else "a number"
        return f"must be {kind} from {self.low:g} to {self.high:g}"

    def read(self, text: str) -> float:
        """Return the value of a text without trouble."""
        value = read_number(text).value
        assert value is not None
        return int(value) if self.whole else value


@dataclass(frozen=True)
class Text:
    """A text of the reader's own, no longer than `most` characters."""

    most: int
    default: str = ""

    def trouble(self, text: str) -> str:
        """Return what is wrong with a text, or nothing."""
        return "" if len(text) <= self.most else f"must have at most {self.most} characters"

    def read(self, text: str) -> str:
        """Return the value of a text without trouble."""
        return text


class Rates(Text):
    """The learning rates that a run of the playground had before."""

    def trouble(self, text: str) -> str:
        """Return what is wrong with a text, or nothing."""
        try:
            read_rates(text)
        except ValueError:
            return "must be rates with the step up to which each held, such as 0.3@20;0.05@60"
        return ""


class KeptRuns(Text):
    """The runs of the playground that are kept."""

    def trouble(self, text: str) -> str:
        """Return what is wrong with a text, or nothing."""
        try:
            read_kept(text)
        except ValueError:
            return f"must be at most {MOST_KEPT} runs of the playground, such as data=xor,step=20"
        return ""


@dataclass(frozen=True)
class Named:
    """A choice among the numbers of the reader's exercise, or among its units.

    Which there are is known once the exercise is: whoever shows it says so.
    """

    default: str
    own: bool = False
    """Whether the reader gives the names, as in an expression."""

    def trouble(self, text: str) -> str:
        """Return what is wrong with a text, or nothing."""
        return (
            ""
            if (_OWN_NAME if self.own else _NAMED).fullmatch(text)
            else "must be a name such as W1[0, 1]"
        )

    def read(self, text: str) -> str:
        """Return the value of a text without trouble."""
        return text


_NAMED = re.compile(r"[a-zA-Z_]{1,20}( ?[0-9]{1,2})?(\[[0-9]{1,2}(, [0-9]{1,2})*\])?")
_OWN_NAME = re.compile(r"[^\W\d]\w{0,40}(\[[0-9]{1,2}(, [0-9]{1,2})*\])?")
