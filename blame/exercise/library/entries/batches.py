"""Several samples at once."""

from __future__ import annotations

from blame.exercise.exercise import Exercise
from blame.exercise.library.entry import Entry
from blame.network import Layer, Network

ENTRIES = (
    Entry(
        key="deepml-25",
        title="Single neuron with backpropagation, 2 epochs",
        source="Deep-ML, github.com/Open-Deep-ML/DML-OpenProblem, questions/25 and issue 68",
        special=(
            "Three samples share one neuron, and each gradient is their mean; the answer the "
            "exercise expected was itself wrong until a reader reported it."
        ),
        exercise=Exercise(
            Network((Layer([[0.1], [-0.2]], [0.0], "sigmoid"),)),
            x=[[1, 2], [2, 1], [-1, -2]],
            target=[[1], [0], [0]],
            loss="mse",
            learning_rate=0.1,
            steps=2,
        ),
        tags=("NumPy", "function", "question", "update"),
        published={
            0: {"loss": 0.3033},
            1: {"loss": 0.2942},
            2: {"W1[0, 0]": 0.1036, "W1[1, 0]": -0.1425, "b1[0]": -0.0167},
        },
        asked={0: {"loss": 0.2386}, 1: {"loss": 0.2348}},
    ),
    Entry(
        key="deepml-47",
        title="Batch gradient descent, linear regression, 100 iterations",
        source="Deep-ML, github.com/Open-Deep-ML/DML-OpenProblem, questions/47",
        special=(
            "A straight line through four points, its intercept written as a weight on an "
            "input that is always 1."
        ),
        exercise=Exercise(
            Network((Layer([[0.0], [0.0]], None, "identity"),)),
            x=[[1, 1], [2, 1], [3, 1], [4, 1]],
            target=[[2], [3], [4], [5]],
            loss="mse",
            learning_rate=0.01,
            steps=100,
        ),
        tags=("NumPy", "function", "no bias", "regression", "many updates"),
        published={100: {"W1[0, 0]": 1.14905239, "W1[1, 0]": 0.56176776}},
    ),
    Entry(
        key="statquest-softplus",
        title="Optimising b3 of the squiggle",
        source=(
            "Josh Starmer, StatQuest, Backpropagation main ideas; method at coderlegion.com/21632"
        ),
        special=(
            "Three samples, and only the last bias is trained: one number, one derivative, "
            "one slope to walk down."
        ),
        exercise=Exercise(
            Network(
                (
                    Layer([[3.34, -3.53]], [-1.43, 0.57], "softplus"),
                    Layer([[-1.22], [-2.3]], [0.0], "identity"),
                )
            ),
            x=[[0.0], [0.5], [1.0]],
            target=[[0], [1], [0]],
            loss="sse",
            learning_rate=0.1,
            held=("W1", "b1", "W2"),
        ),
        tags=("video", "w1 to w4", "held", "update"),
        published={0: {"loss": 20.4, "db2[0]": -15.7}, 1: {"b2[0]": 1.57}},
        own_names={
            "w1": "W1[0, 0]",
            "w2": "W1[0, 1]",
            "w3": "W2[0, 0]",
            "w4": "W2[1, 0]",
            "b1": "b1[0]",
            "b2": "b1[1]",
            "b3": "b2[0]",
        },
    ),
    Entry(
        key="udacity-miniflow-134",
        title="MiniFlow Sigmoid.backward: expected output did not match",
        source="Udacity, github.com/udacity/sdc-issue-reports/issues/134",
        special=(
            "The targets are the outputs up to their last printed digit, so all the blame "
            "there is comes from their rounding."
        ),
        exercise=Exercise(
            Network((Layer([[2.0, -3.0], [2.0, -3.0]], [-3.0, -5.0], "sigmoid"),)),
            x=[[-1, -2], [-1, -2]],
            target=[[0.000123394576, 0.98201379], [0.000123394576, 0.98201379]],
            loss="mse",
        ),
        tags=("NumPy", "question", "rounding"),
        published={
            0: {
                "dW1[0, 0]": 6.79488741e-18,
                "dW1[0, 1]": -2.67826355e-12,
                "dW1[1, 0]": 1.35897748e-17,
                "dW1[1, 1]": -5.35652711e-12,
                "db1[0]": -6.79488741e-18,
                "db1[1]": 2.67826355e-12,
            }
        },
        asked={0: {"dW1[0, 0]": 6.08973702e-08, "dW1[0, 1]": 0.0693800843}},
    ),
    Entry(
        key="mitchell-4-7",
        title="Two iterations with momentum",
        source="Tom Mitchell, Machine Learning, ex. 4.7",
        special=(
            "Asked for again and again, because the book prints no answer; it takes its two "
            "samples one after the other, here both count in each step."
        ),
        exercise=Exercise(
            Network(
                (
                    Layer([[0.1], [0.1]], [0.1], "sigmoid"),
                    Layer([[0.1]], [0.1], "sigmoid"),
                )
            ),
            x=[[1, 0], [0, 1]],
            target=[[1], [0]],
            loss="half_sse",
            learning_rate=0.3,
            steps=2,
            momentum=0.9,
        ),
        tags=("textbook", "momentum", "no answer", "one half"),
        own_names={
            "a": "x[0, 0]",
            "wca": "W1[0, 0]",
            "wcb": "W1[1, 0]",
            "wc0": "b1[0]",
            "wdc": "W2[0, 0]",
            "wd0": "b2[0]",
        },
        one_by_one=True,
    ),
)
