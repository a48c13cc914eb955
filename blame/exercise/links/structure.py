"""Of which kind the exercise of a link is: its shape, units and loss, what is held and tied."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import replace

import numpy as np

from blame.activations import ACTIVATIONS
from blame.arrays import Array
from blame.exercise.build import blank
from blame.exercise.exercise import Exercise
from blame.exercise.limits import MOST_LAYERS, MOST_SAMPLES, MOST_UNITS
from blame.exercise.links.names import LONGEST
from blame.exercise.names import name_in_link
from blame.losses import find_loss
from blame.network import Layer, Network


def structured(base: Exercise, given: Mapping[str, str], problems: list[str]) -> Exercise:
    """Return the exercise of the kind that a link asks for, with the base's numbers if they fit."""
    found = base
    if "sizes" in given or "n_samples" in given or "bias" in given:
        try:
            sizes = _sizes(given["sizes"]) if "sizes" in given else base.sizes
            before = "1" if "sizes" in given else str(base.n_samples)
            count = _whole("n_samples", given.get("n_samples", before), MOST_SAMPLES)
            has = [text != "no" for text in given.get("bias", "yes").split("-")][:MOST_LAYERS]
            depth = len(sizes) - 1
            found = blank(sizes, n_samples=count, biases=has * depth if len(has) == 1 else has)
        except ValueError as error:
            problems.append(f"{error}. The shape {'-'.join(map(str, base.sizes))} is used.")
    if "tied" in given:
        found = replace(found, tied=())
    found = _of_kind(found, {k: given[k] for k in ("units", "loss") if k in given}, problems)
    if "held" in given:
        try:
            found = replace(found, held=_names(given["held"]))
        except ValueError as error:
            problems.append(f"held: {error}. What was there is kept.")
    if "tied" in given:
        # Numbers that are equal already move together from here on.
        with suppress(ValueError):
            found = replace(found, tied=_names(given["tied"]))
    return found


def tied_as_asked(
    exercise: Exercise, base: Exercise, given: Mapping[str, str], problems: list[str]
) -> Exercise:
    """Return the exercise with what its link ties, which may be equal by its numbers only."""
    if "tied" not in given or exercise.tied == _names(given["tied"]):
        return exercise
    try:
        return replace(exercise, tied=_names(given["tied"]))
    except ValueError as error:
        problems.append(f"tied: {error}. What was there is kept.")
    with suppress(ValueError):
        return replace(exercise, tied=base.tied)
    return exercise


def _names(text: str) -> tuple[str, ...]:
    names = () if text in ("", "none") else text[:LONGEST].split(",")
    return tuple(name_in_link(name[:40]) for name in names)


def _of_kind(exercise: Exercise, wanted: Mapping[str, str], problems: list[str]) -> Exercise:
    """Return the exercise with other units and another loss, which may go together only."""
    try:
        network = _units(exercise, wanted["units"]) if "units" in wanted else exercise.network
        loss = wanted.get("loss", exercise.loss)[:40]
        return replace(exercise, network=network, loss=loss, target=_target(exercise, loss))
    except ValueError as error:
        if len(wanted) == 1:
            problems.append(f"{next(iter(wanted))}: {error}. What was there is kept.")
            return exercise
    for name, text in wanted.items():
        exercise = _of_kind(exercise, {name: text}, problems)
    return exercise


def _units(exercise: Exercise, text: str) -> Network:
    units = text.split("-")[: MOST_LAYERS + 1]
    layers = exercise.network.layers
    if len(units) != len(layers) or not set(units) <= set(ACTIVATIONS):
        raise ValueError(
            f"must be {len(layers)} of {', '.join(ACTIVATIONS)}, joined by -, got {text[:40]!r}"
        )
    return Network(
        tuple(Layer(layer.weights, layer.bias, u) for layer, u in zip(layers, units, strict=True))
    )


def _target(exercise: Exercise, loss: str) -> Array | None:
    """Return the target as near to what it was as another loss takes it."""
    known = find_loss(loss)
    if not known.asks_target:
        return None
    if exercise.target is None:
        return np.zeros((exercise.n_samples, exercise.sizes[-1]))
    return np.clip(exercise.target, *known.domain)


def _sizes(text: str) -> tuple[int, ...]:
    parts = text.split("-")
    if not 2 <= len(parts) <= MOST_LAYERS + 1:
        raise ValueError(
            f"sizes must be two to {MOST_LAYERS + 1} numbers joined by -, got {text[:40]!r}"
        )
    return tuple(_whole("sizes", part, MOST_UNITS) for part in parts)


def _whole(name: str, text: str, most: int) -> int:
    number = int(text) if len(text) < 4 and text.isascii() and text.isdigit() else 0
    if not 1 <= number <= most:
        raise ValueError(f"{name} must be whole numbers from 1 to {most}, got {text[:40]!r}")
    return number
