"""Networks that are described: layers in JSON, each with weights, bias, activation."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from blame.activations import ACTIVATIONS
from blame.arrays import Array
from blame.exercise.reading.assumptions import Assumed
from blame.exercise.reading.listing.symbols import Value
from blame.exercise.reading.together.layers import Layers
from blame.exercise.reading.together.matrices import connects, known_numbers

_WEIGHTS = ("weights", "weight", "W", "w", "kernel")
MOST_DESCRIBED = 12
"""So many layers are enough to see that a network is too large."""
_BIASES = ("bias", "biases", "b")


def numbers_of_description(value: Value) -> dict[str, Array]:
    """Return the numbers that a description has beside its layers: its input, its target."""
    if not isinstance(value, dict):
        return {}
    found = {name: known_numbers(part) for name, part in value.items() if isinstance(name, str)}
    return {name: numbers for name, numbers in found.items() if numbers is not None}


def of_description(value: Value, assumed: Assumed) -> Layers | None:
    """Return the layers of a description, None where it is none."""
    if isinstance(value, dict):
        value = next((value[key] for key in ("layers", "network") if key in value), None)
    if not isinstance(value, list) or not all(isinstance(part, dict) for part in value):
        return None
    value = value[:MOST_DESCRIBED]
    matrices = [_first(part, _WEIGHTS) for part in value]
    kept = [part for part, matrix in zip(value, matrices, strict=True) if matrix is not None]
    weights = [matrix for matrix in matrices if matrix is not None and matrix.ndim == 2]
    if not weights or len(weights) != len(kept):
        return None
    biases = [_first(part, _BIASES) for part in kept]
    fits = {
        layout: made
        for layout, made in (("x_at_W", weights), ("rows", [one.T for one in weights]))
        if connects(made) and _meet(made, biases)
    }
    if not fits:
        return None
    layout = assumed.ask("layout", "x_at_W") if len(fits) == 2 else next(iter(fits))
    acts = [str(part.get("activation", "") or "identity").lower() for part in kept]
    acts = ["identity" if act == "linear" else act for act in acts]
    return Layers(
        [np.array(one) for one in fits[layout]],
        [None if one is None else one.ravel() for one in biases],
        activations=acts if all(act in ACTIVATIONS for act in acts) else [],
    )


def _first(part: Mapping[str, Value], names: tuple[str, ...]) -> Array | None:
    return next((known_numbers(part[name]) for name in names if name in part), None)


def _meet(weights: list[Array], biases: list[Array | None]) -> bool:
    return all(
        bias is None or bias.size == matrix.shape[1]
        for matrix, bias in zip(weights, biases, strict=True)
    )
