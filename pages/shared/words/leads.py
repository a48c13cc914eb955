"""How the forward pass and the gate begin, for the activations that an exercise has."""

from __future__ import annotations

from collections.abc import Iterator

from blame.activations import LEAK
from blame.exercise.exercise import Exercise
from blame.exercise.presets import NOTEBOOK

FORWARD = {
    "relu": "The ReLU keeps it where it is positive.",
    "leaky_relu": f"The leaky ReLU keeps it where it is positive, and {LEAK:g} of it elsewhere.",
    "sigmoid": "The sigmoid brings it between 0 and 1.",
    "tanh": "The tanh brings it between \u22121 and 1.",
    "softplus": "The softplus is a ReLU without its corner.",
    "softmax": "Softmax makes shares of the last sums: each exponential over the sum of all.",
}
GATE = {
    "relu": "On the way forward the ReLU keeps what is positive. On the way back its slope is the "
    "gate: 1 where z is positive, 0 where it is not. Blame, the gradient, is multiplied by it.",
    "leaky_relu": "On the way back the slope of the leaky ReLU is the gate: 1 where z is positive, "
    f"{LEAK:g} where it is not. Blame, the gradient, is multiplied by it, and never stopped.",
    "sigmoid": "On the way back the slope of the sigmoid is the gate: a (1 \u2212 a), at most one "
    "quarter, and next to nothing where a is near 0 or 1. Blame, the gradient, is multiplied by "
    "it.",
    "tanh": "On the way back the slope of the tanh is the gate: 1 \u2212 a², 1 at z = 0, and next "
    "to nothing where a is near \u22121 or 1. Blame, the gradient, is multiplied by it.",
    "softplus": "On the way back the slope of the softplus is the gate: the sigmoid of z, between "
    "0 and 1. Blame, the gradient, is multiplied by it.",
}
ANY_GATE = (
    "On the way back blame, the gradient, is multiplied by the slope of each activation: that is "
    "its gate. Where the slope is small little passes, and where it is 0 nothing."
)
NO_GATE = (
    "Every activation of this exercise is the identity. Its slope is 1, so that all of the blame, "
    "the gradient, passes."
)


def forward(exercise: Exercise) -> str:
    """Return what happens on the way forward, in the exercise's own activations."""
    has = [layer.bias is not None for layer in exercise.network.layers]
    bias = ", and a bias" if all(has) else ", and a bias where it has one" if any(has) else ""
    said = [f"Each neuron adds up its inputs times its weights{bias}: that sum is z."]
    said += [FORWARD[unit] for unit in _bent(exercise) if unit in FORWARD]
    if exercise.activations[-1] == "identity":
        several = len(exercise.activations) > 1
        said.append(
            "The last layer turns the rest into a guess." if several else "It is the guess."
        )
    return " ".join(said)


def gate_title(exercise: Exercise) -> str:
    """Return the title of the page on gates."""
    return "The ReLU gate" if "relu" in exercise.activations else "The gate"


def gate(exercise: Exercise) -> str:
    """Return what a gate is, in the exercise's own activations."""
    bent = list(_bent(exercise))
    if not bent:
        return NO_GATE
    # What softmax does to blame goes across its whole layer.
    return GATE.get(bent[0], ANY_GATE) if len(bent) == 1 else ANY_GATE


def sweep(exercise: Exercise) -> str:
    """Return the heading above the bias that is moved."""
    relu = "relu" in exercise.activations
    return "Shut the gate yourself" if relu else "Move a neuron along its curve"


def dead_neuron(exercise: Exercise) -> str:
    """Return what a shut gate costs, of the first layer that has ReLUs; nothing without any."""
    if "relu" not in exercise.activations:
        return ""
    k = exercise.activations.index("relu") + 1
    bias = " and its bias" if exercise.network.layers[k - 1].bias is not None else ""
    said = f"A shut gate stops blame for everything behind it: the neuron's column of W{k}{bias}."
    if k < len(exercise.activations):
        said += f" And because its activation is 0, its row of W{k + 1} gets none either."
    if exercise.n_samples > 1:
        said += " That holds sample by sample: the gradients add up the samples whose gate is open."
    return said


def at_zero(exercise: Exercise) -> str:
    """Return what is taken for the slope where there is none; nothing without a ReLU."""
    if "relu" not in exercise.activations:
        return ""
    blame = NOTEBOOK.backward().deltas[0][0, 1]
    return (
        "At z = 0 the ReLU has a corner and no slope. Any number from 0 to 1 would do as a "
        "**subgradient**; PyTorch, TensorFlow and this app take **0**, so the gate is shut "
        "(`z > 0` is false). In the notebook's numbers z1[1] is 1 × (-0.3) + 2 × 0.2 - 0.1: on "
        "paper exactly 0. In float64, which this app computes in, the sum comes out a hair above "
        f"0, so the gate opens and {blame:g} of blame goes through. In float32 it comes out a hair "
        "below, and the gate is shut. One rounding bit decides; the knife edge shows how."
    )


def _bent(exercise: Exercise) -> Iterator[str]:
    """Return the activations other than the identity, each once, in the order of the layers."""
    yield from dict.fromkeys(unit for unit in exercise.activations if unit != "identity")
