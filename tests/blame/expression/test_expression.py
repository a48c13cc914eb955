"""An expression's values, blame and parts, by hand and by exact fractions."""

from fractions import Fraction

import numpy as np
import pytest

import blame
from blame import read_expression
from blame.expression.operations import OPERATIONS
from blame.expression.operations.operation import Operation

CIRCUIT = "f = (x + y) * z; x = -2; y = 5; z = -4"


def test_the_public_face():
    expression = blame.read_expression(CIRCUIT)
    assert expression.values["f"] == -12
    assert expression.blame() == {"f": 1, "x": -4, "y": -4, "z": 3, "t1": -4}
    assert expression.result == "f"
    assert expression.numbers() == {"x": -2, "y": 5, "z": -4}


def test_the_result_is_the_last_assignment_that_nothing_uses():
    expression = read_expression("x = 1; y = x**2; z = x**3; w = 5")
    assert expression.result == "z"
    assert expression.blame()["x"] == 3
    assert expression.blame("y")["x"] == 2
    assert expression.blame()["y"] == 0


def test_blame_in_exact_fractions():
    # f = a b + b^3 / (a - b), with a = 7/4 and b = -1/2: all of it by hand.
    a, b = Fraction(7, 4), Fraction(-1, 2)
    expression = read_expression("f = a*b + b**3 / (a - b); a = 1.75; b = -0.5")
    da = b - b**3 / (a - b) ** 2
    db = a + 3 * b**2 / (a - b) + b**3 / (a - b) ** 2
    assert float(expression.values["f"]) == pytest.approx(float(a * b + b**3 / (a - b)), rel=1e-15)
    assert float(expression.blame()["a"]) == pytest.approx(float(da), rel=1e-15)
    assert float(expression.blame()["b"]) == pytest.approx(float(db), rel=1e-15)


def test_a_value_used_twice_gets_a_part_from_each_use():
    expression = read_expression("e = (a + b) * (b + 1); a = 2; b = 1")
    parts = expression.backward().parts[expression.place_of("b")]
    users = [expression.graph.nodes[part.user].name for part in parts]
    assert users == ["t2", "t1"]
    assert [part.share.tolist() for part in parts] == [[3.0], [2.0]]
    assert expression.blame()["b"] == 5
    for part in parts:
        assert part.share == part.upstream * part.slope


def test_one_number_that_meets_a_vector_gets_the_blame_of_all_entries():
    expression = read_expression("f = sum(c * v + c); v = [1, 2, 4]; c = 0.5")
    assert expression.blame()["c"] == 10
    assert expression.blame()["v"].tolist() == [0.5, 0.5, 0.5]
    assert expression.numbers() == {"v[0]": 1, "v[1]": 2, "v[2]": 4, "c": 0.5}
    moved = expression.with_numbers({"v[1]": 3})
    assert moved.values["f"] == 5.5
    assert expression.values["f"] == 5


def test_mean_hands_each_its_share():
    assert read_expression("f = mean(x**2); x = [2, 6]").blame()["x"].tolist() == [2, 6]
    assert read_expression("f = sum(x**2); x = [2, 6]").blame()["x"].tolist() == [4, 12]


@pytest.mark.parametrize(
    ("text", "blame_of"),
    [
        ("f = max(a, b); a = 2; b = 2", {"a": 0.5, "b": 0.5}),
        ("f = max(a, a); a = 2", {"a": 1}),
        ("f = min(a, b); a = 2; b = 2", {"a": 0.5, "b": 0.5}),
        ("f = relu(a); a = 0", {"a": 0}),
        ("f = abs(a); a = 0", {"a": 0}),
        ("f = max(a, 3); a = 2", {"a": 0}),
        ("f = a**2; a = 0", {"a": 0}),
        ("f = a**1; a = 0", {"a": 1}),
        ("f = a**0; a = 0", {"a": 0}),
        ("f = a**-2; a = -2", {"a": 0.25}),
        ("f = 2**a; a = 3", {"a": 8 * np.log(2)}),
    ],
)
def test_at_kinks_and_edges(text, blame_of):
    found = read_expression(text).blame()
    assert {name: float(found[name]) for name in blame_of} == pytest.approx(blame_of)


def test_what_no_given_number_reaches_has_no_blame():
    expression = read_expression("e = 7 * 2; f = e + d; d = a + b * c; a = 2; b = 3; c = 10")
    assert "e" not in expression.blame()
    assert expression.values["e"] == 14
    assert expression.blame()["b"] == 10


def test_earlier_values_of_a_name_are_numbered():
    expression = read_expression("a = 3; c = a * 2; c += a; c = c * c")
    assert expression.values["c.1"] == 6
    assert expression.values["c.2"] == 9
    assert expression.values["c"] == 81
    assert expression.blame()["a"] == 2 * 9 * 3


def test_expressions_are_frozen_and_equal_by_their_numbers():
    one, other = read_expression(CIRCUIT), read_expression(CIRCUIT)
    assert one == other
    assert hash(one) == hash(other)
    assert one != one.with_numbers({"x": 0.0})
    with pytest.raises(ValueError, match="read-only"):
        one.node_values[0][...] = 1
    with pytest.raises(ValueError, match="'w' is no number of this expression; these are x, y, z"):
        one.with_numbers({"w": 1.0})
    with pytest.raises(ValueError, match="must be finite"):
        one.with_numbers({"x": np.nan})


def test_what_has_no_value_is_refused_with_its_place():
    fraction = read_expression("f = 1 / x; x = 2")
    with pytest.raises(ValueError, match=r"column 5: '1 / x' has no value here: divide needs a"):
        fraction.with_numbers({"x": [1.0, 0.0]})
    with pytest.raises(ValueError, match=r"column 5: 'exp\(x\)' leaves the floats at 1000"):
        read_expression("f = exp(x); x = 1000")
    with pytest.raises(ValueError, match="has no slope here"):
        read_expression("f = x**p; x = -2; p = 2")


def test_blame_of_a_vector_is_refused():
    with pytest.raises(ValueError, match=r"take sum\(...\) or mean\(...\) of it"):
        read_expression("f = 2 * v; v = [1, 2]").blame()


def test_blame_beyond_the_floats_is_refused():
    text = f"c = x{' * 1e12' * 7}; f = sin(c * c * c * c); x = 1e-9"
    with pytest.raises(ValueError, match="'1e-9' has a blame that leaves the floats"):
        read_expression(text).blame()
    # A stack holds it, beside those that are numbers.
    blame = read_expression(text).with_numbers({"x": [1e-9, 1e-80]}).blame()["x"]
    assert np.isfinite(blame).tolist() == [False, True]


def test_a_new_operation_is_one_entry(monkeypatch):
    cube = Operation(
        "cube",
        lambda a: a**3,
        (lambda y, a: 3 * a**2,),
        "{a} ** 3",
        ("3 * {a} ** 2",),
        "A cube hands on three times the square.",
    )
    monkeypatch.setitem(OPERATIONS, "cube", cube)
    expression = read_expression("f = cube(x) + x; x = 2")
    assert expression.values["f"] == 10
    assert expression.blame()["x"] == 13
    with pytest.raises(ValueError, match="mean and cube"):
        read_expression("f = nothing_like(x); x = 2")
