"""What the glossary says of exercises of other shapes: true by plain Python, or not said."""

import math
import re

import pytest

pytest.importorskip(
    "hypothesis", reason="Hypothesis is missing: pip install -r requirements-dev.txt"
)

from hypothesis import given, settings

from blame import Layer, Network
from blame.exercise.exercise import Exercise
from blame.exercise.library.library import LIBRARY
from blame.practise.glossary import GLOSSARY
from blame.practise.live_runs import MOST_CURVED
from blame.practise.now import Now
from blame.practise.question import written_number as n
from tests.blame.exercise.random_exercises import exercises

ONE = Exercise(Network((Layer([[0.6]], [0.9], "sigmoid"),)), [1], [0], "half_sse", 0.15)
GATED = Exercise(
    Network(
        (
            Layer([[1.0, -1.0, 0.5]], None, "tanh"),
            Layer([[1.0, 2.0], [0.5, -1.0], [2.0, 0.25]], [0.5, 0.5], "relu"),
            Layer([[2.0], [-1.0]], None, "identity"),
        )
    ),
    [[1.0], [-2.0]],
    [[0.0], [1.0]],
    "mse",
    tied=("b2",),
    weight_decay=0.5,
)


def said_of(exercise):
    now = Now.of(exercise)
    return {word: entry.live(now) for word, entry in GLOSSARY.items()}


def test_a_single_weight_by_hand():
    a = 1 / (1 + math.exp(-1.5))
    dw = a * a * (1 - a)
    said = said_of(ONE)
    assert said["activation"] == f"y_pred = [{n(a)}]"
    assert said["pre-activation"] == "z1 = [1.5]"
    assert said["bias"] == "b1 = 0.9"
    assert said["weight"] == "W1 = [[0.6]]"
    assert said["loss"] == n(a * a / 2)
    assert said["blame"] == f"dW1[0, 0] = {n(dw)}"
    assert said["delta"] == f"d_z1 = [{n(dw)}]"
    assert said["upstream gradient"] == f"d_loss_y = [{n(a)}]"
    assert said["local gradient"] == f"of layer 1: [{n(a * (1 - a))}]"
    assert said["chain rule"] == f"d_x[0] = {n(dw)} × 0.6 = {n(0.6 * dw)}"
    assert said["update"] == f"b1: 0.9 - 0.15 × {n(dw)} = {n(0.9 - 0.15 * dw)}"
    # There is no gate and no kink, so nothing is said of them.
    for word in ("gate", "ReLU", "kink", "subgradient", "dead neuron"):
        assert said[word] == ""


def test_three_layers_two_samples_tied_and_decaying_by_hand():
    x, tanh = [1.0, -2.0], math.tanh
    a1 = [[tanh(v), tanh(-v), tanh(0.5 * v)] for v in x]
    w2 = [[1.0, 2.0], [0.5, -1.0], [2.0, 0.25]]
    z2 = [[sum(a[i] * w2[i][j] for i in range(3)) + 0.5 for j in (0, 1)] for a in a1]
    a2 = [[max(0.0, z) for z in row] for row in z2]
    y = [2 * row[0] - row[1] for row in a2]
    errors = [y[0] - 0.0, y[1] - 1.0]
    # The mean over two samples: 2 e / 2.
    d_a2 = [[2 * e, -e] for e in errors]
    d_z2 = [
        [d if z > 0 else 0.0 for d, z in zip(*rows, strict=True)]
        for rows in zip(d_a2, z2, strict=True)
    ]
    assert {z > 0 for row in z2 for z in row} == {True, False}
    said = said_of(GATED)
    gates = ["open" if z > 0 else "shut" for z in z2[0]]
    assert said["gate"] == f"layer 2, sample 0: neuron 0 {gates[0]}, neuron 1 {gates[1]}"
    assert said["ReLU"] == f"max(0, {n(z2[0][0])}) = {n(a2[0][0])}"
    assert said["activation"].startswith(f"a1[0] = [{n(a1[0][0])}, ")
    assert said["chain rule"] == f"d_a2[0, 0] = {n(errors[0])} × 2 = {n(2 * errors[0])}"
    assert said["bias"] == "b2 = [0.5, 0.5]"
    assert said["kink"] == "no neuron on it"
    # The first sample's, by the number's own name: y_true alone is both targets.
    assert said["target"] == "y_true[0] = 0"
    assert said["MSE"].startswith(f"y_pred[0] = {n(y[0])}, target 0: loss ")
    assert said["backpropagation"] == f"d_loss_y[0] = {n(errors[0])} is where it starts"
    slope = sum(d for row in d_z2 for d in row)
    # No b3, and W3 moves too: its last weight is told.
    dw = sum(e * row[1] for e, row in zip(errors, a2, strict=True))
    assert said["update"] == (
        f"W3[1, 0]: -1 - 0.1 × ({n(dw)} + 0.5 × -1) = {n(-1 - 0.1 * (dw - 0.5))}"
    )
    held = Exercise(GATED.network, GATED.x, GATED.target, held=("W3",), tied=("b2",))
    assert said_of(held)["update"] == f"b2: 0.5 - 0.1 × {n(slope)} = {n(0.5 - 0.1 * slope)}"
    # 2/λ is the limit of plain steps.
    assert said["stable limit"] == said_of(held)["stable limit"] == ""


@pytest.mark.parametrize(
    ("loss", "said"),
    [
        ("mse", "Here it is the mean of its squared errors, with no one half."),
        ("half_sse", "Here it is one half of the sum of the squared errors."),
        ("output", "Here there is none: the output itself stands for it."),
    ],
)
def test_which_loss_it_is(loss, said):
    exercise = Exercise(ONE.network, [1], None if loss == "output" else [0], loss)
    assert GLOSSARY["loss"].told(Now.of(exercise)) == (
        f"How wrong the prediction is, in one number. {said}"
    )
    assert "Here" not in GLOSSARY["bias"].told(Now.of(exercise))


def test_what_is_large_is_told_by_its_range():
    jay = LIBRARY["jay-3-3-3-3"].exercise
    wide = Exercise(
        Network((Layer([[0.1 * (i - j) for j in range(8)] for i in range(4)], None, "relu"),
                 Layer([[0.1]] * 8, [0.0], "identity"))), [1, 2, 3, 4], [1])  # fmt: skip
    assert said_of(wide)["weight"] == "W1: 4 × 8 numbers from -0.7 to 0.3"
    assert said_of(jay)["weight"].startswith("W1 = [[")
    assert len(wide.parameter_names()) < MOST_CURVED


@settings(deadline=None, derandomize=True, max_examples=60)
@given(exercises(4))
def test_any_exercise_is_told_without_noise(exercise):
    try:
        now = Now.of(exercise)
    except ValueError:
        return
    numbers = exercise.values() | exercise.numbers()
    for word, entry in GLOSSARY.items():
        said = entry.live(now)
        assert "nan" not in said, word
        assert entry.told(now).endswith(".")
        # A single number that is named is the very number of that name.
        for name, value in re.findall(r"\b(d_?\w+\[[\d, ]+\]) = (-?[\d.e+-]+)$", said):
            assert n(numbers[name]) == value, word
