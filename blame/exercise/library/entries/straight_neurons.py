"""One layer of neurons that are straight, or straight but for a ReLU, one sample."""

from __future__ import annotations

from functools import partial

from blame.exercise.exercise import Exercise
from blame.exercise.library.derived import twice
from blame.exercise.library.entry import Derived, Entry
from blame.network import Layer, Network

ENTRIES = (
    Entry(
        key="dead-relu-neuron",
        title="A dead ReLU neuron",
        source="HeitorKun, github.com/HeitorKun/TCC-exploration",
        special="The gate is shut, so the loss is not zero and yet the update changes nothing.",
        exercise=Exercise(
            Network((Layer([[0.5]], [-1.0], "relu"),)),
            x=[1],
            target=[0.5],
            loss="mse",
            learning_rate=0.1,
        ),
        tags=("Python", "dead", "update"),
        published={
            0: {
                "z1[0]": -0.5,
                "y_pred": 0.0,
                "loss": 0.25,
                "d_z1[0]": 0.0,
            },
            1: {"W1[0, 0]": 0.5, "b1[0]": -1.0},
        },
        own_names={"w": "W1[0, 0]", "b": "b1[0]"},
    ),
    Entry(
        key="sentdex-neuron",
        title="One ReLU neuron, gradient of its output",
        source=(
            "Harrison Kinsley and Daniel Kukieła, Neural Networks from Scratch in Python, ch. "
            "9, nnfs.io"
        ),
        special=(
            "No target: the blame starts with 1 at the output, and the update makes that "
            "output smaller."
        ),
        exercise=Exercise(
            Network((Layer([[-3.0], [-1.0], [2.0]], [1.0], "relu"),)),
            x=[1, -2, 3],
            target=None,
            loss="output",
            learning_rate=0.001,
        ),
        tags=("textbook", "Python", "no target", "gradient of the input", "update"),
        published={
            0: {
                "z1[0]": 6.0,
                "dW1[0, 0]": 1.0,
                "dW1[1, 0]": -2.0,
                "dW1[2, 0]": 3.0,
                "db1[0]": 1.0,
                "d_x[0]": -3.0,
                "d_x[1]": -1.0,
                "d_x[2]": 2.0,
            },
            1: {
                "W1[0, 0]": -3.001,
                "W1[1, 0]": -0.998,
                "W1[2, 0]": 1.997,
                "b1[0]": 0.999,
                "y_pred": 5.985,
            },
        },
        own_names={"w[0]": "W1[0, 0]", "w[1]": "W1[1, 0]", "w[2]": "W1[2, 0]", "b": "b1[0]"},
    ),
    Entry(
        key="crossval-188678",
        title="Numerical check of gradient",
        source="Cross Validated, stats.stackexchange.com/questions/188678",
        special=(
            "The asker's check always gave 1: it nudged a weight and watched the output, "
            "where the loss was wanted; the target is worked out here from the gradient."
        ),
        exercise=Exercise(
            Network((Layer([[0.34], [0.56]], [0.54], "identity"),)),
            x=[1, 0],
            target=[0.1056],
            loss="half_sse",
        ),
        tags=("question", "prose", "gradient check", "one half"),
        published={
            0: {
                "y_pred": 0.88,
                "dW1[0, 0]": 0.7744,
                "dW1[1, 0]": 0.0,
                "db1[0]": 0.7744,
            }
        },
        asked={0: {"dW1[0, 0]": 1.0}},
    ),
    Entry(
        key="grokking-ch5-in",
        title="Three inputs, one output, one step",
        source=(
            "Andrew Trask, Grokking Deep Learning, ch. 5, "
            "github.com/iamtrask/Grokking-Deep-Learning"
        ),
        special=(
            "The error that is printed is the square, while the gradient goes without its 2: "
            "it belongs to one half of the square."
        ),
        exercise=Exercise(
            Network((Layer([[0.1], [0.2], [-0.1]], None, "identity"),)),
            x=[8.5, 0.65, 1.2],
            target=[1],
            loss="half_sse",
            learning_rate=0.01,
        ),
        tags=("textbook", "Python", "no bias", "update", "one half"),
        published={
            0: {
                "y_pred": 0.86,
                "dW1[0, 0]": -1.19,
                "dW1[1, 0]": -0.091,
                "dW1[2, 0]": -0.168,
            },
            1: {"W1[0, 0]": 0.1119, "W1[1, 0]": 0.20091, "W1[2, 0]": -0.09832},
        },
    ),
    Entry(
        key="mse-loss-upstream",
        title="mse_loss backward with an upstream gradient",
        source="PyTorch forum, discuss.pytorch.org/t/190902",
        special=(
            "Its outputs are its inputs, and each one's blame is 2/5 of its error, for the "
            "loss is the mean of five; the source starts the blame at 2 and has twice that."
        ),
        exercise=Exercise(
            Network(
                (
                    Layer(
                        [
                            [1.0, 0.0, 0.0, 0.0, 0.0],
                            [0.0, 1.0, 0.0, 0.0, 0.0],
                            [0.0, 0.0, 1.0, 0.0, 0.0],
                            [0.0, 0.0, 0.0, 1.0, 0.0],
                            [0.0, 0.0, 0.0, 0.0, 1.0],
                        ],
                        [0.0, 0.0, 0.0, 0.0, 0.0],
                        "identity",
                    ),
                )
            ),
            x=[1, 2, 3, 4, 5],
            target=[5, 4, 3, 2, 1],
            loss="mse",
        ),
        tags=("PyTorch", "question", "gradient of the input", "mean over outputs"),
        derived=(
            Derived("d_x[0] of twice the loss", -3.2, partial(twice, name="d_x[0]")),
            Derived("d_x[1] of twice the loss", -1.6, partial(twice, name="d_x[1]")),
            Derived("d_x[2] of twice the loss", 0.0, partial(twice, name="d_x[2]")),
            Derived("d_x[3] of twice the loss", 1.6, partial(twice, name="d_x[3]")),
            Derived("d_x[4] of twice the loss", 3.2, partial(twice, name="d_x[4]")),
        ),
    ),
)
