"""A program that does both passes and trains; NumPy alone."""

from __future__ import annotations

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


def numpy_script(exercise: Exercise) -> str:
    """Return a program that prints every number of both passes, then trains; NumPy alone."""
    return "\n".join(
        [
            '"""The forward pass, the blame and the training of one small network, in NumPy."""',
            "",
            "import numpy as np",
            "",
            numbers_given(exercise),
            "",
            "# Forward",
            lines_shown(exercise, back=False),
            "",
            "# Backward: the blame",
            lines_shown(exercise, back=True),
            "",
            "# Training: the blame is used, step after step",
            training_loop(exercise),
            "",
        ]
    )


def numbers_given(exercise: Exercise) -> str:
    return "\n".join([*inputs(exercise), f"steps = {exercise.steps}"])


def lines_shown(exercise: Exercise, *, back: bool) -> str:
    """Return the lines of a pass, and then those that print what it computed."""
    part = _stages(exercise, back=back)
    # + 0.0 turns a minus zero into a zero.
    shown = [f'print("{name}", {name} + 0.0)' for step in part for name in step.names]
    return "\n".join([*lines_of_pass(exercise, back=back), *shown])


def _stages(exercise: Exercise, *, back: bool) -> list[Step]:
    every = steps(graph_of(exercise))
    return [step for step in every if step.back == back and step.stage != UPDATE]


def lines_of_pass(exercise: Exercise, *, back: bool) -> list[str]:
    return [line for step in _stages(exercise, back=back) for line in step.lines]


def training_loop(exercise: Exercise) -> str:
    """Return the loop that trains, from the first step on as the app does."""
    network, update = exercise.network, update_of(exercise)
    moved = [
        name
        for name, rule in update.rules(network).items()
        if rule.held is None or not rule.held.all()
    ]
    velocities = [f"v_{name} = np.zeros_like({name})" for name in moved]
    body = [
        *lines_of_pass(exercise, back=False),
        "losses.append(float(loss))",
        "if not np.isfinite(losses[-1]):",
        "    losses.pop()",
        '    print("The run left the floats at step", step)',
        "    break",
        *lines_of_pass(exercise, back=True),
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
