"""The handle of the loss curve: a guess goes along it as its own last bias moves.

A guess is worked out, not chosen: what can move is a number before it. The bias of the output moves
that one guess of each sample and, but for a softmax's other shares, nothing else before it.
"""

from __future__ import annotations

import numpy as np

from blame.exercise.exercise import Exercise
from pages.shared.charts.handles.gate import bias_name
from pages.shared.charts.handles.handle import Handle
from pages.shared.charts.named import Sample
from pages.shared.words.numbers import Numbers


def loss_handles(exercise: Exercise, sample: int = 0, output: int = 0) -> list[Handle]:
    """Return the handle on today's point.

    None without a bias there, and none where it moves no guess: one that all of a softmax share.
    """
    passes, depth = exercise.backward(), len(exercise.activations)
    one, n = Sample(passes, sample), Numbers().of(passes)
    tied = f"b{depth}" in exercise.tied
    shares = exercise.activations[-1] == "softmax"
    loss = float(passes.loss)
    if exercise.network.layers[-1].bias is None or (tied and shares) or not np.isfinite(loss):
        return []
    bias, guess = bias_name(exercise, depth, output), one.a(depth)
    value, name = exercise.numbers()[bias], guess.names[output]
    low, high = exercise.bounds_of(bias)
    whose = "all outputs" if tied and exercise.sizes[-1] > 1 else "its output"
    return [
        Handle(
            "today",
            bias,
            f"{name}, moved by {bias}, the bias of {whose}",
            f"{name} {n.equals(guess.values[output])}, {bias} = {n.text(value)}, "
            f"loss {n.text(loss)}",
            value,
            low,
            high,
            guess.values[output],
            loss,
            per=one.slopes(depth)[output],
        )
    ]
