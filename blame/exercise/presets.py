"""Ready-made examples, each with a story of a sentence."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np

from blame.arrays import Array
from blame.backward import backward
from blame.exercise.exercise import Exercise
from blame.forward import forward
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
        "Two inputs, two neurons with a ReLU, one output: the exercise that all pages begin with.",
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
MOST_TRIES = 280
"""A wide exercise may have no draw without an edge: that farthest from one is taken then."""
_AT_ONCE = 40
"""So many tries are worked out in one stacked pass."""
_OFF_THE_KINK = 0.05
_LEAST_BLAME = 1e-4


def drawn(exercise: Exercise, seed: int, *, by_hand: bool = False) -> Exercise:
    """Return the exercise with fresh numbers of one decimal, easy to follow by hand.

    Nothing is dead and nothing stands on an edge: no pre-activation lies within 0.05 of a kink, a
    layer that has gates has an open one, blame reaches every layer, and the loss is not next to
    nothing. Weights into a wide layer are drawn smaller, so that its sums stay within reach.
    Targets are what the loss takes: a class where it is a cross-entropy, 0 or 1 where it needs
    that range. The same seed gives the same numbers.

    Parameters
    ----------
    by_hand : numbers to work with on paper: inputs of -3 to 3 without a 0, no weight 0, and of a
        layer's gates one open and one shut, where it has two.

    Raises
    ------
    ValueError
        If the seed is not a whole number from 0 to 999999.
    """
    if not 0 <= seed <= MOST_SEED or seed != int(seed):
        raise ValueError(f"seed must be a whole number from 0 to {MOST_SEED}, got {seed}")
    generator = np.random.default_rng(int(seed))
    farthest, found = -np.inf, exercise
    for _ in range(MOST_TRIES // _AT_ONCE):
        tries = _tries(exercise, generator)
        if by_hand:
            _simplify(tries, generator)
        room = _room(exercise, tries, by_hand)
        enough = np.flatnonzero(room > _OFF_THE_KINK)
        k = int(enough[0] if len(enough) else room.argmax())
        if room[k] > farthest:
            farthest, found = float(room[k]), _with(exercise, {n: a[k] for n, a in tries.items()})
        if len(enough):
            break
    return found


def _tries(exercise: Exercise, generator: np.random.Generator) -> dict[str, Array]:
    """Return the arrays of many draws, stacked along a leading axis."""
    shapes = {"x": (exercise.n_samples, exercise.sizes[0])}
    if exercise.target is not None:
        shapes["y_true"] = (exercise.n_samples, exercise.sizes[-1])
    shapes |= {name: array.shape for name, array in exercise.network.parameters().items()}
    sizes = [int(np.prod(shape)) for shape in shapes.values()]
    tenths = generator.integers(-15, 16, (_AT_ONCE, sum(sizes)))
    found: dict[str, Array] = {}
    for (name, shape), values in zip(
        shapes.items(), np.split(tenths, np.cumsum(sizes)[:-1], axis=1), strict=True
    ):
        smaller = min(1.0, (2 / shape[0]) ** 0.5) if name.startswith("W") else 1.0
        found[name] = np.rint(values * smaller).reshape(_AT_ONCE, *shape) / 10 + 0.0
        if name in exercise.tied:
            found[name][...] = found[name][..., -1:]
    if exercise.target is not None and exercise.loss_function.domain != (-np.inf, np.inf):
        found["y_true"] = _targets(exercise, generator)
    return found


def _simplify(tries: dict[str, Array], generator: np.random.Generator) -> None:
    """Make inputs small whole numbers and weights none of them 0, in place."""
    shape = tries["x"].shape
    tries["x"] = generator.integers(1, 4, shape) * generator.choice([-1.0, 1.0], shape)
    for name, values in tries.items():
        if name.startswith("W"):
            values[values == 0] = 0.5


def _targets(exercise: Exercise, generator: np.random.Generator) -> Array:
    """Return targets for a loss that does not take any number."""
    rows, width = (_AT_ONCE, exercise.n_samples), exercise.sizes[-1]
    if width == 1 or exercise.activations[-1] != "softmax":
        return generator.integers(2, size=(*rows, width)).astype(np.float64)
    return np.asarray(np.eye(width)[generator.integers(width, size=rows)])


def _room(exercise: Exercise, tries: Mapping[str, Array], by_hand: bool = False) -> Array:
    """Return how far each draw stays from every kink; below nothing where something is dead."""
    parameters = {name: a for name, a in tries.items() if name not in ("x", "y_true")}
    network = exercise.network.with_parameters(**parameters)
    passes = backward(forward(network, tries["x"]), tries.get("y_true"), exercise.loss)
    room = np.full(_AT_ONCE, np.inf)
    finite = np.isfinite(passes.loss)
    alive = finite & (np.abs(passes.loss) > 0.01)
    for layer, z, gradient in zip(
        network.layers, passes.forward_pass.z, passes.weight_gradients, strict=True
    ):
        blame = np.abs(gradient).max((-1, -2))
        finite &= np.isfinite(blame)
        alive &= finite & (blame > _LEAST_BLAME)
        for kink in layer.activation.kinks:
            room = np.minimum(room, np.abs(z - kink).min((-1, -2)))
        if layer.activation.kinks:
            alive &= (z > 0).any((-1, -2))
            if by_hand and z[0].size > 1:
                alive &= (z <= 0).any((-1, -2))
    return np.where(alive, room, np.where(finite, room.clip(max=1) - 2, -3))


def _with(exercise: Exercise, arrays: dict[str, Array]) -> Exercise:
    x, target = arrays.pop("x"), arrays.pop("y_true", None)
    return replace(exercise, network=exercise.network.with_parameters(**arrays), x=x, target=target)
