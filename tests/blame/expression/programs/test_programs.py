"""The programs run, and print what the expression has."""

import contextlib
import io
import re
import warnings

import numpy as np
import pytest
from hypothesis import assume, given, settings

from blame import read_expression
from blame.exercise.presets import NOTEBOOK
from blame.expression.kinks import kinks_of
from blame.expression.library.library import EXPRESSIONS
from blame.expression.programs.numpy_program import numpy_program
from blame.expression.programs.value_class import value_program
from blame.expression.unfold import unfold
from tests.blame.expression.random_expressions import expressions


def printed(program):
    """Run a program and return what it prints, by name."""
    out = io.StringIO()
    digits = np.printoptions(precision=17)
    with contextlib.redirect_stdout(out), warnings.catch_warnings(), digits:
        warnings.simplefilter("error")
        exec(compile(program, "program", "exec"), {"__name__": "__main__"})
    lines = (line.partition(" = ") for line in out.getvalue().replace("\n ", " ").splitlines())
    return {name: value for name, _, value in lines}


def check(expression, program):
    found = printed(program)
    assert float(found.pop(expression.result)) == pytest.approx(
        float(expression.values[expression.result]), rel=1e-12
    )
    # In a program W[0, 1] is called W_0_1.
    blame = {re.sub(r"\W+", "_", name).strip("_"): d for name, d in expression.blame().items()}
    assert found
    for name, text in found.items():
        entries = [float(entry) for entry in text.strip("[]").split()]
        truth = blame[name.removeprefix("d_")]
        assert entries == pytest.approx(truth.reshape(-1).tolist(), rel=1e-7, abs=1e-9)


@pytest.mark.parametrize("key", EXPRESSIONS)
def test_programs_of_the_library(key):
    expression = EXPRESSIONS[key].expression
    check(expression, numpy_program(expression))
    check(expression, value_program(expression))


@given(expressions())
@settings(max_examples=60, deadline=None)
def test_programs_of_any_expression(text):
    expression = read_expression(text)
    assume(not kinks_of(expression))
    check(expression, numpy_program(expression))
    check(expression, value_program(expression))


def test_programs_of_an_unfolded_network():
    expression = unfold(NOTEBOOK)
    check(expression, numpy_program(expression))
    check(expression, value_program(expression))


def test_names_that_python_or_the_program_needs_are_written_otherwise():
    text = "c = c0 * np; c += d_x * lambda_ + max_; c = c * Value; c0 = 2; np = 3; d_x = 5\n"
    expression = read_expression(text + "lambda_ = 7; max_ = 1; Value = 2; x = 3; y = c + x")
    check_values = printed(numpy_program(expression))
    assert float(check_values["d_np_"]) == 4
    assert float(check_values["d_vd_x"]) == 14
    assert float(check_values["d_x"]) == 1
    assert printed(value_program(expression)) == check_values


def test_a_vector_is_a_list_of_values():
    text = "m = mean(v * a + [1, 2, 3]); each = max(v) + sum(v * v) + sum([1, 2]) + mean(a)\n"
    expression = read_expression(text + "L = m * each + v[-1]\nv = [1, 5, 4]; a = 2")
    program = value_program(expression)
    assert "v = [Value(1.0), Value(5.0), Value(4.0)]" in program
    assert "t1 = [multiply(each, a) for each in v]" in program
    assert "[multiply(each, other) for each, other in zip(v, v)]" in program
    assert "= v[2]" in program
    check(expression, program)


def test_a_program_is_of_one_expression():
    stack = read_expression("f = x * x; x = 1").with_numbers({"x": [1.0, 2.0]})
    with pytest.raises(ValueError, match="a stack"):
        numpy_program(stack)
