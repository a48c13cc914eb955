"""The lesson's network in plain Python, one number at a time: what the charts must show."""

from __future__ import annotations

import math
from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from blame.exercise.exercise import Exercise
from blame.exercise.presets import NOTEBOOK, PRESETS, drawn
from tests.exercises import by_link_name, changed

EXERCISES = {
    "notebook": NOTEBOOK,
    "gate shut": changed(NOTEBOOK, b1_1=-0.2),
    "first shut": changed(NOTEBOOK, b1_0=-4.0, b1_1=0.7, y_true=-2.5),
    "both dead": changed(NOTEBOOK, b1_0=-3.0, b1_1=-1.0),
    "no blame": changed(NOTEBOOK, W2_1_0=0.0, b2_0=-1.2, b1_0=0.1),
    "exactly 0": changed(NOTEBOOK, W1_0_1=0.5, W1_1_1=0.0, b1_1=-0.5),
    "grows": PRESETS["grows"].exercise,
    "random 3": drawn(NOTEBOOK, 3),
    "random 8": drawn(NOTEBOOK, 8),
    "random 21": drawn(NOTEBOOK, 21),
}
"""Open and shut gates, blame of both signs and of 0, a prediction above and below its target."""


def passes(exercise: Exercise) -> dict[str, Any]:
    """Return every number of both passes by the notebook's symbol."""
    return passes_at(by_link_name(exercise))


def typed(exercise: Exercise) -> dict[str, Fraction]:
    """Return an exercise's numbers as fractions of the decimals that were typed."""
    return {name: Fraction(repr(float(v))) for name, v in by_link_name(exercise).items()}


def on_paper(exercise: Exercise) -> dict[str, Any]:
    """Return both passes in fractions of what was typed, each gate as the floats have it."""
    return passes_at(typed(exercise), passes(exercise)["gate"])


def passes_at(p: Mapping[str, Any], gate: list[bool] | None = None) -> dict[str, Any]:
    """Return the same of numbers spelled as in links; floats, or fractions all the way.

    Gates are open where z is above 0 unless they are given.
    """
    x = (p["x_0"], p["x_1"])
    z = [x[0] * p[f"W1_0_{j}"] + x[1] * p[f"W1_1_{j}"] + p[f"b1_{j}"] for j in (0, 1)]
    gate = gate or [value > 0 for value in z]
    a = [value if g else value - value for value, g in zip(z, gate, strict=True)]
    y = a[0] * p["W2_0_0"] + a[1] * p["W2_1_0"] + p["b2_0"]
    error = y - p["y_true"]
    d_y = 2 * error
    d_a = [d_y * p[f"W2_{j}_0"] for j in (0, 1)]
    d_z = [d if g else d - d for d, g in zip(d_a, gate, strict=True)]
    found: dict[str, Any] = {"gate": gate, "y_pred": y, "loss": error * error, "d_loss_y": d_y}
    for j in (0, 1):
        found |= {f"z1[{j}]": z[j], f"a1[{j}]": a[j], f"d_a1[{j}]": d_a[j], f"d_z1[{j}]": d_z[j]}
        found |= {f"dW2[{j}, 0]": a[j] * d_y, f"db1[{j}]": d_z[j]}
        found |= {f"dW1[{i}, {j}]": x[i] * d_z[j] for i in (0, 1)}
    return found | {"db2[0]": d_y}


PARAMETERS = ("W1_0_0", "W1_0_1", "W1_1_0", "W1_1_1", "b1_0", "b1_1", "W2_0_0", "W2_1_0", "b2_0")


def symbol(parameter: str) -> str:
    """Return W1[0, 1] for W1_0_1; biases have one index."""
    name, *index = parameter.split("_")
    return f"{name}[{', '.join(index)}]"


def run(exercise: Exercise) -> list[dict[str, Any]]:
    """Return parameters and passes of every step; it ends before one leaves the floats."""
    given = by_link_name(exercise)
    now = {name: given[name] for name in PARAMETERS}
    steps: list[dict[str, Any]] = []
    for _ in range(exercise.steps + 1):
        found = passes_at(given | now)
        every = [value for key, value in found.items() if key != "gate"]
        if not all(map(math.isfinite, [*every, *now.values()])):
            break
        steps.append(found | {symbol(name): value for name, value in now.items()})
        rate = exercise.learning_rate
        now = {name: v - rate * found["d" + symbol(name)] for name, v in now.items()}
    return steps
