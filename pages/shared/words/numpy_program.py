"""The lesson's computation as NumPy, line by line in the notebook's names."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from blame.exercise.exercise import Exercise
from blame.exercise.numpy_lines import UPDATE, graph_of, inputs, steps, update_of
from blame.probe.trace.graph import Graph
from blame.training.updates import Update
from pages.shared.words.numbers import short


def program(exercise: Exercise) -> str:
    """Return the whole computation as a program that prints every number."""
    lines = ["import numpy as np", "", *inputs(exercise), "", "# Forward"]
    for step in steps(graph_of(exercise), update_of(exercise)):
        if step.stage == "d_loss_y":
            lines += ["", "# Backward: the blame"]
        if step.stage == UPDATE:
            lines += ["", "# Update: another step, which uses the blame"]
            if exercise.momentum:
                lines.append("# In the first step there is no velocity yet for momentum to keep.")
        lines += step.lines
        lines += [f'print("{name}", {name})' for name in step.names]
    return "\n".join(lines)


def commented(
    graph: Graph,
    stage: str,
    values: dict[str, np.ndarray],
    update: Update | None = None,
    write: Callable[[float], str] = short,
) -> str:
    """Return a stage's lines, each with what it computes behind it where that is known.

    `write` writes a number of it.
    """
    every = steps(graph, Update() if update is None else update)
    (step,) = (step for step in every if step.stage == stage)
    shown = []
    for line in step.lines:
        name = line.split(" = ")[0]
        if name not in values:
            shown.append(line)
            continue
        value = np.array2string(
            np.asarray(values[name]), separator=", ", formatter={"float_kind": write}
        )
        shown.append(f"{line}  # {' '.join(value.split())}")
    return "\n".join(shown)
