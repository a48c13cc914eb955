"""Which slips make somebody's numbers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import combinations

import numpy as np

from blame.arrays import Array
from blame.exercise.exercise import Exercise
from blame.practise.slips.asked import Asked, ask
from blame.practise.slips.desk import Setup
from blame.practise.slips.explanation import Explanation, Sorted, explained
from blame.practise.slips.ranking import Tried, choice, kept, same_kind
from blame.practise.slips.registry import SLIPS
from blame.practise.slips.slip import Slip
from blame.practise.slips.work import Work

_FEWEST_BITS = 1.0
"""One slip is named where it explains so much: what it makes is true even if it is by chance."""
_BITS_BEYOND_CHANCE = 10.0
"""What one slip of about a hundred, seven bits, hardly meets by chance."""
_BITS_OF_A_PAIR = 16.0
"""Two slips together are named where their numbers could hardly be met by chance: some thousand
pairs are tried, ten bits, and six more."""
_BITS_OF_ONE_MORE = 8.0
"""And where the second slip explains so much more than the first alone; so with a third."""
_BITS_OF_THREE = 26.0
"""Three slips: so many more, be the pairs to start from but the best few."""
_BEST_PAIRS = 5
_PRICE = 6.0
"""What each further slip costs, in bits: there are about a hundred to choose from."""
_BROKEN = 0.5
"""How much a right number counts that a slip would make wrong, beside a wrong one it explains."""
_MOST_NUMBERS, _FEWEST_ROWS = 300_000, 64
"""A stack of pairs is so large: more would not fit the processor's cache."""


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
            pairs = self._two_slips(moving, found)
            found += pairs
            if not any((tried.explains >= self.wrong).all() for tried in pairs):
                found += self._three_slips(moving, pairs)
        return tuple(map(self._explained, kept(found)))

    def _one_slip(self) -> tuple[list[Tried], list[Slip]]:
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
        found: list[Tried] = []
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

    def _two_slips(self, moving: Iterable[Slip], alone: Iterable[Tried]) -> list[Tried]:
        most = {tried.slips[0].key: tried.bits for tried in alone}
        pairs = [pair for pair in combinations(moving, 2) if not same_kind(*pair)]
        found = []
        for tried in self._in_stacks(pairs, _BITS_OF_A_PAIR):
            alone_bits = max(most.get(slip.key, 0.0) for slip in tried.slips)
            if tried.bits >= alone_bits + _BITS_OF_ONE_MORE:
                found.append(tried)
        return found

    def _three_slips(self, moving: Iterable[Slip], pairs: Sequence[Tried]) -> list[Tried]:
        """Return what a third slip adds to the best few pairs; all triples would be too many."""
        best = sorted(pairs, key=lambda tried: -tried.score)[:_BEST_PAIRS]
        order = {slip: place for place, slip in enumerate(SLIPS.values())}
        bits: dict[tuple[Slip, ...], float] = {}
        for pair in best:
            for slip in moving:
                if slip in pair.slips or any(same_kind(slip, other) for other in pair.slips):
                    continue
                three = tuple(sorted((*pair.slips, slip), key=order.__getitem__))
                bits[three] = max(bits.get(three, 0.0), pair.bits)
        return [
            tried
            for tried in self._in_stacks(list(bits), _BITS_OF_THREE)
            if tried.bits >= bits[tried.slips] + _BITS_OF_ONE_MORE
        ]

    def _in_stacks(self, ways: Sequence[tuple[Slip, ...]], least: float) -> Iterator[Tried]:
        """Yield what comes of many ways, so many at once as fit."""
        size = max(_FEWEST_ROWS, _MOST_NUMBERS // (self._largest() + len(self.asked.names)))
        for start in range(0, len(ways), size):
            some = ways[start : start + size]
            yield from self._tried(some, *self._values(some), least=least)

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
    ) -> Iterator[Tried]:
        """Yield what comes of each way that explains so many bits of what is wrong."""
        explains = ~self.right & (self.asked.made(plain) | (self.asked.made(own) & ~self.carried))
        roots = explains & self.wrong
        bits = roots @ self.asked.bits - choice(roots.sum(-1), int(self.wrong.sum()))
        worth = np.flatnonzero(roots.any(-1) & (bits >= least))
        agreed = self.asked.agree(plain[worth]) | self.asked.agree(own[worth])
        for way, agrees in zip(worth.tolist(), agreed, strict=True):
            breaks = self.right & ~agrees
            against = _BROKEN * float(self.asked.bits[breaks].sum())
            against += _PRICE * (len(ways[way]) - 1)
            each = float(bits[way])
            # Against right numbers only what could hardly be chance is named.
            if each > against or each >= _BITS_BEYOND_CHANCE:
                yield Tried(ways[way], explains[way], breaks, each, each - against)

    def _explained(self, tried: Tried) -> Explanation:
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


def _bytes(values: Iterable[Array]) -> bytes:
    return b"".join(each.tobytes() for each in values)
