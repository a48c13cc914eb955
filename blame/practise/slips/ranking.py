"""Explanations that have been tried: how they compare, and which are worth telling."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from blame.arrays import Array
from blame.practise.slips.asked import Mask
from blame.practise.slips.slip import Slip

MOST_EXPLANATIONS = 6


class Tried(NamedTuple):
    """Some slips together: what they explain, what they break, and for how many bits."""

    slips: tuple[Slip, ...]
    explains: Mask
    breaks: Mask
    bits: float
    score: float


def choice(explained: NDArray[np.int_], wrong: int) -> Array:
    """Return the bits that it takes to say which of the wrong numbers are explained.

    Among many wrong numbers a slip meets some by chance; one that makes them all has no choice.
    """
    found: Array = explained.astype(float) * np.log2(wrong / np.maximum(explained, 1))
    return found


def kept(found: Iterable[Tried]) -> Iterator[Tried]:
    """Yield the explanations worth telling, the best first."""
    # What follows from a wrong number counts among equals; the registry's order comes last.
    best = sorted(found, key=lambda t: (-t.score, -int(t.explains.sum()), len(t.slips)))
    told: list[Tried] = []
    for tried in best:
        if any(_more(other, tried) for other in told):
            continue
        told.append(tried)
        yield tried
        if len(told) == MOST_EXPLANATIONS:
            return


def _more(better: Tried, worse: Tried) -> bool:
    """Whether one explains all that another does, and either more or with fewer slips."""
    if (worse.explains & ~better.explains).any() or len(better.slips) > len(worse.slips):
        return False
    fewer = len(better.slips) < len(worse.slips)
    return fewer or bool((better.explains & ~worse.explains).any()) or better.score > worse.score


def same_kind(first: Slip, second: Slip) -> bool:
    """Whether two slips are one in two places, such as at the output and everywhere."""
    return first.does.split(" ")[:3] == second.does.split(" ")[:3]
