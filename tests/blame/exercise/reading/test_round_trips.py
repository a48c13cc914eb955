"""A network that is written in a form and read back has the same arrays."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from blame.exercise.reading import read_exercise
from tests.blame.exercise.reading import writers

FORMS = {
    "x @ W": writers.listing,
    "W @ x": lambda net: writers.listing(net, rows=True),
    "np.dot": writers.dotted,
    "state_dict": writers.state_dict,
    "keras": writers.keras,
    "latex": writers.latex,
    "sheet": writers.sheet,
    "dicts": writers.neurons,
}


def same(net, found, with_data=True):
    assert found.exercise is not None, found.problems
    first, second = found.exercise.network.layers
    np.testing.assert_array_equal(first.weights, net.w1)
    np.testing.assert_array_equal(second.weights, net.w2)
    np.testing.assert_array_equal(first.bias, net.b1)
    np.testing.assert_array_equal(second.bias, net.b2)
    if with_data:
        np.testing.assert_array_equal(np.ravel(found.exercise.x), net.x)
        np.testing.assert_array_equal(np.ravel(found.exercise.target), net.y)


@pytest.mark.parametrize("form", FORMS)
@settings(max_examples=25, deadline=None)
@given(data=st.data())
def test_a_form_is_read_back(form, data):
    net = data.draw(writers.networks())
    found = read_exercise(FORMS[form](net))
    same(net, found, with_data=form != "keras")
    assert "layout" not in {assumption.key for assumption in found.assumed}


@settings(max_examples=25, deadline=None)
@given(writers.networks())
def test_numbered_weights_are_read_back(net):
    same(net, read_exercise(writers.weight_table(net)))


@settings(max_examples=25, deadline=None)
@given(writers.networks(sizes=(2, 3, 2)))
def test_numbered_units_are_read_back(net):
    same(net, read_exercise(writers.unit_table(net)))
