"""How a single number is written."""

import pytest

from blame.exercise.presets import NOTEBOOK
from pages.shared.words.numbers import (
    NOTHING,
    Numbers,
    full,
    percent,
    printed,
    rounded_values,
    short,
)
from tests.exercises import notebook_with


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (1.5625, "1.5625"),  # ends within one digit more
        (1.5625000000000002, "1.5625"),  # and did before its last bit was rounded
        (1.56251, "1.563"),
        (2.1025000000000005, "2.1025"),
        (18.147628, "18.15"),
        (-3.75, "-3.75"),
        (-0.0, "0"),
        (1e-5, "1e-5"),
        (2.7755575615628914e-17, "2.776e-17"),
        (123456.0, "1.235e5"),
    ],
)
def test_four_digits_at_rest(value, shown):
    assert short(value) == shown


def test_fewer_digits_where_asked():
    assert short(2.7755575615628914e-17, 2) == "2.8e-17"


def test_all_digits_read_back():
    assert full(1.5625000000000002) == "1.5625000000000002"
    assert full(2.0) == "2"
    assert full(-0.0) == "0"
    assert float(full(6.938893903907228e-17)) == 6.938893903907228e-17


def test_a_share_that_is_not_all_of_it():
    assert percent(199 / 200) == "99.5%"
    assert percent(1) == "100%"


def test_signs_and_formulas():
    n = Numbers()
    assert (n.signed(2.5), n.signed(-2.5), n.signed(0.0)) == ("+2.5", "-2.5", "0")
    assert n.tex(2.776e-17) == r"2.776 \cdot 10^{-17}"
    assert n.factor(-0.3) == "(-0.3)"
    assert n.factor(0.3) == "0.3"
    assert n.factor(2.776e-17) == r"(2.776 \cdot 10^{-17})"
    assert n.equals(2.5) == "= 2.5"


def test_what_rounding_made_is_a_marked_zero_and_opens_on_demand():
    passes = NOTEBOOK.backward()
    n, z = Numbers().of(passes), float(passes.forward_pass.z[0][0, 1])
    assert z > 0
    for text in (n.text(z), n.signed(z), n.text(-z), n.signed(-z)):
        assert text == NOTHING == "≈0"
    assert n.equals(z) == "≈ 0"
    assert n.tex(z) == r"{\approx}0"
    assert n.factor(z) == r"({\approx}0)"
    assert Numbers(all_digits=True).of(passes).text(z) == "2.7755575615628914e-17"
    assert Numbers().text(z) == "2.776e-17"


def test_an_exact_zero_and_a_plain_value_have_no_mark():
    passes = NOTEBOOK.backward()
    n = Numbers().of(passes)
    assert (n.text(0.0), n.text(2.2), n.text(-3.75)) == ("0", "2.2", "-3.75")
    assert rounded_values(notebook_with(b1_1=-0.2).backward()) == frozenset()
    assert Numbers().of(notebook_with(b1_1=-0.2).backward()) == Numbers()


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ("from 2.25 to -5.418, and -.5", "from 2.25 to \u22125.418, and \u2212.5"),
        ("(-0.3) \u00d7 -1 = **-7.5**", "(\u22120.3) \u00d7 \u22121 = **\u22127.5**"),
        (
            "by 1 - 2 \u00d7 learning rate; y_pred - y_true",
            "by 1 \u2212 2 \u00d7 learning rate; y_pred \u2212 y_true",
        ),
        ("2-3-1 with 6.383e-10 and one-sided, `x = -2`", None),
        ("- a list\n- of -1", "- a list\n- of \u22121"),
        ("-(t ln p), but $-1$ is a formula", "\u2212(t ln p), but $-1$ is a formula"),
    ],
)
def test_a_minus_is_printed_as_one_and_a_hyphen_stays(said, shown):
    assert printed(said) == (shown or said)
