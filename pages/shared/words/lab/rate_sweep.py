"""What the sweep of learning rates shows, in words."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from blame import History
from blame.exercise.exercise import Exercise
from blame.runs.rate_sweep import RateSweep
from pages.shared.words.numbers import short


def edges(exercise: Exercise, swept: RateSweep, floor: float, roof: float) -> str:
    """Say what a chart of losses from `floor` to `roof` cannot show in its place."""
    said = []
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

    `run_of` and `limits_of` give the run of an example and the stable rate at each of its steps.
    """
    said = f"Theory puts the edge at 2/λ = **{short(limit)}**, from the curvature at the start. "
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
    gates = history.backward.local_gradients[0][: rise + 1, 0] != 0
    flipped = [j for j in range(gates.shape[1]) if gates[:, j].any() != gates[:, j].all()]
    if flipped:
        names = " and ".join(f"neuron {j}" for j in flipped)
        gate, has = ("gate", "has") if len(flipped) == 1 else ("gates", "have")
        return (
            f"{said}By then the {gate} of {names} {has} flipped: the curvature of the start knows "
            "nothing of what lies beyond a kink."
        )
    before, now = (float(limits_of(exercise)[k]) for k in (0, rise - 1))
    return (
        f"{said}No gate has flipped until then, but the limit has moved with the weights, from "
        f"{short(before)} to {short(now)}."
        if rise > 1
        else f"{said}One step is no parabola: the loss is of the fourth degree in the weights."
    )
