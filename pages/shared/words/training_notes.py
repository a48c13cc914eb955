"""What to notice in a run: sentences computed from its steps."""

from __future__ import annotations

import numpy as np

from blame import History
from blame.refusals import refuse_unless
from blame.runs.deaths import deaths, growing_from
from pages.shared.words.agreeing import from_to
from pages.shared.words.notes import LESSON
from pages.shared.words.numbers import Numbers


def training_notes(history: History, asked: int, numbers: Numbers) -> list[str]:
    """Say what happened in this run, and at which step."""
    refuse_unless("what is said of a run", history.backward, losses=("mse",), steps=True, **LESSON)
    n, losses = numbers, history.losses
    found = []
    best = int(np.argmin(losses))
    first, last = from_to(float(losses[0]), float(losses[-1]), n)
    # Beside the end it went to, so that a loss a little lower does not look the same.
    lowest = from_to(float(losses[-1]), float(losses[best]), n)[1]
    found.append(
        f"The loss goes from {first} to {last} in {history.steps} steps; "
        f"its lowest is {lowest} at step {best}."
    )
    if history.overflow_step is not None:
        found.append(
            f"At step {history.overflow_step} of {asked} a number grew past what floats can hold, "
            "so the run stops there and every step before it is kept."
        )
    grew = growing_from(history)
    if grew is not None:
        found.append(
            f"From step {grew} on the loss only grows: the run runs away. "
            "A smaller learning rate is the first thing to try."
        )
    rises = np.flatnonzero(np.diff(losses) > 0)
    if len(rises) and grew is None:
        k = int(rises[0])
        low, high = from_to(float(losses[k]), float(losses[k + 1]), n)
        found.append(f"The step to {k + 1} raises the loss from {low} to {high}: it overshoots.")
    died = deaths(history)
    for j, step in enumerate(died):
        if step is not None:
            found.append(_death(history, j, step, n))
    if all(step is not None for step in died):
        found.append(
            f"With every hidden neuron dead from step {max(s for s in died if s is not None)} on, "
            "only b2 still learns. Each step multiplies its error by 1 - 2 × learning rate."
        )
    return found


def _death(history: History, neuron: int, step: int, n: Numbers) -> str:
    z = history.forward.z[0][:, 0, neuron]
    if step == 0:
        return (
            f"Neuron {neuron} is dead from the start: z1[{neuron}] {n.equals(float(z[0]))}, "
            "so no blame reaches its weights."
        )
    was, now = from_to(float(z[step - 1]), float(z[step]), n)
    return (
        f"Neuron {neuron} dies at step {step}: the update moved z1[{neuron}] from "
        f"{was} to {now}, and its gate stays shut."
    )
