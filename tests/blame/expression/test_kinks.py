"""Kinks that an expression stands on, exactly or by its own rounding."""

from blame import read_expression
from blame.expression.kinks import kinks_of


def test_the_notebooks_second_neuron_stands_on_its_kink():
    (kink,) = kinks_of(read_expression("a1 = relu(1 * w + 2 * v - 0.1); w = -0.3; v = 0.2"))
    assert (kink.name, kink.operation) == ("a1", "relu")
    assert not kink.exact
    assert 0 < kink.distance < 1e-16 < kink.bound < 1e-15


def test_whole_numbers_carry_no_rounding():
    assert kinks_of(read_expression("f = relu(a - b); a = 3; b = 3"))[0].exact
    assert kinks_of(read_expression("f = relu(a - b); a = 3; b = 2")) == ()
    (tie,) = kinks_of(read_expression("f = max(a, b); a = 0.1; b = 0.1"))
    assert tie.exact
    assert tie.operation == "max"


def test_far_from_a_kink_there_is_none():
    assert kinks_of(read_expression("f = relu(a) + abs(b); a = 1e-9; b = -1e-9")) == ()


def test_a_kink_of_one_entry_of_a_vector_is_found():
    (kink,) = kinks_of(read_expression("f = sum(relu(v)); v = [1, 0, -1]"))
    assert kink.exact
