"""What a text leaves open is named, and each switch does what its words say."""

import numpy as np
import pytest

from blame.exercise.reading import read_exercise
from blame.exercise.reading.assumptions import CHOICES
from tests.blame.exercise.reading.pasted import text_of

SQUARE = "W1 = [[0.1, 0.2], [0.3, 0.4]]\nW2 = [[0.5, 0.6], [0.7, 0.8]]\nx = [1, 2]\ny = [0, 1]\n"


def weights(found, k=0):
    return found.exercise.network.layers[k].weights.tolist()


def sentence(found, key):
    return next(one.sentence for one in found.assumed if one.key == key)


def test_the_way_square_matrices_lie():
    usual = read_exercise(SQUARE)
    turned = read_exercise(SQUARE, {"layout": "rows"})
    assert weights(usual) == [[0.1, 0.2], [0.3, 0.4]]
    assert weights(turned) == [[0.1, 0.3], [0.2, 0.4]]
    assert weights(turned, 1) == [[0.5, 0.7], [0.6, 0.8]]
    assert "one column a neuron" in sentence(usual, "layout")
    assert "one row a neuron" in sentence(turned, "layout")


def test_a_layout_that_is_said_is_not_asked_for():
    found = read_exercise(SQUARE + "z = W1 x + b")
    assert weights(found) == [[0.1, 0.3], [0.2, 0.4]]
    assert "layout" not in {one.key for one in found.assumed}


def test_one_half_or_not_sum_or_mean():
    for key in ("mse", "half_sse", "sse"):
        assert read_exercise(SQUARE, {"loss": key}).exercise.loss == key
    assert "one half" in sentence(read_exercise(SQUARE, {"loss": "half_sse"}), "loss")


def test_a_rate_may_be_any_number():
    assert read_exercise(SQUARE).exercise.learning_rate == 0.1
    assert read_exercise(SQUARE, {"learning_rate": "0.35"}).exercise.learning_rate == 0.35
    assert read_exercise(SQUARE, {"learning_rate": "nan"}).exercise.learning_rate == 0.1
    assert read_exercise(SQUARE, {"learning_rate": "-3"}).exercise.learning_rate == 0.1


def test_no_biases_or_biases_of_zero():
    assert read_exercise(SQUARE).exercise.network.layers[0].bias is None
    found = read_exercise(SQUARE, {"bias": "zero"})
    assert found.exercise.network.layers[0].bias.tolist() == [0, 0]


def test_one_bias_for_a_layer():
    text = "i1=.05 i2=.10 t1=.01 t2=.99 b1=.35 b2=.6 sigmoid " + " ".join(
        f"w{k}={k / 20 + 0.1:.2f}" for k in range(1, 9)
    )
    each = read_exercise(text).exercise
    tied = read_exercise(text, {"biases": "tied"}).exercise
    held = read_exercise(text, {"biases": "held"}).exercise
    assert (each.tied, each.held) == ((), ())
    assert tied.tied == ("b1", "b2")
    assert held.held == ("b1", "b2")
    new = tied.updated().network.layers[0].bias
    assert new[0] == new[1] != 0.35
    np.testing.assert_array_equal(held.updated().network.layers[0].bias, [0.35, 0.35])


def test_how_weights_are_numbered():
    text = "x1=1 x2=2 y=1 sigmoid w1=1 w2=2 w3=3 w4=4 w5=5 w6=6"
    assert weights(read_exercise(text)) == [[1, 3], [2, 4]]
    assert weights(read_exercise(text, {"numbering": "by_input"})) == [[1, 2], [3, 4]]


def test_what_the_two_numbers_of_a_weight_mean():
    text = "x1=1, x2=2, y=1, tanh; w11=1, w12=2, w21=3, w22=4, v1=5, v2=6"
    assert weights(read_exercise(text)) == [[1, 2], [3, 4]]
    assert weights(read_exercise(text, {"index": "to_from"})) == [[1, 3], [2, 4]]


def test_thresholds_are_subtracted_or_added():
    text = text_of("negnevitsky")
    assert read_exercise(text).exercise.network.layers[0].bias.tolist() == [-0.8, 0.1]
    added = read_exercise(text, {"theta": "added"})
    assert added.exercise.network.layers[0].bias.tolist() == [0.8, -0.1]


def test_activations_that_are_not_said():
    found = read_exercise(SQUARE, {"hidden_activation": "tanh", "output_activation": "identity"})
    assert found.exercise.activations == ("tanh", "identity")


def test_a_leak_is_told():
    found = read_exercise(SQUARE + "leaky ReLU hidden layer, linear output")
    assert found.exercise.activations[0] == "leaky_relu"
    assert "0.01" in sentence(found, "leak")
    found = read_exercise(SQUARE + "leaky ReLU with 0.2 in the hidden layer, linear output")
    assert "0.2" in found.problems[0]


def test_inputs_and_targets_that_are_not_given():
    text = "W1 = [[0.1, 0.2], [0.3, 0.4]]\nsigmoid, squared error"
    assert read_exercise(text, {"x": "halves"}).exercise.x.tolist() == [0.5, 0.5]
    assert read_exercise(text, {"target": "ones"}).exercise.target.tolist() == [1, 1]


@pytest.mark.parametrize("text", [SQUARE, text_of("macleod"), text_of("negnevitsky")])
def test_each_switch_offers_its_choices_and_each_can_be_made(text):
    for assumption in read_exercise(text).assumed:
        assert assumption.choice in dict(assumption.alternatives)
        assert set(dict(assumption.alternatives)) <= set(CHOICES[assumption.key])
        for choice, _ in assumption.alternatives:
            found = read_exercise(text, {assumption.key: choice})
            kept = {one.key: one.choice for one in found.assumed}
            assert kept[assumption.key] == choice
            assert found.exercise is not None, found.problems


def test_a_choice_that_is_none_is_passed_over():
    found = read_exercise(SQUARE, {"layout": "diagonal", "colour": "blue"})
    assert weights(found) == [[0.1, 0.2], [0.3, 0.4]]


def test_a_line_that_cannot_be_read_is_named_and_the_rest_stays():
    text = "x = [1, 2]\nW1 = [[0.1, 0.2], [0.3, 0.4]]\nb1 = [0.1, zero]\ny = [1, 0]\nsigmoid"
    found = read_exercise(text)
    assert weights(found) == [[0.1, 0.2], [0.3, 0.4]]
    assert any("Line 3" in problem and "b1 = [0.1, zero]" in problem for problem in found.problems)
    broken = read_exercise("x = [1, 2]\nW1 = [[0.1, 0.2], [0.3, 0.4]\nb1 = [0, 0]\n")
    assert any("Line 2" in problem for problem in broken.problems)


def test_random_weights_without_a_known_generator_are_told():
    found = read_exercise("torch.manual_seed(0)\nW1 = torch.randn(2, 3)\nx = [1, 2]\n")
    assert any("Line 2 draws random numbers" in problem for problem in found.problems)


def test_a_larger_network_is_refused_with_the_limits():
    wide = [[0.1] * 12] * 2
    found = read_exercise(f"W1 = {wide}\nx = [1, 2]\nsigmoid")
    assert found.exercise is None
    assert "2-12" in found.problems[0]
    assert "10 units" in found.problems[0]
    assert found.draft is not None


def test_more_samples_than_a_lesson_takes():
    x, y = [[k, 1] for k in range(12)], [k % 2 for k in range(12)]
    found = read_exercise(f"X = {x}\ny = {y}\nw = [0.1, 0.2]\nsigmoid, mse")
    assert found.exercise.x.tolist() == x[:8]
    assert any("12 samples" in problem for problem in found.problems)
