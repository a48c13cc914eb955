"""One hidden layer of one or two straight or ReLU neurons, one sample."""

from __future__ import annotations

from blame.exercise.exercise import Exercise
from blame.exercise.library.entry import Entry
from blame.network import Layer, Network

ENTRIES = (
    Entry(
        key="seed-blame",
        title="Tiny 2-2-1 ReLU net, printed blame",
        source=(
            "shang-vikas, github.com/shang-vikas/series1-coding-exercises, "
            "exercises/blog-03/exercise-02.ipynb"
        ),
        special=(
            "Its second neuron stands exactly on the kink on paper; in floats one rounding "
            "bit opens its gate."
        ),
        exercise=Exercise(
            Network(
                (
                    Layer([[0.5, -0.3], [0.8, 0.2]], [0.1, -0.1], "relu"),
                    Layer([[1.0], [-1.5]], [0.05], "identity"),
                )
            ),
            x=[1, 2],
            target=[1],
            loss="mse",
            learning_rate=0.1,
        ),
        tags=("NumPy", "notebook", "kink", "update"),
        published={
            0: {
                "z1[0]": 2.2,
                "y_pred": 2.25,
                "loss": 1.5625,
                "d_loss_y": 2.5,
                "dW2[0, 0]": 5.5,
                "d_a1[0]": 2.5,
                "d_a1[1]": -3.75,
                "dW1[0, 0]": 2.5,
                "dW1[0, 1]": -3.75,
                "dW1[1, 0]": 5.0,
                "dW1[1, 1]": -7.5,
            },
            1: {
                "W1[0, 0]": 0.25,
                "W1[0, 1]": 0.075,
                "W1[1, 0]": 0.3,
                "W1[1, 1]": 0.95,
                "W2[0, 0]": 0.45,
                "W2[1, 0]": -1.5,
            },
        },
    ),
    Entry(
        key="hmkcode-2-2-1",
        title="Backpropagation step by step, linear, no bias",
        source="hmkcode, hmkcode.com/ai/backpropagation-step-by-step",
        special=(
            "No activation and no bias, so every gradient is a product that fits in the head; "
            "the new weights are shown with two decimals."
        ),
        exercise=Exercise(
            Network(
                (
                    Layer([[0.11, 0.12], [0.21, 0.08]], None, "identity"),
                    Layer([[0.14], [0.15]], None, "identity"),
                )
            ),
            x=[2, 3],
            target=[1],
            loss="half_sse",
            learning_rate=0.05,
        ),
        tags=("picture", "w1 to w6", "one row a neuron", "no bias", "update", "one half"),
        published={
            0: {
                "a1[0]": 0.85,
                "a1[1]": 0.48,
                "y_pred": 0.191,
                "loss": 0.327,
                "d_loss_y": -0.809,
            },
            1: {
                "W2[0, 0]": 0.17,
                "W2[1, 0]": 0.17,
                "W1[0, 0]": 0.12,
                "W1[1, 0]": 0.23,
                "W1[0, 1]": 0.13,
                "W1[1, 1]": 0.1,
                "y_pred": 0.26,
            },
        },
        own_names={
            "i1": "x[0]",
            "i2": "x[1]",
            "w1": "W1[0, 0]",
            "w2": "W1[1, 0]",
            "w3": "W1[0, 1]",
            "w4": "W1[1, 1]",
            "w5": "W2[0, 0]",
            "w6": "W2[1, 0]",
        },
    ),
    Entry(
        key="sreekanth-1-1-1",
        title="Tiny network with binary cross-entropy",
        source="sreekanth9999, github.com/sreekanth9999/Interview_Prep, simple_nn_calculation.md",
        special=(
            "One weight a layer, and the question what a sigmoid and binary cross-entropy "
            "leave of each other: y_pred minus y_true, with no slope after it."
        ),
        exercise=Exercise(
            Network(
                (
                    Layer([[0.5]], None, "relu"),
                    Layer([[0.5]], None, "sigmoid"),
                )
            ),
            x=[1],
            target=[0],
            loss="bce",
            learning_rate=0.1,
        ),
        tags=("Markdown", "no bias", "update"),
        published={
            0: {
                "z1[0]": 0.5,
                "z2[0]": 0.25,
                "y_pred": 0.562,
                "d_z2[0]": 0.138,
                "dW2[0, 0]": 0.069,
                "dW1[0, 0]": 0.069,
            },
            1: {"W2[0, 0]": 0.4931, "W1[0, 0]": 0.4931},
        },
        own_names={"w1": "W1[0, 0]", "w2": "W2[0, 0]"},
    ),
)
