"""The lesson's computation as lines of NumPy, in the notebook's names: the one place they stand."""

from __future__ import annotations

from dataclasses import dataclass

from blame.exercise.example import Example


@dataclass(frozen=True)
class Step:
    """One stage of the computation: its lines, and the names it computes."""

    stage: str
    lines: tuple[str, ...]
    names: tuple[str, ...]


FORWARD = (
    Step("z1", ("z1 = x @ W1 + b1",), ("z1",)),
    Step("a1", ("a1 = np.maximum(0, z1)",), ("a1",)),
    Step("y_pred", ("y_pred = a1 @ W2 + b2",), ("y_pred",)),
    Step("loss", ("loss = np.mean((y_pred - y_true) ** 2)",), ("loss",)),
)
BACKWARD = (
    Step("d_loss_y", ("d_loss_y = 2 * (y_pred - y_true)",), ("d_loss_y",)),
    Step("dW2", ("dW2 = np.outer(a1, d_loss_y)", "db2 = d_loss_y"), ("dW2", "db2")),
    Step("d_a1", ("d_a1 = W2 @ d_loss_y",), ("d_a1",)),
    Step("d_z1", ("d_z1 = d_a1 * (z1 > 0)",), ("d_z1",)),
    Step("dW1", ("dW1 = np.outer(x, d_z1)", "db1 = d_z1"), ("dW1", "db1")),
)
UPDATE = Step(
    "update",
    (
        "W1 = W1 - learning_rate * dW1",
        "b1 = b1 - learning_rate * db1",
        "W2 = W2 - learning_rate * dW2",
        "b2 = b2 - learning_rate * db2",
    ),
    ("W1", "b1", "W2", "b2"),
)
STEPS = (*FORWARD, *BACKWARD, UPDATE)


def inputs(example: Example, array: str = "np.array") -> list[str]:
    """Return the lines that set every number but the steps, with all their digits."""
    first, second = example.network.layers
    arrays = {
        "x": example.x,
        "y_true": example.target,
        "W1": first.weights,
        "b1": first.bias,
        "W2": second.weights,
        "b2": second.bias,
    }
    lines = [f"{name} = {array}({value.tolist()})" for name, value in arrays.items()]
    return [*lines, f"learning_rate = {example.learning_rate!r}"]
