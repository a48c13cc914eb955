"""The words of the field, each with its value for the numbers at hand."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from blame.arrays import Array
from blame.backward import BackwardPass
from blame.exercise.exercise import Exercise
from blame.kinks import on_the_kink
from blame.network import Layer
from blame.practise.question import written_number as n
from blame.runs.curvature import hessian, stable_rate
from blame.runs.deaths import deaths
from blame.training import History


@dataclass(frozen=True)
class Now:
    """The numbers at hand, worked out once for the many words that ask about them."""

    exercise: Exercise
    passes: BackwardPass
    run: History

    @classmethod
    def of(cls, exercise: Exercise) -> Now:
        """Work the example's numbers out."""
        return cls(exercise, exercise.backward(), exercise.train())


@dataclass(frozen=True)
class Entry:
    """What a word means, and what it is right now, in a few words."""

    meaning: str
    said: Callable[[Now], str]
    page: str
    """The page that shows it, by the name of its file."""

    def live(self, numbers: Exercise | Now) -> str:
        """Return what the word is for these numbers."""
        return self.said(Now.of(numbers) if isinstance(numbers, Exercise) else numbers)


def _row(values: np.ndarray[tuple[int, ...], np.dtype[np.float64]]) -> str:
    return "[" + ", ".join(n(float(value)) for value in np.ravel(values)) + "]"


def _layer(now: Now, k: int) -> Layer:
    return now.passes.forward_pass.network.layers[k - 1]


def _parameter(now: Now, name: str) -> Array:
    return now.passes.forward_pass.network.parameters()[name]


def _z(now: Now) -> str:
    return f"z1 = {_row(now.passes.forward_pass.z[0][0])}"


def _a(now: Now) -> str:
    return f"a1 = {_row(now.passes.forward_pass.a[0][0])}"


def _relu(now: Now) -> str:
    passes = now.passes.forward_pass
    return f"max(0, {n(passes.z[0][0, 0])}) = {n(passes.a[0][0, 0])}"


def _gates(now: Now) -> str:
    gates = ("open" if z > 0 else "shut" for z in now.passes.forward_pass.z[0][0])
    return ", ".join(f"neuron {j} {gate}" for j, gate in enumerate(gates))


def _dead(now: Now) -> str:
    died = deaths(now.run)
    said = [f"neuron {j} from step {step} on" for j, step in enumerate(died) if step is not None]
    return "; ".join(said) or "none in this run"


def _kink(now: Now) -> str:
    near = on_the_kink(now.passes.forward_pass)[0][0]
    named = [f"neuron {j}" for j in np.flatnonzero(near)]
    return f"{' and '.join(named)} on it" if named else "no neuron on it"


def _steps(now: Now) -> str:
    run = now.run
    early = "" if run.overflow_step is None else " before it leaves the floats"
    return f"{run.steps} in this run{early}; its last loss is {n(run.losses[-1])}"


def _update(now: Now) -> str:
    back = now.passes
    old, blame = (
        float(now.exercise.network.parameters()["b2"][0]),
        float(back.parameter_gradients()["b2"][0]),
    )
    new = old - now.exercise.learning_rate * blame
    return f"b2: {n(old)} - {n(now.exercise.learning_rate)} · {n(blame)} = {n(new)}"


def _curvature(now: Now) -> str:
    exercise = now.exercise
    found = hessian(exercise.network, exercise.x, exercise.target, exercise.loss)
    top = float(np.linalg.eigvalsh(found)[-1]) if np.isfinite(found).all() else float("nan")
    return f"λ = {n(top)}, so 2/λ = {n(float(stable_rate(found)))}"


GLOSSARY: dict[str, Entry] = {
    "activation": Entry(
        "What a neuron passes on: its pre-activation, put through a function such as the ReLU.",
        _a,
        "forward_pass",
    ),
    "backpropagation": Entry(
        "Finding every gradient in one walk from the loss back to the input, by the chain rule.",
        lambda now: f"d_loss_y = {_row(now.passes.activation_gradients[-1][0])} is where it starts",
        "backward_pass",
    ),
    "bias": Entry(
        "A number added to a neuron's sum; it moves the sum whatever the input is.",
        lambda now: f"b1 = {_row(_parameter(now, 'b1'))}, b2 = {_row(_parameter(now, 'b2'))[1:-1]}",
        "forward_pass",
    ),
    "blame": Entry(
        "This app's word for a gradient: how fast the loss would grow if one number grew a little.",
        lambda now: f"dW1[1, 0] = {n(now.passes.weight_gradients[0][1, 0])}",
        "backward_pass",
    ),
    "chain rule": Entry(
        "The slope of a chain is the product of the slopes of its links; paths that meet add up.",
        lambda now: (
            f"d_a1[0] = {n(now.passes.activation_gradients[1][0, 0])} · "
            f"{n(now.exercise.numbers()['W2[0, 0]'])} = "
            f"{n(now.passes.activation_gradients[0][0, 0])}"
        ),
        "backward_pass",
    ),
    "dead neuron": Entry(
        "A neuron whose gate is shut on every sample: no blame reaches its weights.",
        _dead,
        "training_lab",
    ),
    "delta": Entry(
        "dL/dz, the blame of a pre-activation: what is left of it behind the gate.",
        lambda now: f"d_z1 = {_row(now.passes.deltas[0][0])}",
        "relu_gate",
    ),
    "gate": Entry(
        "The ReLU's slope on the way back: 1 where z is above 0, 0 elsewhere.",
        _gates,
        "relu_gate",
    ),
    "gradient": Entry(
        "All the slopes of the loss, one for each number that can be changed.",
        lambda now: f"dW2 = {_row(now.passes.weight_gradients[1])}",
        "gradient_check",
    ),
    "kink": Entry(
        "A point where a function has a corner and no single slope; the ReLU's is at 0.",
        _kink,
        "knife_edge",
    ),
    "learning rate": Entry(
        "By how much of its blame each parameter moves in an update.",
        lambda now: n(now.exercise.learning_rate),
        "training",
    ),
    "local gradient": Entry(
        "The slope of one function alone, such as a gate: what it multiplies blame by.",
        lambda now: f"of both gates: {_row(now.passes.local_gradients[0][0])}",
        "relu_gate",
    ),
    "loss": Entry(
        "How wrong the prediction is: here the mean of its squared errors, with no one half.",
        lambda now: n(float(now.passes.loss)),
        "forward_pass",
    ),
    "pre-activation": Entry(
        "A neuron's sum z, before its activation function: inputs times weights, plus the bias.",
        _z,
        "forward_pass",
    ),
    "ReLU": Entry(
        "max(0, z): it keeps what is positive and makes the rest 0.",
        _relu,
        "forward_pass",
    ),
    "stable limit": Entry(
        "2/λ, for λ the largest curvature of the loss: above it a step overshoots a parabola.",
        _curvature,
        "training_lab",
    ),
    "step": Entry(
        "One update of all parameters; a run is a row of them.",
        _steps,
        "training",
    ),
    "subgradient": Entry(
        "At a kink, any slope between those of the two sides. The ReLU's at 0 is taken as 0.",
        _kink,
        "knife_edge",
    ),
    "update": Entry(
        "The step that uses the blame: parameter minus learning rate times gradient.",
        _update,
        "training",
    ),
    "upstream gradient": Entry(
        "The blame that arrives at a neuron from behind it, before its gate.",
        lambda now: f"d_a1 = {_row(now.passes.activation_gradients[0][0])}",
        "relu_gate",
    ),
    "weight": Entry(
        "What an input is multiplied by on its way into a neuron.",
        lambda now: f"W1 = [{', '.join(map(_row, _layer(now, 1).weights))}]",
        "forward_pass",
    ),
}
"""Every entry by its word. A new one is one entry here."""
