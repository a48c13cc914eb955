"""Layers described in JSON: which way their matrices lie, and what is no description."""

import json

import pytest

from blame.exercise.reading import read_exercise

SQUARE = [[0.1, 0.2], [0.3, 0.4]]
WIDE = [[0.1, 0.2, 0.3], [0.4, 0.5, 0.6]]


def described(*weights, biases=True, **more):
    layers = [
        {"weights": w, "activation": "tanh"} | ({"bias": b} if biases else {}) for w, b in weights
    ]
    return read_exercise(json.dumps({"layers": layers, "target": [1.0]} | more))


@pytest.mark.parametrize(
    ("weights", "bias", "sizes"),
    [(WIDE, [0, 0, 1.0], (2, 3)), (WIDE, [0, 1.0], (3, 2))],
)
def test_a_bias_tells_which_way_a_matrix_lies(weights, bias, sizes):
    exercise = described((weights, bias), input=[1.0] * sizes[0], target=bias).exercise
    assert exercise.sizes == sizes
    assert exercise.network.layers[0].bias.tolist() == bias


def test_of_a_square_matrix_it_is_asked():
    text = json.dumps({"layers": [{"weights": SQUARE, "bias": [0, 1.0]}], "target": [1.0, 0.0]})
    reading = read_exercise(text)
    (asked,) = (one for one in reading.assumed if one.key == "layout")
    assert asked.choice == "x_at_W"
    assert reading.exercise.network.layers[0].weights.tolist() == SQUARE
    turned = read_exercise(text, {"layout": "rows"}).exercise
    assert turned.network.layers[0].weights.tolist() == [[0.1, 0.3], [0.2, 0.4]]


@pytest.mark.parametrize(
    "text",
    [
        '{"layers": []}',
        '{"layers": [{"weights": "none"}]}',
        '{"layers": [{"weights": [[1, 2], [3]]}]}',
        '{"layers": [{"weights": [[0.1]]}, 3]}',
        json.dumps({"layers": [{"weights": [[0.5] * 90] * 90}], "data": [[0.5] * 90] * 90}),
        json.dumps({"data": [0.5] * 3000}),
    ],
)
def test_what_is_no_description_is_told_and_raises_nothing(text):
    reading = read_exercise(text)
    assert reading.exercise is None
    assert reading.problems
