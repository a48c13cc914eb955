"""Calls of the generators that a listing makes and draws from."""

from __future__ import annotations

from typing import Any

from blame.exercise.reading.listing.calls.arguments import Named, whole
from blame.exercise.reading.listing.calls.generators import LEGACY, NEW, Generator
from blame.exercise.reading.listing.symbols import Value
from blame.exercise.reading.listing.values import (
    NotFollowed,
    nodes_of,
    numbers_of,
)


def seeded(name: str, args: list[Value]) -> Generator | None:
    """Return the generator that a call of seed, RandomState or default_rng makes."""
    if name not in ("seed", "RandomState", "default_rng") or not args:
        return None
    seed = whole(args[0])
    if not 0 <= seed < 2**32:
        raise NotFollowed("seed")
    return Generator(seed, NEW if name == "default_rng" else LEGACY)


def drawn(generator: Generator, name: str, args: list[Value], named: Named) -> Value | None:
    """Return what a generator's method draws, None where it has no such."""

    def bare(value: Value) -> Any:
        return numbers_of(value).tolist() if value is not None else None

    try:
        found = generator.draw(
            name, [bare(arg) for arg in args], {key: bare(value) for key, value in named.items()}
        )
    except (TypeError, ValueError, OverflowError, MemoryError):
        found = None
    return None if found is None else nodes_of(found)
