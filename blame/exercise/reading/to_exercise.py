"""The one place where a reading's parts become an `Exercise`."""

from __future__ import annotations

import importlib
from typing import Any

from blame.exercise.reading.draft import Draft


def to_exercise(draft: Draft) -> Any:
    """Return the exercise, or the draft itself where the package has no `Exercise` yet.

    Raises
    ------
    ValueError
        If the parts do not fit each other or an exercise's limits.
    """
    try:
        module = importlib.import_module("blame.exercise.exercise")
    except ModuleNotFoundError:
        return draft
    from blame.network import Layer, Network

    layers = zip(draft.weights, draft.biases, draft.activations, strict=True)
    x, target = draft.x, draft.target
    if len(x) == 1:
        x, target = x[0], None if target is None else target[0]
    return module.Exercise(
        Network(tuple(Layer(*parts) for parts in layers)),  # type: ignore[arg-type]
        x,
        target,
        loss=draft.loss,
        learning_rate=draft.learning_rate,
        steps=draft.steps,
        held=draft.held,
        tied=draft.tied,
        momentum=draft.momentum,
    )
