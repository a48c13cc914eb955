"""A wrong answer to a lesson's question is told by the slip of the registry that makes it."""

import pytest

from blame.exercise.presets import NOTEBOOK, PRESETS
from blame.practise.question import is_close, mark
from blame.practise.quiz import MAKERS, questions
from blame.practise.slips.asked import known_places
from blame.practise.slips.registry import SLIPS
from tests.blame.practise.slips.shapes import SHAPES

LESSONS = tuple(dict.fromkeys(maker.lesson for maker in MAKERS.values()))
SHUT = PRESETS["gate_shut"].exercise


def ask(lesson, key, exercise=SHUT):
    return next(question for question in questions(lesson, exercise) if question.key == key)


@pytest.mark.parametrize(
    ("lesson", "key", "wrong", "slip"),
    [
        # z1[1] = 1 (-0.3) + 2 (0.2) - 0.2, here without the bias, and with row 1 of W1.
        ("forward_pass", "z1", "0.1", "no_bias"),
        ("forward_pass", "z1", "1", "rows_for_columns"),
        ("forward_pass", "loss", "0.78125", "half"),
        ("backward_pass", "d_loss_y", "-2.5", "sign_turned"),
        ("relu_gate", "d_z1", "-3.75", "gate_forgotten"),
        ("training", "update", "0.3", "update_added"),
        ("training", "update", "-2.45", "rate_left_out"),
        ("training", "update", "-0.25", "change_alone"),
    ],
)
def test_the_registry_tells_it(lesson, key, wrong, slip):
    question = ask(lesson, key)
    marked = mark(question, wrong)
    assert marked.right is False
    does = SLIPS[slip].does
    assert marked.words == f"That is what you get if {does}: {SLIPS[slip].instead}. " + (
        question.reason
    )


def test_what_only_the_question_knows_is_still_told():
    # a1[1] for z1[1], which is no slip of a pass.
    assert mark(ask("forward_pass", "z1"), "0").words.startswith("That is a1[1], after the ReLU.")


@pytest.mark.parametrize("shape", SHAPES)
def test_no_right_answer_is_called_a_slip(shape):
    exercise = SHAPES[shape]
    for lesson in LESSONS:
        for question in questions(lesson, exercise):
            if not question.choices:
                assert mark(question, repr(question.answer)).right
                assert question.of in {*known_places(exercise), ""}
                for wrong in question.slips:
                    assert not is_close(wrong, question.answer, question.scale)


def test_every_question_of_a_number_of_the_passes_names_it():
    made = [(key, maker.make(NOTEBOOK.backward(), NOTEBOOK)) for key, maker in MAKERS.items()]
    unnamed = {key for key, asked in made if asked and not asked.choices and not asked.of}
    assert unnamed == {"nudge"}
