"""Which slips make somebody's numbers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import combinations
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from blame.arrays import Array
from blame.exercise.exercise import Exercise
from blame.practise.slips.asked import Asked, Mask, ask
from blame.practise.slips.desk import Setup
from blame.practise.slips.explanation import Explanation, Sorted, explained
from blame.practise.slips.registry import SLIPS
from blame.practise.slips.slip import Slip
from blame.practise.slips.work import Work

MOST_EXPLANATIONS = 6
_FEWEST_BITS = 1.0
"""One slip is named where it explains so much: what it makes is true even if it is by chance."""
_BITS_BEYOND_CHANCE = 10.0
"""What one slip of about a hundred, seven bits, hardly meets by chance."""
_BITS_OF_A_PAIR = 16.0
"""Two slips together are named where their numbers could hardly be met by chance: some thousand
pairs are tried, ten bits, and six more."""
_BITS_OF_THE_SECOND = 8.0
"""And where the second slip explains so much more than the first alone."""
_PRICE = 6.0
"""What a second slip costs, in bits: there are about a hundred to choose from."""
_BROKEN = 0.5
"""How much a right number counts that a slip would make wrong, beside a wrong one it explains."""
_MOST_NUMBERS, _FEWEST_ROWS = 300_000, 64
"""A stack of pairs is so large: more would not fit the processor's cache."""


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


def find_slips(
    exercise: Exercise, numbers: Mapping[str, float | str], always: tuple[str, ...] = ()
) -> tuple[Explanation, ...]:
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
    always : keys of slips that are none here: what is right is worked out with them.

    Raises
    ------
    ValueError
        If a name is unknown, or a number is none or not finite.
    """
    return _Search(exercise, ask(exercise, numbers), always).explanations()


class _Search:
    def __init__(self, exercise: Exercise, asked: Asked, always: tuple[str, ...] = ()) -> None:
        self.setup = setup_of(exercise)
        self._always = {SLIPS[key] for key in always}
        self.asked = asked
        plain, own = (each[0] for each in self._values([()]))
        self.right = asked.agree(plain)
        # Where somebody's own numbers lead to it; such a number needs no slip.
        self.carried = asked.agree(own) & ~self.right
        self.wrong = ~self.right & ~self.carried
        self._as_it_is = plain, own

    def explanations(self) -> tuple[Explanation, ...]:
        if not self.wrong.any():
            return ()
        found, moving = self._one_slip()
        # Where one slip makes all that is wrong, two can only do the same.
        if not any((tried.explains >= self.wrong).all() for tried in found):
            found += self._two_slips(moving, found)
        return tuple(map(self._explained, _kept(found)))

    def _one_slip(self) -> tuple[list[_Tried], list[Slip]]:
        """Return the slips that explain something, and those to look for in pairs."""
        fitting = [
            slip for slip in SLIPS.values() if slip not in self._always and slip.fits(self.setup)
        ]
        together = [(slip,) for slip in fitting if not slip.alone]
        ways = [together, *([(slip,)] for slip in fitting if slip.alone)]
        values = {
            way[0].key: both
            for stack in ways
            if stack
            for way, *both in zip(stack, *self._values(stack), strict=True)
        }
        found: list[_Tried] = []
        moving: list[Slip] = []
        seen = {_bytes(self._as_it_is)}
        for slip in fitting:
            known = _bytes(values[slip.key])
            if known == _bytes(self._as_it_is):
                continue
            if known not in seen and not slip.alone:
                moving.append(slip)
            seen.add(known)
            found += self._tried([(slip,)], *(each[None] for each in values[slip.key]))
        return found, moving

    def _two_slips(self, moving: Iterable[Slip], alone: Iterable[_Tried]) -> list[_Tried]:
        most = {tried.slips[0].key: tried.bits for tried in alone}
        pairs = [pair for pair in combinations(moving, 2) if not _same_kind(*pair)]
        size = max(_FEWEST_ROWS, _MOST_NUMBERS // (self._largest() + len(self.asked.names)))
        found = []
        for start in range(0, len(pairs), size):
            some = pairs[start : start + size]
            for tried in self._tried(some, *self._values(some), least=_BITS_OF_A_PAIR):
                alone_bits = max(most.get(slip.key, 0.0) for slip in tried.slips)
                if tried.bits >= alone_bits + _BITS_OF_THE_SECOND:
                    found.append(tried)
        return found

    def _largest(self) -> int:
        """Return the size of the largest array of one way."""
        rows = self.setup.x.shape[-2]
        return max(max(weights.size, rows * max(weights.shape)) for weights in self.setup.weights)

    def _values(self, ways: Sequence[tuple[Slip, ...]]) -> tuple[Array, Array]:
        """Return what the numbers come to in each way, by itself and from somebody's own, (n, m).

        All ways are one stacked pass.
        """
        rows: dict[Slip, list[int]] = {}
        for row, way in enumerate(ways):
            for slip in {*way, *self._always}:
                rows.setdefault(slip, []).append(row)
        # In the order of the registry, in which pairs are too.
        changes = [(slip.changes, np.array(rows[slip])) for slip in SLIPS.values() if slip in rows]
        by_itself = Work(self.setup, changes, len(ways))
        from_own = Work(self.setup, changes, len(ways), self.asked.given)
        return self.asked.values(by_itself), self.asked.values(from_own)

    def _tried(
        self,
        ways: Sequence[tuple[Slip, ...]],
        plain: Array,
        own: Array,
        least: float = _FEWEST_BITS,
    ) -> Iterator[_Tried]:
        """Yield what comes of each way that explains so many bits of what is wrong."""
        explains = ~self.right & (self.asked.made(plain) | (self.asked.made(own) & ~self.carried))
        roots = explains & self.wrong
        bits = roots @ self.asked.bits - _choice(roots.sum(-1), int(self.wrong.sum()))
        worth = np.flatnonzero(roots.any(-1) & (bits >= least))
        agreed = self.asked.agree(plain[worth]) | self.asked.agree(own[worth])
        for way, agrees in zip(worth.tolist(), agreed, strict=True):
            breaks = self.right & ~agrees
            against = _BROKEN * float(self.asked.bits[breaks].sum())
            against += _PRICE * (len(ways[way]) - 1)
            each = float(bits[way])
            # Against right numbers only what could hardly be chance is named.
            if each > against or each >= _BITS_BEYOND_CHANCE:
                yield _Tried(ways[way], explains[way], breaks, each, each - against)

    def _explained(self, tried: _Tried) -> Explanation:
        names = self.asked.names_of
        explains = names(tried.explains)
        return Explanation(
            tuple(slip.key for slip in tried.slips),
            explains,
            names(self.wrong & ~tried.explains),
            names(tried.breaks),
            explained(explains, tried.slips),
        )


@lru_cache(maxsize=32)
def setup_of(exercise: Exercise) -> Setup:
    """Return the setup of an exercise, the same one each time."""
    return Setup.of(exercise)


def _choice(explained: NDArray[np.int_], wrong: int) -> Array:
    """Return the bits that it takes to say which of the wrong numbers are explained.

    Among many wrong numbers a slip meets some by chance; one that makes them all has no choice.
    """
    found: Array = explained.astype(float) * np.log2(wrong / np.maximum(explained, 1))
    return found


def _kept(found: Iterable[_Tried]) -> Iterator[_Tried]:
    """Yield the explanations worth telling, the best first."""
    # What follows from a wrong number counts among equals; the registry's order comes last.
    best = sorted(found, key=lambda t: (-t.score, -int(t.explains.sum()), len(t.slips)))
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


def _same_kind(first: Slip, second: Slip) -> bool:
    """Whether two slips are one in two places, such as at the output and everywhere."""
    return first.does.split(" ")[:3] == second.does.split(" ")[:3]


def _bytes(values: Iterable[Array]) -> bytes:
    return b"".join(each.tobytes() for each in values)
