"""What the glossary's words of training are for the numbers at hand."""

from __future__ import annotations

import numpy as np

from blame.exercise.exercise import Exercise
from blame.practise.now import Now, gated, listed, of_layer
from blame.practise.question import written_number as n
from blame.runs.curvature import hessian, sharpness
from blame.runs.deaths import deaths
from blame.runs.limits import limit_at_start

MOST_CURVED = 150
"""The curvature of more parameters than this would take too long for a word."""


def dead(now: Now) -> str:
    """Return which neurons died in the run, and when."""
    if not any(True for _ in gated(now)):
        return ""
    died = sorted(
        (step, k, j)
        for k in gated(now)
        for j, step in enumerate(deaths(now.run, k - 1))
        if step is not None
    )
    said = [f"neuron {j}{of_layer(now, k)} from step {step} on" for step, k, j in died]
    return listed(said, "; ") or "none in this run"


def limit(now: Now) -> str:
    """Return the largest curvature and the rate that it allows, where each step is plain."""
    exercise = now.exercise
    if not now.run.update.plain or len(exercise.parameter_names()) > MOST_CURVED:
        return ""
    # Known to whoever has asked for this exercise before, as the training lab does.
    rate = limit_at_start(exercise)
    if np.isnan(rate):
        return ""
    if np.isfinite(rate):
        return f"λ = {n(2 / rate)}, so 2/λ = {n(rate)}"
    top = float(sharpness(hessian(exercise.network, exercise.x, exercise.target, exercise.loss)))
    return f"λ = {n(top)}: nothing curves upward, so there is no limit here"


def steps(now: Now) -> str:
    """Return how many steps the run has, and where it ends."""
    run = now.run
    early = "" if run.overflow_step is None else " before it leaves the floats"
    return f"{run.steps} in this run{early}; its last loss is {n(run.losses[-1])}"


def update(now: Now) -> str:
    """Return how one parameter of the last layer moves in the first step."""
    exercise = now.exercise
    free = [name for name in exercise.parameter_names() if not _is_held(exercise, name)]
    if not free:
        return "nothing moves: all of it is held"
    last = [name for name in free if name.startswith(f"b{now.depth}")]
    name = next(iter([*last, *reversed(free)]))
    array = name.partition("[")[0]
    blames = now.passes.parameter_gradients()[array]
    old = float(exercise.numbers()[name])
    slope = float(blames.sum()) if array in exercise.tied else now.trace.value(f"d{name}")
    pull, text = slope, n(slope)
    if exercise.weight_decay:
        pull = slope + exercise.weight_decay * old
        text = f"({n(slope)} + {n(exercise.weight_decay)} × {n(old)})"
    new = old - exercise.learning_rate * pull
    title = array if blames.size == 1 and array.startswith("b") else name
    title = array if array in exercise.tied else title
    return f"{title}: {n(old)} - {n(exercise.learning_rate)} × {text} = {n(new)}"


def _is_held(exercise: Exercise, name: str) -> bool:
    return name in exercise.held or name.partition("[")[0] in exercise.held
