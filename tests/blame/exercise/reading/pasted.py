"""What each text in pastes/ says, written out by hand from the text, every matrix as in x @ W."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent / "pastes"


@dataclass(frozen=True)
class Right:
    weights: list[Any]
    biases: list[Any]
    activations: tuple[str, ...]
    x: list[Any]
    target: list[Any] | None
    loss: str
    rate: float | None
    asked: frozenset[str] = frozenset()
    steps: int = 50


def text_of(name):
    return (HERE / f"{name}.txt").read_text(encoding="utf-8")


def asked(*keys):
    return frozenset(keys)


MAZUR = [[[0.15, 0.25], [0.2, 0.3]], [[0.4, 0.5], [0.45, 0.55]]]
NOTEBOOK = [[[0.5, -0.3], [0.8, 0.2]], [[1.0], [-1.5]]]
PASTES = {
    "np_dot_W_x": Right(
        [[[0.1, 0.3, 0.5], [0.2, 0.4, 0.6]], [[0.7], [0.8], [0.9]]],
        [[0.1, 0.1, 0.2], [0.3]],
        ("sigmoid", "sigmoid"),
        [[1, 0.5]],
        [[1]],
        "half_sse",
        0.25,
    ),
    "torch_seq": Right(
        [[[0.1, 0.3, -0.5], [-0.2, 0.4, 0.6]], [[1, 0.25], [-1, 0.75], [0.5, -0.5]]],
        [[0, 0, 0], [0, 0]],
        ("tanh", "identity"),
        [[0.5, -1], [1, 2]],
        [[1, 0], [0, 1]],
        "sse",
        0.05,
        asked("bias"),
        steps=20,
    ),
    "torch_class": Right(
        [[[0.5, -0.3], [0.8, 0.2]], [[1, 0, -0.5], [-1.5, 0.3, 0.4]]],
        [[0.1, -0.1], [0, 0, 0]],
        ("relu", "softmax"),
        [[1, 2], [0.5, -1]],
        [[0, 0, 1], [1, 0, 0]],
        "cross_entropy",
        None,
        asked("learning_rate"),
    ),
    "keras_weights": Right(
        [[[0.5, -0.3, 0.1], [0.8, 0.2, -0.4]], [[1], [-1.5], [0.3]]],
        [[0, 0.1, 0], [0.05]],
        ("sigmoid", "sigmoid"),
        [[1, 1]],
        [[0]],
        "mse",
        None,
        asked("x", "target", "loss", "learning_rate", "hidden_activation", "output_activation"),
    ),
    "keras_code": Right(
        [[[0.1, 0.2], [0.3, 0.4]], [[0.5], [-0.5]]],
        [[0, 0.5], [0.2]],
        ("tanh", "sigmoid"),
        [[0, 1], [1, 1]],
        [[1], [0]],
        "bce",
        0.3,
    ),
    "latex": Right(
        [[[0.1, 0.2], [-0.3, 0.4]], [[1], [-1]]],
        [[0.1, 0], [0.5]],
        ("sigmoid", "sigmoid"),
        [[1, 2]],
        [[1]],
        "half_sse",
        0.1,
    ),
    "latex_code": Right(
        [[[0.15, 0.25, 0.35], [0.2, 0.3, 0.25]], [[0.4], [0.45], [-0.5]]],
        [None, None],
        ("relu", "identity"),
        [[0.5, 0.1]],
        [[1]],
        "mse",
        0.01,
        asked("bias"),
    ),
    "mlm": Right(
        [
            [[0.13436424411240122], [0.8474337369372327]],
            [[0.2550690257394217, 0.4494910647887381]],
        ],
        [[0.763774618976614], [0.49543508709194095, 0.651592972722763]],
        ("sigmoid", "sigmoid"),
        [[1, 0]],
        [[0, 1]],
        "half_sse",
        0.5,
        asked("loss", "hidden_activation", "output_activation"),
    ),
    "sheet": Right(
        NOTEBOOK,
        [[0.1, -0.1], [0.05]],
        ("sigmoid", "sigmoid"),
        [[0, 0], [0, 1], [1, 0], [1, 1]],
        [[0], [1], [1], [0]],
        "half_sse",
        0.3,
        asked("loss"),
    ),
    "negnevitsky": Right(
        [[[0.5, 0.9], [0.4, 1.0]], [[-1.2], [1.1]]],
        [[-0.8, 0.1], [-0.3]],
        ("sigmoid", "sigmoid"),
        [[1, 1]],
        [[0]],
        "half_sse",
        0.1,
        asked("loss", "theta"),
    ),
    "macleod": Right(
        [[[0.1, 0.4], [0.8, 0.6]], [[0.3], [0.9]]],
        [None, None],
        ("sigmoid", "sigmoid"),
        [[0.35, 0.9]],
        [[0.5]],
        "half_sse",
        1.0,
        asked("numbering", "loss", "bias"),
    ),
    "code_scalar": Right(
        MAZUR,
        [[0.35, 0.35], [0.6, 0.6]],
        ("sigmoid", "sigmoid"),
        [[0.05, 0.1]],
        [[0.01, 0.99]],
        "half_sse",
        0.5,
        asked("biases"),
    ),
    "prose": Right([[[0.4], [-0.7]]], [[0.1]], ("sigmoid",), [[0.5, -1.2]], [[1]], "bce", 0.2),
    "numpy_print": Right(
        NOTEBOOK, [[0.1, -0.1], [0.05]], ("relu", "identity"), [[1, 2]], [[1]], "mse", 0.1
    ),
    "matlab": Right(
        [[[0.1, 0.3], [0.2, 0.4]], [[0.7], [0.8]]],
        [[0.5, 0.6], [0.9]],
        ("tanh", "identity"),
        [[1, 2]],
        [[0.5]],
        "half_sse",
        None,
        asked("layout", "loss", "learning_rate"),
    ),
    "nnfs": Right(
        [[[-3], [-1], [2]]],
        [[1]],
        ("relu",),
        [[1, -2, 3]],
        None,
        "output",
        None,
        asked("loss", "learning_rate"),
    ),
    "grokking": Right(
        [[[0.1], [0.2], [-0.1]]],
        [None],
        ("identity",),
        [[8.5, 0.65, 1.2]],
        [[1]],
        "mse",
        0.01,
        asked("bias"),
        steps=3,
    ),
    "batch_cols": Right(
        [[[0.1, -0.3, 0.5], [0.2, 0.4, -0.6]], [[0.7], [-0.8], [0.9]]],
        [[0, 0, 0], [0]],
        ("tanh", "sigmoid"),
        [[1, 0.5], [-0.5, 1.5], [2, -1]],
        [[1], [0], [1]],
        "bce",
        None,
        asked("learning_rate"),
    ),
    "softmax_manual": Right(
        [[[0.1, 0.2], [0.3, -0.1], [-0.2, 0.4]]],
        [[0.1, 0.2]],
        ("softmax",),
        [[1, 2, 3]],
        [[0, 1]],
        "cross_entropy_sum",
        0.1,
    ),
    "class_numpy": Right(
        [[[0.5, 0.3], [-0.4, 0.9]], [[0.7], [-0.8]]],
        [[0.1, 0.2], [0.3]],
        ("sigmoid", "sigmoid"),
        [[2, 3]],
        None,
        "output",
        None,
        asked("loss", "learning_rate"),
    ),
    "md_table": Right(
        [[[0.2], [0.4], [-0.3]]], [[0.1]], ("tanh",), [[1, 0, 1]], [[0.5]], "mse", 0.1
    ),
    "deepml": Right(
        [[[0.1], [-0.2]]],
        [[0]],
        ("sigmoid",),
        [[1, 2], [2, 1], [-1, -2]],
        [[1], [0], [0]],
        "mse",
        0.1,
        steps=2,
    ),
    "named_params": Right(
        [[[0.1, 0.3], [0.2, 0.4]], [[0.7], [0.8]]],
        [[0.5, 0.6], [0.9]],
        ("sigmoid", "sigmoid"),
        [[1, 0]],
        [[1]],
        "bce",
        None,
        asked("learning_rate"),
    ),
    "micrograd_neuron": Right(
        [[[-3], [1]]],
        [[6.8813735870195432]],
        ("tanh",),
        [[2, 0]],
        None,
        "output",
        None,
        asked("loss", "learning_rate"),
    ),
    "autograd_lines": Right(
        [[[1], [-2]]],
        [[0.5]],
        ("sigmoid",),
        [[3, 4]],
        [[1]],
        "bce",
        None,
        asked("learning_rate"),
    ),
    "seq_load": Right(
        [[[0.1, 0.3], [0.2, 0.4]], [[0.7], [0.8]]],
        [[0.5, 0.6], [0.9]],
        ("sigmoid", "sigmoid"),
        [[1, 0]],
        [[1]],
        "bce",
        0.1,
    ),
    "prose_arrows": Right(
        [[[0.1, 0.2], [0.3, 0.4]], [[0.5], [0.6]]],
        [None, None],
        ("sigmoid", "sigmoid"),
        [[1, 0]],
        [[1]],
        "half_sse",
        0.1,
        asked("bias"),
    ),
    "latex_scalar": Right(
        [[[0.1, 0.2], [0.3, 0.4]], [[0.5], [0.6]]],
        [None, None],
        ("sigmoid", "sigmoid"),
        [[1, 2]],
        [[0]],
        "half_sse",
        0.5,
        asked("bias", "index"),
    ),
    "csv": Right(
        [[[0.5], [-0.5]]],
        [[0.1]],
        ("sigmoid",),
        [[0, 0], [1, 1]],
        [[0], [1]],
        "bce",
        None,
        asked("learning_rate"),
    ),
    "comma_table": Right(
        [[[0.15], [0.2]]], [[0.35]], ("sigmoid",), [[0.05, 0.1]], [[0.01]], "half_sse", 0.5
    ),
    "params": Right(
        [[[0.1, 0.3], [0.2, 0.4]], [[0.7], [0.8]]],
        [[0.5, 0.6], [0.9]],
        ("sigmoid", "sigmoid"),
        [[1, 1]],
        [[0]],
        "mse",
        None,
        asked("x", "target", "loss", "learning_rate", "hidden_activation", "output_activation"),
    ),
    "headings": Right(
        [[[0.1, 0.2, 0.3], [0.4, 0.5, 0.6]], [[1], [-1], [0.5]]],
        [None, None],
        ("tanh", "identity"),
        [[0.5, -1]],
        [[1]],
        "half_sse",
        0.05,
        asked("bias"),
    ),
    "linreg": Right(
        [[[0]]], [[0]], ("identity",), [[1], [2], [3]], [[2], [4], [6]], "mse", 0.01, steps=100
    ),
    "deep": Right(
        [
            [[0.1, 0.2, 0.3], [0.4, 0.5, 0.6]],
            [[1, 2], [3, 4], [5, 6]],
            [[0.5], [0.5]],
        ],
        [[1, 1, 1], [0, 0], [0.25]],
        ("tanh", "relu", "sigmoid"),
        [[1, 2]],
        [[1]],
        "bce",
        None,
        asked("learning_rate"),
    ),
    "positional": Right(
        [[[0.1], [-0.2]]],
        [[0]],
        ("sigmoid",),
        [[1, 2], [2, 1]],
        [[1], [0]],
        "mse",
        0.1,
        steps=2,
    ),
}
