"""Values in fractions, beside fractions worked out by hand."""

import time
from fractions import Fraction

import pytest

from blame import read_expression
from blame.expression.exact import exact_distance, exact_values


def of(expression, name):
    value = exact_values(expression)[expression.place_of(name)]
    return None if value is None else value.tolist()


def test_fractions_by_hand():
    text = "f = (x + 1/4) * y / 3 - y**2; g = relu(f) + abs(f) + max(f, y) - min(f, y)"
    expression = read_expression(f"{text}; x = 0.1; y = -0.7")
    f = (Fraction(1, 10) + Fraction(1, 4)) * Fraction(-7, 10) / 3 - Fraction(49, 100)
    y = Fraction(-7, 10)
    assert of(expression, "f") == [f]
    assert of(expression, "g") == [max(f, 0) + abs(f) + max(f, y) - min(f, y)]


def test_vectors():
    expression = read_expression("f = sum(v) + mean(v * v); v = [0.1, 0.2, 0.3]")
    assert of(expression, "f") == [Fraction(6, 10) + Fraction(14, 300)]


@pytest.mark.parametrize("function", ["tanh", "exp", "sigmoid", "sqrt", "sin", "log"])
def test_behind_a_function_that_is_no_fraction_there_is_none(function):
    expression = read_expression(f"z = x * 2; f = {function}(z); g = f + 1; x = 0.5")
    assert of(expression, "z") == [1]
    assert of(expression, "f") is None
    assert of(expression, "g") is None


def test_a_fraction_that_grows_too_long_is_given_up():
    text = "a = x * x + x; " + "; ".join(["a = a * a + x"] * 14)
    assert of(read_expression(f"{text}; x = 0.123"), "a") is None


def test_how_far_from_the_kink_on_paper():
    on = read_expression("a = relu(1 * w + 2 * v - 0.1); w = -0.3; v = 0.2")
    assert exact_distance(on, "a") == 0
    beside = read_expression("a = relu(x - 1e-17); x = 3e-17")
    assert exact_distance(beside, "a") == Fraction(2, 10**17)
    assert exact_distance(read_expression("a = relu(tanh(x)); x = 0"), "a") is None


def test_a_large_power_is_given_up_at_once():
    a = 1 + 2.0**-30
    text = f"p = a**(y * 1e7); z = p - b; f = relu(z); a = {a!r}; y = 100; b = {a**1e9!r}"
    began = time.perf_counter()
    values = exact_values(read_expression(text))
    assert values[read_expression(text).place_of("p")] is None
    assert time.perf_counter() - began < 1
