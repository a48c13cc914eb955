"""The sheet's layout, against shapes and names written out here."""

from dataclasses import replace

import pytest

from blame.exercise.presets import NOTEBOOK
from blame.network import Layer, Network
from pages.shared.live.sheet_data import lesson_parts, order_of, rate_parts, sheet_parts, written
from tests.exercises import SYMBOLS
from tests.pages.live.shapes import shaped

RATES = {"learning rate": [["learning_rate"]], "steps": [["steps"]]}


def laid_out(parts):
    return {part["title"]: [[c["name"] for c in row] for row in part["rows"]] for part in parts}


def labels(parts):
    return {cell["name"]: cell["label"] for part in parts for row in part["rows"] for cell in row}


def meanings(parts):
    return {part["key"]: part["meaning"] for part in parts}


def test_the_lessons_numbers_stand_as_numpy_writes_them():
    parts = lesson_parts(NOTEBOOK)
    assert laid_out(parts) == {
        "x": [["x[0]", "x[1]"]],
        "W1": [["W1[0, 0]", "W1[0, 1]"], ["W1[1, 0]", "W1[1, 1]"]],
        "b1": [["b1[0]", "b1[1]"]],
        "W2": [["W2[0, 0]"], ["W2[1, 0]"]],
        "b2": [["b2[0]"]],
        "y_true": [["y_true"]],
        **RATES,
    }
    titles = {"learning_rate": "learning rate"}
    assert sorted(titles.get(name, name) for name in order_of(parts)) == sorted(SYMBOLS.values())


@pytest.mark.parametrize(
    ("name", "label"),
    [
        ("x[1]", "x[1], input 1"),
        ("W1[0, 1]", "W1[0, 1], weight from x[0] to neuron 1"),
        ("W1[1, 0]", "W1[1, 0], weight from x[1] to neuron 0"),
        ("b1[1]", "b1[1], bias of neuron 1"),
        ("W2[1, 0]", "W2[1, 0], weight from neuron 1 to y_pred"),
        ("b2[0]", "b2[0], bias of y_pred"),
        ("y_true", "y_true, target"),
        ("learning_rate", "learning rate"),
    ],
)
def test_every_cell_has_its_spoken_name(name, label):
    assert labels(lesson_parts(NOTEBOOK))[name] == label


@pytest.mark.parametrize("samples", [1, 2, 8])
@pytest.mark.parametrize("widths", [(1, 1), (3, 2), (2, 3, 1), (3, 4, 2, 2), (10, 10, 10, 10, 10)])
def test_a_network_of_any_shape_has_its_matrices(widths, samples):
    exercise = shaped(widths, samples)
    parts = sheet_parts(exercise)
    found = laid_out(parts)
    shapes = {key: (len(rows), {len(row) for row in rows}) for key, rows in found.items()}
    assert shapes.pop("x") == (samples, {widths[0]})
    assert shapes.pop("y_true") == (samples, {widths[-1]})
    for layer in range(1, len(widths)):
        assert shapes.pop(f"W{layer}") == (widths[layer - 1], {widths[layer]})
        assert shapes.pop(f"b{layer}") == (1, {widths[layer]})
        assert found[f"W{layer}"][-1][0] == f"W{layer}[{widths[layer - 1] - 1}, 0]"
    assert shapes == {}
    assert len(set(labels(parts).values())) == len(order_of(parts))
    layers = {part["key"]: part["layer"] for part in parts}
    assert [layers["x"], layers["W1"], layers[f"b{len(widths) - 1}"]] == [0, 1, len(widths) - 1]
    # Every cell is a number of the exercise, and no number but the rates lacks one.
    rates = {"learning_rate", "steps", "momentum", "weight_decay"}
    assert set(order_of(parts)) == set(exercise.numbers()) - rates


def test_deeper_neurons_are_told_apart_by_their_layer():
    said = labels(sheet_parts(shaped((2, 3, 2, 2))))
    assert said["W2[2, 1]"] == "W2[2, 1], weight from neuron 2 of layer 1 to neuron 1 of layer 2"
    assert said["W3[0, 1]"] == "W3[0, 1], weight from neuron 0 of layer 2 to y_pred[1]"
    assert said["y_true[1]"] == "y_true[1], target 1"


def test_every_sample_has_a_row_of_its_own():
    parts = sheet_parts(shaped((2, 3, 1), samples=3))
    found, said, meant = laid_out(parts), labels(parts), meanings(parts)
    assert found["x"] == [["x[0, 0]", "x[0, 1]"], ["x[1, 0]", "x[1, 1]"], ["x[2, 0]", "x[2, 1]"]]
    # One output has no index of its own.
    assert found["y_true"] == [["y_true[0]"], ["y_true[1]"], ["y_true[2]"]]
    assert said["x[2, 1]"] == "x[2, 1], input 1 of sample 2"
    assert said["y_true[1]"] == "y_true[1], target of sample 1"
    assert (meant["x"], meant["y_true"]) == ("the input, row: sample", "target, row: sample")


def test_every_output_has_a_target_of_its_own():
    one, two = shaped((2, 2), samples=1), shaped((2, 2), samples=2)
    assert laid_out(sheet_parts(one))["y_true"] == [["y_true[0]", "y_true[1]"]]
    assert laid_out(sheet_parts(two))["y_true"] == [
        ["y_true[0, 0]", "y_true[0, 1]"],
        ["y_true[1, 0]", "y_true[1, 1]"],
    ]
    assert labels(sheet_parts(two))["y_true[1, 0]"] == "y_true[1, 0], target 0 of sample 1"
    assert labels(sheet_parts(two))["b1[1]"] == "b1[1], bias of y_pred[1]"


def test_a_bias_that_is_tied_has_one_cell_for_its_layer():
    parts = sheet_parts(shaped((2, 3, 2), tied=("b1",)))
    found, said, meant = laid_out(parts), labels(parts), meanings(parts)
    assert (found["b1"], found["b2"]) == ([["b1[0]"]], [["b2[0]", "b2[1]"]])
    assert said["b1[0]"] == "b1[0], one bias for the whole layer"
    assert (meant["b1"], meant["b2"]) == ("one bias for the layer", "one bias a neuron")


def test_a_layer_without_a_bias_has_no_cells_for_it():
    found = laid_out(sheet_parts(shaped((2, 3, 1), biases=(True, False))))
    assert list(found) == ["x", "W1", "b1", "W2", "y_true"]


def test_a_loss_that_needs_no_target_shows_none():
    found = laid_out(sheet_parts(shaped((2, 3, 1), loss="output")))
    assert list(found) == ["x", "W1", "b1", "W2", "b2"]


def test_what_is_held_says_so():
    meant = meanings(sheet_parts(shaped((2, 3, 1), held=("W1", "b1[0]"))))
    assert {key for key, meaning in meant.items() if meaning.endswith(", held")} == {"W1"}


@pytest.mark.parametrize(
    ("used", "shown"),
    [
        ({}, []),
        ({"momentum": 0.9}, ["momentum"]),
        ({"weight_decay": 0.01}, ["weight_decay"]),
        ({"momentum": 0.9, "weight_decay": 0.01}, ["momentum", "weight_decay"]),
    ],
)
def test_momentum_and_weight_decay_are_shown_where_they_are_used(used, shown):
    exercise = shaped((2, 2, 1), **used)
    assert order_of(rate_parts(exercise)) == ["learning_rate", "steps", *shown]
    assert order_of(lesson_parts(exercise))[-2 - len(shown) :] == order_of(rate_parts(exercise))
    titles = [part["title"] for part in rate_parts(exercise)]
    assert titles == ["learning rate", "steps", *(name.replace("_", " ") for name in shown)]


@pytest.mark.parametrize(
    ("loss", "ends"),
    [("mse", (-1e6, 1e6)), ("bce", (0, 1))],
)
def test_a_cell_takes_what_the_loss_takes_as_a_target(loss, ends):
    exercise = NOTEBOOK.with_numbers({"y_true": 0.5})
    last = exercise.network.layers[-1]
    network = Network((exercise.network.layers[0], Layer(last.weights, last.bias, "sigmoid")))
    found = sheet_parts(replace(exercise, network=network, loss=loss))
    (cell,) = next(part["rows"][0] for part in found if part["key"] == "y_true")
    assert (cell["low"], cell["high"]) == ends


@pytest.mark.parametrize(
    ("value", "text"),
    [(1.0, "1"), (-0.3, "-0.3"), (50, "50"), (0.1 + 0.2, "0.30000000000000004"), (1e-7, "1e-07")],
)
def test_a_cell_shows_all_digits(value, text):
    assert written(value) == text
    assert float(text) == value
