"""Slopes from below and above, beside what Python itself finds a little to each side."""

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from blame import read_expression
from blame.expression.knife_edge import distances, sides_of

STEPS = (
    "{a} + {b}",
    "{a} - 2 * {b}",
    "relu({a} - {b})",
    "abs({a} + {b})",
    "max({a}, {b}, 1)",
    "min({a}, -{b})",
    "max([{a}, {b}, {c}])",
    "min([0, {c}])",
)
FUNCTIONS = {"relu": lambda a: max(a, 0), "abs": abs, "max": max, "min": min}
NEAR = Fraction(1, 10**9)


@st.composite
def kinked(draw):
    """Return lines whose pieces are straight, and small whole numbers: full of ties."""
    names, lines = ["p", "q", "r"], []
    for k in range(draw(st.integers(1, 6))):
        a, b, c = (draw(st.sampled_from(names)) for _ in "abc")
        lines.append(f"s{k} = {draw(st.sampled_from(STEPS)).format(a=a, b=b, c=c)}")
        names.append(f"s{k}")
    lines.append(f"L = {' + '.join(names)}")
    return lines, {name: draw(st.integers(-2, 2)) for name in "pqr"}


def by_python(lines, numbers):
    names = dict(numbers)
    for line in lines:
        name, _, formula = line.partition(" = ")
        names[name] = eval(formula, FUNCTIONS, names)
    return names["L"]


@given(kinked())
@settings(max_examples=150, deadline=None)
def test_each_side_is_the_slope_a_little_to_that_side(case):
    lines, numbers = case
    exact = {name: Fraction(value) for name, value in numbers.items()}
    given_numbers = "; ".join(f"{name} = {value}" for name, value in numbers.items())
    expression = read_expression("\n".join([*lines, given_numbers]))
    here = by_python(lines, exact)
    for side in sides_of(expression):
        at = exact[side.name]
        above = (by_python(lines, {**exact, side.name: at + NEAR}) - here) / NEAR
        below = (here - by_python(lines, {**exact, side.name: at - NEAR})) / NEAR
        assert (side.below, side.above) == (below, above)


@pytest.mark.parametrize(
    ("text", "name", "below", "above", "blame"),
    [
        ("f = relu(x) * 3; x = 0", "x", 0, 3, 0),
        ("f = abs(x) * 2; x = 0", "x", -2, 2, 0),
        ("f = max(a, b); a = 2; b = 2", "b", 0, 1, 0.5),
        ("f = min(a, b); a = 2; b = 2", "b", 1, 0, 0.5),
        ("f = max(v) * 3; v = [1, 5, 5]", "v[1]", 0, 3, 1.5),
        ("f = min(v) * 3; v = [1, 1, 1]", "v[2]", 3, 0, 1),
        ("f = sum(relu(v) * 2); v = [1, 0, -1]", "v[1]", 0, 2, 0),
        ("f = sum(max(v, x)); v = [1, 2, 3]; x = 2", "x", 1, 2, 1.5),
        # Through what is smooth: the chain rule on either side.
        ("f = (relu(x) + 3)**2; x = 0", "x", 0, 6, 0),
        ("f = relu(x) - relu(-x); x = 0", "x", 1, 1, 0),
        ("f = x * y; x = 2; y = 3", "x", 3, 3, 3),
    ],
)
def test_sides_by_hand(text, name, below, above, blame):
    (side,) = (one for one in sides_of(read_expression(text)) if one.name == name)
    assert (side.below, side.above, side.blame) == pytest.approx((below, above, blame))
    assert side.smooth == (below == above)
    assert side.true == (blame in (below, above))
    assert side.between == (min(below, above) <= blame <= max(below, above))


def test_a_kink_that_rounding_left_counts_as_stood_on():
    text = "a = relu(1 * w + 2 * v - 0.1); f = (a - 1)**2; w = -0.3; v = 0.2"
    w, v = sides_of(read_expression(text))
    assert (w.below, v.below) == (0, 0)
    assert (w.above, v.above) == pytest.approx((-2, -4))


def test_how_far_from_a_kink():
    text = "f = relu(x) + max(x, y, 0) + min(v) + exp(x); x = 2; y = -1; v = [4, 1, 1.5]"
    found = {one.operation: one.distance for one in distances(read_expression(text))}
    assert found == {"relu": 2, "max": 2, "smallest entry": 0.5}
    assert distances(read_expression("f = relu(3) * x; x = 1")) == ()


def test_a_stack_has_no_sides():
    with pytest.raises(ValueError, match="this is a stack"):
        sides_of(read_expression("f = x * x; x = 1").with_numbers({"x": [1.0, 2.0]}))
