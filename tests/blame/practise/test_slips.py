"""Each wrong answer is told by the slip that leads to it, with the numbers worked out by hand.

The notebook's numbers with neuron 1 shut: z1 = [2.2, -0.1], y_pred 2.25, d_loss_y 2.5; and with it
open: z1 = [2.2, 0.6], y_pred 1.35, d_loss_y 0.7.
"""

import pytest

from blame.exercise.presets import PRESETS
from blame.practise.question import Marked, mark
from blame.practise.quiz import MAKERS
from tests.exercises import changed

NOTEBOOK = PRESETS["notebook"].exercise
NUMBERS = {
    "shut": changed(NOTEBOOK, b1_1=-0.2),
    "open": changed(NOTEBOOK, b1_1=0.5),
    "overshoots": changed(NOTEBOOK, b1_1=0.5, learning_rate=0.5),
    # z1 = [4.5, -0.8], y_pred 4.55, d_loss_y 7.1.
    "wide": changed(NOTEBOOK, b1_1=-0.2, x_0=4.0, x_1=3.0),
    # z1 = [2.2, -0.1] again, and y_pred is 2.2 (-0.05) + 0.06.
    "below": changed(NOTEBOOK, b1_1=-0.2, W2_0_0=-0.05, b2_0=0.06),
}
TOLD = [
    ("shut", "z1", "0.1", "That is without the bias."),
    ("shut", "z1", "0", "That is a1[1], after the ReLU."),
    # 1 (0.8) + 2 (0.2) - 0.2.
    ("shut", "z1", "1", "That takes row 1 of W1; a neuron's weights stand in its column."),
    # 2.2 - 1.5 (-0.1) + 0.05.
    ("shut", "y_pred", "2.4", "That forgets the ReLU: a shut neuron gives 0."),
    ("shut", "y_pred", "2.2", "That is without b2."),
    ("shut", "loss", "1.25", "That is the error, not its square."),
    ("shut", "loss", "-1.25", "That is the error, not its square."),
    ("shut", "loss", "0.78125", "That has a one half; this loss has none."),
    ("shut", "loss", "2.5", "That is the loss's slope, the blame at the output."),
    ("shut", "d_loss_y", "1.25", "That takes the error for the gradient: the 2 is left out."),
    ("shut", "d_loss_y", "-2.5", "That has the sign turned: it is y_pred - y_true."),
    ("shut", "d_loss_y", "1.5625", "That is the loss itself, not its slope."),
    ("shut", "paths", "0", "That is the path through neuron 1 alone: the paths add up."),
    # 2.5 (0.5) - 3.75 (-0.3).
    ("shut", "paths", "2.375", "That forgets the gates."),
    ("open", "paths", "0.35", "That is the path through neuron 0 alone: the paths add up."),
    ("open", "paths", "0.315", "That is the path through neuron 1 alone: the paths add up."),
    ("open", "paths", "0.035", "The paths add up; that subtracts one."),
    ("open", "dW2", "0.7", "That is d_a1[0]: blame goes back through the weight itself."),
    ("open", "dW2", "0.77", "That takes the error for the gradient: the 2 is left out."),
    ("open", "dW2", "-1.54", "That has the sign turned."),
    ("open", "dW2", "2.2", "That is what the weight adds to the guess, not its blame."),
    ("shut", "d_a1", "1.25", "That leaves out the 2: it starts from the error, not from d_loss_y."),
    ("shut", "d_a1", "5.5", "That is dW2[0, 0]: the activation belongs to the weight's own blame."),
    ("shut", "d_a1", "-2.5", "That has the sign turned."),
    ("shut", "d_a1", "0", "The gate comes later: d_a1 is what arrives at it."),
    # d_loss_y is 2 (-0.05 - 1), and d_a1[0] that times -0.05.
    ("below", "d_a1", "-2.1", "That is d_loss_y itself, not yet multiplied by the weight."),
    ("shut", "gate", "Yes", "That forgets the gate."),
    ("open", "gate", "No", "Only z decides; the sign of the blame does not matter."),
    ("shut", "d_z1", "-3.75", "That forgets the gate: z is below 0."),
    ("shut", "d_z1", "0.375", "The gate does not multiply by z; it passes all or nothing."),
    ("shut", "d_z1", "3.75", "The gate does not turn the sign."),
    ("open", "d_z1", "0", "The gate is open: z is above 0."),
    ("open", "d_z1", "1.54", "The gate does not multiply by z; it passes all or nothing."),
    ("open", "d_z1", "-0.7", "The gate does not turn the sign."),
    ("open", "dW1", "0.7", "That is the neuron's own blame, not yet multiplied by x[1]."),
    ("open", "dW1", "-1.4", "That has the sign turned."),
    ("wide", "dW1", "28.4", "That takes x[0]; row 1 of W1 carries x[1]."),
    ("wide", "dW1", "10.65", "That leaves out the 2."),
    ("shut", "most_blamed", "W1[1, 1]",
     "That forgets the gate: no blame reaches the weights of a shut neuron."),
    ("shut", "most_blamed", "W2[1, 0]",
     "That is the largest weight; blame does not follow a weight's own size."),
    ("shut", "update", "0.3", "That goes with the blame, and so raises the loss."),
    ("shut", "update", "-2.45", "That leaves out the learning rate."),
    ("shut", "update", "-0.25", "That is the change alone, not the new b2."),
    ("shut", "update", "0.05", "That is the old b2: the update moves it."),
    ("shut", "moves", "It rises",
     "The update goes against the blame, and this step is short enough."),
    ("overshoots", "moves", "It falls", "For a small step it would."),
    ("shut", "nudge", "-0.055", "That mixes up raising and lowering."),
    ("shut", "nudge", "5.5", "That is the blame itself: it counts for a nudge of 1."),
    ("shut", "nudge", "0.0275", "That leaves out the 2."),
]  # fmt: skip
REASONS = [
    ("shut", "z1", "-0.1", "z1[1] = 1 × -0.3 + 2 × 0.2 + -0.2 = -0.1."),
    ("shut", "loss", "1.5625", "The error is 1.25, and the loss is its square, 1.5625."),
    ("shut", "d_loss_y", "2.5",
     "The slope of the square is twice the error: 2 × (2.25 - 1) = 2.5."),
    ("shut", "gate", "No", "z1[1] = -0.1 is not above 0, so it is shut."),
    ("open", "gate", "Yes", "z1[1] = 0.6 is above 0, so it is open and passes all."),
    ("shut", "d_z1", "0", "z1[1] = -0.1, so the blame stops at the shut gate: d_z1[1] = 0."),
    ("open", "d_z1", "0.7", "z1[0] = 2.2, so the blame passes as it is: d_z1[0] = 0.7."),
    ("shut", "update", "-0.2", "The update goes against the blame: 0.05 - 0.1 × 2.5 = -0.2."),
    ("shut", "most_blamed", "W2[0, 0]",
     "W2[0, 0] has a blame of 5.5, the largest in size: what came through it times the blame "
     "behind it."),
    ("open", "most_blamed", "W1[1, 1]",
     "W1[1, 1] has a blame of -2.1, the largest in size: what came through it times the blame "
     "behind it."),
    ("shut", "dW1", "5",
     "A weight is blamed by what came through it: x[1] × d_z1[0] = 2 × 2.5 = 5."),
    ("shut", "dW2", "5.5",
     "A weight is blamed by what came through it: a1[0] × d_loss_y = 2.2 × 2.5 = 5.5."),
]  # fmt: skip


def ask(numbers, key):
    exercise = NUMBERS[numbers]
    return MAKERS[key].make(exercise.backward(), exercise)


@pytest.mark.parametrize(("numbers", "key", "wrong", "told"), TOLD)
def test_a_wrong_answer_is_told_by_its_slip(numbers, key, wrong, told):
    question = ask(numbers, key)
    marked = mark(question, wrong)
    assert marked.right is False
    assert marked.words == f"{told} {question.reason}"


@pytest.mark.parametrize(("numbers", "key", "right", "reason"), REASONS)
def test_a_right_answer_is_given_its_reason(numbers, key, right, reason):
    assert mark(ask(numbers, key), right) == Marked(True, reason)


def test_a_step_that_raises_the_loss_is_told_to_be_too_long():
    # The loss is 0.35 squared; a rate of 1/2 sends it far beyond.
    question = ask("overshoots", "moves")
    assert question.reason.startswith("It goes from 0.1225 to ")
    assert question.reason.endswith("The way is right, but the step is so long that it overshoots.")
    assert "The way is right" not in ask("shut", "moves").reason


def test_every_slip_that_these_numbers_lead_to_is_in_the_table():
    met = {(key, words) for numbers in NUMBERS for key in MAKERS
           if (question := ask(numbers, key)) for words in question.slips.values()}  # fmt: skip
    assert met <= {(key, told) for _, key, _, told in TOLD}
