"""A kink that is not at 0: every probe that knows of gates measures from where the kink is."""

import numpy as np
import pytest

from blame import Layer, Network, backward, forward
from blame.activations import Activation, no_curvature
from blame.kinks import on_the_kink
from blame.probe.gradient_check import check_gradients
from blame.probe.landscape import landscape
from blame.probe.what_if import nudge_curve

LATE = Activation(
    "late",
    lambda z: np.maximum(z - 1, 0),
    lambda z: np.heaviside(z - 1, 0),
    "",
    (1.0,),
    second_derivative=no_curvature,
)


def passes(bias):
    """x = 1 through a weight of 2 and a late ReLU: open where 2 + bias is above 1."""
    network = Network((Layer([[2.0]], [bias], LATE), Layer([[1.0]], [0.0], "identity")))
    return backward(forward(network, [1.0]), [5.0])


def test_a_pre_activation_is_on_the_kink_where_the_kink_is():
    assert on_the_kink(passes(-1.0).forward_pass)[0].item() is True
    assert on_the_kink(passes(-2.0).forward_pass)[0].item() is False


def test_a_nudge_passes_the_gate_where_the_kink_is():
    (flip,) = nudge_curve(passes(0.0), "b1[0]", [-2.0, -1.5, 0.0, 1.0]).flips
    assert (flip.neuron, flip.at) == ("z1[0]", pytest.approx(-1))


def test_a_gate_line_is_where_the_kink_is():
    found = landscape(passes(0.0), "b1[0]", "b2[0]", [-2.0, -1.0, 0.0], [0.0])
    assert found.gates["z1[0]"].tolist() == [[-1, 0, 1]]


@pytest.mark.parametrize(("bias", "flipped"), [(-0.999, True), (-1.001, True), (-2.0, False)])
def test_a_check_knows_which_steps_cross_the_kink(bias, flipped):
    found = {check.name: check for check in check_gradients(passes(bias), 0.01)}
    assert found["b1[0]"].flipped == (("z1[0]",) if flipped else ())
    assert found["b2[0]"].flipped == ()
