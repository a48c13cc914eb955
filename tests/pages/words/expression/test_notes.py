"""What is said of an expression, turned round with its numbers."""

import pytest

from blame import read_expression
from blame.expression.what_if import check_gradient
from pages.shared.words.expression.formulas import formula, short_formula, with_numbers
from pages.shared.words.expression.notes import (
    check_sentence,
    check_table,
    found,
    notes,
)
from pages.shared.words.numbers import Numbers


def said(text):
    expression = read_expression(text)
    return " ".join([found(expression, Numbers()), *notes(expression, Numbers())])


def test_the_largest_blame_rises_or_falls():
    assert "largest blame is that of `y`, +3: raise `y`" in said("f = x + 3 * y; x = 1; y = 1")
    assert "`f` rises about 3 times" in said("f = x + 3 * y; x = 1; y = 1")
    assert "`f` falls about as much." in said("f = 2 - x; x = 1")
    assert "that of `x`, -5" in said("f = 3 * y - 5 * x; x = 1; y = 1").replace("\u2212", "-")
    assert "`f` falls about 5 times" in said("f = 3 * y - 5 * x; x = 1; y = 1")
    assert "The blame of its only number, `x`, is +2" in said("f = 2 * x; x = 1")
    assert "+3, and `z` has as much:" in said("f = x + 3 * y - 3 * z; x = 1; y = 1; z = 1")


def test_on_a_kink_nothing_is_promised():
    told = said("f = max(a, b); a = 2; b = 2")
    assert "+0.5, and `b` has as much. It stands on a kink: that is not the slope" in told
    assert "`f` rises" not in told
    assert "`f` rises" in said("f = max(a, b); a = 2; b = 3")
    told = said("f = abs(x) + y * 0; x = 0; y = 1")
    assert "every blame is 0. But it stands on a kink, and moves with `x` all the same" in told
    assert "kink" not in said("f = x * y; x = 0; y = 0").replace("No operation", "")


def test_what_gets_no_blame():
    assert "`y` gets no blame" in said("f = x + relu(y); x = 1; y = -1")
    assert "`y` and `z` get no blame" in said("f = x + relu(y + z); x = 1; y = -1; z = -2")
    assert "no blame" not in said("f = x + relu(y); x = 1; y = 1")
    assert "every blame is 0" in said("f = relu(y); y = -1")


def test_sharing():
    assert "`w` is used 2 times" in said("f = w * x + w * y; w = 1; x = 2; y = 3")
    alone = said("f = w * x; w = 1; x = 2")
    assert "is used" not in alone.replace("No value is used twice", "")
    assert "No value is used twice" in alone


def test_one_number_in_all_entries():
    told = said("f = sum(w * v); w = 1; v = [2, 3, 4]")
    assert "`w` is one number that goes into all 3 entries of a vector" in told
    assert "No value is used twice" not in told
    assert "entries" not in said("f = sum(v * [1, 2]); v = [2, 3]")


def test_kinks():
    assert "stands exactly on the kink of relu: there relu hands back 0" in said(
        "f = relu(x - 1) + x; x = 1"
    )
    assert "kink" not in said("f = relu(x - 1) + x; x = 1.5")
    beside = said("f = relu(0.1 * x - 0.3 + 1e-17) + x; x = 3")
    assert "In exact fractions it is 1e-17 away." in beside.replace("\u2212", "-")


def test_checks():
    smooth = check_gradient(read_expression("f = x * y; x = 2; y = 3"))
    assert check_sentence(smooth) == "2 of 2 agree."
    assert check_table(smooth, Numbers()).count("| agrees |") == 2
    kinked = check_gradient(read_expression("f = relu(x); x = 0"))
    assert check_sentence(kinked).startswith("0 of 1 agree. A kink lies between")
    assert "| across a kink |" in check_table(kinked, Numbers())


@pytest.mark.parametrize(
    ("text", "names", "numbers", "short"),
    [
        ("f = x**2; x = -3", "x^2", "(\u22123)^2", "f = x^2"),
        ("f = max(x, 0.5); x = -3", "max(x, 0.5)", "max(\u22123, 0.5)", "f = max(x, 0.5)"),
        ("f = -x; x = 3", "\u2212x", "\u22123", "f = \u2212x"),
        ("f = max(v); v = [1, 2]", "max(v)", "max(1, 2)", "f = max(v)"),
        ("f = v[1] * 2; v = [1, 2]", "t1 \u00d7 2", "2 \u00d7 2", "f = t1 \u00d7 2"),
        ("f = mean(v); v = [1, 2, 3, 4]", "mean(v)", "mean(1, 2, 3, ...)", "f = mean(v)"),
        (
            "outcome = first_number / second_number; first_number = 1; second_number = 2",
            "first_number / second_number",
            "1 / 2",
            "outcome: \u00f7",
        ),
    ],
)
def test_formulas(text, names, numbers, short):
    expression = read_expression(text)
    k = expression.graph.result
    assert formula(expression, k) == names
    assert with_numbers(expression, k, Numbers()) == numbers
    assert short_formula(expression, k) == short
