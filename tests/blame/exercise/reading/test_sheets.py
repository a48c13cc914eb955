"""Cells of a spreadsheet and numbers beside words, as they are copied."""

import numpy as np
import pytest

from blame.exercise.reading import read_exercise

SHEET = (
    "W1\n0,1\t0,2\t0,3\n0,4\t0,5\t0,6\n\nb1\n0,1\t0,1\t0,25\n\nW2\n0,7\n0,8\n0,9\n\nb2\n0,5\n\n"
    "x\n1\t2\ny\n1\n"
)
KERAS = """{said}
model = Sequential([Dense(2, activation='tanh'), Dense(1)])
>>> model.get_weights()
[array([[0.1, 0.2],
       [0.3, 0.4]], dtype=float32), array([0., 0.1], dtype=float32), array([[0.5],
       [0.6]], dtype=float32), array([0.2], dtype=float32)]
"""


@pytest.mark.parametrize("between", ["\t", ";", "  "])
@pytest.mark.parametrize("ends", ["", "\t\t"])
def test_rows_with_decimal_commas_below_their_label_are_a_matrix(between, ends):
    reading = read_exercise(SHEET.replace("\t", between).replace("\n", f"{ends}\n"))
    assert reading.problems == ()
    first, second = reading.exercise.network.layers
    assert first.weights.tolist() == [[0.1, 0.2, 0.3], [0.4, 0.5, 0.6]]
    assert (first.bias.tolist(), second.bias.tolist()) == ([0.1, 0.1, 0.25], [0.5])
    assert second.weights.tolist() == [[0.7], [0.8], [0.9]]
    assert np.ravel(reading.exercise.x).tolist() == [1.0, 2.0]


def test_rows_parted_by_commas_stay_rows_of_whole_numbers():
    first, second = read_exercise("W1\n1,2\n3,4\n\nW2\n5\n6\n").exercise.network.layers
    assert first.weights.tolist() == [[1.0, 2.0], [3.0, 4.0]]
    assert second.weights.tolist() == [[5.0], [6.0]]


def test_weights_that_do_not_fit_are_not_said_to_be_missing():
    found = read_exercise("W1 = [[0.1, 0.2, 0.3]]\nW2 = [[1, 2]]\nx = [1, 2]")
    assert found.exercise is None
    (said,) = found.problems
    assert "the shapes of W1" in said


@pytest.mark.parametrize(
    "said",
    ["Input [1, 2], target 0.5", "Input (1, 2) and target [0.5].", "inputs: 1, 2; target .5"],
)
def test_an_input_beside_its_word_is_read(said):
    reading = read_exercise(KERAS.format(said=said))
    assert "x" not in {assumption.key for assumption in reading.assumed}
    assert np.ravel(reading.exercise.x).tolist() == [1.0, 2.0]
    assert np.ravel(reading.exercise.target).tolist() == [0.5]
