"""The loss among a listing's values, and the network that it is the loss of."""

from __future__ import annotations

import re
from typing import Any

import numpy as np

from blame.exercise.reading.listing.found.loss_of import FoundLoss, find_loss, goes_on
from blame.exercise.reading.listing.found.recover import Recovered, recover
from blame.exercise.reading.listing.found.units import NotANetwork
from blame.exercise.reading.listing.symbols import Node, Value
from blame.exercise.reading.listing.values import array_of

MOST_TRIED = 150
"""So many of a listing's values are looked at for a loss or a network."""
Made = tuple[str, Value, int]
"""What a listing made: its name, what it is, the line."""
_LOSS_NAMES = re.compile(r"(?i).*(loss|cost|err|mse|sse|^l$|^e$|^j$|^c$).*")


def find_network(made: list[Made], mean: bool) -> tuple[FoundLoss | None, Recovered | None]:
    """Return the loss of what a listing made and its network, or a network alone.

    `mean` is whether the listing takes the mean of its squares.
    """
    made = [
        (name, value, line)
        for name, value, line in _first_and_last(made)
        if isinstance(value, (Node, np.ndarray)) and array_of(value).size <= 80
    ][:MOST_TRIED]
    best: tuple[int, int, int] | None = None
    lost: FoundLoss | None = None
    for place, (name, value, _) in enumerate(made):
        cells = array_of(value).ravel()
        if not any(cell.op not in ("num", "leaf") for cell in cells):
            continue
        loss = _loss(cells, mean)
        if loss is None:
            continue
        size = sum(matrix.size for matrix in loss.network.weights)
        known = 2 * bool(loss.key) + bool(_LOSS_NAMES.fullmatch(name))
        score = (size, known, -place)
        further = lost is not None and goes_on(loss, lost)
        if best is None or score > best or ((size, known) >= best[:2] and further):
            best, lost = score, loss
    return (lost, lost.network) if lost is not None else (None, _largest(made))


def _largest(made: list[Made]) -> Recovered | None:
    """Return the network of the most weights and activations that a value is the output of."""
    most, found = 0, None
    for _, value, _ in made:
        cells = list(array_of(value).ravel())
        if all(cell.op in ("num", "leaf") for cell in cells):
            continue
        try:
            network = recover(cells)
        except NotANetwork:
            continue
        size = sum(matrix.size for matrix in network.weights)
        acts = sum(name != "identity" for name in network.activations)
        if size + acts > most:
            most, found = size + acts, network
    return found


def _first_and_last(made: list[Made]) -> list[Made]:
    """Return of what a loop makes again and again the first and the last."""
    turns: dict[tuple[str, int], list[int]] = {}
    for place, (name, _, line) in enumerate(made):
        turns.setdefault((name, line), []).append(place)
    kept = {place for places in turns.values() for place in (places[0], places[-1])}
    return [one for place, one in enumerate(made) if place in kept]


def _loss(cells: Any, mean: bool) -> FoundLoss | None:
    """Return the loss that a number is, or the sum of several."""
    total = cells[0]
    for cell in cells[1:]:
        total = total + cell
    try:
        found = find_loss(total, mean)
    except NotANetwork:
        return None
    if found is not None:
        found.cells = tuple(cells)
    return found
