"""One network in four arithmetics: what rounding, and nothing else, does to a gate and a run."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from blame.exercise.exercise import Exercise
from blame.forward import forward
from blame.network import Network
from blame.probe.exact import MOST_WORK, ExactPass, as_typed, exact_train, refusal
from blame.refusals import RefusedError
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

    `z`, `gates` and `blame` are a layer's z, its slopes and its d_z before training; `losses`
    starts with the loss before the first update and ends early where a number leaves the floats;
    `open_at_end` says which of the layer's gates are open in the last pass kept. `others` are the
    gates of all other hidden layers before training.
    """

    key: str
    title: str
    z: tuple[float, ...]
    gates: tuple[bool, ...]
    blame: tuple[float, ...]
    losses: tuple[float, ...]
    open_at_end: tuple[bool, ...]
    others: tuple[bool, ...] = ()

    @property
    def every_gate(self) -> tuple[bool, ...]:
        """The gates of all hidden layers before training, those of its own layer first."""
        return (*self.gates, *self.others)


def why_not(exercise: Exercise) -> str:
    """Return why an exercise cannot be worked out in every arithmetic, or nothing where it can."""
    if why := refusal(exercise.network, exercise.loss):
        return why
    if len(exercise.network.layers) == 1:
        return "there is no hidden layer, so there is no gate"
    if exercise.n_samples > 1:
        return f"exact passes take one sample, got {exercise.n_samples}"
    how = {
        "what is held": exercise.held,
        "what is tied": exercise.tied,
        "momentum": exercise.momentum,
        "weight decay": exercise.weight_decay,
    }
    given = [name for name, value in how.items() if value]
    return f"exact passes take plain steps, without {' and '.join(given)}" if given else ""


def outcomes(exercise: Exercise, steps: int, layer: int = 1) -> list[Outcome]:
    """Return the outcome of every arithmetic, in the order of `ARITHMETICS`.

    All follow as many updates as the fractions can be followed.

    Parameters
    ----------
    exercise : the numbers as typed.
    steps : how many updates to follow at most, from 1 to `blame.probe.exact.MOST_STEPS`.
    layer : the hidden layer whose gates are told, from 1.

    Raises
    ------
    RefusedError
        If `why_not` has a reason.
    """
    if why := why_not(exercise):
        raise RefusedError(f"{why}; look at the other pages, or at the notebook")
    exact = _passes(exercise, steps, exact=True)
    followed = len(exact) - 1
    return [
        _of_floats("float64", exercise, followed, layer),
        _of_floats("float32", exercise, followed, layer),
        _of_passes("bias_first", _passes(exercise, followed, exact=False), layer),
        _of_passes("exact", exact, layer),
    ]


def _of_floats(key: str, exercise: Exercise, steps: int, layer: int) -> Outcome:
    network = _in_floats(exercise, key)
    run = train(network, exercise.x, exercise.target, exercise.learning_rate, steps, exercise.loss)
    z, slopes = run.forward.z[layer - 1][:, 0], run.backward.local_gradients
    rest = [slope[0, 0] for k, slope in enumerate(slopes[:-1], start=1) if k != layer]
    return Outcome(
        key,
        ARITHMETICS[key],
        tuple(map(float, z[0])),
        tuple(map(bool, slopes[layer - 1][0, 0])),
        tuple(map(float, run.backward.deltas[layer - 1][0, 0])),
        tuple(map(float, run.losses)),
        tuple(map(bool, slopes[layer - 1][-1, 0])),
        tuple(bool(gate) for gates in rest for gate in gates),
    )


def _in_floats(exercise: Exercise, key: str) -> Network:
    typed = {name: array.astype(key) for name, array in exercise.network.parameters().items()}
    return exercise.network.with_parameters(**typed)


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
        most_work=MOST_WORK,
    )


def _of_passes(key: str, passes: list[ExactPass], layer: int) -> Outcome:
    losses = [as_float(step.loss) for step in passes]
    kept = next((k for k, loss in enumerate(losses) if not math.isfinite(loss)), len(losses))
    first, last = passes[0], passes[max(kept - 1, 0)]
    rest = [gates for k, gates in enumerate(first.gate[:-1], start=1) if k != layer]
    return Outcome(
        key,
        ARITHMETICS[key],
        tuple(map(as_float, first.z[layer - 1])),
        tuple(map(bool, first.gate[layer - 1])),
        tuple(map(as_float, first.delta[layer - 1])),
        tuple(losses[:kept]),
        tuple(map(bool, last.gate[layer - 1])),
        tuple(bool(gate) for gates in rest for gate in gates),
    )


def as_float(number: object) -> float:
    """Return the nearest float; infinity where a fraction is larger than all of them."""
    try:
        return float(number)  # type: ignore[arg-type]
    except OverflowError:
        return math.inf


def partial_sums(
    exercise: Exercise, neuron: int, key: str, layer: int = 1
) -> list[tuple[str, float]]:
    """Return z of a neuron as it grows: each term's name, and the sum once it has been added.

    Parameters
    ----------
    exercise : the numbers as typed.
    neuron : of the layer.
    key : an arithmetic of `ARITHMETICS`.
    layer : counted from 1; what comes into it is that arithmetic's own.

    Raises
    ------
    ValueError
        If there is no such arithmetic.
    """
    if key not in ARITHMETICS:
        raise ValueError(f"unknown arithmetic {key!r}; choose from {', '.join(ARITHMETICS)}")
    makers: dict[str, Callable[[float], Any]] = {"exact": as_typed, "float32": np.float32}
    number = makers.get(key, float)
    own = exercise.network.layers[layer - 1]
    inputs, named = _inputs(exercise, key, layer, number)
    terms = [
        (f"{named}[{i}] W{layer}[{i}, {neuron}]", a * number(float(w)))
        for i, (a, w) in enumerate(zip(inputs, own.weights[:, neuron], strict=True))
    ]
    shift = []
    if own.bias is not None:
        shift = [(f"b{layer}[{neuron}]", number(float(own.bias[neuron])))]
    ordered = [*shift, *terms] if key == "bias_first" else [*terms, *shift]
    found, total = [], ordered[0][1]
    found.append((ordered[0][0], as_float(total)))
    for name, term in ordered[1:]:
        total = total + term
        found.append((name, as_float(total)))
    return found


def _inputs(
    exercise: Exercise, key: str, layer: int, number: Callable[[float], Any]
) -> tuple[list[Any], str]:
    """Return what comes into a layer in an arithmetic, and the name of that array."""
    if layer == 1:
        return [number(float(x)) for x in exercise.x], "x"
    named = f"a{layer - 1}"
    if key in ("float64", "float32"):
        passes = forward(_in_floats(exercise, key), exercise.x)
        return [number(float(a)) for a in passes.a[layer - 2][0]], named
    return list(_passes(exercise, 0, exact=key == "exact")[0].a[layer - 2]), named
