"""A moved number is written into the text, and nothing else of it changes."""

import pytest
from hypothesis import given, settings

from blame import read_expression
from blame.expression.reading.rewrite import rewritten
from tests.blame.expression.random_expressions import expressions


@pytest.mark.parametrize(
    ("text", "changes", "then"),
    [
        ("f = x * y  # why\nx = 2 ; y = \u22123", {"y": 0.5}, "f = x * y  # why\nx = 2 ; y = 0.5"),
        ("x, y = 2, 10/4\nf = x^2 \u00d7 y", {"y": -1, "x": 4}, "x, y = 4, -1\nf = x^2 \u00d7 y"),
        ("f = sum(v); v = [1, 2]", {"v[1]": 7.5}, "f = sum(v); v = [1, 7.5]"),
        ("a = b = 3; f = a * b", {"b": 5}, "a = b = 5; f = a * b"),
        (
            "a = Value(2.0, label='a'); f = a.relu()",
            {"a": 3},
            "a = Value(3, label='a'); f = a.relu()",
        ),
        ("f = x * 2; x = 1", {}, "f = x * 2; x = 1"),
    ],
)
def test_the_number_is_written_in_its_place(text, changes, then):
    moved = read_expression(text).with_numbers(changes)
    assert rewritten(moved) == then
    again = read_expression(then)
    assert again.numbers() == moved.numbers()
    assert again.values[again.result] == moved.values[moved.result]


@given(expressions())
@settings(max_examples=40, deadline=None)
def test_any_text_reads_back(text):
    expression = read_expression(text)
    moved = expression.with_numbers(
        {name: value / 3 for name, value in expression.numbers().items()}
    )
    assert read_expression(rewritten(moved)).numbers() == moved.numbers()
    assert rewritten(expression) == text
