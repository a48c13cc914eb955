"""What a reader can take away: programs, a notebook, the trace and the run, with their numbers.

Everything is text, made from an `Exercise`, and reproduces what the app shows for it.
"""

from __future__ import annotations

import csv
import io
import json
from typing import Any

import numpy as np

from blame.exercise.exercise import Exercise
from blame.exercise.numpy_lines import (
    UPDATE,
    Step,
    graph_of,
    inputs,
    steps,
    update_lines,
    update_of,
)
from blame.kinks import piece_of
from blame.probe.landscape import values_along
from blame.training import History

_AT_A_KINK = (
    " At a kink, where a z is 0 or cannot be told from it, the two sides differ and this proves "
    "nothing."
)


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
            _training(exercise),
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
        _text(f"## Forward\n\n{_forward_said(exercise)}"),
        _code(_shown(exercise, back=False)),
        _text("## Backward\n\nBlame starts at the output and is multiplied on its way back."),
        _code(_shown(exercise, back=True)),
        _text(
            "## Is it true?\n\nMove each parameter a little both ways and see what the loss does."
            + (_AT_A_KINK if _has_kinks(exercise) else "")
        ),
        _code(_check(exercise)),
        _text(f"## Training\n\n{_training_said(exercise)}"),
        _code(_training(exercise)),
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
    """Return what the exercise is, and every number of both passes by its name, as JSON.

    A number that has left the floats is null.
    """
    trace = exercise.trace()
    values = {name: trace.value(name) for name in trace.names()}
    document = {
        "sizes": exercise.sizes,
        "activations": exercise.activations,
        "loss": exercise.loss,
        "samples": exercise.n_samples,
        "held": exercise.held,
        "tied": exercise.tied,
        "numbers": exercise.numbers(),
        "trace": {name: v + 0.0 if np.isfinite(v) else None for name, v in values.items()},
    }
    return json.dumps(document, indent=1, allow_nan=False) + "\n"


def run_csv(exercise: Exercise) -> str:
    """Return the training run as CSV: step, loss, every parameter and every gate, a row a step."""
    run = exercise.train()
    names = exercise.parameter_names()
    gates = _gates(exercise, run)
    columns: list[Any] = [np.arange(run.steps + 1).tolist(), run.losses.tolist()]
    columns += [values_along(run, name).tolist() for name in names]
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(["step", "loss", *names, *gates])
    writer.writerows(zip(*columns, *gates.values(), strict=True))
    return text.getvalue()


def _gates(exercise: Exercise, run: History) -> dict[str, list[int]]:
    """Return whether each neuron with a kink lies above it, 1 or 0 at each step, by its heading."""
    graph, found = graph_of(exercise), {}
    gated = [k for k, layer in enumerate(exercise.network.layers, 1) if layer.activation.kinks]
    for k in gated:
        pieces = piece_of(exercise.network.layers[k - 1].activation, run.forward.z[k - 1])
        for s, j in np.ndindex(pieces.shape[1:]):
            # Where one layer of one sample has all gates, the neuron's number is enough.
            alone = len(gated) == 1 and exercise.n_samples == 1
            heading = f"gate {j}" if alone else f"gate {graph.entry(f'z{k}', j, s)}"
            found[heading] = pieces[:, s, j].tolist()
    return found


def _numbers(exercise: Exercise) -> str:
    return "\n".join([*inputs(exercise), f"steps = {exercise.steps}"])


def _shown(exercise: Exercise, *, back: bool) -> str:
    """Return the lines of a pass, and then those that print what it computed."""
    part = _stages(exercise, back=back)
    # + 0.0 turns a minus zero into a zero.
    shown = [f'print("{name}", {name} + 0.0)' for step in part for name in step.names]
    return "\n".join([*_lines(exercise, back=back), *shown])


def _stages(exercise: Exercise, *, back: bool) -> list[Step]:
    every = steps(graph_of(exercise))
    return [step for step in every if step.back == back and step.stage != UPDATE]


def _lines(exercise: Exercise, *, back: bool) -> list[str]:
    return [line for step in _stages(exercise, back=back) for line in step.lines]


def _training(exercise: Exercise) -> str:
    """Return the loop that trains, from the first step on as the app does."""
    network, update = exercise.network, update_of(exercise)
    moved = [
        name
        for name, rule in update.rules(network).items()
        if rule.held is None or not rule.held.all()
    ]
    velocities = [f"v_{name} = np.zeros_like({name})" for name in moved]
    body = [
        *_lines(exercise, back=False),
        "losses.append(float(loss))",
        "if not np.isfinite(losses[-1]):",
        "    losses.pop()",
        '    print("The run left the floats at step", step)',
        "    break",
        *_lines(exercise, back=True),
        *update_lines(network, update, keeps_velocity=True),
    ]
    return "\n".join(
        [
            *(velocities if exercise.momentum else []),
            "losses = []",
            "for step in range(steps + 1):",
            *(f"    {line}" for line in body),
            'print("loss at the start", losses[0])',
            'print("loss at the end", losses[-1])',
        ]
    )


def _check(exercise: Exercise) -> str:
    """Return the gradient check of every parameter by a central difference."""
    names = list(exercise.network.parameters())
    pairs = ", ".join(f'"{name}": {name}' for name in names)
    gradients = ", ".join(f'"{name}": d{name}' for name in names)
    return "\n".join(
        [
            f"def loss_of({', '.join(names)}):",
            *(f"    {line}" for line in _lines(exercise, back=False)),
            "    return loss",
            "",
            f"parameters = {{{pairs}}}",
            f"gradients = {{{gradients}}}",
            "for name, array in parameters.items():",
            "    for index in np.ndindex(array.shape):",
            "        h = 1e-5 * max(1, abs(array[index]))",
            "        losses = []",
            "        for by in (h, -h):",
            "            moved = {n: values.copy() for n, values in parameters.items()}",
            "            moved[name][index] += by",
            "            losses.append(loss_of(**moved))",
            '        print(name, index, "blame", gradients[name][index] + 0.0,',
            '              "by nudging", (losses[0] - losses[1]) / (2 * h))',
        ]
    )


def _has_kinks(exercise: Exercise) -> bool:
    return any(layer.activation.kinks for layer in exercise.network.layers)


def _forward_said(exercise: Exercise) -> str:
    if exercise.activations == ("relu", "identity"):
        return "Each neuron adds up its inputs; the ReLU keeps what is positive."
    return "Each neuron adds up its inputs times its weights; its activation makes a of that sum z."


def _training_said(exercise: Exercise) -> str:
    said = "Each step moves every parameter against its blame"
    held = " and ".join(exercise.held)
    return f"{said}{f', all but {held}, which stay as they are' if held else ''}."


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
