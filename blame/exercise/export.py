"""What a reader can take away: programs, a notebook, the trace and the run, with their numbers.

Everything is text, made from an `Example`, and reproduces what the app shows for it.
"""

from __future__ import annotations

import csv
import io
import json
from typing import Any

import numpy as np

from blame.exercise.exercise import Exercise
from blame.exercise.numpy_lines import UPDATE, graph_of, inputs, steps
from blame.probe.landscape import values_along
from blame.probe.trace import Trace

_TRAINING = """\
losses = []
for step in range(steps + 1):
    z1 = x @ W1 + b1
    a1 = np.maximum(0, z1)
    y_pred = a1 @ W2 + b2
    losses.append(float(np.mean((y_pred - y_true) ** 2)))
    if not np.isfinite(losses[-1]):
        losses.pop()
        print("The run left the floats at step", step)
        break
    d_loss_y = 2 * (y_pred - y_true)
    d_z1 = (W2 @ d_loss_y) * (z1 > 0)
    W2, b2 = W2 - learning_rate * np.outer(a1, d_loss_y), b2 - learning_rate * d_loss_y
    W1, b1 = W1 - learning_rate * np.outer(x, d_z1), b1 - learning_rate * d_z1
print("loss at the start", losses[0])
print("loss at the end", losses[-1])"""
_CHECK = """\
for name in ("W1", "b1", "W2", "b2"):
    for index in np.ndindex(globals()[name].shape):
        h = 1e-5 * max(1, abs(globals()[name][index]))
        moved = {n: globals()[n].copy() for n in ("W1", "b1", "W2", "b2")}
        slopes = []
        for by in (h, -h):
            moved[name][index] = globals()[name][index] + by
            hidden = np.maximum(0, x @ moved["W1"] + moved["b1"])
            slopes.append(np.mean((hidden @ moved["W2"] + moved["b2"] - y_true) ** 2))
        print(name, index, "blame", globals()["d" + name][index] + 0.0,
              "by nudging", (slopes[0] - slopes[1]) / (2 * h))"""


def numpy_script(exercise: Exercise) -> str:
    """Return a program that prints every number of both passes, then trains; NumPy alone."""
    return "\n".join(
        [
            '"""The forward pass, the blame and the training of one small network, in NumPy."""',
            "",
            "import numpy as np",
            "",
            _numbers(exercise),
            "",
            "# Forward",
            _shown(exercise, back=False),
            "",
            "# Backward: the blame",
            _shown(exercise, back=True),
            "",
            "# Training: the blame is used, step after step",
            _TRAINING,
            "",
        ]
    )


def torch_script(exercise: Exercise) -> str:
    """Return a program that finds the gradients with PyTorch and compares them with ours."""
    passes = exercise.backward()
    ours = {f"d{name}": value.tolist() for name, value in passes.parameter_gradients().items()}
    return "\n".join(
        [
            '"""The same network in PyTorch: autograd beside the gradients that the app shows."""',
            "",
            "import torch",
            "",
            "torch.set_default_dtype(torch.float64)",
            *inputs(exercise, "torch.tensor"),
            "for parameter in (W1, b1, W2, b2):",
            "    parameter.requires_grad_()",
            "",
            "y_pred = torch.relu(x @ W1 + b1) @ W2 + b2",
            "loss = torch.mean((y_pred - y_true) ** 2)",
            "loss.backward()",
            "",
            f"ours = {ours!r}",
            "print('loss', loss.item(), 'in the app', " + repr(float(passes.loss)) + ")",
            "for name, parameter in (('dW1', W1), ('db1', b1), ('dW2', W2), ('db2', b2)):",
            "    shown = torch.tensor(ours[name])",
            "    print(name, parameter.grad.tolist(), 'in the app', ours[name])",
            "    assert torch.allclose(parameter.grad, shown, rtol=1e-9, atol=1e-12), name",
            "print('autograd and the app agree')",
            "",
        ]
    )


def notebook(exercise: Exercise) -> str:
    """Return a Jupyter notebook (nbformat 4.5) that runs from top to bottom with NumPy alone."""
    cells = [
        _text(
            "# Blame, by hand and by NumPy\n\nA network made a guess, and the guess was off. Blame "
            "is each number's share in that: the gradient, how fast the loss would change if that "
            "number grew a little."
        ),
        _text("## The numbers"),
        _code("import numpy as np\n\n" + _numbers(exercise)),
        _text("## Forward\n\nEach neuron adds up its inputs; the ReLU keeps what is positive."),
        _code(_shown(exercise, back=False)),
        _text("## Backward\n\nBlame starts at the output and is multiplied on its way back."),
        _code(_shown(exercise, back=True)),
        _text(
            "## Is it true?\n\nMove each parameter a little both ways and see what the loss does. "
            "At a kink, where a z is 0 or cannot be told from it, the two "
            "sides differ and this proves nothing."
        ),
        _code(_CHECK),
        _text("## Training\n\nEach step moves every parameter against its blame."),
        _code(_TRAINING),
    ]
    for k, cell in enumerate(cells):
        cell["id"] = f"cell-{k}"
    document = {
        "cells": cells,
        "metadata": {
            "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
            "language_info": {"name": "python"},
        },
        "nbformat": 4,
        "nbformat_minor": 5,
    }
    return json.dumps(document, indent=1) + "\n"


def trace_json(exercise: Exercise) -> str:
    """Return every number of both passes by its name on screen, as JSON."""
    trace = Trace(exercise.backward())
    document = {
        "numbers": exercise.numbers(),
        "trace": {name: trace.value(name) for name in trace.names()},
    }
    return json.dumps(document, indent=1, allow_nan=False) + "\n"


def run_csv(exercise: Exercise) -> str:
    """Return the training run as CSV: step, loss, every parameter and every gate, a row a step."""
    run = exercise.train()
    names = [name for name in Trace(exercise.backward()).names() if name[0] in "Wb"]
    gates = [f"gate {j}" for j in range(run.forward.z[0].shape[-1])]
    columns: list[Any] = [np.arange(run.steps + 1).tolist(), run.losses.tolist()]
    columns += [values_along(run, name).tolist() for name in names]
    columns += (run.backward.local_gradients[0][:, 0] != 0).astype(int).T.tolist()
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(["step", "loss", *names, *gates])
    writer.writerows(zip(*columns, strict=True))
    return text.getvalue()


def _numbers(exercise: Exercise) -> str:
    return "\n".join([*inputs(exercise), f"steps = {exercise.steps}"])


def _shown(exercise: Exercise, *, back: bool) -> str:
    """Return the lines of a pass, and then those that print what it computed."""
    part = [s for s in steps(graph_of(exercise)) if s.back == back and s.stage != UPDATE]
    lines = [line for step in part for line in step.lines]
    # + 0.0 turns a minus zero into a zero.
    shown = [f'print("{name}", {name} + 0.0)' for step in part for name in step.names]
    return "\n".join([*lines, *shown])


def _text(source: str) -> dict[str, Any]:
    return {"cell_type": "markdown", "metadata": {}, "source": source.splitlines(keepends=True)}


def _code(source: str) -> dict[str, Any]:
    return {
        "cell_type": "code",
        "execution_count": None,
        "metadata": {},
        "outputs": [],
        "source": source.splitlines(keepends=True),
    }
