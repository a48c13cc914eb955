"""Ready-made examples, each with a story of a sentence."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from blame.exercise.exercise import Exercise
from blame.exercise.names import SETTINGS, array_of
from blame.network import Layer, Network


@dataclass(frozen=True)
class Preset:
    """An example with a title and the one sentence that says what it shows."""

    title: str
    story: str
    exercise: Exercise


NOTEBOOK = Exercise(
    Network(
        (
            Layer([[0.5, -0.3], [0.8, 0.2]], [0.1, -0.1], "relu"),
            Layer([[1.0], [-1.5]], [0.05], "identity"),
        )
    ),
    x=[1, 2],
    target=[1],
)
SHUT = NOTEBOOK.with_numbers({"b1[1]": -0.2})

PRESETS: dict[str, Preset] = {
    "notebook": Preset(
        "The notebook",
        "Neuron 1 stands on the kink of the ReLU: one rounding bit opens its gate.",
        NOTEBOOK,
    ),
    "gate_shut": Preset(
        "Second gate shut",
        "With b1[1] = -0.2 neuron 1 is plainly off, passes no blame, and training goes well.",
        SHUT,
    ),
    "gate_open": Preset(
        "Second gate open",
        "With b1[1] = 0.1 neuron 1 is plainly on, and all of W1 takes blame.",
        NOTEBOOK.with_numbers({"b1[1]": 0.1}),
    ),
    "both_dead": Preset(
        "Both neurons dead",
        "Both gates are shut, so no blame reaches W1, b1 or W2: only b2 can learn.",
        NOTEBOOK.with_numbers({"b1[0]": -3.0, "b1[1]": -1.0}),
    ),
    "diverges": Preset(
        "A rate that diverges",
        "The first step kills the last open neuron; after it every step doubles the error of b2.",
        SHUT.with_numbers({"learning_rate": 1.5}),
    ),
    "crawls": Preset(
        "A rate that crawls",
        "Every step points the right way, but a rate of 0.0001 makes each one tiny.",
        SHUT.with_numbers({"learning_rate": 0.0001}),
    ),
    "grows": Preset(
        "Blame that grows",
        "Weights of 3 and -2 and an input of 2 multiply the blame up to six times on its way back.",
        NOTEBOOK.with_numbers(
            {
                "y_true": 1.5,
                "W1[0, 0]": 0.5,
                "W1[0, 1]": 0.5,
                "W1[1, 0]": 0.5,
                "W1[1, 1]": 0.25,
                "b1[0]": 0.5,
                "b1[1]": 1.0,
                "W2[0, 0]": 3.0,
                "W2[1, 0]": -2.0,
                "b2[0]": 0.0,
                "learning_rate": 0.01,
            }
        ),
    ),
    "fades": Preset(
        "Blame that fades",
        "Output weights of 0.1 and inputs of 0.5 leave W1 one twentieth of the output's blame.",
        NOTEBOOK.with_numbers(
            {
                "x[0]": 0.5,
                "x[1]": 0.5,
                "W1[0, 0]": 0.5,
                "W1[0, 1]": 0.5,
                "W1[1, 0]": 0.5,
                "W1[1, 1]": 0.5,
                "b1[0]": 0.5,
                "b1[1]": 0.5,
                "W2[0, 0]": 0.1,
                "W2[1, 0]": 0.1,
                "b2[0]": 0.0,
            }
        ),
    ),
}
"""Every preset by its key. A new one is one entry here."""

MOST_SEED = 999_999
MOST_TRIES = 1000
"""A wide exercise may have no draw without an edge: the last one is taken then."""


def drawn(exercise: Exercise, seed: int) -> Exercise:
    """Return the exercise with fresh numbers of one decimal, easy to follow by hand.

    Nothing is dead and nothing stands on an edge: no pre-activation lies within 0.05 of a kink, a
    layer that has gates has an open one, and the loss is not next to nothing. Targets are what
    the loss takes: a class where it is a cross-entropy, 0 or 1 where it needs that range. The
    same seed gives the same numbers.

    Raises
    ------
    ValueError
        If the seed is not a whole number from 0 to 999999.
    """
    if not 0 <= seed <= MOST_SEED or seed != int(seed):
        raise ValueError(f"seed must be a whole number from 0 to {MOST_SEED}, got {seed}")
    generator = np.random.default_rng(int(seed))
    names = [name for name in exercise.numbers() if name not in SETTINGS]
    for _ in range(MOST_TRIES):
        tenths = generator.integers(-15, 16, len(names))
        numbers = {name: int(value) / 10 for name, value in zip(names, tenths, strict=True)}
        found = exercise.with_numbers(numbers | _targets(exercise, generator))
        if _is_alive(found):
            break
    return found


def _targets(exercise: Exercise, generator: np.random.Generator) -> dict[str, float]:
    """Return targets for a loss that does not take any number."""
    names = [name for name in exercise.numbers() if array_of(name) == "y_true"]
    if not names or exercise.loss_function.domain == (-np.inf, np.inf):
        return {}
    width = exercise.sizes[-1]
    if width == 1 or exercise.activations[-1] != "softmax":
        return {name: float(generator.integers(2)) for name in names}
    rows = np.eye(width)[generator.integers(width, size=exercise.n_samples)]
    return dict(zip(names, rows.ravel().tolist(), strict=True))


def _is_alive(exercise: Exercise) -> bool:
    passes = exercise.backward()
    for layer, z in zip(exercise.network.layers, passes.forward_pass.z, strict=True):
        if not layer.activation.kinks:
            continue
        near = np.abs(z[..., None] - np.array(layer.activation.kinks)).min(-1)
        if (near <= 0.05).any() or not (z > 0).any():
            return False
    return abs(float(passes.loss)) > 0.01
