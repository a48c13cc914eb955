"""Two hidden layers or more."""

from __future__ import annotations

from blame.exercise.exercise import Exercise
from blame.exercise.library.entry import ROUNDED_ON_THE_WAY, Entry
from blame.network import Layer, Network

FROM_THOSE_SHARES = (
    "It builds on shares without exponentials and leaves out that every share depends on every z; "
    "with cross-entropy the blame at z is y_pred minus y_true."
)
TURNED = (
    "Its sign is turned: where the target is 0, the blame at z is the share itself, and that is "
    "above 0."
)
AFTER_THE_OUTPUTS = "It rests on the blame at the outputs, which had gone wrong before."
FEWER_PATHS = (
    "It rests on the blame at the outputs, and follows it back along one path where there are "
    "several."
)

ENTRIES = (
    Entry(
        key="jay-3-3-3-3",
        title="Back-propagation is very simple (ReLU, sigmoid, softmax)",
        source=(
            "Prakash Jay, medium.com/@14prakash; notebook at github.com/Prakashvanapalli/TensorFlow"
        ),
        special=(
            "Three layers of three with three activations; its softmax goes without "
            "exponentials, and nearly every gradient inherits that."
        ),
        exercise=Exercise(
            Network(
                (
                    Layer(
                        [[0.1, 0.2, 0.3], [0.3, 0.2, 0.7], [0.4, 0.3, 0.9]], [1.0, 1.0, 1.0], "relu"
                    ),
                    Layer(
                        [[0.2, 0.3, 0.5], [0.3, 0.5, 0.7], [0.6, 0.4, 0.8]],
                        [1.0, 1.0, 1.0],
                        "sigmoid",
                    ),
                    Layer(
                        [[0.1, 0.4, 0.8], [0.3, 0.7, 0.2], [0.5, 0.2, 0.9]],
                        [1.0, 1.0, 1.0],
                        "softmax",
                    ),
                )
            ),
            x=[0.1, 0.2, 0.7],
            target=[1, 0, 0],
            loss="cross_entropy_sum",
            learning_rate=0.01,
            held=("b1", "b2", "b3"),
        ),
        tags=("picture", "matrices", "held", "update"),
        published={
            0: {
                "z1[0]": 1.35,
                "z1[1]": 1.27,
                "z1[2]": 1.8,
                "z2[0]": 2.73,
                "z2[1]": 2.76,
                "z2[2]": 4.001,
                "a2[0]": 0.938,
                "a2[1]": 0.94,
                "a2[2]": 0.98,
                "z3[0]": 1.8658,
                "z3[1]": 2.2292,
                "z3[2]": 2.8204,
                "y_pred[0]": 0.2698,
                "y_pred[1]": 0.32235,
                "y_pred[2]": 0.40784,
                "dW3[0, 0]": -0.5531,
                "dW3[0, 1]": -0.0576,
                "dW3[0, 2]": -0.5836,
            },
            1: {
                "W3[0, 0]": 0.105531,
                "W3[1, 0]": 0.30055,
                "W2[0, 0]": 0.2006989,
                "W1[0, 0]": 0.10001035,
            },
        },
        wrong={
            0: {
                "z2[2]": "Its terms add up to 4.004.",
                "z3[0]": ROUNDED_ON_THE_WAY,
                "z3[1]": ROUNDED_ON_THE_WAY,
                "z3[2]": ROUNDED_ON_THE_WAY,
                "dW3[0, 0]": FROM_THOSE_SHARES,
                "dW3[0, 1]": TURNED,
                "dW3[0, 2]": TURNED,
            },
            1: {
                "W3[0, 0]": FROM_THOSE_SHARES,
                "W3[1, 0]": "The gradients before it give 0.3055; a zero seems to have slipped in.",
                "W2[0, 0]": AFTER_THE_OUTPUTS,
                "W1[0, 0]": FEWER_PATHS,
            },
        },
    ),
    Entry(
        key="mse3048198",
        title="Is my back propagation math correct?",
        source="Mathematics Stack Exchange, math.stackexchange.com/questions/3048198",
        special=(
            "Two paths lead from the first weight to the output; the asker followed them but "
            "left out the weights along the way, and came out four times too large."
        ),
        exercise=Exercise(
            Network(
                (
                    Layer([[0.5]], [1.0], "sigmoid"),
                    Layer([[0.5, 0.5]], [1.0, 1.0], "sigmoid"),
                    Layer([[0.5], [0.5]], [1.0], "sigmoid"),
                )
            ),
            x=[1],
            target=None,
            loss="output",
        ),
        tags=("question", "formula", "no target", "two paths", "w1 to w5"),
        published={0: {"dW1[0, 0]": 0.0014291881022}},
        own_names={
            "w1": "W1[0, 0]",
            "w2": "W2[0, 0]",
            "w3": "W2[0, 1]",
            "w4": "W3[0, 0]",
            "w5": "W3[1, 0]",
        },
        asked={0: {"dW1[0, 0]": 0.00571675240882}},
    ),
)
