"""Every entry has a meaning and a live value that follows the numbers."""

from dataclasses import replace

import pytest

from blame.exercise.links import read_link
from blame.exercise.presets import NOTEBOOK, PRESETS, drawn
from blame.exercise.starts import STARTS
from blame.practise.glossary import GLOSSARY
from tests.blame.practise.worked_out import OPEN, SHUT_1
from tests.exercises import changed, notebook_with
from tests.pages.app import PAGES

NO_VALUE = ("He initialisation", "optimiser", "seed", "test set")
"""Words of the app's, which no exercise has a value for."""
NOT_IN_THE_NOTEBOOK = ("accuracy", "BCE", "cross-entropy", "leaky ReLU", "SSE", "sigmoid",
                       "softmax", "softplus", "tanh")  # fmt: skip
EXERCISES = [
    *(start.exercise for start in STARTS.values()),
    *(drawn(NOTEBOOK, k) for k in range(9)),
    read_link({"sizes": ["2-2-1"], "units": ["leaky_relu-identity"], "x": ["1,2"]}).exercise,
]


@pytest.mark.parametrize("word", GLOSSARY)
def test_an_entry_is_alive(word):
    entry = GLOSSARY[word]
    assert entry.meaning.endswith(".")
    assert entry.page in PAGES
    said = {entry.live(exercise) for exercise in EXERCISES}
    assert all("nan" not in text for text in said)
    if word in NO_VALUE:
        assert said == {""}
    else:
        assert len(said) > 1


def test_of_the_notebook_every_word_that_it_has_is_told():
    exercises = [
        *(preset.exercise for preset in PRESETS.values()),
        *(drawn(NOTEBOOK, k) for k in range(9)),
    ]
    for word, entry in GLOSSARY.items():
        if word not in {*NO_VALUE, *NOT_IN_THE_NOTEBOOK}:
            assert all(entry.live(exercise) for exercise in exercises), word


def test_live_values_of_the_notebook():
    values = {word: entry.live(NOTEBOOK) for word, entry in GLOSSARY.items()}
    assert values["loss"] == "1.5625"
    assert values["blame"] == "dW1[1, 0] = 5"
    assert values["chain rule"] == "d_a1[0] = 2.5 × 1 = 2.5"
    assert values["update"] == "b2: 0.05 - 0.1 × 2.5 = -0.2"
    assert values["kink"] == "neuron 1 on it"
    assert values["dead neuron"] == "neuron 1 from step 2 on; neuron 0 from step 3 on"
    assert values["stable limit"] == "λ = 53.80439288, so 2/λ = 0.03717168605"
    assert values["gate"] == "neuron 0 open, neuron 1 open"


def test_live_values_of_numbers_worked_out_by_hand():
    values = {word: entry.live(SHUT_1) for word, entry in GLOSSARY.items()}
    wanted = {
        "activation": "a1 = [0.9, 0]",
        "backpropagation": "d_loss_y = [-2] is where it starts",
        "bias": "b1 = [0.1, 0.4], b2 = 0.25",
        "blame": "dW1[1, 0] = 3",
        "chain rule": "d_a1[0] = -2 × 1.5 = -3",
        "delta": "d_z1 = [-3, 0]",
        "gate": "neuron 0 open, neuron 1 shut",
        "gradient": "dW2 = [-1.8, 0]",
        "kink": "no neuron on it",
        "learning rate": "0.1",
        "local gradient": "of both gates: [1, 0]",
        "loss": "1",
        "pre-activation": "z1 = [0.9, -1]",
        "ReLU": "max(0, 0.9) = 0.9",
        "subgradient": "no neuron on it",
        "update": "b2: 0.25 - 0.1 × -2 = 0.45",
        "upstream gradient": "d_a1 = [-3, 4]",
        "weight": "W1 = [[0.5, -0.3], [0.2, 0.8]]",
    }
    assert {word: values[word] for word in wanted} == wanted
    # Only b2 moves y_pred and its curvature is 2; W2[0, 0] and W1[:, 0] add theirs.
    alone = GLOSSARY["stable limit"].live(PRESETS["both_dead"].exercise)
    assert alone == "λ = 2, so 2/λ = 1"


def test_live_values_of_runs():
    live = {word: GLOSSARY[word].live for word in ("dead neuron", "step", "kink")}
    assert live["dead neuron"](PRESETS["gate_shut"].exercise) == "neuron 1 from step 0 on"
    assert live["dead neuron"](replace(OPEN, learning_rate=0.001)) == "none in this run"
    # The error of b2 alone shrinks by 1 - 2 (0.25) at each step, from 1.
    slow = notebook_with(b1_0=-9.0, b1_1=-9.0, b2_0=2.0, learning_rate=0.25, steps=3)
    assert live["step"](slow) == "3 in this run; its last loss is 0.015625"
    wild = replace(slow, learning_rate=100.0, steps=500)
    run = wild.train()
    assert live["step"](wild).startswith(
        f"{run.steps} in this run before it leaves the floats; its last loss is "
    )
    nothing = dict.fromkeys(("W1_0_0", "W1_0_1", "W1_1_0", "W1_1_1", "b1_0", "b1_1"), 0.0)
    assert live["kink"](changed(NOTEBOOK, **nothing)) == "neuron 0 and neuron 1 on it"


@pytest.mark.parametrize(
    ("word", "said"),
    [
        ("blame", "how fast the loss would grow if one number grew a little"),
        ("backpropagation", "from the loss back to the input"),
        ("chain rule", "the product of the slopes of its links; paths that meet add up"),
        ("dead neuron", "shut on every sample"),
        ("delta", "what is left of it behind the gate"),
        ("gate", "1 where z is above 0, 0 elsewhere"),
        ("pre-activation", "before its activation function"),
        ("ReLU", "keeps what is positive and makes the rest 0"),
        ("stable limit", "the largest curvature of the loss: above it a step overshoots"),
        ("subgradient", "The ReLU's at 0 is taken as 0"),
        ("update", "parameter minus learning rate times gradient"),
        ("upstream gradient", "arrives at a neuron from behind it, before its gate"),
    ],
)
def test_a_meaning_says_which_side_it_speaks_of(word, said):
    assert said in GLOSSARY[word].meaning
