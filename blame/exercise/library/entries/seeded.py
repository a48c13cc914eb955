"""Several samples, and weights drawn from a seed."""

from __future__ import annotations

from functools import partial

from blame.exercise.exercise import Exercise
from blame.exercise.library.derived import mean_absolute_error, squares_of_epoch
from blame.exercise.library.entry import Derived, Entry
from blame.network import Layer, Network

HIDDEN = [
    [-0.165955990594852, 0.4406489868843162, -0.9997712503653102, -0.39533485473632046],
    [-0.7064882183657739, -0.8153228104624044, -0.6274795772446582, -0.3088785459139045],
    [-0.20646505153866013, 0.07763346800671389, -0.1616109711934104, 0.370439000793519],
]
OUTPUT = [[-0.5910955005369651], [0.7562348727818908], [-0.9452248136041477], [0.34093502035680445]]
"""Of NumPy's old generator with the seed 1, as two of the exercises begin."""

ENTRIES = (
    Entry(
        key="iamtrask-11-lines-b",
        title="11 lines, part 2: 3-4-1, XOR, batch of 4",
        source=(
            "Andrew Trask, A neural network in 11 lines of Python, "
            "iamtrask.github.io/2015/07/12/basic-python-network"
        ),
        special=(
            "Gradient descent at a rate of 1 without its name: the error times the slope is "
            "added to the weights, which is one half of the squared error, summed over four "
            "samples."
        ),
        exercise=Exercise(
            Network(
                (
                    Layer(HIDDEN, None, "sigmoid"),
                    Layer(OUTPUT, None, "sigmoid"),
                )
            ),
            x=[[0, 0, 1], [0, 1, 1], [1, 0, 1], [1, 1, 1]],
            target=[[0], [1], [1], [0]],
            loss="half_sse",
            learning_rate=1.0,
            steps=500,
        ),
        tags=("NumPy", "seed", "no bias", "XOR", "many updates", "one half"),
        derived=(
            Derived("mean of the absolute errors", 0.496410031903, mean_absolute_error),
            Derived(
                "mean of the absolute errors", 0.00858452565325, mean_absolute_error, updates=10000
            ),
        ),
    ),
    Entry(
        key="grokking-ch6",
        title="Street lights, 3-4-1 ReLU, one sample at a time",
        source=(
            "Andrew Trask, Grokking Deep Learning, ch. 6, "
            "github.com/iamtrask/Grokking-Deep-Learning"
        ),
        special=(
            "The source updates after every single sample; trained on all four at once, as "
            "here, the run goes another way."
        ),
        exercise=Exercise(
            Network(
                (
                    Layer(HIDDEN, None, "relu"),
                    Layer(OUTPUT, None, "identity"),
                )
            ),
            x=[[1, 0, 1], [0, 1, 1], [0, 0, 1], [1, 1, 1]],
            target=[[1], [1], [0], [0]],
            loss="half_sse",
            learning_rate=0.2,
        ),
        tags=("textbook", "NumPy", "seed", "no bias", "many updates", "one half"),
        derived=(
            Derived(
                "sum of squared errors in epoch 10",
                0.6342311598444467,
                partial(squares_of_epoch, epoch=10),
            ),
            Derived(
                "sum of squared errors in epoch 20",
                0.35838407676317513,
                partial(squares_of_epoch, epoch=20),
            ),
            Derived(
                "sum of squared errors in epoch 30",
                0.0830183113303298,
                partial(squares_of_epoch, epoch=30),
            ),
            Derived(
                "sum of squared errors in epoch 40",
                0.006467054957103705,
                partial(squares_of_epoch, epoch=40),
            ),
            Derived(
                "sum of squared errors in epoch 50",
                0.0003292669000750734,
                partial(squares_of_epoch, epoch=50),
            ),
            Derived(
                "sum of squared errors in epoch 60",
                1.5055622665134859e-05,
                partial(squares_of_epoch, epoch=60),
            ),
        ),
        one_by_one=True,
    ),
    Entry(
        key="dlai-week3",
        title="backward_propagation test case, 2-4-1 tanh",
        source="deeplearning.ai, Neural Networks and Deep Learning, week 3, coursera.org",
        special=(
            "Tiny weights leave tanh almost straight and the output near one half; the 1/m "
            "that many look for stands in the weight gradients alone."
        ),
        exercise=Exercise(
            Network(
                (
                    Layer(
                        [
                            [-0.00416758, -0.02136196, -0.01793436, 0.00502881],
                            [-0.00056267, 0.01640271, -0.00841747, -0.01245288],
                        ],
                        [0.0, 0.0, 0.0, 0.0],
                        "tanh",
                    ),
                    Layer(
                        [[-0.01057952], [-0.00909008], [0.00551454], [0.02292208]], [0.0], "sigmoid"
                    ),
                )
            ),
            x=[
                [1.6243453636632417, -1.0729686221561705],
                [-0.6117564136500754, 0.8654076293246785],
                [-0.5281717522634557, -2.3015386968802827],
            ],
            target=[[1], [0], [1]],
            loss="bce",
        ),
        tags=("NumPy", "seed", "one row a neuron", "samples as columns"),
        published={
            0: {
                "dW1[0, 0]": 0.00301023,
                "dW1[1, 0]": -0.00747267,
                "dW1[0, 1]": 0.00257968,
                "dW1[1, 1]": -0.00641288,
                "dW1[0, 2]": -0.00156892,
                "dW1[1, 2]": 0.003893,
                "dW1[0, 3]": -0.00652037,
                "dW1[1, 3]": 0.01618243,
                "db1[0]": 0.00176201,
                "db1[1]": 0.00150995,
                "db1[2]": -0.00091736,
                "db1[3]": -0.00381422,
                "dW2[0, 0]": 0.00078841,
                "dW2[1, 0]": 0.01765429,
                "dW2[2, 0]": -0.00084166,
                "dW2[3, 0]": -0.01022527,
                "db2[0]": -0.16655712,
            }
        },
    ),
)
