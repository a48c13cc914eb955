"""The samples that a training loop goes through one by one, read off its turns."""

from __future__ import annotations

import numpy as np

from blame.arrays import Array
from blame.exercise.reading.listing.symbols import Node
from blame.exercise.reading.parts import Parts
from blame.exercise.reading.text.data import find_every_sample, targets_for


def every_sample(
    parts: Parts, target: Array, n_in: int, n_out: int, shares: bool
) -> tuple[Array, Array] | None:
    """Return the inputs and the targets of all turns of a loop, None where they cannot be told.

    `target` is that of the first turn; `shares` is whether the outputs are a softmax.
    """
    network, turns = parts.listing.network, parts.listing.run.samples
    found = None
    if network is not None and len(turns) > 1:
        found = _of_turns(network.sources, turns, n_out, shares)
    if found is None or not _same(found[1][:1], target, shares):
        return find_every_sample(parts.values, n_in, n_out, shares)
    return found


def _of_turns(
    sources: list[Node], turns: list[list[Node]], n_out: int, shares: bool
) -> tuple[Array, Array] | None:
    """Return inputs and targets: where in a turn each input stands, what is left is the target."""
    first = turns[0]
    if any(len(turn) != len(first) for turn in turns):
        return None
    at = {one.args: place for place, one in enumerate(first) if one.op == "leaf"}
    places = [at.get(source.args) if source.op == "leaf" else None for source in sources]
    used = {place for place in places if place is not None}
    if not used:
        return None
    numbers = np.array([[one.value for one in turn] for turn in turns])
    # What no turn brings, a 1 that a bias is weighed with, stays as it is.
    columns = [
        np.full(len(turns), source.value) if place is None else numbers[:, place]
        for source, place in zip(sources, places, strict=True)
    ]
    left = numbers[:, [place for place in range(len(first)) if place not in used]]
    try:
        return np.stack(columns, axis=1), targets_for(left, len(turns), n_out, shares)
    except ValueError:
        return None


def _same(found: Array, target: Array, shares: bool) -> bool:
    if shares and target.size != found.size:
        return bool(found[0, int(target.ravel()[0])] == 1)
    return target.size == found.size and bool(np.all(target.ravel() == found.ravel()))
