"""How wide an edge is drawn: a share of the largest, whichever that is, and none of nothing."""

import pytest

from blame import Layer, Network, backward, forward
from blame.probe.trace import Trace
from pages.shared.picture.data import NARROWEST, WIDEST, picture_data
from pages.shared.words.numbers import Numbers


def edges(W, target, view="blame"):
    """The edges of one linear layer on x = 0.5, by their names."""
    network = Network((Layer([W], [0.0] * len(W), "identity"),))
    passes = backward(forward(network, [0.5]), target, "half_sse")
    data = picture_data(Trace(passes), view, Numbers())
    return {edge["id"]: edge for edge in data["edges"]}


@pytest.mark.parametrize(("targets", "largest"), [([-3.0, 0.5], 0), ([0.5, -3.0], 1)])
def test_the_widest_is_the_largest_blame_of_any_output(targets, largest):
    # Predictions 1 and 1, so errors of 4 and 0.5: d_loss_y is each, and dW half of it.
    found = edges([2.0, 2.0], targets)
    other = 1 - largest
    assert found[f"d_loss_y[{largest}]"]["width"] == WIDEST
    assert found[f"W1[0, {largest}]"]["width"] == pytest.approx(WIDEST / 2)
    assert found[f"d_loss_y[{other}]"]["width"] == pytest.approx(max(NARROWEST, WIDEST / 8), 1e-2)
    assert found[f"W1[0, {other}]"]["width"] == NARROWEST
    assert not any(edge["dashed"] for edge in found.values())


def test_where_there_is_no_blame_every_edge_is_a_dashed_hairline():
    for edge in edges([2.0, 2.0], [1.0, 1.0]).values():
        assert (edge["width"], edge["dashed"], edge["tone"]) == (NARROWEST, True, "shut")


def test_where_every_weight_is_0_nothing_is_wide():
    found = edges([0.0, 0.0], [1.0, 1.0], "forward")
    for j in (0, 1):
        assert (found[f"W1[0, {j}]"]["width"], found[f"W1[0, {j}]"]["dashed"]) == (NARROWEST, True)
