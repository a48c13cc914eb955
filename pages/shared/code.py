"""The lesson's computation as NumPy, line by line in the notebook's names."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from blame.example import Example


@dataclass(frozen=True)
class Step:
    """One stage of the computation: its lines, and the names it computes."""

    stage: str
    lines: tuple[str, ...]
    names: tuple[str, ...]


STEPS = (
    Step("z1", ("z1 = x @ W1 + b1",), ("z1",)),
    Step("a1", ("a1 = np.maximum(0, z1)",), ("a1",)),
    Step("y_pred", ("y_pred = a1 @ W2 + b2",), ("y_pred",)),
    Step("loss", ("loss = np.mean((y_pred - y_true) ** 2)",), ("loss",)),
    Step("d_loss_y", ("d_loss_y = 2 * (y_pred - y_true)",), ("d_loss_y",)),
    Step("dW2", ("dW2 = np.outer(a1, d_loss_y)", "db2 = d_loss_y"), ("dW2", "db2")),
    Step("d_a1", ("d_a1 = W2 @ d_loss_y",), ("d_a1",)),
    Step("d_z1", ("d_z1 = d_a1 * (z1 > 0)",), ("d_z1",)),
    Step("dW1", ("dW1 = np.outer(x, d_z1)", "db1 = d_z1"), ("dW1", "db1")),
    Step(
        "update",
        (
            "W1 = W1 - learning_rate * dW1",
            "b1 = b1 - learning_rate * db1",
            "W2 = W2 - learning_rate * dW2",
            "b2 = b2 - learning_rate * db2",
        ),
        ("W1", "b1", "W2", "b2"),
    ),
)


def inputs(example: Example) -> list[str]:
    """Return the lines that set every number, with all their digits."""
    network = example.network
    first, second = network.layers
    arrays = {
        "x": example.x,
        "y_true": example.target,
        "W1": first.weights,
        "b1": first.bias,
        "W2": second.weights,
        "b2": second.bias,
    }
    lines = [f"{name} = np.array({value.tolist()})" for name, value in arrays.items()]
    return [*lines, f"learning_rate = {example.learning_rate!r}"]


def program(example: Example) -> str:
    """Return the whole computation as a program that prints every number."""
    lines = ["import numpy as np", "", *inputs(example), "", "# Forward"]
    for step in STEPS:
        if step.stage == "d_loss_y":
            lines += ["", "# Backward: the blame"]
        if step.stage == "update":
            lines += ["", "# Update: another step, which uses the blame"]
        lines += step.lines
        lines += [f'print("{name}", {name})' for name in step.names]
    return "\n".join(lines)


def commented(stage: str, values: dict[str, np.ndarray]) -> str:
    """Return a stage's lines, each with what it computes behind it where that is known."""
    (step,) = (step for step in STEPS if step.stage == stage)
    shown = []
    for line in step.lines:
        name = line.split(" = ")[0]
        if name not in values:
            shown.append(line)
            continue
        value = np.array2string(np.asarray(values[name]) + 0.0, precision=4, separator=", ")
        shown.append(f"{line}  # {' '.join(value.split())}")
    return "\n".join(shown)
