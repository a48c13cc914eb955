"""A formula's value, and its three ways of being written."""

import math

import numpy as np
import pytest

from blame import ACTIVATIONS, LOSSES
from blame.formula import Formula

NAMES = {"a": "A", "b": "B", "c": "C", "z": "Z", "d": "D"}
VALUES = {"a": 2.0, "b": -3.0, "c": 0.5, "z": 0.25, "d": -1.5}


@pytest.mark.parametrize(
    ("source", "text", "numpy", "latex", "value"),
    [
        ("a + b * c", "A + B × C", "A + B * C", r"A + B\,C", 0.5),
        ("(a + b) * c", "(A + B) × C", "(A + B) * C", r"(A + B)\,C", -0.5),
        ("a - (b - c)", "A - (B - C)", "A - (B - C)", "A - (B - C)", 5.5),
        ("a - b - c", "A - B - C", "A - B - C", "A - B - C", 4.5),
        ("a / (b * c)", "A / (B × C)", "A / (B * C)", r"\frac{A}{B\,C}", -4 / 3),
        ("a * (b * c)", "A × B × C", "A * B * C", r"A\,B\,C", -3.0),
        ("(a - b)**2 / 2", "(A - B)² / 2", "(A - B) ** 2 / 2", r"\frac{(A - B)^2}{2}", 12.5),
        ("a**3", "A^3", "A ** 3", "A^{3}", 8.0),
        ("-(a + b)", "-(A + B)", "-(A + B)", "-(A + B)", 1.0),
        ("a + (-b)", "A + (-B)", "A + (-B)", "A + (-B)", 5.0),
        ("max(0, b)", "max(0, B)", "np.maximum(0, B)", r"\max(0, B)", 0.0),
        ("1 / (1 + exp(-z))", "1 / (1 + exp(-Z))", "1 / (1 + np.exp(-Z))",
         r"\frac{1}{1 + e^{-Z}}", 1 / (1 + math.exp(-0.25))),
        ("log(a) * tanh(c)", "ln(A) × tanh(C)", "np.log(A) * np.tanh(C)",
         r"\ln(A)\,\tanh(C)", math.log(2) * math.tanh(0.5)),
        ("d * (z > 0)", "D if Z > 0, else 0", "D * (Z > 0)", r"D\,[\,Z > 0\,]", -1.5),
        ("d * (1 if b > 0 else 0.01)", "D × (1 if B > 0, else 0.01)",
         "D * np.where(B > 0, 1, 0.01)",
         r"D\,(1 \text{ if } B > 0 \text{, else } 0.01)", -0.015),
    ],
)  # fmt: skip
def test_a_formula_is_worked_out_and_written(source, text, numpy, latex, value):
    formula = Formula(source)
    assert formula.text(NAMES) == text
    assert formula.numpy(NAMES) == numpy
    assert formula.latex(NAMES) == latex
    assert formula.value(VALUES) == pytest.approx(value, rel=1e-15)
    # What is written for NumPy and as Python computes the same.
    named = {NAMES[name]: number for name, number in VALUES.items()}
    assert eval(numpy, {"np": np}, named) == pytest.approx(value, rel=1e-15)


def test_numbers_that_could_be_misread_get_parentheses_in_latex():
    small = r"2.776 \cdot 10^{-17}"
    sums = Formula("y - t")
    assert sums.latex({"y": "-0.3", "t": "-1"}) == "-0.3 - (-1)"
    assert sums.latex({"y": small, "t": small}) == f"{small} - ({small})"
    times = r" \times "
    assert Formula("2 * y").latex({"y": "-1"}, times) == r"2 \times (-1)"
    assert Formula("y * t").latex({"y": small, "t": "3"}, times) == rf"({small}) \times 3"
    assert Formula("y**2").latex({"y": "-1"}) == "(-1)^2"
    assert Formula("exp(-z)").latex({"z": "-1"}) == "e^{-(-1)}"
    assert Formula("max(0, z)").latex({"z": "-1"}) == r"\max(0, -1)"
    matrix = r"\begin{bmatrix} 1 \cdot 10^{9} & -1 \end{bmatrix}"
    assert sums.latex({"y": matrix, "t": matrix}) == f"{matrix} - {matrix}"


def test_nothing_times_anything_is_nothing():
    # On paper 0 times ln 0 is not asked for; in floats it is NaN.
    assert Formula("t * log(y)").value({"t": 0, "y": 0}) == 0
    assert Formula("log(y) * t").value({"t": 0, "y": 0}) == 0
    assert Formula("t / y").value({"t": 0, "y": 0}) == 0
    assert Formula("t / y").value({"t": 1, "y": 0}) == math.inf
    assert Formula("d * (z > 0)").value({"d": math.inf, "z": -1}) == 0
    assert Formula("y**2").value({"y": 1e200}) == math.inf
    assert Formula("z > 0").value({"z": 0}) == 0


@pytest.mark.parametrize("source", ["a if b < 0 else c", "sin(a)", "a // b", "[a]", "a @ b"])
def test_what_no_formula_can_hold_is_refused(source):
    with pytest.raises(ValueError, match="a formula cannot hold"):
        Formula(source).value(VALUES)
    with pytest.raises(ValueError, match="a formula cannot hold"):
        Formula(source).text(NAMES)


@pytest.mark.parametrize("activation", ACTIVATIONS.values(), ids=lambda each: each.name)
def test_an_activation_is_what_its_entry_says_it_is(activation):
    z = np.linspace(-3, 3, 61)
    values, slopes = activation.value(z), activation.derivative(z)
    total = 0.0
    if activation.joint:
        total = sum(Formula(activation.joint.summand).value({"z": each}) for each in z)
    for each, value, slope in zip(z, values, slopes, strict=True):
        given = {"z": each, "a": value, "s": total}
        assert Formula(activation.formula).value(given) == pytest.approx(value, rel=1e-12)
        assert Formula(activation.slope).value(given) == pytest.approx(slope, rel=1e-10, abs=1e-15)
    if activation.joint:
        cross = Formula(activation.joint.cross_slope)
        for i, j in ((0, 1), (60, 3), (20, 40)):
            found = cross.value({"a": values[i], "b": values[j]})
            assert activation.jacobian(z)[i, j] == pytest.approx(found, rel=1e-10)


@pytest.mark.parametrize("loss", LOSSES.values(), ids=lambda each: each.name)
@pytest.mark.parametrize("n", [1, 3])
def test_a_loss_is_what_its_entry_says_it_is(loss, n):
    y = np.array([[0.3, 0.9, 0.2]])[:, :n]
    t = np.array([[1.0, 0.0, 0.4]])[:, :n]
    # There is one sample: a mean over samples leaves the sum over its outputs.
    share = 1 / n if loss.averages == "samples and outputs" else 1
    assert loss.shares(1, n) == pytest.approx(1 / share)
    entries = [{"y": a, "t": b} for a, b in zip(y[0], t[0], strict=True)]
    total = sum(Formula(loss.each).value(entry) for entry in entries) * share
    assert total == pytest.approx(float(loss.value(y, t)), rel=1e-12)
    slopes = [Formula(loss.slope).value(entry) * share for entry in entries]
    np.testing.assert_allclose(slopes, loss.gradient(y, t)[0], rtol=1e-12)
    if loss.fused:
        z = np.log(y / (1 - y))
        if loss.fused.activation == "softmax":
            # Shares sum to 1, and so do the targets of the shorter of both slopes.
            z, y = np.log(y), y / y.sum()
            entries = [{"y": a, "t": b, "s": t.sum()} for a, b in zip(y[0], t[0], strict=True)]
            of_any = [Formula(loss.fused.slope_of_any).value(entry) * share for entry in entries]
            np.testing.assert_allclose(of_any, loss.fused.delta(z, t)[0], rtol=1e-12, atol=1e-15)
            t = t / t.sum()
            entries = [{"y": a, "t": b} for a, b in zip(y[0], t[0], strict=True)]
        deltas = [Formula(loss.fused.slope).value(entry) * share for entry in entries]
        np.testing.assert_allclose(deltas, loss.fused.delta(z, t)[0], rtol=1e-12, atol=1e-15)


def test_nothing_is_minus_0():
    sigmoid, share = Formula("1 / (1 + exp(-z))"), Formula("-(t * log(y))")
    for zero in ("0", r"{\approx}0"):
        assert sigmoid.latex({"z": zero}) == rf"\frac{{1}}{{1 + e^{{{zero}}}}}"
    assert share.latex({"t": "0", "y": "0.5"}, r" \times ") == r"0 \times \ln(0.5)"
    assert Formula("-(t / y)").latex({"t": "0", "y": "0.5"}) == r"\frac{0}{0.5}"
    assert Formula("exp(-z)").text({"z": "0"}) == "exp(0)"
    # What only begins with 0 keeps its sign.
    assert sigmoid.latex({"z": "0.5"}) == r"\frac{1}{1 + e^{-0.5}}"
    assert share.latex({"t": "0.25", "y": "0.5"}) == r"-0.25\,\ln(0.5)"
    assert Formula("-(t / y)").text({"t": "0.1", "y": "0.5"}) == "-0.1 / 0.5"
