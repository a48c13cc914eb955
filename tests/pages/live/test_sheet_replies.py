"""What the sheet answers to what is typed and pasted."""

import pytest

from blame.exercise.presets import NOTEBOOK
from pages.shared.live.sheet_data import lesson_parts, order_of
from pages.shared.live.sheet_replies import pasted, typed
from tests.pages.live.shapes import shaped

ORDER = order_of(lesson_parts(NOTEBOOK))


@pytest.mark.parametrize(
    ("text", "value", "said"),
    [
        ("1,5", 1.5, "1,5 is read as 1.5."),
        ("1/2", 0.5, ""),
        ("\u22120.3", -0.3, ""),
        ("1e-3", 0.001, ""),
    ],
)
def test_what_can_be_read_is_taken(text, value, said):
    reply = typed(NOTEBOOK, "W1[0, 1]", text)
    assert reply.changes == {"W1[0, 1]": value}
    assert reply.said == {"W1[0, 1]": said}
    assert reply.refused == []


@pytest.mark.parametrize(
    ("name", "text", "why"),
    [
        ("W1[0, 1]", "", "Nothing is written here"),
        ("W1[0, 1]", "abc", "'abc' is not a number"),
        ("W1[0, 1]", "1e400", "too large for a computer's floats"),
        ("W1[0, 1]", "0.5 0.3", "two numbers where one fits"),
        (
            "W1[0, 1]",
            "2e6",
            "W1[0, 1] must be a number from \u22121,000,000 to 1,000,000.",
        ),
        ("learning_rate", "-1", "learning rate must be a number from 0 to 100"),
        ("steps", "2.5", "steps must be a whole number from 1 to 500"),
    ],
)
def test_what_cannot_be_read_keeps_the_number_of_before_and_says_why(name, text, why):
    reply = typed(NOTEBOOK, name, text)
    assert reply.changes == {}
    assert reply.refused == [name]
    assert why in reply.said[name]
    assert reply.said[name].endswith(".")


@pytest.mark.parametrize(
    "text",
    [
        "0.5 0.3\n-1 2",
        "[[0.5, 0.3],\n [-1., 2.]]",
        "array([[ 0.5,  0.3],\n       [-1. ,  2. ]])",
        "0.5\t0.3\n-1\t2\n",
        "0,5\t0,3\n\u22121\t2",
    ],
)
def test_a_matrix_fills_the_cells_row_by_row(text):
    reply = pasted(NOTEBOOK, "W1[0, 0]", text, ORDER)
    assert reply.changes == {"W1[0, 0]": 0.5, "W1[0, 1]": 0.3, "W1[1, 0]": -1, "W1[1, 1]": 2}
    assert reply.words == "4 cells are filled, W1[0, 0] to W1[1, 1]."


def test_what_is_left_over_is_counted():
    cells = ORDER[: ORDER.index("learning_rate")]
    assert cells[-2:] == ["b2[0]", "y_true"]
    reply = pasted(NOTEBOOK, "b2[0]", "1 2 3 4", cells)
    assert reply.changes == {"b2[0]": 1, "y_true": 2}
    assert reply.words == "2 cells are filled, b2[0] to y_true; 2 numbers are left over."


def test_an_entry_that_cannot_be_read_keeps_its_place():
    reply = pasted(NOTEBOOK, "x[0]", "1 abc 3", ORDER)
    assert reply.changes == {"x[0]": 1, "W1[0, 0]": 3}
    assert reply.refused == ["x[1]"]
    assert reply.words == "2 cells are filled, x[0] to W1[0, 0]; 1 entry could not be read."


def test_a_single_number_is_pasted_as_if_it_were_typed():
    assert pasted(NOTEBOOK, "x[0]", " 0,25 ", ORDER) == typed(NOTEBOOK, "x[0]", "0,25")


def test_several_samples_are_pasted_row_by_row():
    exercise = shaped((2, 2, 1), samples=2)
    order = order_of(lesson_parts(exercise))
    reply = pasted(exercise, "x[0, 0]", "[[1, 2], [3, 4]]", order)
    assert reply.changes == {"x[0, 0]": 1, "x[0, 1]": 2, "x[1, 0]": 3, "x[1, 1]": 4}
    assert reply.words == "4 cells are filled, x[0, 0] to x[1, 1]."


def test_a_bias_that_is_tied_takes_one_number_of_a_paste():
    exercise = shaped((2, 2, 1), tied=("b1",))
    order = order_of(lesson_parts(exercise))
    reply = pasted(exercise, "b1[0]", "1 2", order)
    assert reply.changes == {"b1[0]": 1, "W2[0, 0]": 2}
    assert exercise.with_numbers(reply.changes).network.layers[0].bias.tolist() == [1, 1]
