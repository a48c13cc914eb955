"""Which slips make somebody's numbers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations
from typing import NamedTuple

import numpy as np

from blame.arrays import Array
from blame.exercise.exercise import Exercise
from blame.practise.slips.asked import Asked, Mask, ask
from blame.practise.slips.registry import SLIPS
from blame.practise.slips.slip import Slip
from blame.practise.slips.work import FORWARD, RIGHT, CircleError, Setup, Step, Work, changed

MOST_EXPLANATIONS = 6
_BITS_OF_A_PAIR = 16.0
"""Two slips together are named where their numbers could hardly be met by chance: some thousand
pairs are tried, ten bits, and six more."""
_BITS_OF_THE_SECOND = 8.0
"""And where the second slip explains so much more than the first alone."""
_PRICE = 6.0
"""What a second slip costs, in bits: there are about a hundred to choose from."""
_BROKEN = 0.5
"""How much a right number counts that a slip would make wrong, beside a wrong one it explains."""


@dataclass(frozen=True)
class Explanation:
    """One or two slips, and what they make.

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


class _Tried(NamedTuple):
    slips: tuple[Slip, ...]
    explains: Mask
    breaks: Mask
    bits: float
    score: float


def sort_numbers(exercise: Exercise, numbers: Mapping[str, float | str]) -> Sorted:
    """Return which of somebody's numbers are right, right given earlier ones, and wrong.

    Raises
    ------
    ValueError
        As `find_slips`.
    """
    search = _Search(exercise, ask(exercise, numbers))
    names = search.asked.names_of
    return Sorted(names(search.right), names(search.carried), names(search.wrong))


def find_slips(exercise: Exercise, numbers: Mapping[str, float | str]) -> tuple[Explanation, ...]:
    """Return what makes the numbers that are wrong, the best explanation first.

    A number counts as right, or as made by a slip, if it agrees to its last digit, rounded or cut
    off. Each way is followed twice: all of it as it would come out, and each step from the numbers
    that somebody already has. What is right given those needs no slip. Of explanations as good as
    each other the one with fewer slips comes first, then the more common. Empty where all is
    right, and where nothing known makes what is wrong.

    Parameters
    ----------
    numbers : by the names of the quantities, {"dW1[0, 0]": -0.53}; with "new " before it what one
        update makes of a parameter, the prediction or the loss. A number may come as the text it
        was written as, which keeps the zeros it ends with.

    Raises
    ------
    ValueError
        If a name is unknown, or a number is none or not finite.
    """
    return _Search(exercise, ask(exercise, numbers)).explanations()


class _Search:
    def __init__(self, exercise: Exercise, asked: Asked) -> None:
        self.setup = setup_of(exercise)
        self.asked = asked
        self._none = (Work(self.setup, RIGHT), Work(self.setup, RIGHT, asked.given))
        with np.errstate(all="ignore"):
            self._right_values = tuple(map(asked.values, self._none))
            self.right = asked.agree(self._right_values[0])
            # Where somebody's own numbers lead to it; such a number needs no slip.
            self.carried = asked.agree(self._right_values[1]) & ~self.right
        self.wrong = ~self.right & ~self.carried

    def explanations(self) -> tuple[Explanation, ...]:
        if not self.wrong.any():
            return ()
        with np.errstate(all="ignore"):
            found, moving = self._one_slip()
            if not any(self._whole(tried) for tried in found):
                found += self._two_slips(moving, found)
        return tuple(map(self._explained, _kept(found)))

    def _whole(self, tried: _Tried) -> bool:
        return not (self.wrong & ~tried.explains).any()

    def _one_slip(self) -> tuple[list[_Tried], list[tuple[Slip, tuple[Work, Work]]]]:
        """Return the slips that explain something, and those that differ in something asked."""
        found, moving, seen = [], [], {_bytes(self._right_values)}
        for slip in SLIPS.values():
            if not slip.fits(self.setup):
                continue
            works = self._works(changed(slip.changes), self._none if _stays(slip) else None)
            try:
                values = tuple(map(self.asked.values, works))
            except CircleError:
                continue
            if (known := _bytes(values)) == _bytes(self._right_values):
                continue
            if known not in seen:
                seen.add(known)
                moving.append((slip, works))
            if tried := self._tried((slip,), values):
                found.append(tried)
        return found, moving

    def _two_slips(
        self, moving: Iterable[tuple[Slip, tuple[Work, Work]]], alone: Iterable[_Tried]
    ) -> list[_Tried]:
        most = {tried.slips[0].key: tried.bits for tried in alone}
        found = []
        for (first, before), (second, after) in combinations(moving, 2):
            if first.changes.keys() & second.changes.keys() and _same_kind(first, second):
                continue
            begun = before if _stays(second) else after if _stays(first) else None
            works = self._works(changed(second.changes, changed(first.changes)), begun)
            try:
                values = tuple(map(self.asked.values, works))
            except CircleError:
                continue
            tried = self._tried((first, second), values)
            if tried is None or tried.bits < _BITS_OF_A_PAIR:
                continue
            least = max(most.get(slip.key, 0.0) for slip in (first, second))
            if tried.bits >= least + _BITS_OF_THE_SECOND:
                found.append(tried)
        return found

    def _works(
        self, steps: Mapping[str, Step], begun: tuple[Work, Work] | None
    ) -> tuple[Work, Work]:
        """Return the two works of one way: by itself, and from somebody's own numbers."""
        plain, own = begun or (None, None)
        return (
            Work(self.setup, steps, begun=plain),
            Work(self.setup, steps, self.asked.given, begun=own),
        )

    def _tried(self, slips: tuple[Slip, ...], values: tuple[Array, ...]) -> _Tried | None:
        """Return what comes of some slips, or None where they explain nothing."""
        alone, own = map(self.asked.made, values)
        explains = ~self.right & (alone | (own & ~self.carried))
        if not (explains & self.wrong).any():
            return None
        breaks = self.right & ~self.asked.agree(values[0]) & ~self.asked.agree(values[1])
        bits = float(self.asked.bits[explains & self.wrong].sum())
        against = _BROKEN * float(self.asked.bits[breaks].sum()) + _PRICE * (len(slips) - 1)
        return _Tried(slips, explains, breaks, bits, bits - against)

    def _explained(self, tried: _Tried) -> Explanation:
        names = self.asked.names_of
        explains = names(tried.explains)
        return Explanation(
            tuple(slip.key for slip in tried.slips),
            explains,
            names(self.wrong & ~tried.explains),
            names(tried.breaks),
            _words(explains, tried.slips),
        )


@lru_cache(maxsize=32)
def setup_of(exercise: Exercise) -> Setup:
    """Return the setup of an exercise, the same one each time."""
    return Setup.of(exercise)


def _kept(found: Iterable[_Tried]) -> Iterator[_Tried]:
    """Yield the explanations worth telling, the best first."""
    # Sorting keeps the order of the registry among equals.
    best = sorted(found, key=lambda tried: (-tried.score, len(tried.slips)))
    kept: list[_Tried] = []
    for tried in best:
        if any(_more(other, tried) for other in kept):
            continue
        kept.append(tried)
        yield tried
        if len(kept) == MOST_EXPLANATIONS:
            return


def _more(better: _Tried, worse: _Tried) -> bool:
    """Whether one explains all that another does, and either more or with fewer slips."""
    if (worse.explains & ~better.explains).any() or len(better.slips) > len(worse.slips):
        return False
    fewer = len(better.slips) < len(worse.slips)
    return fewer or bool((better.explains & ~worse.explains).any()) or better.score > worse.score


def _stays(slip: Slip) -> bool:
    """Whether a slip leaves the forward pass as it is."""
    return not any(step in slip.changes for step in FORWARD)


def _same_kind(first: Slip, second: Slip) -> bool:
    """Whether two slips are one in two places, such as at the output and everywhere."""
    return first.does.split(" ")[:3] == second.does.split(" ")[:3]


def _bytes(values: tuple[Array, ...]) -> bytes:
    return b"".join(each.tobytes() for each in values)


def _words(names: tuple[str, ...], slips: tuple[Slip, ...]) -> str:
    does = " and ".join(slip.does for slip in slips)
    instead = "; ".join(slip.instead for slip in slips)
    verb = "is" if len(names) == 1 else "are"
    return f"{named(names)} {verb} what you get if {does}: {instead}."


def named(names: tuple[str, ...], most: int = 4) -> str:
    """Return a list of names in words: dW1[0, 0], dW1[0, 1] and 3 more."""
    if len(names) > most:
        return f"{', '.join(names[: most - 1])} and {len(names) - most + 1} more"
    return " and ".join((", ".join(names[:-1]), names[-1])) if len(names) > 1 else names[0]
