"""The nine forms that the exercise's readers were given, each with its right result."""

import json
import math
from pathlib import Path

import numpy as np
import pytest

from blame.exercise.reading import read_exercise

HERE = Path(__file__).parent / "inputs"
RIGHT = json.loads((HERE / "expected.json").read_text(encoding="utf-8"))
NETWORKS = [name for name, right in RIGHT.items() if "sizes" in right]
LOSSES = {"ce_mean": {"cross_entropy"}, "sse": {"sse", "mse"}}
ASKED = {
    "01_numpy_x_at_W.py": set(),
    "03_w1_to_w8.txt": {"biases"},
    "04_state_dict_print.txt": {"learning_rate"},
    "06_unit_table.txt": {"loss"},
    "07_exam_prose.txt": {"bias"},
    "10_function_call_batch.py": set(),
    "13_forum_question.txt": {"bias", "learning_rate"},
    "15_cross_entropy_class_index.py": {"bias", "learning_rate"},
}


def reading(name):
    # Kept as texts, so that nobody formats or imports them.
    return read_exercise((HERE / name).with_suffix(".txt").read_text(encoding="utf-8"))


def flat(value):
    return np.ravel(value).tolist()


@pytest.mark.parametrize("name", NETWORKS)
def test_an_input_is_read_right(name):
    right, found = RIGHT[name], reading(name)
    exercise = found.exercise
    assert found.problems == ()
    assert list(exercise.sizes) == right["sizes"]
    assert list(exercise.activations) == right["activations"]
    for layer, wanted in zip(exercise.network.layers, right["weights_as_x_at_W"], strict=True):
        np.testing.assert_array_equal(layer.weights, wanted)
    biases = [layer.bias for layer in exercise.network.layers]
    if right["biases"] is None:
        assert biases == [None] * len(biases)
    else:
        assert [flat(bias) for bias in biases] == right["biases"]
    assert np.atleast_2d(exercise.x).tolist() == right["x"]
    assert flat(exercise.target) == flat(right["y"])
    assert exercise.loss in LOSSES.get(right["loss_kind"], {right["loss_kind"]})
    if right["learning_rate"] is not None:
        assert exercise.learning_rate == right["learning_rate"]


@pytest.mark.parametrize("name", NETWORKS)
def test_its_numbers_come_out_as_they_were_worked_out_elsewhere(name):
    right, exercise = RIGHT[name], reading(name).exercise
    back = exercise.backward()
    assert math.isclose(float(back.loss), right["loss"], rel_tol=1e-9)
    np.testing.assert_allclose(flat(exercise.forward().prediction), right["prediction"], atol=1e-8)
    for k, gradient in enumerate(back.weight_gradients, start=1):
        np.testing.assert_allclose(flat(gradient), right[f"dW{k}"], atol=1e-8)
        if right.get(f"db{k}"):
            np.testing.assert_allclose(flat(back.bias_gradients[k - 1]), right[f"db{k}"], atol=1e-8)
    for layer, wanted in zip(exercise.updated().network.layers, right.get("new", []), strict=False):
        np.testing.assert_allclose(flat(layer.weights), wanted["W"], atol=1e-8)
        if layer.bias is not None:
            np.testing.assert_allclose(flat(layer.bias), wanted["b"], atol=1e-8)


@pytest.mark.parametrize("name", NETWORKS)
def test_it_asks_what_is_open_and_nothing_else(name):
    assert {assumption.key for assumption in reading(name).assumed} == ASKED[name]


def test_an_expression_is_recognised_and_sent_on():
    found = reading("09_value_expression.py")
    assert found.exercise is None
    assert found.form == "expression"
    assert "expression" in found.problems[0]


def test_the_texts_own_names_are_kept():
    named = reading("03_w1_to_w8.txt").named
    assert named["w2"] == "W1[1, 0]"
    assert named["w3"] == "W1[0, 1]"
    assert named["w7"] == "W2[0, 1]"
    assert named["i2"] == "x[1]"
    named = reading("06_unit_table.txt").named
    assert (named["w15"], named["w56"], named["theta6"]) == ("W1[0, 1]", "W2[1, 0]", "b2[0]")
    named = reading("13_forum_question.txt").named
    assert (named["w21"], named["v2"]) == ("W1[1, 0]", "W2[1, 0]")
