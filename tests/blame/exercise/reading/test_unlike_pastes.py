"""Forms that people have and nobody had tried, each with what it says, worked out by hand."""

import numpy as np
import pytest

from blame.exercise.reading import read_exercise
from tests.blame.exercise.reading.pasted.alike import SMALL


def test_words_in_german():
    found = read_exercise(
        "Zwei Eingänge, verdeckte Schicht mit tanh, Ausgabe linear, ohne Bias.\n"
        "w11 = 0,1, w12 = 0,2, w21 = -0,3, w22 = 0,4, v1 = 0,5, v2 = -0,6\n"
        "x1 = 0,5 und x2 = \u22121, Sollwert 1, quadratischer Fehler, Lernrate 0,5"
    )
    exercise = found.exercise
    assert exercise.activations == ("tanh", "identity")
    assert exercise.network.layers[0].weights.tolist() == [[0.1, 0.2], [-0.3, 0.4]]
    assert [layer.bias for layer in exercise.network.layers] == [None, None]
    assert np.ravel(exercise.target).tolist() == [1]
    assert (exercise.loss, exercise.learning_rate) == ("sse", 0.5)


@pytest.mark.parametrize(
    "said",
    ["o1 target = 0.05, o2 target = 0.9", "target o1 = 0.05, o2 = 0.9",
     "target_o1 = 0.05, target_o2 = 0.9", "\nTarget 1\t0,05\nTarget 2\t0,9\n"],
)  # fmt: skip
def test_targets_beside_the_names_of_their_outputs(said):
    text = (
        "w1=.1 w2=.2 w3=.3 w4=.4 w5=.5 w6=.6 w7=.7 w8=.8, i1 = 1, i2 = 0.5, "
        f"{said}, sigmoid, no bias"
    )
    exercise = read_exercise(text).exercise
    assert exercise.sizes == (2, 2, 2)
    assert np.ravel(exercise.target).tolist() == [0.05, 0.9]


@pytest.mark.parametrize(("said", "sign"), [("added", 1), ("subtracted", -1)])
def test_thresholds_that_the_text_adds_or_subtracts(said, sign):
    text = (
        "x1\tx2\tw13\tw23\tθ3\n1\t0\t0.3\t0.1\t-0.2\n"
        f"Biases (θ) are {said}. Target 1, sigmoid, learning rate 0.8"
    )
    found = read_exercise(text)
    assert found.exercise.network.layers[0].bias.tolist() == [sign * -0.2]
    assert "theta" not in {one.key for one in found.assumed}


def test_a_weight_of_1_that_is_not_written():
    text = (
        "x1 = 1.0; x2 = 2.0\nh1 = relu(0.5*x1 - 0.3*x2 + 0.3)\nh2 = relu(x1 + 0.2*x2)\n"
        "out = h1 - 1.5*h2 + 0.05\nloss = (out - 1)**2"
    )
    first, second = read_exercise(text).exercise.network.layers
    assert first.weights.tolist() == [[0.5, 1.0], [-0.3, 0.2]]
    assert second.weights.tolist() == [[1.0], [-1.5]]
    assert second.bias.tolist() == [0.05]


def test_weights_set_layer_by_layer():
    text = (
        "model = Sequential()\nmodel.add(Dense(2, input_dim=2, activation='sigmoid'))\n"
        "model.add(Dense(1, activation='sigmoid'))\n"
        "model.layers[0].set_weights([np.array([[0.1, 0.2], [0.3, 0.4]]), np.array([0.1, 0.2])])\n"
        "model.layers[1].set_weights([np.array([[0.5], [0.6]]), np.array([0.3])])\n"
    )
    first, second = read_exercise(text).exercise.network.layers
    W1, b1, W2, b2 = SMALL
    assert (first.weights.tolist(), second.weights.tolist()) == (W1, W2)
    assert (first.bias.tolist(), second.bias.tolist()) == (b1, b2)


def test_how_many_rows_is_no_weight():
    assert read_exercise("nrow = 2; ncol = 3").exercise is None


def test_many_decimal_commas_are_told_once():
    text = "w1 = 0,5, w2 = 0,25, x1 = 1,5 und x2 = 0,75, t = 1, Sigmoid"
    said = [one for one in read_exercise(text).said if "read as" in one]
    assert len(said) == 1
    assert said[0].startswith("Decimal commas are read as points: 0,5 is read as 0.5")


def test_the_first_factor_of_a_sum_is_no_number_of_the_exercise():
    text = (
        "net_h1 = w1*i1 + w2*i2 + b1 = 0.15*0.05 + 0.20*0.10 + 0.35 = 0.3775\n"
        "i1 = 0.05, i2 = 0.10, w1 = 0.15, w2 = 0.20, w3 = 0.25, w4 = 0.30, w5 = 0.4, w6 = 0.45\n"
        "b1 = 0.35, b2 = 0.60, t = 1, sigmoid"
    )
    first, second = read_exercise(text).exercise.network.layers
    assert (first.bias.tolist(), second.bias.tolist()) == ([0.35, 0.35], [0.6])


def test_the_output_bias_c_beside_b():
    text = "W = [[0.2, 0.4, -0.5], [-0.3, 0.1, 0.2]]\nb = [-0.4, 0.2]\nV = [-0.3, -0.2]\nc = 0.1\n"
    found = read_exercise(text + "x = [1, 0, 1], t = 1, eta = 0.9, sigmoid")
    assert [layer.bias.tolist() for layer in found.exercise.network.layers] == [[-0.4, 0.2], [0.1]]
    assert "bias" not in {one.key for one in found.assumed}


LOGITS = (
    "Logits z = W x + b, W = [[1, -1], [0.5, 0.25], [-0.5, 2]], b = [0, 0.1, -0.1], x = [2, 1]. "
)


def test_a_class_in_words_is_counted_from_0_and_said_so():
    found = read_exercise(
        LOGITS + "Softmax and cross-entropy; the correct class is 2. Step size 0.1"
    )
    assert np.ravel(found.exercise.target).tolist() == [0, 0, 1]
    assert "The target is a class, counted from 0." in found.said


def test_without_a_class_the_first_is_taken_and_said_so():
    found = read_exercise(LOGITS + "Softmax and cross-entropy. Step size 0.1")
    assert np.ravel(found.exercise.target).tolist() == [1, 0, 0]
    (asked,) = (one for one in found.assumed if one.key == "target")
    assert asked.sentence.endswith("the first output is taken as the right one.")


def test_a_perceptron_whose_bias_is_a_weight_of_1():
    text = "Inputs x0 = 1, x1 = 2, x2 = -1, weights w0 = 0.3, w1 = 0.5, w2 = -0.4, sigmoid, t = 1"
    found = read_exercise(text)
    assert found.exercise.network.layers[0].weights.tolist() == [[0.3], [0.5], [-0.4]]
    assert np.ravel(found.exercise.x).tolist() == [1, 2, -1]
    assert found.named["w0"] == "W1[0, 0]"


def test_a_neuron_that_ends_in_a_step_is_told_to_have_no_slope():
    text = (
        "w = [0.0, 0.5]; b = -0.2\nfor (x1, x2), t in [((0, 0), 0), ((1, 1), 1)]:\n"
        "    y = 1 if w[0]*x1 + w[1]*x2 + b > 0 else 0\n    w[0] += (t - y)*x1; b += t - y\n"
    )
    assert "end in a step" in read_exercise(text).problems[0]
