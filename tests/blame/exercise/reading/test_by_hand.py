"""Gradients and updates in a text, held against the true ones."""

import pytest

from blame.exercise.reading import read_exercise
from tests.blame.exercise.reading.pasted import text_of
from tests.blame.exercise.reading.test_inputs import reading

LINES = """
x = np.array([[1.0, 2.0], [0.5, -1.0]])
y = np.array([[1.0], [0.0]])
W = np.array([[0.3], [-0.2]])
b = np.array([0.1])
out = x @ W + b
loss = np.mean((out - y) ** 2)
"""


def test_a_missing_two_is_told():
    said = reading("13_forum_question.txt").said
    assert said == ("Worked out by hand in the text, dv1, dw11: the 2 of the square is missing.",)


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("dW = x.T @ (out - y) * 2 / 2", ""),
        ("dW = x.T @ (out - y) / 2", "the 2 of the square is missing"),
        ("dW = x.T @ (out - y) * 2", "the division by the number of samples is missing"),
        ("dW = x.T @ (y - out)", "the sign is the other way"),
        ("dW = x.T @ (out - y) * 3.7", ""),
    ],
)
def test_a_factor_that_is_easily_lost(line, told):
    said = " ".join(read_exercise(LINES + line).said)
    assert (told in said) if told else ("by hand" not in said)


def test_a_rate_that_only_the_update_has():
    found = read_exercise(text_of("iamtrask"))
    assert found.exercise.learning_rate == 1
    assert "learning_rate" not in {one.key for one in found.assumed}
    found = read_exercise(LINES + "dW = x.T @ (out - y)\nW = W - 0.03 * dW\n")
    assert found.exercise.learning_rate == pytest.approx(0.03)
    chosen = read_exercise(LINES + "W = W - 0.03 * x.T @ (out - y)\n", {"learning_rate": "0.5"})
    assert chosen.exercise.learning_rate == 0.5


def test_the_rate_that_a_text_names_stays():
    text = LINES + "lr = 0.2\nW = W - 0.03 * x.T @ (out - y)\n"
    assert read_exercise(text).exercise.learning_rate == 0.2
