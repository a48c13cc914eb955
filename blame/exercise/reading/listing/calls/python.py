"""Python's own calls: ranges, pairs, lengths, dictionaries."""

from __future__ import annotations

from blame.exercise.reading.listing.calls.arguments import Named, whole
from blame.exercise.reading.listing.evaluate import Evaluator
from blame.exercise.reading.listing.symbols import Value, num
from blame.exercise.reading.listing.values import (
    MOST_CELLS,
    NotFollowed,
    TooMuch,
)


def ranged(run: Evaluator, args: list[Value], named: Named) -> Value:
    ends = list(map(whole, args))
    if not ends:
        raise NotFollowed("range")
    try:
        numbers = range(*ends)
    except (TypeError, ValueError):
        raise NotFollowed("range") from None
    if len(numbers) > MOST_CELLS:
        raise TooMuch
    return [num(k) for k in numbers]


def length(run: Evaluator, args: list[Value], named: Named) -> Value:
    return num(len(run.items(args[0])))


def zipped(run: Evaluator, args: list[Value], named: Named) -> Value:
    return list(zip(*map(run.items, args), strict=False))


def enumerated(run: Evaluator, args: list[Value], named: Named) -> Value:
    return [(num(k), item) for k, item in enumerate(run.items(args[0]))]


def first(run: Evaluator, args: list[Value], named: Named) -> Value:
    if not args:
        args = list(named.values())
    if not args:
        raise NotFollowed("empty call")
    return args[0]


def ordered(run: Evaluator, args: list[Value], named: Named) -> Value:
    if not args:
        return dict(named)
    if isinstance(args[0], dict):
        return args[0]
    pairs = run.items(args[0])
    if not all(isinstance(pair, tuple) and len(pair) == 2 for pair in pairs):
        raise NotFollowed("dict")
    return {key: value for key, value in pairs if isinstance(key, str)}
