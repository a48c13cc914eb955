"""One network in four arithmetics: what rounding, and nothing else, does to a gate and a run."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from blame.exercise.exercise import Exercise
from blame.probe.exact import ExactPass, as_typed, exact_train
from blame.training import train

ARITHMETICS = {
    "float64": "float64",
    "float32": "float32",
    "bias_first": "float64, bias first",
    "exact": "exact fractions",
}
"""Every arithmetic by its key, with its title."""


@dataclass(frozen=True)
class Outcome:
    """What one arithmetic makes of the example.

    `z`, `gates` and `blame` are the first layer's z1, its slopes and its d_z1 before training;
    `losses` starts with the loss before the first update and ends early where a number leaves the
    floats; `open_at_end` says which gates are open in the last pass kept.
    """

    key: str
    title: str
    z: tuple[float, ...]
    gates: tuple[bool, ...]
    blame: tuple[float, ...]
    losses: tuple[float, ...]
    open_at_end: tuple[bool, ...]


def outcomes(exercise: Exercise, steps: int) -> list[Outcome]:
    """Return the outcome of every arithmetic, in the order of `ARITHMETICS`.

    Parameters
    ----------
    example : the numbers as typed.
    steps : how many updates to follow, from 1 to `blame.exact.MOST_STEPS`.
    """
    return [
        _of_floats("float64", exercise, steps),
        _of_floats("float32", exercise, steps),
        _of_passes("bias_first", _passes(exercise, steps, exact=False)),
        _of_passes("exact", _passes(exercise, steps, exact=True)),
    ]


def _of_floats(key: str, exercise: Exercise, steps: int) -> Outcome:
    typed = {name: array.astype(key) for name, array in exercise.network.parameters().items()}
    network = exercise.network.with_parameters(**typed)
    run = train(network, exercise.x, exercise.target, exercise.learning_rate, steps, exercise.loss)
    z, slopes = run.forward.z[0][:, 0], run.backward.local_gradients[0][:, 0]
    return Outcome(
        key,
        ARITHMETICS[key],
        tuple(map(float, z[0])),
        tuple(map(bool, slopes[0])),
        tuple(map(float, run.backward.deltas[0][0, 0])),
        tuple(map(float, run.losses)),
        tuple(map(bool, slopes[-1])),
    )


def _passes(exercise: Exercise, steps: int, *, exact: bool) -> list[ExactPass]:
    return exact_train(
        exercise.network,
        exercise.x,
        exercise.target,
        exercise.learning_rate,
        steps,
        number=as_typed if exact else float,
        bias_first=not exact,
        loss=exercise.loss,
    )


def _of_passes(key: str, passes: list[ExactPass]) -> Outcome:
    losses = [as_float(step.loss) for step in passes]
    kept = next((k for k, loss in enumerate(losses) if not math.isfinite(loss)), len(losses))
    first, last = passes[0], passes[max(kept - 1, 0)]
    return Outcome(
        key,
        ARITHMETICS[key],
        tuple(map(as_float, first.z[0])),
        tuple(map(bool, first.gate[0])),
        tuple(map(as_float, first.delta[0])),
        tuple(losses[:kept]),
        tuple(map(bool, last.gate[0])),
    )


def as_float(number: object) -> float:
    """Return the nearest float; infinity where a fraction is larger than all of them."""
    try:
        return float(number)  # type: ignore[arg-type]
    except OverflowError:
        return math.inf


def partial_sums(exercise: Exercise, neuron: int, key: str) -> list[tuple[str, float]]:
    """Return z1[neuron] as it grows: each term's name, and the sum once it has been added.

    Parameters
    ----------
    example : the numbers as typed.
    neuron : of the first layer.
    key : an arithmetic of `ARITHMETICS`.

    Raises
    ------
    ValueError
        If there is no such arithmetic.
    """
    if key not in ARITHMETICS:
        raise ValueError(f"unknown arithmetic {key!r}; choose from {', '.join(ARITHMETICS)}")
    number = {"exact": as_typed, "float32": np.float32}.get(key, float)
    layer = exercise.network.layers[0]
    terms = [
        (f"x[{i}] W1[{i}, {neuron}]", number(float(x)) * number(float(w)))  # type: ignore[operator]
        for i, (x, w) in enumerate(zip(exercise.x, layer.weights[:, neuron], strict=True))
    ]
    shift = []
    if layer.bias is not None:
        shift = [(f"b1[{neuron}]", number(float(layer.bias[neuron])))]  # type: ignore[operator]
    ordered = [*shift, *terms] if key == "bias_first" else [*terms, *shift]
    found, total = [], ordered[0][1]
    found.append((ordered[0][0], as_float(total)))
    for name, term in ordered[1:]:
        total = total + term
        found.append((name, as_float(total)))
    return found
