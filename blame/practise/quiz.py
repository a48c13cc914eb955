"""Questions about the current numbers, with the answer, the reason, and the usual slips.

Every question is answered with pencil and paper from the numbers a reader sees, and speaks of the
exercise in its own names. None is asked where a neuron stands on a kink and the answer depends on
it, or where the exercise is too large for it or of another kind.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from blame.backward import BackwardPass
from blame.exercise.exercise import Exercise
from blame.practise.question import Question
from blame.practise.questions import blame, outputs, use, values
from blame.practise.questions.by_registry import with_registry

MOST = 3
"""So many questions are asked before a lesson."""


@dataclass(frozen=True)
class Maker:
    """How a question is made, and the lesson it belongs to; None where it would be a trick."""

    lesson: str
    make: Callable[[BackwardPass, Exercise], Question | None]


def questions(lesson: str, exercise: Exercise) -> tuple[Question, ...]:
    """Return the questions of a lesson about these numbers, `MOST` at most."""
    passes = exercise.backward()
    gradients = [passes.loss, passes.input_gradient, *passes.weight_gradients]
    if not all(np.isfinite(gradient).all() for gradient in gradients):
        return ()
    made = (maker.make(passes, exercise) for maker in MAKERS.values() if maker.lesson == lesson)
    asked = [question for question in made if question is not None][:MOST]
    return tuple(with_registry(question, exercise) for question in asked)


MAKERS: dict[str, Maker] = {
    "z1": Maker("forward_pass", values.z1),
    "y_pred": Maker("forward_pass", values.y_pred),
    "loss": Maker("forward_pass", outputs.loss),
    "d_loss_y": Maker("backward_pass", outputs.d_loss_y),
    "most_blamed": Maker("backward_pass", blame.most),
    "paths": Maker("backward_pass", blame.paths),
    "dW2": Maker("backward_pass", blame.dW2),
    "d_a1": Maker("relu_gate", values.d_a1),
    "gate": Maker("relu_gate", values.gate),
    "d_z1": Maker("relu_gate", values.d_z1),
    "dW1": Maker("training", blame.dW1),
    "update": Maker("training", use.update),
    "moves": Maker("training", use.moves),
    "nudge": Maker("what_if", use.nudge),
}
"""Every kind of question by its key, in the order they are asked: one at a time, so that a later
one may give what an earlier one asked for. A new one is one entry here."""
