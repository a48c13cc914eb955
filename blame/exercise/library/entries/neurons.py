"""One sigmoid or tanh neuron, one sample."""

from __future__ import annotations

from blame.exercise.exercise import Exercise
from blame.exercise.library.entry import ROUNDED_ON_THE_WAY, Entry
from blame.network import Layer, Network

ENTRIES = (
    Entry(
        key="sghosh-neuron",
        title="Manual backprop, one sigmoid neuron",
        source=(
            "Sghosh1999, github.com/Sghosh1999/Machine-Learning-Deep-Learning-Fundamentals-Scratch"
        ),
        special=(
            "All three factors of the chain rule on a single sigmoid neuron, with the update; "
            "its loss is one half of the squared error, which the source calls MSE."
        ),
        exercise=Exercise(
            Network((Layer([[0.5], [-0.4]], [0.1], "sigmoid"),)),
            x=[1, 2],
            target=[1],
            loss="half_sse",
            learning_rate=0.1,
        ),
        tags=("Markdown", "update", "one half"),
        published={
            0: {
                "z1[0]": -0.2,
                "y_pred": 0.4502,
                "loss": 0.1511,
                "d_loss_y": -0.5498,
                "d_z1[0]": -0.136,
                "dW1[0, 0]": -0.136,
                "dW1[1, 0]": -0.272,
                "db1[0]": -0.136,
            },
            1: {"W1[0, 0]": 0.5136, "W1[1, 0]": -0.3728, "b1[0]": 0.1136},
        },
    ),
    Entry(
        key="rashid-erratum3",
        title="Weight update worked example, erratum 3",
        source=(
            "Tariq Rashid, Make Your Own Neural Network, "
            "makeyourownneuralnetwork.blogspot.com, 2016-08-02"
        ),
        special=(
            "The book states the error of 1.5 instead of a target; only a target of 2.409, "
            "out of a sigmoid's reach, makes that error."
        ),
        exercise=Exercise(
            Network((Layer([[2.0], [3.0]], None, "sigmoid"),)),
            x=[0.4, 0.5],
            target=[2.409],
            loss="half_sse",
            learning_rate=0.1,
        ),
        tags=("textbook", "prose", "no bias", "update", "one half"),
        published={
            0: {"z1[0]": 2.3, "y_pred": 0.909, "dW1[0, 0]": -0.04969},
            1: {"W1[0, 0]": 2.005},
        },
        own_names={"w11": "W1[0, 0]", "w21": "W1[1, 0]"},
    ),
    Entry(
        key="nielsen-ch3",
        title="A neuron that learns slowly",
        source=(
            "Michael Nielsen, Neural Networks and Deep Learning, "
            "neuralnetworksanddeeplearning.com/chap3"
        ),
        special=(
            "It starts on the flat part of the sigmoid, so little blame reaches the weight; "
            "over 300 updates it gathers pace, then settles."
        ),
        exercise=Exercise(
            Network((Layer([[0.6]], [0.9], "sigmoid"),)),
            x=[1],
            target=[0],
            loss="half_sse",
            learning_rate=0.15,
            steps=300,
        ),
        tags=("textbook", "interactive picture", "saturation", "many updates", "one half"),
        published={0: {"y_pred": 0.82}, 300: {"y_pred": 0.09}},
        own_names={"w": "W1[0, 0]", "b": "b1[0]"},
    ),
    Entry(
        key="smaxx-neuron",
        title="Exercise 3.1: trace the backward pass",
        source="smaxx73, github.com/smaxx73/Neural-Network-Course, session6_backpropagation.md",
        special=(
            "The smallest whole exercise: one weight, one bias, a sigmoid, and a table with a "
            "line for each link of the chain."
        ),
        exercise=Exercise(
            Network((Layer([[0.5]], [-0.5], "sigmoid"),)), x=[2], target=[1], loss="mse"
        ),
        tags=("Markdown", "table"),
        published={
            0: {
                "z1[0]": 0.5,
                "y_pred": 0.6225,
                "loss": 0.1425,
                "d_loss_y": -0.755,
                "d_z1[0]": -0.1774,
                "dW1[0, 0]": -0.3549,
                "db1[0]": -0.1774,
            }
        },
        own_names={"w": "W1[0, 0]", "b": "b1[0]"},
    ),
    Entry(
        key="smaxx-quiz",
        title="Quiz of session 6",
        source="smaxx73, github.com/smaxx73/Neural-Network-Course, session6_solutions.tex",
        special=(
            "Each step starts from the rounded number of the step before, and one can watch "
            "the fourth decimal drift."
        ),
        exercise=Exercise(
            Network((Layer([[0.8]], [-0.3], "sigmoid"),)),
            x=[1.5],
            target=[1],
            loss="mse",
            learning_rate=1.0,
        ),
        tags=("LaTeX", "table", "update", "rounding"),
        published={
            0: {
                "z1[0]": 0.9,
                "y_pred": 0.7109,
                "loss": 0.0836,
                "d_loss_y": -0.5782,
                "d_z1[0]": -0.1189,
                "dW1[0, 0]": -0.1784,
                "db1[0]": -0.1189,
            },
            1: {"W1[0, 0]": 0.9784, "b1[0]": -0.1811},
        },
        own_names={"w": "W1[0, 0]", "b": "b1[0]"},
        wrong={
            0: {
                "d_loss_y": ROUNDED_ON_THE_WAY,
                "d_z1[0]": ROUNDED_ON_THE_WAY,
                "dW1[0, 0]": ROUNDED_ON_THE_WAY,
                "db1[0]": ROUNDED_ON_THE_WAY,
            },
            1: {"W1[0, 0]": ROUNDED_ON_THE_WAY, "b1[0]": ROUNDED_ON_THE_WAY},
        },
    ),
    Entry(
        key="karpathy-neuron",
        title="A tanh neuron, b = 6.8813735870195432",
        source=(
            "Andrej Karpathy, Neural networks: zero to hero, "
            "github.com/karpathy/nn-zero-to-hero, micrograd lecture"
        ),
        special=(
            "The bias is chosen so that tanh has a slope of one half there, which leaves "
            "gradients without a long tail of decimals."
        ),
        exercise=Exercise(
            Network((Layer([[-3.0], [1.0]], [6.881373587019543], "tanh"),)),
            x=[2, 0],
            target=None,
            loss="output",
        ),
        tags=("Python", "expression", "no target", "gradient of the input"),
        published={
            0: {
                "z1[0]": 0.8813735870195432,
                "y_pred": 0.7071067811865476,
                "d_x[0]": -1.5,
                "dW1[0, 0]": 1.0,
                "d_x[1]": 0.5,
                "dW1[1, 0]": 0.0,
                "db1[0]": 0.5,
            }
        },
        own_names={"x1": "x[0]", "x2": "x[1]", "w1": "W1[0, 0]", "w2": "W1[1, 0]", "b": "b1[0]"},
    ),
)
