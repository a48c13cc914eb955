"""A network too wide for all its numbers shows one a node, of two digits."""

import numpy as np
import pytest

from blame import Layer, Network, backward, forward
from blame.probe.trace import Trace
from pages.shared.picture.data import picture_data
from pages.shared.words.numbers import Numbers


def picture(width, view="both", after=1, bias=0.111):
    """The picture of 2-width-after with weights of 0.3 and one bias in its hidden layer."""
    layers = (
        Layer(np.full((2, width), 0.3), np.full(width, bias), "relu"),
        Layer(np.full((width, after), 0.3), np.full(after, 0.111), "identity"),
    )
    passes = backward(forward(Network(layers), [1.23456, 2.34567]), [1.0] * after)
    return picture_data(Trace(passes), view, Numbers())


def texts(data):
    return [[item["text"] for node in column for item in node["lines"]]
            for column in data["columns"]]  # fmt: skip


@pytest.mark.parametrize("view", ["forward", "both"])
def test_a_wide_layer_shows_one_activation_a_node_of_two_digits(view):
    # a1 = 0.3 (1.23456 + 2.34567) + 0.111 = 1.185069, and y_pred 5 (0.3) (1.185069) + 0.111.
    data = picture(5, view)
    assert data["dense"]
    assert texts(data) == [["1.2", "2.3"], ["1.2"] * 5, ["1.9"], ["0.79"]]
    assert all(edge["items"] == [] for edge in data["edges"])


def test_a_wide_layer_shows_its_blame_with_its_sign():
    # d_loss_y = 2 (1.8886 - 1) = 1.7772, and d_z1 0.3 of it.
    assert texts(picture(5, "blame"))[1:3] == [["+0.53"] * 5, ["+1.8"]]


def test_a_0_has_no_sign():
    # All are shut: y_pred is 0.111, and its blame 2 (0.111 - 1).
    assert texts(picture(5, "blame", bias=-9.0))[1:3] == [["0"] * 5, ["-1.8"]]


def test_four_nodes_and_twelve_edges_have_room_for_all():
    roomy = picture(4, after=3)
    assert not roomy["dense"]
    assert "z 1.185" in texts(roomy)[1]
    assert all(edge["items"] for edge in roomy["edges"] if edge["id"].startswith("W"))
    # Sixteen edges have not, though no layer is wider.
    assert picture(4, after=4)["dense"]
