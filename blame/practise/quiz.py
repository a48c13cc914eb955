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
from blame.practise import blame_questions, value_questions
from blame.practise.question import Question

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
    if not all(np.isfinite(values).all() for values in gradients):
        return ()
    made = (maker.make(passes, exercise) for maker in MAKERS.values() if maker.lesson == lesson)
    return tuple(question for question in made if question is not None)[:MOST]


MAKERS: dict[str, Maker] = {
    "z1": Maker("forward_pass", value_questions.z1),
    "y_pred": Maker("forward_pass", value_questions.y_pred),
    "loss": Maker("forward_pass", value_questions.loss),
    "d_loss_y": Maker("backward_pass", value_questions.d_loss_y),
    "most_blamed": Maker("backward_pass", blame_questions.most),
    "paths": Maker("backward_pass", blame_questions.paths),
    "dW2": Maker("backward_pass", blame_questions.dW2),
    "d_a1": Maker("relu_gate", value_questions.d_a1),
    "gate": Maker("relu_gate", value_questions.gate),
    "d_z1": Maker("relu_gate", value_questions.d_z1),
    "dW1": Maker("training", blame_questions.dW1),
    "update": Maker("training", blame_questions.update),
    "moves": Maker("training", blame_questions.moves),
    "nudge": Maker("what_if", blame_questions.nudge),
}
"""Every kind of question by its key, in the order they are asked: one at a time, so that a later
one may give what an earlier one asked for. A new one is one entry here."""
