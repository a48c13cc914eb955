"""How an answer is read and marked, and which slips are kept apart from it."""

import math

import pytest

from blame import Layer, Network
from blame.exercise.exercise import Exercise
from blame.exercise.presets import NOTEBOOK
from blame.practise.question import (
    MOST_TYPED,
    Question,
    any_near_kink,
    is_close,
    mark,
    near_kink,
    numeric,
    written_number,
)
from tests.exercises import notebook_with


@pytest.mark.parametrize(
    ("given", "answer", "scale", "close"),
    [
        (1.02, 1.0, None, True),
        (1.0201, 1.0, None, False),
        (0.98, 1.0, None, True),
        (0.9799, 1.0, None, False),
        (-3.06, -3.0, None, True),
        (-3.0603, -3.0, None, False),
        (3.0, -3.0, None, False),
        (1e-12, 0.0, None, True),
        (1e-11, 0.0, None, False),
        # A share of the scale instead of the answer, whatever its sign.
        (1.05, 1.0, -2.5, True),
        (1.0501, 1.0, -2.5, False),
        (1.001, 1.0, 0.1, True),
        (1.0021, 1.0, 0.1, False),
        (1e308, math.inf, None, False),
        (math.inf, math.inf, None, False),
    ],
)
def test_an_answer_counts_within_a_fiftieth(given, answer, scale, close):
    assert is_close(given, answer, scale) == close


def kept(answer, *slips, scale=None):
    pairs = [(wrong, f"slip {k}") for k, wrong in enumerate(slips)]
    question = numeric("key", "text", answer, "reason", pairs, scale)
    assert (question.key, question.text, question.answer) == ("key", "text", answer)
    assert (question.reason, question.scale, question.choices) == ("reason", scale, ())
    return dict(question.slips)


def test_a_slip_that_would_count_as_the_answer_or_as_another_is_dropped():
    assert kept(1.0, 2.0, 3.0) == {2.0: "slip 0", 3.0: "slip 1"}
    assert kept(1.0, 1.01, 2.0) == {2.0: "slip 1"}
    # 1.0203 is beyond a fiftieth of 1, and 1 within a fiftieth of 1.0203.
    assert kept(1.0, 1.0203) == {}
    assert kept(1.0203, 1.0) == {}
    assert kept(1.0, 1.03) == {1.03: "slip 0"}
    assert kept(1.0, 2.0, 2.01, 2.0) == {2.0: "slip 0"}
    assert kept(1.0, 1.01, scale=0.1) == {1.01: "slip 0"}
    assert kept(1.0, 2.0, scale=100.0) == {}


NUMBER = numeric("n", "?", 4.0, "Because.", [(2.0, "Half."), (8.0, "Twice.")])
CHOICE = Question("c", "?", "Yes", "Since.", {"No": "Turned."}, ("Yes", "No", "Maybe"))


@pytest.mark.parametrize(
    ("question", "given", "right", "words"),
    [
        (NUMBER, "4.05", True, "Because."),
        (NUMBER, "8/2", True, "Because."),
        (NUMBER, "2.01", False, "Half. Because."),
        (NUMBER, "7.9", False, "Twice. Because."),
        (NUMBER, "5", False, "Because."),
        (NUMBER, "four", None, "Write a number, such as 0.75, 3/4 or 1e-3."),
        (CHOICE, "Yes", True, "Since."),
        (CHOICE, "No", False, "Turned. Since."),
        (CHOICE, "Maybe", False, "Since."),
        (CHOICE, "yes", None, "Choose one of the answers."),
    ],
)
def test_an_answer_is_marked_with_its_words(question, given, right, words):
    marked = mark(question, given)
    assert (marked.right, marked.words) == (right, words)


def test_a_scale_is_what_the_tolerance_is_a_share_of():
    question = numeric("n", "?", 1.0, "So.", [(1.1, "Old.")], scale=0.1)
    assert mark(question, "1.002").right
    assert mark(question, "1.1019").words == "Old. So."
    assert mark(question, "1.01").words == "So."


def test_numbers_are_written_in_ten_digits_without_a_minus_zero():
    assert written_number(-0.0) == "0"
    assert written_number(1 / 3) == "0.3333333333"
    assert written_number(-1234567890.4) == "-1234567890"
    assert written_number(2) == "2"
    assert MOST_TYPED == 40


def test_what_a_question_reads_off_the_passes():
    assert near_kink(NOTEBOOK.backward()) == [False, True]
    assert near_kink(notebook_with(b1_1=0.3).backward()) == [False, False]
    assert near_kink(NOTEBOOK.backward(), 2) == [False]
    assert any_near_kink(NOTEBOOK.backward())
    assert not any_near_kink(notebook_with(b1_1=0.3).backward())
    # The second of two samples stands on the kink of the second layer, and nothing else does.
    deep = Exercise(
        Network(
            (
                Layer([[1.0]], [1.0], "relu"),
                Layer([[1.0]], [-2.0], "relu"),
                Layer([[1.0]], None, "identity"),
            )
        ),
        [[2.0], [1.0]],
        [[0.0], [0.0]],
    )
    assert any_near_kink(deep.backward())
    assert near_kink(deep.backward(), 2, 1) == [True]
    assert near_kink(deep.backward(), 2, 0) == near_kink(deep.backward(), 1, 1) == [False]


def test_questions_alike_have_one_hash():
    again = Question("c", "?", "No", "Else.", {})
    assert hash(CHOICE) == hash(again)
    assert hash(CHOICE) != hash(NUMBER)
