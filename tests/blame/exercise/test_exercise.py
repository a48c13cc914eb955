"""An exercise of any shape: its numbers by name, its limits, its value."""

import math
import re
from dataclasses import FrozenInstanceError, replace

import numpy as np
import pytest

from blame import LOSSES, Layer, Network
from blame.exercise.build import blank
from blame.exercise.exercise import Exercise
from blame.exercise.names import link_name, name_in_link
from blame.exercise.presets import NOTEBOOK
from tests.exercises import NAMES, SYMBOLS, by_link_name, notebook_with, number_of

WRITTEN = {
    "x_0": 1,
    "x_1": 2,
    "y_true": 1,
    "W1_0_0": 0.5,
    "W1_0_1": -0.3,
    "W1_1_0": 0.8,
    "W1_1_1": 0.2,
    "b1_0": 0.1,
    "b1_1": -0.1,
    "W2_0_0": 1,
    "W2_1_0": -1.5,
    "b2_0": 0.05,
    "learning_rate": 0.1,
    "steps": 50,
}


def test_the_defaults_are_the_notebooks_in_the_order_of_links():
    written = by_link_name(NOTEBOOK)
    assert list(written) == list(NAMES) == list(WRITTEN)
    assert written == WRITTEN
    assert list(NOTEBOOK.numbers().items())[14:] == [("momentum", 0.0), ("weight_decay", 0.0)]
    assert isinstance(NOTEBOOK.steps, int)


def test_a_symbol_is_the_name_indexed_as_numpy_does():
    exercise = notebook_with(**{name: k / 8 for k, name in enumerate(NAMES[:12], start=1)})
    arrays = {
        "x": exercise.x,
        "W1": exercise.network.layers[0].weights,
        "b1": exercise.network.layers[0].bias,
        "W2": exercise.network.layers[1].weights,
        "b2": exercise.network.layers[1].bias,
    }
    for name in NAMES[:12]:
        kind, *index = name.split("_")
        if name == "y_true":
            assert (SYMBOLS[name], exercise.target.tolist()) == (
                "y_true",
                [number_of(exercise, "y_true")],
            )
            continue
        place = tuple(map(int, index))
        assert SYMBOLS[name] == f"{kind}[{', '.join(index)}]"
        assert arrays[kind][place] == number_of(exercise, name)


def test_the_passes_of_an_exercise_by_hand():
    # 1 (0.5) + 2 (0.8) + 0.1 = 2.2 and -0.3 + 0.4 + 0.3 = 0.4; 2.2 - 0.6 + 0.05 = 1.65.
    exercise = notebook_with(b1_1=0.3, y_true=0.65, learning_rate=0.25, steps=3)
    assert exercise.forward().z[0][0] == pytest.approx([2.2, 0.4])
    assert exercise.backward().loss == pytest.approx(1)
    run = exercise.train()
    assert (run.steps, run.losses[0]) == (3, exercise.backward().loss)
    # b2 moves by a quarter of the blame of 2.
    assert run.at(1).layers[1].bias[0] == pytest.approx(0.05 - 0.5)


def two_layers(**given):
    """Return a network of 2-3-2 with two samples, no two numbers alike."""
    network = Network(
        (
            Layer(np.arange(6).reshape(2, 3) / 8, np.arange(3) + 10, "tanh"),
            Layer(np.arange(6).reshape(3, 2) - 3.5, [20, 21], "identity"),
        )
    )
    made = {"x": [[1, 2], [3, 4]], "target": [[5, 6], [7, 8]], **given}
    return Exercise(network, **made)


TWO_LAYERS_NAMED = (
    "x[0, 0] x[0, 1] x[1, 0] x[1, 1] y_true[0, 0] y_true[0, 1] y_true[1, 0] y_true[1, 1] "
    "W1[0, 0] W1[0, 1] W1[0, 2] W1[1, 0] W1[1, 1] W1[1, 2] b1[0] b1[1] b1[2] "
    "W2[0, 0] W2[0, 1] W2[1, 0] W2[1, 1] W2[2, 0] W2[2, 1] b2[0] b2[1] "
    "learning_rate steps momentum weight_decay"
)


def test_numbers_of_several_samples_and_outputs_are_indexed_as_numpy_does():
    exercise = two_layers()
    named = exercise.numbers()
    assert ", ".join(named) == ", ".join(exercise.names())
    assert " ".join(named) == TWO_LAYERS_NAMED
    assert [named[f"x[{i}, {j}]"] for i in (0, 1) for j in (0, 1)] == [1, 2, 3, 4]
    assert [named[f"y_true[{i}, {j}]"] for i in (0, 1) for j in (0, 1)] == [5, 6, 7, 8]
    assert (named["W1[1, 0]"], named["W1[0, 1]"], named["W2[2, 1]"]) == (3 / 8, 1 / 8, 1.5)
    assert (exercise.sizes, exercise.n_samples) == ((2, 3, 2), 2)
    assert (exercise.activations, exercise.loss_function) == (("tanh", "identity"), LOSSES["mse"])


@pytest.mark.parametrize(
    ("n_samples", "n_out", "names"),
    [
        (1, 1, ["y_true"]),
        (3, 1, ["y_true[0]", "y_true[1]", "y_true[2]"]),
        (1, 2, ["y_true[0]", "y_true[1]"]),
        (2, 2, ["y_true[0, 0]", "y_true[0, 1]", "y_true[1, 0]", "y_true[1, 1]"]),
    ],
)
def test_a_target_has_an_index_for_each_axis_that_has_several(n_samples, n_out, names):
    target = np.arange(n_samples * n_out).reshape(n_samples, n_out)
    exercise = Exercise(
        Network((Layer(np.ones((1, n_out)), None),)), np.ones((n_samples, 1)), target
    )
    found = {n: v for n, v in exercise.numbers().items() if n.startswith("y_true")}
    assert found == dict(zip(names, range(n_samples * n_out), strict=True))


@pytest.mark.parametrize("name", TWO_LAYERS_NAMED.replace(", ", ",").split(" "))
def test_each_number_can_be_changed_alone(name):
    name = name.replace(",", ", ")
    before = two_layers()
    value = 2 if name == "steps" else 0.75
    after = before.with_numbers({name: value})
    assert after.numbers() == {**before.numbers(), name: value}
    assert after != before
    assert after.shape == before.shape
    assert before == two_layers()
    assert after.with_numbers({name: before.numbers()[name]}) == before


def test_several_numbers_change_at_once_and_a_tied_bias_as_a_whole():
    tied = replace(NOTEBOOK, network=NOTEBOOK.network.with_parameters(b1=[0, 0]), tied=("b1",))
    found = tied.with_numbers({"W1[0, 1]": 0.7, "b1[1]": 0.3, "x[0]": 9})
    assert found.network.parameters()["b1"].tolist() == [0.3, 0.3]
    assert (found.numbers()["W1[0, 1]"], found.x.tolist()) == (0.7, [9, 2])
    assert found.tied == ("b1",)


def test_exercises_of_the_same_numbers_are_equal_and_one_key():
    assert two_layers() == two_layers()
    assert hash(two_layers()) == hash(two_layers())
    assert len({two_layers(), two_layers(), two_layers(steps=51)}) == 2
    assert two_layers() != two_layers().network
    bent = Network(tuple(Layer(k.weights, k.bias, "identity") for k in two_layers().network.layers))
    others = [
        {"x": [[1, 2], [3, 5]]},
        {"target": [[5, 6], [7, 9]]},
        {"loss": "half_sse"},
        {"learning_rate": 0.2},
        {"steps": 49},
        {"held": ("b1",)},
        {"momentum": 0.5},
        {"weight_decay": 0.5},
        {"network": bent},
    ]
    made = [two_layers(), *(replace(two_layers(), **other) for other in others)]
    assert len(set(made)) == len(made)
    assert all((a == b) == (i == j) for i, a in enumerate(made) for j, b in enumerate(made))
    # What is tied is part of it too, and what has another spelling is no other value.
    even = replace(two_layers(), network=two_layers().network.with_parameters(b2=[1, 1]))
    assert even != replace(even, tied=("b2",))
    assert replace(even, held=("W1[0,1]",)) == replace(even, held=("W1[0, 1]",))


def test_shape_is_all_but_the_numbers():
    assert NOTEBOOK.shape == notebook_with(b1_1=3.0, learning_rate=2.0, steps=3).shape
    others = [two_layers(), replace(NOTEBOOK, loss="half_sse"), replace(NOTEBOOK, held=("b1",))]
    assert len({NOTEBOOK.shape, *(other.shape for other in others)}) == 4


def test_what_it_is_made_from_is_left_alone_and_what_it_holds_is_frozen():
    x, target = np.array([[1.0, 2.0], [3.0, 4.0]]), np.array([[5.0, 6.0], [7.0, 8.0]])
    exercise = two_layers(x=x, target=target)
    x[0, 0] = target[0, 0] = 99
    assert exercise == two_layers()
    for array in (exercise.x, exercise.target, *exercise.network.parameters().values()):
        assert not array.flags.writeable
    with pytest.raises(FrozenInstanceError):
        exercise.steps = 3


def test_one_row_of_x_is_one_sample_and_no_zero_has_a_sign():
    one = replace(NOTEBOOK, x=[[1, 2]], target=[[1]])
    assert one == NOTEBOOK
    assert (one.x.shape, one.target.shape, one.n_samples) == ((2,), (1,), 1)
    minus = replace(
        NOTEBOOK, network=NOTEBOOK.network.with_parameters(b1=[-0.0, 1]), x=[-0.0, 1], target=[-0.0]
    ).with_numbers({"W1[0, 0]": -0.0, "learning_rate": -0.0})
    zeros = [value for value in minus.numbers().values() if value == 0]
    assert len(zeros) == 7
    assert all(math.copysign(1, value) == 1 for value in zeros)


@pytest.mark.parametrize("sizes", [(1, 1), (10, 10, 10, 10, 10)])
def test_the_smallest_and_the_largest_exercise(sizes):
    exercise = blank(sizes, n_samples=8)
    assert (exercise.sizes, exercise.n_samples) == (sizes, 8)
    assert len(exercise.names()) == len(set(exercise.names()))
    assert {name_in_link(link_name(name)) for name in exercise.names()} == set(exercise.names())


@pytest.mark.parametrize(
    ("make", "told"),
    [
        (lambda: blank((1,) * 6), "up to 4 layers, got 5"),
        (lambda: blank((11, 1)), "up to 10 inputs .* got 11-1"),
        (lambda: blank((1, 11, 1)), "up to 10 neurons in a layer, got 1-11-1"),
        (lambda: blank((1, 1), n_samples=9), r"up to 8 samples, got shape \(9, 1\)"),
        (lambda: replace(NOTEBOOK, network=NOTEBOOK.train().networks), r"got a stack of \(51,"),
        (lambda: replace(NOTEBOOK, x=np.ones((2, 3, 2))), "x may hold up to 8 samples"),
        (lambda: replace(NOTEBOOK, x=[1, 2, 3]), r"x must have shape \(2,\)"),
        (lambda: replace(NOTEBOOK, x=[1, np.nan]), "x must be finite, got nan"),
        (lambda: replace(NOTEBOOK, x=[1, -2e6]), "x must lie within 1,000,000 .* got -2e"),
        (lambda: replace(NOTEBOOK, target=[2e6]), "target must lie within 1,000,000"),
        (lambda: two_layers(target=[[1, 2]]), "target has 1 samples but x has 2"),
        (lambda: two_layers(target=np.ones((3, 2, 2))), "a row for each of the 2 samples"),
        (lambda: two_layers(target=None), "mse compares the prediction with a target"),
        (lambda: two_layers(loss="mae"), "unknown loss 'mae'"),
        (lambda: two_layers(loss="bce"), "end the network with sigmoid"),
        (lambda: two_layers(learning_rate=101), "learning_rate must be a number from 0 to 100"),
        (lambda: two_layers(steps=2.5), "steps must be a whole number from 1 to 500"),
        (lambda: two_layers(momentum=1.5), "momentum must be a number from 0 to 1"),
        (lambda: two_layers(weight_decay=-1), "weight_decay must be a number from 0 to 100"),
        (
            lambda: replace(NOTEBOOK, network=NOTEBOOK.network.with_parameters(b1=[0, 2e6])),
            "b1 must lie within",
        ),
        (lambda: two_layers(held=("W3",)), "'W3' is no parameter"),
        (lambda: two_layers(held=("x[0]",)), r"'x\[0\]' is no parameter"),
        (lambda: two_layers(held=("W1[2, 0]",)), r"'W1\[2, 0\]' is no entry of W1"),
        (lambda: two_layers(tied=("W1",)), "only a whole bias can be tied, one of b1, b2"),
        (lambda: two_layers(tied=("b1[0]",)), "only a whole bias can be tied"),
        (lambda: two_layers(tied=("b1",)), "b1 is tied, one number for the whole layer"),
        (lambda: NOTEBOOK.with_numbers({"W1[2, 0]": 1}), r"unknown name 'W1\[2, 0\]'"),
        (lambda: NOTEBOOK.with_numbers({"W1": 1}), "unknown name 'W1'"),
        (lambda: NOTEBOOK.with_numbers({"W1_0_0": 1}), "unknown name 'W1_0_0'; .* such as b2"),
        (lambda: NOTEBOOK.with_numbers({"y_true[0]": 1}), r"unknown name 'y_true\[0\]'"),
        (lambda: two_layers().parse_number("y_true", "1"), "unknown name 'y_true'"),
        (lambda: two_layers().check_number("x[0]", 1), r"unknown name 'x\[0\]'"),
    ],
)
def test_what_does_not_fit_is_refused_by_name(make, told):
    with pytest.raises(ValueError, match=told):
        make()


def test_a_target_is_what_the_loss_takes():
    shares = blank((2, 3), units=("softmax",), loss="cross_entropy", n_samples=2)
    assert replace(shares, target=[2, 0]).target.tolist() == [[0, 0, 1], [1, 0, 0]]
    alone = blank((2, 3), units=("softmax",), loss="cross_entropy")
    assert replace(alone, target=1).target.tolist() == [0, 1, 0]
    for name in ("y_true[0]", "y_true[2]"):
        assert alone.bounds_of(name) == (0, 1)
        with pytest.raises(ValueError, match=rf"{re.escape(name)} must be a number from 0 to 1"):
            alone.with_numbers({name: 1.5})
    assert NOTEBOOK.bounds_of("y_true") == (-1e6, 1e6)
    # A loss that compares with nothing has no target, whatever stood there.
    slope = replace(NOTEBOOK, loss="output", target=None)
    assert slope == replace(NOTEBOOK, loss="output")
    assert (slope.target, [n for n in slope.names() if n.startswith("y_true")]) == (None, [])
    assert slope.backward().loss == slope.forward().prediction[0, 0]


def test_updated_is_the_exercise_after_one_step():
    # b1[1] shut: d_loss_y = 2.5, dW1 = outer([1, 2], [2.5, 0]), dW2 = [5.5, 0].
    shut = notebook_with(b1_1=-0.2)
    after = shut.updated()
    assert after.shape == shut.shape
    assert (after.learning_rate, after.steps) == (0.1, 50)
    arrays = after.network.parameters()
    assert arrays["W1"] == pytest.approx(np.array([[0.25, -0.3], [0.3, 0.2]]))
    assert arrays["b1"] == pytest.approx([-0.15, -0.2])
    assert arrays["W2"] == pytest.approx(np.array([[0.45], [-1.5]]))
    assert arrays["b2"] == pytest.approx([-0.2])
    assert after == replace(shut, network=shut.train().at(1))
    # What is held stays, and decay takes its share of the rest: 0.05 - 0.1 (2.5 + 2 (0.05)).
    held = replace(shut, held=("W1", "b1", "W2"), weight_decay=2.0).updated()
    assert held.numbers() == {
        **shut.numbers(),
        "b2[0]": pytest.approx(0.05 - 0.1 * 2.6),
        "weight_decay": 2.0,
    }
    with pytest.raises(ValueError, match="must lie within 1,000,000"):
        notebook_with(b1_1=-0.2, x_0=1e6, x_1=1e6, learning_rate=100).updated()
