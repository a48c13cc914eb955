"""The one place where a reading's parts become an `Exercise`."""

from __future__ import annotations

from blame.exercise.exercise import Exercise
from blame.exercise.reading.draft import Draft
from blame.network import Layer, Network


def to_exercise(draft: Draft) -> Exercise:
    """Return the exercise.

    Raises
    ------
    ValueError
        If the parts do not fit each other or an exercise's limits.
    """
    layers = zip(draft.weights, draft.biases, draft.activations, strict=True)
    return Exercise(
        Network(tuple(Layer(*parts) for parts in layers)),
        draft.x,
        draft.target,
        loss=draft.loss,
        learning_rate=draft.learning_rate,
        steps=draft.steps,
        held=draft.held,
        tied=draft.tied,
        momentum=draft.momentum,
        weight_decay=draft.weight_decay,
    )
