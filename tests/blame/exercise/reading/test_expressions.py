"""A pasted expression is no network, and the answer says where it is read."""

import pytest

from blame import read_exercise
from blame.exercise.reading.reader import EXPRESSION


@pytest.mark.parametrize(
    "text",
    [
        "f = (x + y) * z; x = -2; y = 5; z = -4",
        "a = Value(2.0)\nb = Value(-3.0)\nc = a * b\nc.backward()",
        r"$L = \frac{1}{2}(a - t)^2$, $a = 3$, $t = 1$",
    ],
)
def test_an_expression_is_pointed_to_its_page(text):
    reading = read_exercise(text)
    assert reading.exercise is None
    assert reading.problems[0] == EXPRESSION
    assert "Any expression" in EXPRESSION


def test_what_is_neither_is_not():
    assert read_exercise("nothing to see").problems[0] != EXPRESSION
