"""The same lines as a Jupyter notebook, with a gradient check."""

from __future__ import annotations

import json
from typing import Any

from blame.exercise.exercise import Exercise
from blame.exercise.export.numpy_program import (
    lines_of_pass,
    lines_shown,
    numbers_given,
    training_loop,
)

_AT_A_KINK = (
    " At a kink, where a z is 0 or cannot be told from it, the two sides differ and this proves "
    "nothing."
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
        _code("import numpy as np\n\n" + numbers_given(exercise)),
        _text(f"## Forward\n\n{_forward_said(exercise)}"),
        _code(lines_shown(exercise, back=False)),
        _text("## Backward\n\nBlame starts at the output and is multiplied on its way back."),
        _code(lines_shown(exercise, back=True)),
        _text(
            "## Is it true?\n\nMove each parameter a little both ways and see what the loss does."
            + (_AT_A_KINK if _has_kinks(exercise) else "")
        ),
        _code(_check(exercise)),
        _text(f"## Training\n\n{_training_said(exercise)}"),
        _code(training_loop(exercise)),
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


def _check(exercise: Exercise) -> str:
    """Return the gradient check of every parameter by a central difference."""
    names = list(exercise.network.parameters())
    pairs = ", ".join(f'"{name}": {name}' for name in names)
    gradients = ", ".join(f'"{name}": d{name}' for name in names)
    return "\n".join(
        [
            f"def loss_of({', '.join(names)}):",
            *(f"    {line}" for line in lines_of_pass(exercise, back=False)),
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
