"""What is found of somebody's numbers: which are right, and which slips make the others."""

from __future__ import annotations

from dataclasses import dataclass

from blame.practise.slips.slip import Slip


@dataclass(frozen=True)
class Explanation:
    """One slip, two or three, and what they make.

    slips : their keys.
    explains : the names of the wrong numbers that come out with them.
    leaves : the names of the wrong numbers that do not.
    breaks : the names of right numbers that would not come out with them.
    words : one sentence for a reader.
    """

    slips: tuple[str, ...]
    explains: tuple[str, ...]
    leaves: tuple[str, ...]
    breaks: tuple[str, ...]
    words: str


@dataclass(frozen=True)
class Sorted:
    """Somebody's numbers by what they are: names.

    `carried` is right given the earlier numbers that somebody has, and only those.
    """

    right: tuple[str, ...]
    carried: tuple[str, ...]
    wrong: tuple[str, ...]


def explained(names: tuple[str, ...], slips: tuple[Slip, ...]) -> str:
    """Return in one sentence what some slips make, and what is so instead."""
    *first, last = (slip.does for slip in slips)
    does = f"{', '.join(first)} and {last}" if first else last
    instead = "; ".join(slip.instead for slip in slips)
    verb = "is" if len(names) == 1 else "are"
    return f"{named(names)} {verb} what you get if {does}: {instead}."


def named(names: tuple[str, ...], most: int = 4) -> str:
    """Return a list of names in words: dW1[0, 0], dW1[0, 1] and 3 more."""
    if len(names) > most:
        return f"{', '.join(names[: most - 1])} and {len(names) - most + 1} more"
    return " and ".join((", ".join(names[:-1]), names[-1])) if len(names) > 1 else names[0]
