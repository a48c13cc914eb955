"""What the forward pass and the gate begin with is true of the exercise, and said of no other."""

import numpy as np
import pytest

from blame import ACTIVATIONS
from blame.exercise.build import blank
from blame.exercise.presets import NOTEBOOK
from pages.shared.words import leads


def of(*units, biases=None, n_samples=1):
    widths = [2] * len(units) + [2]
    return blank(widths, units=units, biases=biases, n_samples=n_samples)


def test_the_notebook_begins_as_it_did():
    assert leads.forward(NOTEBOOK) == (
        "Each neuron adds up its inputs times its weights, and a bias: that sum is z. The ReLU "
        "keeps it where it is positive. The last layer turns the rest into a guess."
    )
    assert leads.gate_title(NOTEBOOK) == "The ReLU gate"
    assert "1 where z is positive, 0 where it is not" in leads.gate(NOTEBOOK)
    assert leads.dead_neuron(NOTEBOOK) == (
        "A shut gate stops blame for everything behind it: the neuron's column of W1 and its "
        "bias. And because its activation is 0, its row of W2 gets none either."
    )
    # float32 is asked here, and float64's own digits.
    x, W, b = (np.array(v, np.float32) for v in ([1, 2], [-0.3, 0.2], -0.1))
    assert f"{x[0] * W[0] + x[1] * W[1] + b:.1e}" == "-7.5e-09"
    assert 0 < NOTEBOOK.forward().z[0][0, 1] < 1e-16
    assert "the sum comes out a hair above 0, so the gate opens" in leads.at_zero(NOTEBOOK)
    assert "In float32 it comes out a hair below" in leads.at_zero(NOTEBOOK)
    assert "-3.75 of blame" in leads.at_zero(NOTEBOOK)


@pytest.mark.parametrize("unit", ACTIVATIONS)
def test_each_activation_is_named_where_it_is_and_nowhere_else(unit):
    for said in (leads.forward, leads.gate):
        here = said(of(unit))
        for other, words in (leads.FORWARD if said is leads.forward else leads.GATE).items():
            assert (words in here) == (other == unit)


def values(unit):
    z = np.linspace(-30, 30, 2001)
    return z, ACTIVATIONS[unit].value(z), ACTIVATIONS[unit].derivative(z)


def test_what_is_said_of_values_and_slopes_is_so():
    z, a, slope = values("relu")
    assert (a[z > 0] == z[z > 0]).all()
    assert not a[z <= 0].any()
    assert (slope[z > 0] == 1).all()
    assert not slope[z <= 0].any()
    z, a, slope = values("leaky_relu")
    assert "0.01 of it elsewhere" in leads.FORWARD["leaky_relu"]
    assert a[z < 0] == pytest.approx(0.01 * z[z < 0])
    assert slope.min() == 0.01
    z, a, slope = values("sigmoid")
    assert 0 <= a.min() < a.max() <= 1
    assert slope == pytest.approx(a * (1 - a))
    assert slope.max() == 0.25
    z, a, slope = values("tanh")
    assert -1 <= a.min() < a.max() <= 1
    assert slope == pytest.approx(1 - a**2)
    assert slope[z == 0] == 1
    z, a, slope = values("softplus")
    assert slope == pytest.approx(1 / (1 + np.exp(-z)))


def test_a_bias_is_spoken_of_where_there_is_one():
    assert ", and a bias: that" in leads.forward(of("tanh", "identity"))
    assert "bias" not in leads.forward(of("tanh", "identity", biases=[False, False]))
    assert "a bias where it has one" in leads.forward(of("tanh", "identity", biases=[True, False]))
    assert "bias" not in leads.dead_neuron(of("relu", "identity", biases=[False, True]))
    assert "W1 and its bias" in leads.dead_neuron(of("relu", "identity", biases=[True, False]))


def test_the_guess_is_where_it_is():
    assert leads.forward(of("identity")).endswith("that sum is z. It is the guess.")
    assert leads.forward(of("tanh", "identity")).endswith("turns the rest into a guess.")
    assert "guess" not in leads.forward(of("tanh", "sigmoid"))


def test_what_holds_for_a_relu_is_said_of_its_layer_only():
    assert "column of W2 and its bias" in leads.dead_neuron(of("tanh", "relu", "identity"))
    assert "row of W3" in leads.dead_neuron(of("tanh", "relu", "identity"))
    assert "row of" not in leads.dead_neuron(of("tanh", "relu"))
    assert "sample by sample" in leads.dead_neuron(of("relu", n_samples=2))
    assert "sample by sample" not in leads.dead_neuron(of("relu"))
    for without in (of("sigmoid"), of("tanh", "identity"), of("identity")):
        assert leads.dead_neuron(without) == leads.at_zero(without) == ""
        assert leads.gate_title(without) == "The gate"
        assert leads.sweep(without) == "Move a neuron along its curve"
    assert leads.sweep(of("relu")) == "Shut the gate yourself"


def test_several_gates_are_spoken_of_together_and_none_as_none():
    assert leads.gate(of("relu", "sigmoid")) == leads.gate(of("softmax")) == leads.ANY_GATE
    assert leads.gate(of("identity", "identity")) == leads.NO_GATE
