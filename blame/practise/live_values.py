"""What the glossary's words are for the numbers at hand, each in a few words.

Of several samples the first is told, as `z1[0]`; nothing where an exercise has no such thing.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from blame.arrays import Array
from blame.backward import BackwardPass
from blame.exercise.exercise import Exercise
from blame.kinks import on_the_kink
from blame.practise.question import written_number as n
from blame.probe.trace import Trace, trace_of
from blame.runs.curvature import hessian, stable_rate
from blame.runs.deaths import deaths
from blame.training import History

MOST_SHOWN = 12
"""So many numbers of an array are written out; of more, their range."""
MOST_TERMS = 4
MOST_NAMED = 4
MOST_CURVED = 150
"""The curvature of more parameters than this would take too long for a word."""


@dataclass(frozen=True)
class Now:
    """The numbers at hand, worked out once for the many words that ask about them."""

    exercise: Exercise
    passes: BackwardPass
    run: History

    @classmethod
    def of(cls, exercise: Exercise) -> Now:
        """Work the exercise's numbers out."""
        return cls(exercise, exercise.backward(), exercise.train())

    @property
    def trace(self) -> Trace:
        """Every number of both passes by its name."""
        return trace_of(self.passes)

    @property
    def depth(self) -> int:
        """How many layers there are."""
        return len(self.exercise.network.layers)


def activation(now: Now) -> str:
    """Return what the first layer passes on."""
    return _told(now, "a1" if now.depth > 1 else "y_pred")


def start(now: Now) -> str:
    """Return where backpropagation starts."""
    return f"{_told(now, 'd_loss_y')} is where it starts"


def biases(now: Now) -> str:
    """Return every bias."""
    said = []
    for name, values in now.exercise.network.parameters().items():
        if name.startswith("b"):
            said.append(f"{name} = {n(float(values[0])) if values.size == 1 else _row(values)}")
    return ", ".join(said) or "none in this exercise"


def blame(now: Now) -> str:
    """Return the blame of one weight."""
    name = f"dW1[{min(1, now.exercise.sizes[0] - 1)}, 0]"
    return f"{name} = {n(now.trace.value(name))}"


def chain(now: Now) -> str:
    """Return blame on its way through the weights, as the sum of its paths."""
    trace, k = now.trace, now.depth - 1
    name = trace.entry(f"d_a{k}" if k else "d_x", 0)
    terms = trace.receipt(name).terms
    products = [" · ".join(n(factor.value) for factor in term) for term in terms[:MOST_TERMS]]
    more = " + ..." if len(terms) > MOST_TERMS else ""
    return f"{name} = {' + '.join(products)}{more} = {n(trace.value(name))}"


def dead(now: Now) -> str:
    """Return which neurons died in the run, and when."""
    if not any(True for _ in _gated(now)):
        return ""
    said = [
        f"neuron {j}{_of(now, k)} from step {step} on"
        for k in _gated(now)
        for j, step in enumerate(deaths(now.run, k - 1))
        if step is not None
    ]
    return _listed(said, "; ") or "none in this run"


def delta(now: Now) -> str:
    """Return the deltas of the first layer; of a plain output they are the blame itself."""
    plain = now.depth == 1 and now.trace.plain_output
    return _told(now, "d_loss_y" if plain else "d_z1")


def gates(now: Now) -> str:
    """Return which gates of the first layer of ReLUs are open."""
    k = _first_relu(now)
    if k is None:
        return ""
    passes = ("open" if z > 0 else "shut" for z in now.passes.forward_pass.z[k - 1][0])
    return f"{_where(now, k)}{', '.join(f'neuron {j} {gate}' for j, gate in enumerate(passes))}"


def gradient(now: Now) -> str:
    """Return the gradient of the last layer's weights."""
    values = now.passes.weight_gradients[-1]
    # One column, one row.
    return _array(f"dW{now.depth}", values[:, 0] if values.shape[1] == 1 else values)


def kink(now: Now) -> str:
    """Return which neurons stand on a kink."""
    if not any(layer.activation.kinks for layer in now.exercise.network.layers):
        return ""
    several = now.exercise.n_samples > 1
    named = [
        f"neuron {j}{_of(now, k)}{f' in sample {s}' if several else ''}"
        for k, near in enumerate(on_the_kink(now.passes.forward_pass), start=1)
        for s, j in np.argwhere(near)
    ]
    return f"{_listed(named, ' and ')} on it" if named else "no neuron on it"


subgradient = kink


def rate(now: Now) -> str:
    """Return the learning rate."""
    return n(now.exercise.learning_rate)


def slopes(now: Now) -> str:
    """Return the local gradients of the first layer."""
    layer = now.exercise.network.layers[0]
    if layer.activation.joint:
        return ""
    values = now.passes.local_gradients[0][0]
    if layer.activation.name != "relu" or now.depth > 2 or now.exercise.n_samples > 1:
        return f"of layer 1{_in_sample(now)}: {_row(values)}"
    of = {1: "the gate", 2: "both gates"}.get(len(values), "all gates")
    return f"of {of}: {_row(values)}"


def loss(now: Now) -> str:
    """Return the loss."""
    return n(float(now.passes.loss))


def loss_here(now: Now) -> str:
    """Say which loss it is."""
    known = now.exercise.loss_function
    if known.name == "mse":
        return "Here it is the mean of its squared errors, with no one half."
    if not known.asks_target:
        return "Here there is none: the output itself stands for it."
    title = known.title or known.name
    return f"Here it is {'' if title.startswith('one half') else 'the '}{title}."


def sums(now: Now) -> str:
    """Return the first layer's pre-activations; a plain output is its own."""
    plain = now.depth == 1 and now.trace.plain_output
    return _told(now, "y_pred" if plain else "z1")


def relu(now: Now) -> str:
    """Return what the first ReLU makes of its z."""
    k = _first_relu(now)
    if k is None:
        return ""
    passes = now.passes.forward_pass
    return f"max(0, {n(passes.z[k - 1][0, 0])}) = {n(passes.a[k - 1][0, 0])}"


def limit(now: Now) -> str:
    """Return the largest curvature and the rate that it allows, where each step is plain."""
    exercise = now.exercise
    if not now.run.update.plain or len(exercise.parameter_names()) > MOST_CURVED:
        return ""
    found = hessian(exercise.network, exercise.x, exercise.target, exercise.loss)
    if not np.isfinite(found).all():
        return ""
    top = float(np.linalg.eigvalsh(found)[-1])
    if top <= 0:
        return f"λ = {n(top)}: nothing curves upward, so there is no limit here"
    return f"λ = {n(top)}, so 2/λ = {n(float(stable_rate(found)))}"


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
        text = f"({n(slope)} + {n(exercise.weight_decay)} · {n(old)})"
    new = old - exercise.learning_rate * pull
    title = array if blames.size == 1 and array.startswith("b") else name
    title = array if array in exercise.tied else title
    return f"{title}: {n(old)} - {n(exercise.learning_rate)} · {text} = {n(new)}"


def upstream(now: Now) -> str:
    """Return the blame that arrives at the first layer's neurons."""
    return _told(now, "d_a1" if now.depth > 1 else "d_loss_y")


def weights(now: Now) -> str:
    """Return the first layer's weights."""
    return _array("W1", now.exercise.network.layers[0].weights)


def _told(now: Now, array: str) -> str:
    """Return an array of the first sample, under the name of that row."""
    values = now.trace.array(array)
    if now.exercise.n_samples == 1:
        return f"{array} = {_row(values)}"
    return f"{array}[0] = {_row(values[0])}"


def _row(values: Array) -> str:
    return "[" + ", ".join(n(float(value)) for value in np.ravel(values)) + "]"


def _array(name: str, values: Array) -> str:
    if values.size > MOST_SHOWN:
        rows, columns = values.shape[0], values.size // values.shape[0]
        range_ = f"from {n(float(values.min()))} to {n(float(values.max()))}"
        return f"{name}: {rows} × {columns} numbers {range_}"
    if values.ndim == 1:
        return f"{name} = {_row(values)}"
    return f"{name} = [{', '.join(map(_row, values))}]"


def _listed(said: list[str], joint: str) -> str:
    more = len(said) - MOST_NAMED
    return joint.join(said[:MOST_NAMED]) + (f"{joint}{more} more" if more > 0 else "")


def _gated(now: Now) -> Iterator[int]:
    """Yield the layers, from 1, whose units have a kink."""
    for k, layer in enumerate(now.exercise.network.layers, start=1):
        if layer.activation.kinks:
            yield k


def _first_relu(now: Now) -> int | None:
    names = now.exercise.activations
    return names.index("relu") + 1 if "relu" in names else None


def _of(now: Now, k: int) -> str:
    """Say of which layer a neuron is, where that is not plain."""
    return f" of layer {k}" if now.depth > 2 or k > 1 else ""


def _in_sample(now: Now) -> str:
    return ", sample 0" if now.exercise.n_samples > 1 else ""


def _where(now: Now, k: int) -> str:
    """Say which layer and which sample is told, where that is not plain."""
    said = [f"layer {k}"] if now.depth > 2 or k > 1 else []
    said += ["sample 0"] if now.exercise.n_samples > 1 else []
    return f"{', '.join(said)}: " if said else ""


def _is_held(exercise: Exercise, name: str) -> bool:
    return name in exercise.held or name.partition("[")[0] in exercise.held
