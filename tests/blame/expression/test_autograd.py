"""Values and blame of random expressions beside an independent automatic differentiation."""

import re
from functools import reduce

import autograd.numpy as anp
import numpy as np
from autograd import grad
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from blame import read_expression
from blame.expression.forward_mode import both_ways
from blame.expression.kinks import kinks_of
from blame.expression.what_if import check_gradient
from tests.blame.expression.random_expressions import expressions

FUNCTIONS = {
    "array": anp.array,
    "exp": anp.exp,
    "log": anp.log,
    "tanh": anp.tanh,
    "sigmoid": lambda z: 1 / (1 + anp.exp(-z)),
    "relu": lambda z: anp.where(z > 0, z, 0.0 * z),
    "max": lambda *of: anp.max(of[0]) if len(of) == 1 else reduce(anp.maximum, of),
    "min": lambda *of: anp.min(of[0]) if len(of) == 1 else reduce(anp.minimum, of),
    "abs": anp.abs,
    "sqrt": anp.sqrt,
    "sin": anp.sin,
    "cos": anp.cos,
    "sum": anp.sum,
    "mean": anp.mean,
}


def by_python(text, given):
    """Run the lines that compute, by Python itself, with the numbers that are given."""
    names = dict(given)
    for line in text.splitlines():
        name, _, formula = line.partition(" = ")
        if name not in names:
            vectors = re.sub(r"\[[^\]]*,[^\]]*\]", r"array(\g<0>)", formula)
            names[name] = eval(vectors, FUNCTIONS, names)
    return names


def given_of(text):
    lines = (line.partition(" = ") for line in text.splitlines())
    return {name: anp.array(eval(number)) for name, _, number in lines if name in "pqrv"}


@given(expressions())
@settings(max_examples=150, deadline=None)
def test_values_and_blame_are_those_of_autograd(text):
    expression = read_expression(text)
    assume(not kinks_of(expression))
    numbers = given_of(text)
    truth = by_python(text, numbers)
    for name in truth:
        np.testing.assert_allclose(expression.values[name], truth[name], rtol=1e-12, atol=1e-14)
    slopes = grad(lambda of: by_python(text, of)["L"])(numbers)
    blame = expression.blame()
    scale = max(1e-3, max(np.abs(slope).max() for slope in slopes.values()))
    for name in numbers:
        np.testing.assert_allclose(blame[name], slopes[name], rtol=1e-9, atol=1e-11 * scale)
    # It is alive, and what is used several times has as many parts.
    assert any(np.any(slope != 0) for slope in slopes.values())
    parts = expression.backward().parts[expression.place_of("p")]
    assert len(parts) >= 3


@given(expressions())
@settings(max_examples=40, deadline=None)
def test_forward_mode_finds_the_same_blame(text):
    expression = read_expression(text)
    both = both_ways(expression)
    for name, blame in expression.gradient().items():
        np.testing.assert_allclose(both.gradient[name], blame, rtol=1e-9, atol=1e-12)
    assert both.forward_passes == len(expression.numbers())


@given(expressions())
@settings(max_examples=40, deadline=None)
def test_differences_find_the_same_blame(text):
    expression = read_expression(text)
    for one in check_gradient(expression):
        assert one.agrees or one.crosses


@given(expressions(), st.integers(0, 2**31))
@settings(max_examples=40, deadline=None)
@example("p = 1\nq = 2\ns0 = p * q\nL = s0 + p", 0)
def test_a_stack_is_each_of_its_members(text, seed):
    expression = read_expression(text)
    drawn = np.random.default_rng(seed).normal(size=(2, 3))
    stack = expression.with_numbers({"p": drawn})
    assert stack.values["L"].shape == (2, 3)
    for at in np.ndindex(2, 3):
        one = expression.with_numbers({"p": drawn[at]})
        assert stack.values["L"][at] == one.values["L"]
        for name, blame in one.gradient().items():
            assert np.broadcast_to(stack.gradient()[name], (2, 3))[at] == blame
