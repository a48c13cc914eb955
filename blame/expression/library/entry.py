"""One expression of the library: its text, and what its source prints for it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from types import MappingProxyType

from blame.exercise.library.compare import differs
from blame.expression.expression import Expression
from blame.expression.reading.read import read_expression


@dataclass(frozen=True)
class Compared:
    """A printed number beside the true one: `f` a value, `d_x` the blame of x."""

    name: str
    published: float
    true: float
    agrees: bool
    why: str = ""


@dataclass(frozen=True, eq=False)
class Entry:
    """A public expression, or one of our own for its kind.

    What is true is worked out, never kept here.

    Parameters
    ----------
    key : what links call it.
    title, kind : of the expression.
    source : who made it, and where it stands; empty for one of our own.
    special : what to see in it, in a sentence or two.
    text : as `read_expression` takes it.
    values, blame : what the source prints, by the names of numbers.
    asked : a wrong number somebody came with, by name as in `blame`, and the slip that makes it.
    """

    key: str
    title: str
    kind: str
    source: str
    special: str
    text: str
    values: Mapping[str, float] = field(default_factory=dict)
    blame: Mapping[str, float] = field(default_factory=dict)
    asked: Mapping[str, tuple[float, str]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for name in ("values", "blame", "asked"):
            object.__setattr__(self, name, MappingProxyType(dict(getattr(self, name))))

    @property
    def expression(self) -> Expression:
        """The expression that its text writes."""
        return _read(self.text)

    def compared(self) -> tuple[Compared, ...]:
        """Return every printed number beside the true one, the wrong ones that were asked last."""
        expression = self.expression
        slopes = expression.blame() | expression.gradient()
        true_values = {name: float(expression.values[name]) for name in self.values}
        rows = [
            Compared(name, printed, true_values[name], not differs(printed, true_values[name]))
            for name, printed in self.values.items()
        ]
        rows += [
            Compared(
                f"d_{name}", printed, float(slopes[name]), not differs(printed, float(slopes[name]))
            )
            for name, printed in self.blame.items()
        ]
        rows += [
            Compared(f"d_{name}, as asked", printed, float(slopes[name]), False, why)
            for name, (printed, why) in self.asked.items()
        ]
        return tuple(rows)


@lru_cache(maxsize=64)
def _read(text: str) -> Expression:
    return read_expression(text)
