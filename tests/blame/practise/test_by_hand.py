"""Every question is the one worked out by hand, and none is a trick."""

from dataclasses import replace

import pytest

from blame.exercise.presets import NOTEBOOK
from blame.practise.quiz import MAKERS, questions
from tests.blame.practise.worked_out import BY_HAND, OPEN, SHUT_0
from tests.exercises import changed, notebook_with

WEIGHTS = ("W1[0, 0]", "W1[0, 1]", "W1[1, 0]", "W1[1, 1]", "W2[0, 0]", "W2[1, 0]")


@pytest.mark.parametrize(("key", "exercise", "text", "answer", "reason", "slips"), BY_HAND)
def test_a_question_is_the_one_worked_out_by_hand(key, exercise, text, answer, reason, slips):
    question = MAKERS[key].make(exercise.backward(), exercise)
    assert (question.key, question.text, question.reason) == (key, text, reason)
    if isinstance(answer, str):
        assert question.answer == answer
        assert question.choices == {
            "gate": ("Yes", "No"),
            "moves": ("It falls", "It rises"),
            "most_blamed": WEIGHTS,
        }[key]  # fmt: skip
        found = dict(question.slips)
    else:
        assert question.answer == pytest.approx(answer, rel=1e-9, abs=1e-12)
        assert question.choices == ()
        found = {round(float(wrong), 9) + 0.0: words for wrong, words in question.slips.items()}
    assert set(found) == set(slips)
    for wrong, words in slips.items():
        assert words in found[wrong], wrong


def test_every_kind_of_question_is_worked_out():
    assert {key for key, *_ in BY_HAND} == set(MAKERS)


BOTH_ON_THE_KINK = changed(OPEN, W1_0_0=0.0, W1_0_1=0.0, W1_1_0=0.0, W1_1_1=0.0, b1_0=0.0, b1_1=0.0)


@pytest.mark.parametrize(
    ("key", "exercise", "asked"),
    [
        # Whatever hangs on the gate of a neuron on the kink is a trick.
        *(
            (key, BOTH_ON_THE_KINK, False)
            for key in ("y_pred", "paths", "dW2", "dW1", "most_blamed", "moves", "gate", "d_z1")
        ),
        *((key, BOTH_ON_THE_KINK, True) for key in ("z1", "loss", "d_loss_y", "d_a1", "update")),
        *((key, NOTEBOOK, False) for key in ("y_pred", "paths", "most_blamed", "moves")),
        *((key, NOTEBOOK, True) for key in ("dW2", "dW1", "gate", "d_z1")),
        ("dW2", changed(SHUT_0, b1_1=0.4), False),
        ("update", replace(OPEN, learning_rate=0.0), False),
        ("update", notebook_with(W1_0_0=0.0, W1_1_0=0.0, b1_0=-1.0, b1_1=-9.0, b2_0=1.0), False),
        # dW1[0, 1] beside dW1[1, 1], as x[0] beside x[1]: a twentieth more is told apart.
        ("most_blamed", changed(OPEN, x_0=-1.04, x_1=-1.0, b1_0=2.0), False),
        ("most_blamed", changed(OPEN, x_0=-1.06, x_1=-1.0, b1_0=2.0), True),
        # The promise is off by a n / 2 e = 0.009 / (2 e): 1.8 % for an error of 0.25, then 2.25 %.
        ("nudge", changed(OPEN, y_true=0.65), True),
        ("nudge", changed(OPEN, y_true=0.6), False),
        ("nudge", changed(OPEN, W2_0_0=1e6, y_true=0.0), False),
        # b2 alone learns and its error shrinks by 1 - 2 rate: 0.8 % of the loss goes, then 1.2 %.
        ("moves", changed(SHUT_0, b1_1=0.4, learning_rate=0.002), False),
        ("moves", changed(SHUT_0, b1_1=0.4, learning_rate=0.003), True),
    ],
)
def test_what_is_asked_and_what_would_be_a_trick(key, exercise, asked):
    assert (MAKERS[key].make(exercise.backward(), exercise) is not None) == asked


def test_a_lesson_asks_its_first_three_that_can_be_asked():
    def keys(lesson, exercise):
        return [question.key for question in questions(lesson, exercise)]

    assert keys("forward_pass", OPEN) == ["z1", "y_pred", "loss"]
    assert keys("backward_pass", OPEN) == ["d_loss_y", "most_blamed", "paths"]
    assert keys("backward_pass", NOTEBOOK) == ["d_loss_y", "dW2"]
    assert keys("relu_gate", OPEN) == ["d_a1", "gate", "d_z1"]
    assert keys("training", OPEN) == ["dW1", "update", "moves"]
    assert keys("what_if", OPEN) == ["nudge"]
