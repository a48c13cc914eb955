"""The sheet's layout, against shapes and names written out here."""

import pytest

from blame.exercise.presets import NOTEBOOK
from pages.shared.live.sheet_data import lesson_parts, order_of, sheet_parts, written
from tests.exercises import NAMES


def laid_out(parts):
    return {part["title"]: [[c["name"] for c in row] for row in part["rows"]] for part in parts}


def labels(parts):
    return {cell["name"]: cell["label"] for part in parts for row in part["rows"] for cell in row}


def test_the_lessons_numbers_stand_as_numpy_writes_them():
    assert laid_out(lesson_parts(NOTEBOOK)) == {
        "x": [["x_0", "x_1"]],
        "W1": [["W1_0_0", "W1_0_1"], ["W1_1_0", "W1_1_1"]],
        "b1": [["b1_0", "b1_1"]],
        "W2": [["W2_0_0"], ["W2_1_0"]],
        "b2": [["b2_0"]],
        "y_true": [["y_true"]],
        "learning rate": [["learning_rate"]],
        "steps": [["steps"]],
    }
    assert sorted(order_of(lesson_parts(NOTEBOOK))) == sorted(NAMES)


@pytest.mark.parametrize(
    ("name", "label"),
    [
        ("x_1", "x[1], input 1"),
        ("W1_0_1", "W1[0, 1], weight from x[0] to neuron 1"),
        ("W1_1_0", "W1[1, 0], weight from x[1] to neuron 0"),
        ("b1_1", "b1[1], bias of neuron 1"),
        ("W2_1_0", "W2[1, 0], weight from neuron 1 to y_pred"),
        ("b2_0", "b2[0], bias of y_pred"),
        ("y_true", "y_true, target"),
        ("learning_rate", "learning rate"),
    ],
)
def test_every_cell_has_its_spoken_name(name, label):
    assert labels(lesson_parts(NOTEBOOK))[name] == label


@pytest.mark.parametrize("widths", [(1, 1), (3, 2), (2, 3, 1), (3, 4, 2, 2), (10, 10, 10, 10, 10)])
def test_a_network_of_any_shape_has_its_matrices(widths):
    parts = sheet_parts(widths)
    found = laid_out(parts)
    assert len(found["x"][0]) == widths[0]
    for layer in range(1, len(widths)):
        rows = found[f"W{layer}"]
        assert (len(rows), {len(row) for row in rows}) == (widths[layer - 1], {widths[layer]})
        assert rows[-1][0] == f"W{layer}_{widths[layer - 1] - 1}_0"
        assert len(found[f"b{layer}"][0]) == widths[layer]
    assert len(found["y_true"][0]) == widths[-1]
    assert len(set(labels(parts).values())) == len(order_of(parts))
    layers = {part["key"]: part["layer"] for part in parts}
    assert [layers["x"], layers["W1"], layers[f"b{len(widths) - 1}"]] == [0, 1, len(widths) - 1]


def test_deeper_neurons_are_told_apart_by_their_layer():
    said = labels(sheet_parts((2, 3, 2, 2)))
    assert said["W2_2_1"] == "W2[2, 1], weight from neuron 2 of layer 1 to neuron 1 of layer 2"
    assert said["W3_0_1"] == "W3[0, 1], weight from neuron 0 of layer 2 to y_pred[1]"
    assert said["y_true_1"] == "y_true[1], target 1"


@pytest.mark.parametrize(
    ("value", "text"),
    [(1.0, "1"), (-0.3, "-0.3"), (50, "50"), (0.1 + 0.2, "0.30000000000000004"), (1e-7, "1e-07")],
)
def test_a_cell_shows_all_digits(value, text):
    assert written(value) == text
    assert float(text) == value
