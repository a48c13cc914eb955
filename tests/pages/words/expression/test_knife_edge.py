"""The knife edge of an expression in words, turned round with its numbers."""

from blame import read_expression
from blame.expression.library.library import EXPRESSIONS
from pages.shared.words.expression.knife_edge import knife_edge
from pages.shared.words.numbers import Numbers


def said(text):
    return knife_edge(read_expression(text), Numbers())


def test_on_a_kink_both_sides_are_told():
    text = said("m = max(a, b); L = 2 * m; a = 3; b = 3")
    assert "`m = max(a, b)` stands exactly on its kink: on one side all goes" in text
    assert "Exactly there max hands half to each" in text
    assert "`L` has no single slope at `a` and `b`" in text
    assert "| **b** | 0 | +1 | +2 | between both |" in text
    assert "TensorFlow all to the first" in text
    assert "relu" not in text


def test_beside_a_kink_its_distance_is_told():
    text = said("L = relu(x) + max(a, x); a = 3; x = 0.5")
    assert (
        "Nothing stands on a kink here. `relu(x)` is 0.5 away from its own, the nearest of 2"
        in text
    )
    assert "|" not in text
    assert "the nearest of" not in said("L = relu(x); x = 0.5")


def test_without_a_kink_there_is_nothing_to_tell():
    assert "No operation of this expression has a kink" in said("f = x * y; x = 1; y = 2")
    assert "relu, max, min, abs" in said("f = x * y; x = 1; y = 2")


def test_blame_that_is_no_slope_is_named():
    text = said(EXPRESSIONS["no-slope"].text)
    assert "From both sides the slope of `f` at `x` is +1, and blame says 0" in text
    assert "no single slope" not in text
    assert "| **x** | +1 | 0 | +1 | neither |" in text
    assert "need not add up" not in said(EXPRESSIONS["no-slope"].text.replace("x = 0", "x = 1"))


def test_a_kink_without_consequence():
    assert "For `f` it makes no difference" in said("f = relu(x) * y; x = 0; y = 0")


def test_where_the_last_bit_decides():
    text = said(EXPRESSIONS["on-the-kink"].text)
    assert "on its kink but for rounding" in text
    assert "the last bit decides" in text
    assert "| **w** | 0 | \u22122 | \u22122 | that of one side |" in text
