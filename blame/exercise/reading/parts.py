"""What the readers of a text found, before it is put together."""

from __future__ import annotations

from dataclasses import dataclass, field

from blame.arrays import Array
from blame.exercise.reading.assumptions import Assumed
from blame.exercise.reading.listing.listing import Listing
from blame.exercise.reading.listing.symbols import Value
from blame.exercise.reading.text.hints import Hints


@dataclass
class Parts:
    """What the readers of a text found, and the sentences that grow on the way."""

    text: str
    listing: Listing
    values: dict[str, Array]
    shown: list[Value]
    hints: Hints
    assumed: Assumed
    problems: list[str] = field(default_factory=list)
    said: list[str] = field(default_factory=list)
    named: dict[str, str] = field(default_factory=dict)
    form: str = ""
