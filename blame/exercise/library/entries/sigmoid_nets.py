"""Two sigmoid layers, one sample."""

from __future__ import annotations

from blame.exercise.exercise import Exercise
from blame.exercise.library.entry import ROUNDED_ON_THE_WAY, Entry
from blame.network import Layer, Network

HIDDEN_AFTER_UPDATE = (
    "It comes out when the hidden neurons are blamed through the output weights of after the "
    "update; their blame belongs to the weights of before."
)

ENTRIES = (
    Entry(
        key="mazur",
        title="A step by step backpropagation example",
        source="Matt Mazur, mattmazur.com/2015/03/17/a-step-by-step-backpropagation-example",
        special=(
            "The best known example by hand: two sigmoid layers, each with one bias number "
            "that all its neurons share and that is never updated."
        ),
        exercise=Exercise(
            Network(
                (
                    Layer([[0.15, 0.25], [0.2, 0.3]], [0.35, 0.35], "sigmoid"),
                    Layer([[0.4, 0.5], [0.45, 0.55]], [0.6, 0.6], "sigmoid"),
                )
            ),
            x=[0.05, 0.1],
            target=[0.01, 0.99],
            loss="half_sse",
            learning_rate=0.5,
            held=("b1", "b2"),
            tied=("b1", "b2"),
        ),
        tags=(
            "picture",
            "prose",
            "w1 to w8",
            "one row a neuron",
            "update",
            "many updates",
            "one half",
        ),
        published={
            0: {
                "z1[0]": 0.3775,
                "a1[0]": 0.593269992,
                "a1[1]": 0.596884378,
                "z2[0]": 1.105905967,
                "y_pred[0]": 0.75136507,
                "y_pred[1]": 0.772928465,
                "loss": 0.298371109,
                "dW2[0, 0]": 0.082167041,
                "d_a1[0]": 0.036350306,
                "dW1[0, 0]": 0.000438568,
            },
            1: {
                "W2[0, 0]": 0.35891648,
                "W2[1, 0]": 0.408666186,
                "W2[0, 1]": 0.51130127,
                "W2[1, 1]": 0.561370121,
                "W1[0, 0]": 0.149780716,
                "W1[1, 0]": 0.19956143,
                "W1[0, 1]": 0.24975114,
                "W1[1, 1]": 0.29950229,
                "loss": 0.291027924,
            },
            10000: {"loss": 3.51085e-05, "y_pred[0]": 0.015912196, "y_pred[1]": 0.984065734},
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
            "w7": "W2[0, 1]",
            "w8": "W2[1, 1]",
            "b1": "b1[0]",
            "b2": "b2[0]",
        },
        wrong={
            10000: {
                "loss": (
                    "This is the loss that the ten-thousandth update starts from, after "
                    "9999 of them."
                ),
                "y_pred[0]": HIDDEN_AFTER_UPDATE,
                "y_pred[1]": HIDDEN_AFTER_UPDATE,
            },
        },
    ),
    Entry(
        key="macleod-2-2-1",
        title="Worked example 3.1 (A = 0.35, B = 0.9)",
        source=(
            "Christopher MacLeod, An Introduction to Practical Neural Networks, ex. 3.1; "
            "asked about at stackoverflow.com/questions/6013429"
        ),
        special=(
            "Copied from course to course: the hidden neurons are blamed through output "
            "weights that have already moved."
        ),
        exercise=Exercise(
            Network(
                (
                    Layer([[0.1, 0.4], [0.8, 0.6]], None, "sigmoid"),
                    Layer([[0.3], [0.9]], None, "sigmoid"),
                )
            ),
            x=[0.35, 0.9],
            target=[0.5],
            loss="half_sse",
            learning_rate=1.0,
        ),
        tags=("textbook", "picture", "no bias", "update", "one half", "question"),
        published={
            0: {
                "a1[0]": 0.68,
                "a1[1]": 0.6637,
                "y_pred": 0.69,
                "d_z2[0]": 0.0406,
            },
            1: {
                "W2[0, 0]": 0.272392,
                "W2[1, 0]": 0.87305,
                "W1[0, 0]": 0.09916,
                "W1[1, 0]": 0.7978,
                "W1[0, 1]": 0.3972,
                "W1[1, 1]": 0.5928,
            },
        },
        own_names={"A": "x[0]", "B": "x[1]"},
        wrong={
            1: {
                "W2[0, 0]": ROUNDED_ON_THE_WAY,
                "W2[1, 0]": ROUNDED_ON_THE_WAY,
            }
        },
    ),
    Entry(
        key="negnevitsky-xor",
        title="XOR network, thresholds",
        source=(
            "Michael Negnevitsky, Artificial Intelligence, ch. 6; asked about at "
            "stackoverflow.com/questions/9662746"
        ),
        special=(
            "It subtracts thresholds where we add biases, so each of its thresholds is minus "
            "our bias."
        ),
        exercise=Exercise(
            Network(
                (
                    Layer([[0.5, 0.9], [0.4, 1.0]], [-0.8, 0.1], "sigmoid"),
                    Layer([[-1.2], [1.1]], [-0.3], "sigmoid"),
                )
            ),
            x=[1, 1],
            target=[0],
            loss="half_sse",
            learning_rate=0.1,
        ),
        tags=("textbook", "threshold", "w13 to w45", "XOR", "update", "one half", "question"),
        published={
            0: {
                "a1[0]": 0.525,
                "a1[1]": 0.8808,
                "y_pred": 0.5097,
                "d_z2[0]": 0.1274,
            },
            1: {
                "W2[0, 0]": -1.2067,
                "W2[1, 0]": 1.0888,
                "W1[0, 0]": 0.5038,
                "W1[0, 1]": 0.8985,
                "W1[1, 0]": 0.4038,
                "W1[1, 1]": 0.9985,
                "b1[0]": -0.7962,
                "b1[1]": 0.0985,
                "b2[0]": -0.3127,
            },
        },
        own_names={
            "x1": "x[0]",
            "x2": "x[1]",
            "w13": "W1[0, 0]",
            "w14": "W1[0, 1]",
            "w23": "W1[1, 0]",
            "w24": "W1[1, 1]",
            "w35": "W2[0, 0]",
            "w45": "W2[1, 0]",
        },
    ),
)
