"""Where in the network a slip is made: in every layer, at the output, or before it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from blame.arrays import Array
from blame.practise.slips.desk import Change, Desk, Setup, Step


@dataclass(frozen=True)
class Place:
    """Some layers of a network.

    `key` goes on after a slip's, `words` after what is done; `fits` is whether they are some of an
    exercise's layers but not all, so that the place is worth a name.
    """

    key: str
    words: str
    holds: Callable[[int, int], bool]
    """Whether layer k of so many is one of them."""
    fits: Callable[[Setup], bool]


EVERYWHERE = Place("", "", lambda k, depth: True, lambda setup: True)
OUTPUT = Place(
    "_at_output", " at the output", lambda k, depth: k == depth, lambda setup: setup.depth > 1
)
HIDDEN = Place(
    "_before_output",
    " before the last layer",
    lambda k, depth: k < depth,
    lambda setup: setup.depth > 1,
)
PLACES = (EVERYWHERE, OUTPUT, HIDDEN)


def only(place: Place, change: Change) -> Change:
    """Return a change that is made in some layers only."""

    def there(work: Desk, k: int, go: Step) -> Array:
        return change(work, k, go) if place.holds(k, work.last) else go(work, k)

    return there


def at_output(change: Change) -> Change:
    """Return a change that is made in the last layer only."""
    return only(OUTPUT, change)


def in_hidden(change: Change) -> Change:
    """Return a change that is made before the last layer only."""
    return only(HIDDEN, change)


def halved(work: Desk, k: int, go: Step) -> Array:
    """Return one half of what a step makes."""
    return go(work, k) / 2


def doubled(work: Desk, k: int, go: Step) -> Array:
    """Return twice what a step makes."""
    return go(work, k) * 2


def turned(work: Desk, k: int, go: Step) -> Array:
    """Return what a step makes with its sign turned."""
    return -go(work, k)
