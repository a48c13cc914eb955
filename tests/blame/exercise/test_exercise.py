"""The bounds of every number, and what presets and drawn exercises promise."""

import re

import numpy as np
import pytest

from blame.exercise.bounds import parse_number
from blame.exercise.kept import read_exercises
from blame.exercise.names import name_in_link
from blame.exercise.presets import NOTEBOOK, PRESETS, drawn
from tests.exercises import BOUNDS, NAMES, SYMBOLS, by_link_name, changed, notebook_with, number_of

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


@pytest.mark.parametrize("name", NAMES)
def test_each_number_has_its_bounds_and_they_are_in_it(name):
    low, high = {"learning_rate": (0, 100), "steps": (1, 500)}.get(name, (-1e6, 1e6))
    assert BOUNDS[name] == (low, high)
    step = 1 if name == "steps" else 1e-6
    kind = "whole number" if name == "steps" else "number"
    known = name_in_link(name)
    for edge, outside in ((low, low - step), (high, high + step)):
        assert NOTEBOOK.check_number(known, edge) == edge
        assert NOTEBOOK.parse_number(known, repr(edge)) == edge
        told = f"{re.escape(known)} must be a {kind} from {low:,.0f} to {high:,.0f}, got "
        with pytest.raises(ValueError, match=told):
            NOTEBOOK.check_number(known, outside)
        with pytest.raises(ValueError, match=told + f"'{outside!r}'"):
            NOTEBOOK.parse_number(known, repr(outside))


@pytest.mark.parametrize(
    ("bad", "shown"),
    [
        (float("nan"), "nan"),
        (float("inf"), "inf"),
        (-float("inf"), "-inf"),
        (10**400, "inf"),
        (-(10**400), "-inf"),
    ],
)
def test_what_is_not_finite_is_no_number(bad, shown):
    with pytest.raises(ValueError, match=rf"x\[0\] must be a number from .*, got {shown}$"):
        NOTEBOOK.check_number("x[0]", bad)
    with pytest.raises(ValueError, match="learning_rate must be a number"):
        notebook_with(learning_rate=bad)


def test_numbers_are_kept_as_they_are_and_zero_has_no_sign():
    assert str(notebook_with(x_0=-0.0).numbers()["x[0]"]) == "0.0"
    assert str(parse_number("x[0]", "-0")) == "0.0"
    assert (parse_number("steps", "7.0"), type(parse_number("steps", "7.0"))) == (7, int)
    for wrong in (2.5, 0, 501):
        with pytest.raises(ValueError, match="steps must be a whole number from 1 to 500"):
            notebook_with(steps=wrong)
    with pytest.raises(
        ValueError, match=r"unknown name 'x\[2\]'; the numbers are those of x, y_true, W1"
    ):
        NOTEBOOK.check_number("x[2]", 1.0)
    with pytest.raises(ValueError, match=r"got '1{40}\.\.\.'$"):
        parse_number("x[0]", "1" * 41)
    with pytest.raises(ValueError, match=r"got '1{40}'$"):
        parse_number("x[0]", "1" * 40)


def test_the_passes_of_an_exercise_by_hand():
    # 1 (0.5) + 2 (0.8) + 0.1 = 2.2 and -0.3 + 0.4 + 0.3 = 0.4; 2.2 - 0.6 + 0.05 = 1.65.
    exercise = notebook_with(b1_1=0.3, y_true=0.65, learning_rate=0.25, steps=3)
    assert exercise.forward().z[0][0] == pytest.approx([2.2, 0.4])
    assert exercise.backward().loss == pytest.approx(1)
    run = exercise.train()
    assert (run.steps, run.losses[0]) == (3, exercise.backward().loss)
    # b2 moves by a quarter of the blame of 2.
    assert run.at(1).layers[1].bias[0] == pytest.approx(0.05 - 0.5)


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


def test_kept_exercises_are_read_up_to_the_most():
    two = read_exercises("steps:1;steps:2", 2)
    assert ([e.steps for e in two[0]], two[1]) == ([1, 2], [])
    # What is left out counts too, and its number is its place.
    found, problems = read_exercises("steps:1;x_0:no;steps:3", 2)
    assert [e.steps for e in found] == [1]
    assert problems == [
        "kept run 2 is left out: x[0] must be a number from -1,000,000 to 1,000,000, got 'no'",
        "only the first 2 kept runs are used",
    ]
    assert read_exercises("x_0:2,b1_1:0.5", 5)[0] == (changed(NOTEBOOK, x_0=2.0, b1_1=0.5),)
    long = read_exercises("y" * 41, 5)[1][0]
    assert long == f"kept run 1 is left out: {'y' * 40!r} is not a name and a number"
