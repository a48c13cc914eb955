"""Names with an index, entries of vectors, tables of numbers, max and min of a vector."""

import pytest

from blame import read_expression
from blame.expression.kinks import kinks_of
from blame.expression.reading.rewrite import rewritten

NEURON = "z = W1[0, 0] * x[0] + W1[1, 0] * x[1] + b1[0]\n"


@pytest.mark.parametrize(
    "given",
    [
        "W1[0, 0] = 0.5\nW1[1, 0] = -2\nb1[0] = 1\nx[0] = 3\nx[1] = 4",
        "W1[0][0] = 0.5; W1[1,0] = -2; b1[0] = 1; x = [3, 4]",
        "W1 = [[0.5], [-2]]; b1 = [1, 7]; x = (3, 4)",
        "with W1[0, 0] = 0.5, W1[1, 0] = -2, b1[0] = 1, x = [3, 4]",
        "W1[0, 0], W1[1, 0], b1[0], x = 0.5, -2, 1, [3, 4]",
    ],
)
def test_ways_to_write_one_neuron(given):
    formula = NEURON.replace("\n", " ") if given.startswith("with") else NEURON
    expression = read_expression(formula + given)
    assert expression.values["z"] == 0.5 * 3 - 2 * 4 + 1
    slopes = {name: float(slope) for name, slope in expression.gradient().items()}
    slopes.pop("b1[1]", None)
    assert slopes == {"W1[0, 0]": 3, "W1[1, 0]": 4, "b1[0]": 1, "x[0]": 0.5, "x[1]": -2}
    moved = expression.with_numbers({"W1[1, 0]": 0.25, "x[1]": 8})
    again = read_expression(rewritten(moved))
    assert again.numbers() == moved.numbers()
    assert again.values["z"] == 0.5 * 3 + 0.25 * 8 + 1


def test_an_entry_counts_from_the_end_as_in_python():
    expression = read_expression("f = v[-1] * v[0] + v[0]; v = [2, 3, 5]")
    assert expression.values["f"] == 12
    assert [float(expression.gradient()[f"v[{i}]"]) for i in range(3)] == [6, 0, 2]


@pytest.mark.parametrize(
    ("text", "value", "slopes"),
    [
        ("f = max(v); v = [1, 3, 2]", 3, [0, 1, 0]),
        ("f = min(v); v = [1, 3, 2]", 1, [1, 0, 0]),
        # What is level shares, as in PyTorch's max of a whole tensor.
        ("f = max(v); v = [3, 3, 2]", 3, [0.5, 0.5, 0]),
        ("f = min(v) * 6; v = [3, 3, 3]", 18, [2, 2, 2]),
        ("f = v.max(); v = [1, 3, 2]", 3, [0, 1, 0]),
    ],
)
def test_max_and_min_of_a_vector(text, value, slopes):
    expression = read_expression(text)
    assert expression.values["f"] == value
    assert [float(slope) for slope in expression.gradient().values()] == slopes


def test_max_of_a_list_of_names_is_max_of_them():
    expression = read_expression("f = max([a, b * 2]); a = 3; b = 2")
    assert expression.values["f"] == 4
    assert float(expression.gradient()["b"]) == 2


def test_a_vector_stands_on_its_kink_where_the_two_first_are_level():
    assert kinks_of(read_expression("f = max(v); v = [1, 1, 2]")) == ()
    (kink,) = kinks_of(read_expression("f = max(v); v = [1, 2, 2]"))
    assert kink.exact
    (kink,) = kinks_of(read_expression("f = min(v); v = [1, 1, 2]"))
    assert kink.exact
    (kink,) = kinks_of(read_expression("f = max(v * 3 - [0.3, 0.6]); v = [0.1, 0.2]"))
    assert not kink.exact


def test_a_table_is_read_by_its_entries():
    with pytest.raises(ValueError, match=r"'W' is no single number; use its entries, such as W\[0"):
        read_expression("f = 2 * W; W = [[1, 2], [3, 4]]")
    with pytest.raises(ValueError, match="v is given whole; give all entries in the brackets of v"):
        read_expression("v[1] = 4; f = sum(v); v = [1, 2]")
