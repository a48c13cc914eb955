"""What the glossary's words are for the numbers at hand, each in a few words.

Of several samples the first is told, as `z1[0]`; nothing where an exercise has no such thing.
"""

from __future__ import annotations

import numpy as np

from blame.kinks import on_the_kink
from blame.practise.now import Now, array_text, listed, of_layer, row, told
from blame.practise.question import written_number as n

MOST_TERMS = 4


def activation(now: Now) -> str:
    """Return what the first layer passes on."""
    return told(now, "a1" if now.depth > 1 else "y_pred")


def start(now: Now) -> str:
    """Return where backpropagation starts."""
    return f"{told(now, 'd_loss_y')} is where it starts"


def biases(now: Now) -> str:
    """Return every bias."""
    said = []
    for name, values in now.exercise.network.parameters().items():
        if name.startswith("b"):
            said.append(f"{name} = {n(float(values[0])) if values.size == 1 else row(values)}")
    return ", ".join(said) or "none in this exercise"


def blame(now: Now) -> str:
    """Return the blame of one weight."""
    name = f"dW1[{min(1, now.exercise.sizes[0] - 1)}, 0]"
    return f"{name} = {now.text(name)}"


def chain(now: Now) -> str:
    """Return blame on its way through the weights, as the sum of its paths."""
    trace, k = now.trace, now.depth - 1
    name = trace.entry(f"d_a{k}" if k else "d_x", 0)
    terms = trace.receipt(name).terms
    products = [" × ".join(n(factor.value) for factor in term) for term in terms[:MOST_TERMS]]
    more = " + ..." if len(terms) > MOST_TERMS else ""
    return f"{name} = {' + '.join(products)}{more} = {now.text(name)}"


def delta(now: Now) -> str:
    """Return the deltas of the first layer; of a plain output they are the blame itself."""
    plain = now.depth == 1 and now.trace.plain_output
    return told(now, "d_loss_y" if plain else "d_z1")


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
    name = f"dW{now.depth}"
    # What rounding made is 0 here: the glossary is no place for its digits.
    made = [each in now.made for each in now.trace.entries(name)]
    values = np.where(np.reshape(made, values.shape), 0.0, values)
    return array_text(name, values[:, 0] if values.shape[1] == 1 else values)


def kink(now: Now) -> str:
    """Return which neurons stand on a kink."""
    if not any(layer.activation.kinks for layer in now.exercise.network.layers):
        return ""
    several = now.exercise.n_samples > 1
    named = [
        f"neuron {j}{of_layer(now, k)}{f' in sample {s}' if several else ''}"
        for k, near in enumerate(on_the_kink(now.passes.forward_pass), start=1)
        for s, j in np.argwhere(near)
    ]
    return f"{listed(named, ' and ')} on it" if named else "no neuron on it"


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
        return f"of layer 1{_in_sample(now)}: {row(values)}"
    of = {1: "the gate", 2: "both gates"}.get(len(values), "all gates")
    return f"of {of}: {row(values)}"


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
    return told(now, "y_pred" if plain else "z1")


def relu(now: Now) -> str:
    """Return what the first ReLU makes of its z."""
    k = _first_relu(now)
    if k is None:
        return ""
    passes = now.passes.forward_pass
    return f"max(0, {n(passes.z[k - 1][0, 0])}) = {n(passes.a[k - 1][0, 0])}"


def upstream(now: Now) -> str:
    """Return the blame that arrives at the first layer's neurons."""
    return told(now, "d_a1" if now.depth > 1 else "d_loss_y")


def weights(now: Now) -> str:
    """Return the first layer's weights."""
    return array_text("W1", now.exercise.network.layers[0].weights)


def _first_relu(now: Now) -> int | None:
    names = now.exercise.activations
    return names.index("relu") + 1 if "relu" in names else None


def _in_sample(now: Now) -> str:
    return ", sample 0" if now.exercise.n_samples > 1 else ""


def _where(now: Now, k: int) -> str:
    """Say which layer and which sample is told, where that is not plain."""
    said = [f"layer {k}"] if now.depth > 2 or k > 1 else []
    said += ["sample 0"] if now.exercise.n_samples > 1 else []
    return f"{', '.join(said)}: " if said else ""
