"""Numbers are read from text in the forms people have them."""

import json

import pytest

from blame.practise.slips.pasted.own_numbers import (
    MOST_TEXT,
    arrays_of,
    read_own_numbers,
    row_of,
    with_array,
)
from tests.blame.practise.slips.shapes import SHAPES

NOTEBOOK, DEEP, SEVERAL = SHAPES["notebook"], SHAPES["deep"], SHAPES["neuron"]
MATRIX = {f"dW1[{i}, {j}]": text for (i, j), text in zip(
    [(0, 0), (0, 1), (1, 0), (1, 1)], ["0.10", "-.2", "3e-1", "4."], strict=True)}  # fmt: skip


@pytest.mark.parametrize(
    "text",
    [
        "dW1 = [[0.10, -.2], [3e-1, 4.]]",
        "dW1 = array([[0.10, -.2],\n       [3e-1, 4.]])",
        "dW1: tensor([[0.10, -.2], [3e-1, 4.]], dtype=torch.float64, grad_fn=<MulBackward0>)",
        "{'dW1': [[0.10, -.2], [3e-1, 4.]]}",
        '{"dW1": [[0.10, -.2], [3e-1, 4.]]}',
        "dW1 =\n[[ 0.10 -.2 ]\n [ 3e-1  4.  ]]",
        "dW1[0,0] = 0.10; dW1[0, 1]=-.2 dW1[1 , 0]: 3e-1\ndW1[1,1] = 4.",
        "dW1 = 0.10 \N{MINUS SIGN}.2 3e-1 4.",
    ],
)
def test_an_array_is_read_with_its_digits(text):
    found = read_own_numbers(NOTEBOOK, text)
    assert (found.numbers, found.problems) == (MATRIX, [])


def test_an_array_the_other_way_round_is_told_by_its_shape():
    # dW1 of 2-3-3-3-1 is two by three.
    found = read_own_numbers(DEEP, "dW1 = [[1, 4], [2, 5], [3, 6]]")
    assert [found.numbers[f"dW1[0, {j}]"] for j in range(3)] == ["1", "2", "3"]
    assert found.said == [
        "dW1 is given with rows and columns the other way round, 3 by 2, and read as 2 by 3."
    ]
    right = read_own_numbers(DEEP, "dW1 = [[1, 2, 3], [4, 5, 6]]")
    assert (right.numbers, right.said) == (found.numbers, [])


def test_single_names_commas_and_fractions():
    found = read_own_numbers(NOTEBOOK, "loss = 0,38\ny_pred = 1/4\nW1[0,1] = .5")
    assert found.numbers == {"loss": "0.38", "y_pred": "0.25", "new W1[0, 1]": ".5"}
    assert found.said == ["0,38 is read as 0.38."]


def test_several_samples_have_a_prediction_each():
    found = read_own_numbers(SEVERAL, "y_pred = [[0.1], [0.2], [0.3]]")
    assert found.numbers == {"y_pred[0]": "0.1", "y_pred[1]": "0.2", "y_pred[2]": "0.3"}


def test_what_is_not_read_is_named():
    assert read_own_numbers(NOTEBOOK, "hello").problems[0].startswith("No name is found")
    assert read_own_numbers(NOTEBOOK, "").problems == []
    assert read_own_numbers(NOTEBOOK, "a" * (MOST_TEXT + 1)).problems == [
        "The text is longer than 20,000 characters."
    ]
    assert read_own_numbers(NOTEBOOK, "loss = " + "9" * 400).problems == [
        "loss is too large for a computer's floats."
    ]
    assert read_own_numbers(NOTEBOOK, "z1 = nan, 1").problems == [
        "z1 has 2 numbers; the text gives 1."
    ]
    many = read_own_numbers(NOTEBOOK, " ".join(f"q{k} = 1" for k in range(20)))
    assert many.problems[-1] == "And 12 more are not read."


@pytest.mark.parametrize("shape", SHAPES)
def test_a_dict_of_lists_gives_every_number_back(shape):
    exercise = SHAPES[shape]
    values = exercise.values()
    names = {array: names for array, names in arrays_of(exercise).items() if names[0] in values}
    nested = {array: [values[name] for name in own] for array, own in names.items()}
    found = read_own_numbers(exercise, json.dumps(nested))
    assert found.problems == []
    assert {name: float(text) for name, text in found.numbers.items()} == {
        name: values[name] for own in names.values() for name in own
    }


def test_a_question_mark_stands_for_what_somebody_does_not_have():
    found = read_own_numbers(NOTEBOOK, "dW1 = [[0.1, ?], [?, 4]]")
    assert (found.numbers, found.problems) == ({"dW1[0, 0]": "0.1", "dW1[1, 1]": "4"}, [])
    assert row_of(arrays_of(NOTEBOOK)["dW1"], found.numbers) == "0.1, ?; ?, 4"
    assert row_of(arrays_of(NOTEBOOK)["z1"], found.numbers) == ""


def test_one_array_of_a_text_is_mended_and_the_rest_stays():
    text = with_array(NOTEBOOK, "loss = 0.50\nz1[1] = 2", "z1", "1, 3")
    assert text == "z1 = 1, 3\nloss = 0.50"
    assert read_own_numbers(NOTEBOOK, text).numbers == {
        "z1[0]": "1", "z1[1]": "3", "loss": "0.50"
    }  # fmt: skip
    assert with_array(NOTEBOOK, text, "z1", "") == "loss = 0.50"
    # What is not read is not lost.
    kept = with_array(NOTEBOOK, "qq = 3\nloss = 1", "loss", "2")
    assert kept == "qq = 3\nloss = 1\nloss = 2"
    assert read_own_numbers(NOTEBOOK, kept).numbers == {"loss": "2"}
    assert with_array(NOTEBOOK, "qq = 3", "loss", "") == "qq = 3"
