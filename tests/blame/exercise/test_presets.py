"""What presets and drawn exercises promise."""

import math
import time
from dataclasses import replace

import numpy as np
import pytest

from blame import LOSSES
from blame.exercise.build import blank
from blame.exercise.presets import NOTEBOOK, PRESETS, drawn
from tests.exercises import notebook_with

DRAWN = {
    0: [0.0, 0.3, 1.5, 0.7, 0.4, 0.1, 0.2, 1.3, -0.7, 1.0, 0.5, -1.5],
    7: [1.3, -1.5, 0.0, 1.0, -1.1, 0.9, -1.2, -0.1, 1.0, -0.6, -0.5, -0.7],
    999_999: [0.5, 0.4, 1.5, 0.0, 0.5, 0.3, -1.0, 1.5, 1.2, 0.1, 1.1, 0.6],
}
"""What links with a seed have always drawn for the notebook's network."""


def test_the_stories_of_the_presets_are_true_of_their_numbers():
    assert PRESETS["notebook"].exercise == NOTEBOOK
    shut, opened = PRESETS["gate_shut"], PRESETS["gate_open"]
    assert shut.exercise == notebook_with(b1_1=-0.2)
    assert "b1[1] = -0.2" in shut.story
    assert opened.exercise == notebook_with(b1_1=0.1)
    assert "b1[1] = 0.1" in opened.story
    assert (opened.exercise.backward().weight_gradients[0] != 0).all()
    crawls = PRESETS["crawls"].exercise
    assert crawls == notebook_with(b1_1=-0.2, learning_rate=0.0001)
    assert PRESETS["diverges"].exercise == notebook_with(b1_1=-0.2, learning_rate=1.5)
    for key in ("grows", "fades"):
        z = PRESETS[key].exercise.forward().z[0]
        assert (z > 0.05).all()
    titles = {key: PRESETS[key].title for key in ("grows", "fades", "diverges", "crawls")}
    assert titles == {
        "grows": "Blame that grows",
        "fades": "Blame that fades",
        "diverges": "A rate that diverges",
        "crawls": "A rate that crawls",
    }
    assert PRESETS["gate_shut"].title == "Second gate shut"
    assert PRESETS["gate_open"].title == "Second gate open"
    assert "The first step kills the last open neuron" in PRESETS["diverges"].story
    grows = PRESETS["grows"].exercise
    assert grows.network.parameters()["W2"].tolist() == [[3], [-2]]
    assert grows.x[1] == 2
    back = grows.backward()
    assert back.weight_gradients[0] == pytest.approx(
        np.outer([1, 2], [3, -2]) * back.activation_gradients[1][0, 0]
    )
    fades = PRESETS["fades"].exercise
    assert fades.network.parameters()["W2"].tolist() == [[0.1], [0.1]]
    assert fades.x.tolist() == [0.5, 0.5]


def test_drawn_exercises_have_one_decimal_up_to_one_and_a_half_and_the_notebooks_rate():
    values = []
    for seed in range(200):
        exercise = drawn(NOTEBOOK, seed)
        assert (exercise.learning_rate, exercise.steps) == (0.1, 50)
        values += list(exercise.numbers().values())[:12]
        z = exercise.forward().z[0]
        assert (z > 0).any()
        assert (abs(z) > 0.05).all()
        assert float(exercise.backward().loss) > 0.01
    assert set(np.round(np.array(values) * 10)) == set(range(-15, 16))
    assert len({drawn(NOTEBOOK, seed) for seed in range(200)}) == 200


@pytest.mark.parametrize("seed", [-1, 1_000_000, 2.5])
def test_a_seed_is_whole_and_within_its_bounds(seed):
    with pytest.raises(ValueError, match="seed must be a whole number from 0 to 999999"):
        drawn(NOTEBOOK, seed)
    assert drawn(NOTEBOOK, 999_999) == drawn(NOTEBOOK, 999_999.0)
    assert drawn(NOTEBOOK, 0) != drawn(NOTEBOOK, 1)


@pytest.mark.parametrize("seed", DRAWN)
def test_a_seed_draws_for_the_notebook_what_it_always_drew(seed):
    assert list(drawn(NOTEBOOK, seed).numbers().values())[:12] == DRAWN[seed]


@pytest.mark.parametrize("loss", LOSSES)
def test_numbers_are_drawn_for_any_shape_and_loss_with_targets_that_it_takes(loss):
    last = "softmax" if loss.startswith("cross") else "sigmoid"
    start = blank((3, 4, 3), units=("relu", last), loss=loss, n_samples=2)
    for seed in range(20):
        found = drawn(replace(start, held=("W1",)), seed)
        assert replace(found, held=()).shape == start.shape
        assert found == drawn(replace(start, held=("W1",)), seed)
        z = found.forward().z[0]
        assert (abs(z) > 0.05).all()
        assert (z > 0).any()
        if loss.startswith("cross"):
            assert np.sort(found.target).tolist() == [[0, 0, 1]] * 2
        elif loss.startswith("bce"):
            assert set(found.target.ravel()) <= {0, 1}
        assert all(round(value, 1) == value for value in found.numbers().values())


SHAPES = {
    "1-1": blank((1, 1)),
    "no hidden layer": blank((3, 1), units=("sigmoid",), loss="bce"),
    "4-8-8-3": blank((4, 8, 8, 3)),
    "softmax, 8 samples": blank(
        (4, 8, 8, 3), units=("relu", "relu", "softmax"), loss="cross_entropy", n_samples=8
    ),
    "no bias, 4 deep": blank((1, 1, 1, 1, 1), biases=(False,) * 4),
    "widest": blank((10,) * 5, n_samples=8),
    "leaky": blank((2, 10, 10, 10, 2), units=("leaky_relu",) * 4, n_samples=8),
    "saturating": blank((10,) * 5, units=("tanh", "sigmoid", "tanh", "sigmoid"), n_samples=8),
    "output alone": blank((3, 3), units=("tanh",), loss="output", n_samples=3),
}
WIDEST = {"widest", "leaky"}


def plain_blame(exercise):
    """Return the loss's largest slope by a weight of each layer, from differences alone."""

    def loss(**changes):
        return float(exercise.with_numbers(changes).backward().loss)

    numbers, largest = exercise.numbers(), {}
    for name in exercise.parameter_names():
        if name.startswith("W"):
            up, down = (loss(**{name: numbers[name] + h}) for h in (1e-6, -1e-6))
            layer = name[:2]
            largest[layer] = max(largest.get(layer, 0.0), abs(up - down) / 2e-6)
    return largest


@pytest.mark.parametrize("kind", SHAPES)
def test_what_is_drawn_for_any_shape_is_alive_and_off_the_edge(kind):
    start, different = SHAPES[kind], set()
    for seed in range(2 if kind in WIDEST or kind == "saturating" else 8):
        found = drawn(start, seed)
        assert found.shape == start.shape
        different.add(found)
        blame = plain_blame(found)
        assert len(blame) == len(start.sizes) - 1
        assert min(blame.values()) > 5e-5, seed
        assert all(abs(value) <= 1.5 for value in list(found.numbers().values())[:-4])
        passes = found.forward()
        for layer, z in zip(found.network.layers, passes.z, strict=True):
            if layer.activation.kinks:
                assert (z > 0).any()
                # The widest may have no draw so far off; they keep what is farthest.
                assert abs(z).min() > (0.01 if kind in WIDEST else 0.05)
    assert len(different) > 1


@pytest.mark.parametrize("kind", SHAPES)
def test_drawing_takes_no_longer_than_a_blink(kind):
    drawn(SHAPES[kind], 99)
    best = math.inf
    for _ in range(3):
        begun = time.perf_counter()
        for seed in range(3):
            drawn(SHAPES[kind], seed)
        best = min(best, (time.perf_counter() - begun) / 3)
    assert best < 0.05


def test_a_tied_bias_is_drawn_as_one_number():
    tied = replace(blank((2, 3, 1)), tied=("b1",))
    for seed in range(10):
        assert len(set(drawn(tied, seed).network.parameters()["b1"])) == 1


def test_no_draw_leaves_a_layer_without_blame():
    # Seed 26 once drew x = [0, 0] here, of which no weight of the first layer can learn.
    for seed in range(120):
        assert min(plain_blame(drawn(NOTEBOOK, seed)).values()) > 5e-5
