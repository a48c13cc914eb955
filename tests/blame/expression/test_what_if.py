"""Nudges and curves of an expression."""

import numpy as np
import pytest

from blame import read_expression
from blame.expression.what_if import check_gradient, what_if


def test_the_curve_is_the_formula_and_the_promise_its_tangent():
    expression = read_expression("f = x**2 * y; x = 3; y = 2")
    curve = what_if(expression, "x", [0.0, 1.0, 3.0, 4.0])
    assert curve.results.tolist() == [0, 2, 18, 32]
    assert curve.promised.tolist() == [18 - 36, 18 - 24, 18, 18 + 12]


def test_where_there_is_no_value_the_curve_has_a_gap():
    curve = what_if(read_expression("f = log(x); x = 1"), "x", [-1.0, 0.0, 1.0])
    assert np.isnan(curve.results).tolist() == [True, True, False]


def test_a_check_that_straddles_a_kink_says_so():
    (one,) = check_gradient(read_expression("f = abs(x); x = 0"))
    assert one.crosses
    (side,) = check_gradient(read_expression("f = abs(x); x = 1"))
    assert not side.crosses
    assert side.agrees
    assert side.quotient == pytest.approx(1)


def test_a_wrong_blame_would_not_agree(monkeypatch):
    expression = read_expression("f = x * y; x = 3; y = 2")
    monkeypatch.setattr(type(expression), "gradient", lambda self: {"x": 2.001, "y": 3.0})
    assert [one.agrees for one in check_gradient(expression)] == [False, True]


def test_one_side_without_a_value():
    (one,) = check_gradient(read_expression("f = sqrt(x); x = 1e-7"))
    assert one.quotient is None
    assert not one.agrees


def test_a_number_at_its_limit_is_nudged_to_both_sides_and_drawn():
    expression = read_expression("f = x * y; x = 1e12; y = -1e12")
    assert [one.agrees for one in check_gradient(expression)] == [True, True]
    curve = what_if(expression, "x", [1e12, 2e12])
    assert curve.results.tolist() == [-1e24, -2e24]
    with pytest.raises(ValueError, match="x goes from -1e\\+12 to 1e\\+12"):
        expression.with_numbers({"x": 2e12})
