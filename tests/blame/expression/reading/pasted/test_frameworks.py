"""Pasted code of small engines and PyTorch, and LaTeX."""

import pytest

from blame import read_expression
from blame.expression.errors import ExpressionError

MICROGRAD = """
from micrograd.engine import Value
a = Value(1.5, label='a')
b = Value(-2.0)
b.label = 'b'
c = a * b + b**2
d = (c + a).relu() * 0.5
L = (d - 1.0)**2
L.backward()
print(L.data, a.grad, b.grad)
"""
TORCH = """
import torch
import torch.nn.functional as F
x1 = torch.Tensor([2.0]).double(); x1.requires_grad = True
w1 = torch.tensor(-3.0, requires_grad=True)
b = torch.tensor(6.8813735870195432)
n = F.relu(x1 * w1) + torch.pow(x1, 2) + b.exp().log() + w1.pow(2) + np.maximum(w1, b)
o = torch.tanh(n * 0.1).sum()
o.backward()
x1.grad
b.grad.zero_()
"""


def test_value_code():
    expression = read_expression(MICROGRAD)
    assert expression.result == "L"
    # By hand: c = 1, d = 1.25, L = 0.0625; dL/dd = 0.5, dd/dc = 0.5.
    assert expression.values["L"] == 0.0625
    assert expression.gradient() == {"a": 0.25 * (-2 + 1), "b": 0.25 * (1.5 - 4)}
    assert expression.said


def test_scalars_of_torch():
    expression = read_expression(TORCH)
    assert expression.result == "o"
    assert expression.numbers() == {"x1": 2, "w1": -3, "b": 6.8813735870195432}
    plain = read_expression(
        "n = relu(x1 * w1) + x1**2 + log(exp(b)) + w1**2 + max(w1, b); o = sum(tanh(n * 0.1))\n"
        "x1 = 2; w1 = -3; b = 6.8813735870195432"
    )
    assert expression.gradient() == plain.gradient()


def test_an_upstream_of_ones_is_a_sum():
    text = "a = torch.tensor([2., 3.])\nQ = 3*a**3\nQ.backward(gradient=torch.tensor([1., 1.]))"
    assert read_expression(text).blame()["a"].tolist() == [36, 81]


def test_the_number_that_backward_is_asked_of_is_the_result():
    text = "x = Value(1.0); y = x**2; z = x**3; y.backward()"
    assert read_expression(text).result == "y"
    assert read_expression("x = 1; y = x**2; z = x**3; y").result == "y"


@pytest.mark.parametrize(
    "text",
    [
        "import os; os.system('true')",
        "x = Value(__import__('os')); y = x * 2",
        "x = torch.load('file'); y = x * 2",
        "y = x.__class__(2); x = 1",
        "y = x.relu.__globals__; x = 1",
        "y = torch.hub.load('x'); x = 1",
        "y = Value(Value); x = 1",
        "y = open('x').sum()",
        "print(x)\n" * 100,
        "y = " + "Value(" * 50 + "1" + ")" * 50,
        "y = x" + ".relu()" * 400 + "; x = 1",
    ],
)
def test_what_is_no_number_is_refused(text):
    with pytest.raises(ValueError, match="line "):
        read_expression(text)


@pytest.mark.parametrize(
    ("text", "result", "gradient"),
    [
        (r"$f = (x + y)z$, $x = -2$, $y = 5$, $z = -4$", -12, {"x": -4, "y": -4, "z": 3}),
        (r"L = \frac{1}{2}\left(a - t\right)^{2} \\ a = 3 \\ t = 1", 2, {"a": 2, "t": -2}),
        (r"\begin{align} y &= 2 \cdot x_{1}^3 \\ x_{1} &= 2 \end{align}", 16, {"x_1": 24}),
        (r"y = \max(a, b) + \lvert c \rvert, a = 2, b = 1, c = -3", 5, {"a": 1, "b": 0, "c": -1}),
        (r"y = \ln x \cdot e^{0}, x = 1", 0, {"x": 1}),
        (r"y = \sigma(w x), w = 0, x = 4", 0.5, {"w": 1, "x": 0}),
        (r"y = \sqrt{x}\,3, x = 4", 6, {"x": 0.75}),
        (r"y = \tanh^2(x) + \mathrm{ReLU}(x), x = 0", 0, {"x": 0}),
        (r"y = -x^{-1} - 2x, \quad x = -1", 3, {"x": -1}),
        (r"\hat{y} = \theta x; \theta = 2; x = 3", 6, {"theta": 3, "x": 2}),
    ],
)
def test_latex(text, result, gradient):
    expression = read_expression(text)
    assert float(expression.values[expression.result]) == pytest.approx(result)
    found = {name: float(value) for name, value in expression.gradient().items()}
    assert found == pytest.approx(gradient)
    assert expression.said
    again = read_expression(expression.text)
    assert again.values[again.result] == expression.values[expression.result]


@pytest.mark.parametrize(
    "text", ["\\frac{" * 600, "\\sqrt" * 600, "$" * 4000, "{" * 4000, "\\frac", "x^{", "_{", "\\%"]
)
def test_hostile_latex_is_refused(text):
    with pytest.raises(ValueError, match="line "):
        read_expression(text)


def test_what_is_wrong_in_latex_is_found_where_it_stands():
    with pytest.raises(ExpressionError) as raised:
        read_expression("f = \\frac{a}{b},\n a = 1")
    place = raised.value.place
    assert (place.line, place.column, place.written) == (1, 14, "b")
    with pytest.raises(ExpressionError) as raised:
        read_expression("f = \\frac{a}{b},\n b = 1")
    assert raised.value.place.column == 11
    with pytest.raises(ExpressionError, match="'ln\\(a\\)' has no value here") as raised:
        read_expression("f = \\ln a, a = -1")
    assert (raised.value.place.line, raised.value.place.column) == (1, 1)


def test_latex_says_what_it_was_read_as():
    (said,) = read_expression("$f = 2x$, $x = 3$").said
    assert said == "The LaTeX is read as f = 2 * x; x = 3"
