"""Questions about the current numbers, with the answer, the reason, and the usual slips.

Every question is answered with pencil and paper from the numbers a reader sees. None is asked
where a neuron stands on a kink and the answer depends on it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from blame import ask_blame, ask_values
from blame.backward import BackwardPass
from blame.example import Example
from blame.question import Question

MOST = 3
"""So many questions are asked before a lesson."""


@dataclass(frozen=True)
class Maker:
    """How a question is made, and the lesson it belongs to; None where it would be a trick."""

    lesson: str
    make: Callable[[BackwardPass, Example], Question | None]


def questions(lesson: str, example: Example) -> tuple[Question, ...]:
    """Return the questions of a lesson about these numbers, `MOST` at most."""
    passes = example.backward()
    made = (maker.make(passes, example) for maker in MAKERS.values() if maker.lesson == lesson)
    return tuple(question for question in made if question is not None)[:MOST]


MAKERS: dict[str, Maker] = {
    "z1": Maker("forward_pass", ask_values.z1),
    "y_pred": Maker("forward_pass", ask_values.y_pred),
    "loss": Maker("forward_pass", ask_values.loss),
    "d_loss_y": Maker("backward_pass", ask_values.d_loss_y),
    "most_blamed": Maker("backward_pass", ask_blame.most),
    "paths": Maker("backward_pass", ask_blame.paths),
    "dW2": Maker("backward_pass", ask_blame.dW2),
    "d_a1": Maker("relu_gate", ask_values.d_a1),
    "gate": Maker("relu_gate", ask_values.gate),
    "d_z1": Maker("relu_gate", ask_values.d_z1),
    "dW1": Maker("training", ask_blame.dW1),
    "update": Maker("training", ask_blame.update),
    "moves": Maker("training", ask_blame.moves),
    "nudge": Maker("what_if", ask_blame.nudge),
}
"""Every kind of question by its key, in the order they are asked: one at a time, so that a later
one may give what an earlier one asked for. A new one is one entry here."""
