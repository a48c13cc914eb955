"""What the further words say, beside numbers worked out here."""

import math

import pytest

from blame.exercise.library.library import LIBRARY
from blame.exercise.links import read_link
from blame.exercise.presets import NOTEBOOK
from blame.practise.glossary import GLOSSARY

GATE = {"sizes": ["1-1"], "W1": ["2"], "b1": ["0"], "x": ["0.5"], "y_true": ["1"]}


@pytest.mark.parametrize(
    ("units", "loss", "word", "value"),
    [
        ("sigmoid", "mse", "sigmoid", 1 / (1 + math.exp(-1))),
        ("tanh", "mse", "tanh", math.tanh(1)),
        ("softplus", "mse", "softplus", math.log(1 + math.e)),
        ("leaky_relu", "mse", "leaky ReLU", 1.0),
        ("identity", "mse", "identity", 1.0),
    ],
)
def test_an_activation_is_told_where_it_stands(units, loss, word, value):
    exercise = read_link(GATE | {"units": [units], "loss": [loss]}).exercise
    said = GLOSSARY[word].live(exercise)
    assert said.startswith("y_pred = [")
    assert float(said[10:-1]) == pytest.approx(value, rel=1e-9)
    others = {"sigmoid", "tanh", "softplus", "leaky ReLU", "identity", "softmax"} - {word}
    assert [GLOSSARY[other].live(exercise) for other in others] == [""] * 5


def test_a_loss_is_told_where_it_is_the_exercise_s():
    exercise = read_link(GATE | {"units": ["sigmoid"], "loss": ["bce"]}).exercise
    said = GLOSSARY["BCE"].live(exercise)
    assert "target [1]" in said
    loss = math.log(1 + math.exp(-1))
    assert float(said.rpartition(" ")[2]) == pytest.approx(loss, rel=1e-9)
    assert GLOSSARY["accuracy"].live(exercise) == "1 of 1 on the right side of 0.5"
    assert GLOSSARY["MSE"].live(exercise) == GLOSSARY["SSE"].live(exercise) == ""
    assert GLOSSARY["BCE"].live(NOTEBOOK) == GLOSSARY["accuracy"].live(NOTEBOOK) == ""


def test_checks_and_counts():
    assert GLOSSARY["Hessian"].live(NOTEBOOK) == "9 × 9 numbers, for 9 parameters"
    assert GLOSSARY["finite difference"].live(NOTEBOOK) == (
        "for W1[0, 0] with h = 1e-5 2.5, and by the backward pass 2.5"
    )
    decayed = next(entry.exercise for entry in LIBRARY.values() if entry.exercise.weight_decay)
    assert GLOSSARY["weight decay"].live(decayed) == repr(decayed.weight_decay)
