"""Texts that are read, texts that are refused, and where."""

import time

import pytest

from blame import read_expression
from blame.expression.errors import ExpressionError
from blame.expression.limits import MOST_TEXT


@pytest.mark.parametrize(
    "text",
    [
        "f = (x + y) * z; x = -2; y = 5; z = -4",
        "x = -2, y = 5, z = -4; f = (x + y) * z",
        "f = (x + y) * z with x = -2, y = 5, z = -4",
        "x, y, z = -2, 5, -4\nf = (x + y) \u00b7 z",
        "x = \u22122\ny = 5\nz = -4  # numbers\n\nf = (x\n  + y) \u00d7 z;",
        "f: float = (x + y) * z; x = -2.0; y = 10/2; z = -4",
    ],
)
def test_ways_to_write_one_circuit(text):
    expression = read_expression(text)
    assert expression.values["f"] == -12
    assert expression.numbers() == {"x": -2, "y": 5, "z": -4}


def test_a_power_may_be_written_otherwise_and_it_is_said():
    expression = read_expression("f = x^2 + y\u00b3; x = 3; y = 2")
    assert expression.values["f"] == 17
    assert expression.said == ("^ is read as a power.",)


def test_a_formula_without_a_name_is_the_result():
    assert read_expression("x = 3; x * x").values["result"] == 9


@pytest.mark.parametrize(
    ("text", "line", "column", "piece", "said"),
    [
        ("f = x +", 1, 8, "", "cannot be read"),
        ("x = 1\nf = x + foo(x)", 2, 9, "foo", "is no function"),
        ("x = 1\nf = x + lgo(x)", 2, 9, "lgo", "did you mean log?"),
        (
            "\u00e9 = 2; y\u00e9 = \u00e9*2*log(-\u00e9)",
            1,
            17,
            "log(-\u00e9)",
            "needs a number above 0",
        ),
        ("f = x * y; x = 1", 1, 9, "y", "give it one: y = 1"),
        ("f = x * wieght; x = 1; weight = 2", 1, 9, "wieght", "did you mean weight?"),
        ("x = 1; f = x^2 | 2", 1, 12, "x^2 | 2", "no operation that blame"),
        ("f = (x", 1, 5, "(", "never closed"),
        ("f = x)", 1, 6, ")", "never opened"),
        ("f = [x)", 1, 7, ")", "never opened"),
        ("g = a * (a + b\na = 3\nb = 4", 1, 9, "(", "never closed"),
        ("x = 1\n\n  f = log(x - 1)", 3, 7, "log(x - 1)", "got 0"),
        ("f = g; g = f", 1, 12, "f", "needed to work itself out"),
        ("f = c * 2; c = 1; c = 2", 1, 5, "c", "given 2 times"),
        ("x = 3", 1, 5, "3", "computes nothing"),
        ("", 1, 1, "", "computes nothing"),
        ("f = v + w; v = [1, 2]; w = [1, 2, 3]", 1, 5, "v + w", "2 and 3 entries"),
        ("f = relu(x, 2); x = 1", 1, 5, "relu(x, 2)", "relu takes one"),
        ("f = relu; x = 1", 1, 5, "relu", "call it with a number"),
        ("f = 2(x); x = 3", 1, 5, "2", "cannot be called"),
        ("x.y = 3", 1, 1, "x.y", "plain name"),
        ("f = x**200; x = 1", 1, 5, "x**200", "from -100 to 100"),
        ("f = x * 'a'; x = 1", 1, 9, "'a'", "is no number"),
        ("f = x * True; x = 1", 1, 9, "True", "is no number"),
        ("f = x * 2j; x = 1", 1, 9, "2j", "is no number"),
        ("f = x * 1e400; x = 1", 1, 9, "1e400", "too large"),
    ],
)
def test_what_is_wrong_is_named_with_its_place(text, line, column, piece, said):
    with pytest.raises(ExpressionError) as raised:
        read_expression(text)
    error = raised.value
    assert (error.place.line, error.place.column, error.place.written) == (line, column, piece)
    assert said in str(error)
    assert str(error).startswith(f"line {line}, column {column}: ")


HOSTILE = [
    "__import__('os').system('true')",
    "f = (1).__class__.__bases__; x = 1",
    "f = open('x')",
    "f = eval('1')",
    "f = exec",
    "f = globals()",
    "f = [x for x in y]",
    "f = {x: 1}",
    "f = {*x}",
    "f = (lambda: 1)()",
    "f = (y := 3)",
    "f = x[0:1]; x = [1, 2]",
    "f = x[2]; x = [1, 2]",
    "f = x[-3]; x = [1, 2]",
    "f = x[True]; x = [1, 2]",
    "f = x['__class__']; x = [1, 2]",
    "f = x[10**9]; x = [1, 2]",
    "f = x[0][0]; x = [1, 2]",
    "f = x[0, 0]; x = [1, 2]",
    "f = x[0]; x = 3",
    "x = [1, 2]; x[0] = 3; f = sum(x)",
    "x[0][0][0][0] = 3; f = x[0][0][0][0]",
    "x[-1] = 3; f = x[-1]",
    "x[100] = 3; f = x[100]",
    "x().y[0] = 3; f = 2",
    "f = sum(x); x = [[1, 2], [3, 4]]",
    "f = x[0, 0]; x = [[1, 2], [3]]",
    "f = max(x); x = 3",
    "f = max()",
    "f = max([x]); x = 3",
    "f = " + "x" + "[0]" * 400 + "; x = [1, 2]",
    "f = x if x else 1; x = 1",
    "f = x < 1; x = 1",
    "f = not x; x = 1",
    "f = x @ x; x = 1",
    "f = x // 2; x = 1",
    "f = x << 9999999999; x = 1",
    "f = 9**9**9**9**9; x = 1",
    "f = x**9**9**9**9; x = 1",
    "f = exp(exp(exp(exp(exp(x))))); x = 9",
    "f = sum(*x); x = 1",
    "f = max(x, key=x); x = 1",
    "f = f'{x}'; x = 1",
    "f = await x",
    "import os",
    "from os import system",
    "def f(): pass",
    "class A: pass",
    "del x",
    "global x",
    "while True: pass",
    "for x in y: pass",
    "with x: pass",
    "assert x",
    "raise x",
    "print(x)",
    "True = 1",
    "None = 1; f = None",
    "__debug__ = 1",
    "__builtins__ = 3; f = __builtins__ * 2",
    "f = " + "(" * 100 + "x" + ")" * 100,
    "f = " + "(" * 3000,
    "f = " + "-" * 3900 + "1",
    "f = " + "x**" * 900 + "x; x = 1",
    "f = " + "+".join(["x"] * 400) + "; x = 1",
    "f = " + "exp(" * 900 + "x",
    "f = [" + "1," * 1500 + "]; g = f",
    "f = x." + "a." * 1500 + "a",
    "f = " + "[" * 900 + "]" * 900,
    "f = " + "not " * 900 + "x",
    "f = " + "9" * 3900 + " * x; x = 1",
    "\n".join(f"a{k} = a{k + 1}" for k in range(300)),
    "\n".join(f"x{k} = {k}" for k in range(200)),
    "f = x" + "\u00b2" * 900 + "; x = 1",
    "\x00",
    "f = \ud800",
    "f = x\u202e; x = 1",
    ";" * 3000,
    "f = x; " * 400,
    "# nothing but a comment",
    "x" * (MOST_TEXT + 1),
    "x" * 10_000_000,
]


@pytest.mark.parametrize("text", HOSTILE, ids=lambda text: ascii(text[:24]))
def test_hostile_text_is_refused_in_bounded_time(text):
    began = time.process_time()
    with pytest.raises(ExpressionError) as raised:
        read_expression(text)
    assert time.process_time() - began < 1
    message = str(raised.value)
    assert len(message) < 400
    assert message.isprintable()


def test_names_of_builtins_are_plain_names():
    expression = read_expression("open = 2; eval = 3; f = open * eval")
    assert expression.values["f"] == 6


def test_the_largest_that_is_taken_is_read_soon():
    text = "x = 1.001; f = " + " + ".join(["x * x"] * 100)
    began = time.process_time()
    assert read_expression(text).blame()["x"] == pytest.approx(200 * 1.001)
    assert time.process_time() - began < 1
