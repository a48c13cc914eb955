"""Numbers that sources print under no name of ours, worked out from an exercise."""

from __future__ import annotations

import numpy as np

from blame.arrays import Array
from blame.exercise.exercise import Exercise
from blame.training import train


def mean_absolute_error(exercise: Exercise) -> float:
    """Return the mean of |y_pred - y_true| over samples and outputs."""
    return float(np.abs(_errors(exercise)).mean())


def loss_with_penalty(exercise: Exercise) -> float:
    """Return the loss plus the penalty that makes its weight decay, half of it a squared weight."""
    weights = [layer.weights for layer in exercise.network.layers]
    penalty = sum(float((matrix**2).sum()) for matrix in weights)
    return float(exercise.backward().loss) + exercise.weight_decay / 2 * penalty


def twice(exercise: Exercise, name: str) -> float:
    """Return twice a quantity: what it is where the blame starts at 2."""
    return 2 * exercise.values()[name]


def squares_of_epoch(exercise: Exercise, epoch: int) -> float:
    """Return the sum of the squared errors in an epoch of updates after each single sample.

    Each error is that of the moment its sample comes; the first epoch is 1.
    """
    samples = np.arange(exercise.n_samples)
    steps = epoch * len(samples)
    run = train(
        exercise.network,
        exercise.x,
        exercise.target,
        exercise.learning_rate,
        steps,
        exercise.loss,
        batches=np.tile(samples, epoch)[:, None],
    )
    rows = np.arange(steps - len(samples), steps)
    errors = run.forward.prediction[rows, samples] - _target(exercise).reshape(len(rows), -1)
    return float((errors**2).sum())


def _errors(exercise: Exercise) -> Array:
    prediction = exercise.forward().prediction
    return prediction - _target(exercise).reshape(prediction.shape)


def _target(exercise: Exercise) -> Array:
    if exercise.target is None:
        raise ValueError(f"the loss {exercise.loss} has no target to be off from; choose another")
    return exercise.target
