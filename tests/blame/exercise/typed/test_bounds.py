"""The bounds of every number, and what is no number of an exercise."""

import re

import pytest

from blame.exercise.names import name_in_link
from blame.exercise.presets import NOTEBOOK
from blame.exercise.typed.bounds import parse_number
from tests.exercises import BOUNDS, NAMES, notebook_with


@pytest.mark.parametrize("name", NAMES)
def test_each_number_has_its_bounds_and_they_are_in_it(name):
    low, high = {"learning_rate": (0, 100), "steps": (1, 500)}.get(name, (-1e6, 1e6))
    assert BOUNDS[name] == (low, high)
    step = 1 if name == "steps" else 1e-6
    kind = "whole number" if name == "steps" else "number"
    known = name_in_link(name)
    for edge, outside in ((low, low - step), (high, high + step)):
        assert NOTEBOOK.check_number(known, edge) == edge
        assert NOTEBOOK.parse_number(known, repr(edge)) == edge
        told = f"{re.escape(known)} must be a {kind} from {low:,.0f} to {high:,.0f}, got "
        with pytest.raises(ValueError, match=told):
            NOTEBOOK.check_number(known, outside)
        with pytest.raises(ValueError, match=told + f"'{outside!r}'"):
            NOTEBOOK.parse_number(known, repr(outside))


@pytest.mark.parametrize(
    ("bad", "shown"),
    [
        (float("nan"), "nan"),
        (float("inf"), "inf"),
        (-float("inf"), "-inf"),
        (10**400, "inf"),
        (-(10**400), "-inf"),
    ],
)
def test_what_is_not_finite_is_no_number(bad, shown):
    with pytest.raises(ValueError, match=rf"x\[0\] must be a number from .*, got {shown}$"):
        NOTEBOOK.check_number("x[0]", bad)
    with pytest.raises(ValueError, match="learning_rate must be a number"):
        notebook_with(learning_rate=bad)


def test_numbers_are_kept_as_they_are_and_zero_has_no_sign():
    assert str(notebook_with(x_0=-0.0).numbers()["x[0]"]) == "0.0"
    assert str(parse_number("x[0]", "-0")) == "0.0"
    assert (parse_number("steps", "7.0"), type(parse_number("steps", "7.0"))) == (7, int)
    for wrong in (2.5, 0, 501):
        with pytest.raises(ValueError, match="steps must be a whole number from 1 to 500"):
            notebook_with(steps=wrong)
    with pytest.raises(
        ValueError, match=r"unknown name 'x\[2\]'; the numbers are those of x, y_true, W1"
    ):
        NOTEBOOK.check_number("x[2]", 1.0)
    with pytest.raises(ValueError, match=r"got '1{40}\.\.\.'$"):
        parse_number("x[0]", "1" * 41)
    with pytest.raises(ValueError, match=r"got '1{40}'$"):
        parse_number("x[0]", "1" * 40)
