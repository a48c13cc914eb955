"""Where theory puts the edge of the learning rates, and where it is, in words."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np

from blame import History
from blame.exercise.exercise import Exercise
from blame.kinks import piece_of
from blame.runs.rate_sweep import RateSweep
from pages.shared.words.lab.neurons import listed
from pages.shared.words.numbers import short

MOST_NAMED = 4
"""So many neurons whose gates flipped are named; more are counted."""
DEGREES = {2: "fourth", 3: "sixth", 4: "eighth"}
"""Of the loss in the weights of so many straight layers, where it is a parabola in the output."""


def edge_name(exercise: Exercise) -> str:
    """Return how the stable limit is worked out, in a few signs."""
    return f"2(1 + {short(exercise.momentum)})/λ" if exercise.momentum else "2/λ"


def what_lambda_is(exercise: Exercise) -> str:
    """Say what the limit along the run is made from."""
    gates = ", all gates held as they are" if _gated(exercise) else ""
    trained = ""
    if exercise.held or exercise.tied:
        trained = " in the numbers that are trained"
        trained += ", a tied bias as one" if exercise.tied else ""
    decay = ", with the weight decay added" if exercise.weight_decay else ""
    return (
        f"λ is the largest eigenvalue of the Hessian{trained}{gates}{decay}. On a parabola of that "
        f"curvature every rate above {edge_name(exercise)} overshoots by more at each step."
    )


def edges(exercise: Exercise, swept: RateSweep, floor: float, roof: float) -> str:
    """Say what a chart of losses from `floor` to `roof` cannot show in its place, or leaves out."""
    said = []
    if swept.steps < exercise.steps:
        said.append(
            f"For so large an exercise each of the {len(swept.rates)} rates trains for the first "
            f"{swept.steps} of the run's {exercise.steps} steps."
        )
    if ((swept.losses < floor) | (swept.losses > roof)).any():
        low, high = short(floor), short(roof)
        said.append(f"Losses below {low} and above {high} are drawn at the edge.")
    if not float(swept.rates[0]) <= exercise.learning_rate <= float(swept.rates[-1]):
        said.append(f"This run's own rate, {short(exercise.learning_rate)}, lies beyond the chart.")
    return " ".join(said)


def lowest_of(swept: RateSweep) -> str:
    """Return of which runs the best one is the lowest: of all, or of those still alive."""
    # Neurons that died may leave a lower loss than all that learned.
    if swept.losses[swept.best()] == swept.losses.min():
        return ""
    return " of those that neither died nor ran away nor are stuck"


def limit_words(
    exercise: Exercise,
    swept: RateSweep,
    limit: float,
    run_of: Callable[[Exercise], History],
    limits_of: Callable[[Exercise], Any],
) -> str:
    """Say where theory puts the edge, where it is, and what happened to the first run beyond it.

    `run_of` and `limits_of` give the run of an exercise and the stable rate at each of its steps.
    """
    said = (
        f"Theory puts the edge at {edge_name(exercise)} = **{short(limit)}**, from the curvature "
        "at the start. "
        if math.isfinite(limit)
        else "At the start nothing curves upward, so theory puts no edge there. "
        if limit > 0
        else "At the start the curvature is too large for the floats. "
    )
    count = swept.descends_up_to()
    rates = [float(rate) for rate in swept.rates]
    if count == len(rates):
        return f"{said}Here the loss rises at no step, whatever the rate up to {short(rates[-1])}."
    if count == 0:
        return f"{said}The smallest rate tried, {short(rates[0])}, already raises the loss."
    said += f"The loss rises at no step up to a rate of **{short(rates[count - 1])}**"
    if rates[count - 1] / 1.1 <= limit <= rates[count] * 1.1:
        return f"{said}: theory holds."
    beyond = replace(exercise, learning_rate=rates[count])
    return f"{said}. {_beyond(beyond, run_of(beyond), limits_of)}"


def _beyond(exercise: Exercise, history: History, limits_of: Callable[[Exercise], Any]) -> str:
    """Say what the first rate beyond the edge met before the loss rose."""
    losses = [float(loss) for loss in history.losses]
    rise = next((k for k in range(1, len(losses)) if losses[k] > losses[k - 1]), history.steps)
    said = f"At the next rate, {short(exercise.learning_rate)}, the step to {rise} raises it. "
    if flipped := _flipped(exercise, history, rise):
        gate, has = ("gate", "has") if len(flipped) == 1 else ("gates", "have")
        names = listed(flipped) if len(flipped) <= MOST_NAMED else f"{len(flipped)} neurons"
        return (
            f"{said}By then the {gate} of {names} {has} flipped: the curvature of the start knows "
            "nothing of what lies beyond a kink."
        )
    if exercise.momentum:
        return (
            f"{said}With momentum a run may roll past a bottom and up again, which raises the "
            "loss at rates below the limit too."
        )
    if exercise.weight_decay:
        return (
            f"{said}With weight decay the steps bring down the loss and the decay together: the "
            "loss alone may rise."
        )
    none = "No gate has flipped until then, but the" if _gated(exercise) else "The"
    # Of a large network the limit is known at some steps only.
    known = [float(limit) for limit in limits_of(exercise)[:rise] if not math.isnan(limit)]
    before, now = known[0] if known else math.nan, known[-1] if known else math.nan
    if rise > 1 and short(before) != short(now):
        return (
            f"{said}{none} limit has moved with the weights, from {short(before)} to {short(now)}."
        )
    straight = all(layer.activation.straight for layer in exercise.network.layers)
    depth = len(exercise.network.layers)
    if not (straight and exercise.loss_function.quadratic):
        return f"{said}One step is no parabola: the loss is curved otherwise in the weights."
    if depth in DEGREES:
        return (
            f"{said}One step is no parabola: the loss is of the {DEGREES[depth]} degree in the "
            "weights."
        )
    return (
        f"{said}The steepest curve is not the only one: how far this run goes along it decides "
        "when the loss rises."
    )


def _flipped(exercise: Exercise, history: History, rise: int) -> list[str]:
    """Return the neurons of which a gate, on some sample, was open and shut up to a step."""
    found = []
    depth = len(exercise.network.layers)
    for k, (layer, z) in enumerate(
        zip(exercise.network.layers, history.forward.z, strict=True), start=1
    ):
        if not layer.activation.kinks:
            continue
        slopes = history.backward.local_gradients[k - 1]
        gates = slopes if layer.activation.straight else piece_of(layer.activation, z)
        flipped = (gates[: rise + 1] != gates[0]).any(axis=(0, 1))
        for j in np.flatnonzero(flipped):
            found.append(f"neuron {j}" if depth == 2 and k == 1 else f"neuron {j} of layer {k}")
    return found


def _gated(exercise: Exercise) -> bool:
    return any(layer.activation.kinks for layer in exercise.network.layers)
