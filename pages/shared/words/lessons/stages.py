"""The stages of the backward pass of any exercise: what each is called, and what it does."""

from __future__ import annotations

from typing import NamedTuple

from blame.activations import LEAK
from blame.probe.trace import Trace
from blame.training.updates import Update
from pages.shared.words.exercise import activation_title

UPDATE = "update"
"""The stage after the backward pass."""
_THROUGH = {
    "relu": "The ReLU is a gate. Open, it passes the blame as it is; shut, it passes nothing.",
    "leaky_relu": (
        "The leaky ReLU is a gate that never shuts wholly. Open, it passes the blame as it is; "
        f"else it passes {LEAK:g} of it."
    ),
    "identity": "The identity passes the blame as it is: its slope is 1 everywhere.",
    "sigmoid": (
        "The sigmoid passes the share a(1 - a) of the blame: a quarter at z = 0, and next to "
        "nothing where a is near 0 or 1."
    ),
    "tanh": (
        "The tanh passes the share 1 - a² of the blame: all of it at z = 0, and next to nothing "
        "where a is near -1 or 1."
    ),
    "softplus": (
        "The softplus passes a share of the blame, the sigmoid of z: nearly all of it where z is "
        "large, and next to nothing far below 0."
    ),
}
"""What an activation that works on each z by itself does to blame."""


class Stage(NamedTuple):
    """One stage: its label, the step of the code that it is, and what it does, in a sentence."""

    label: str
    step: str
    said: str


def stages(trace: Trace, update: Update | None = None) -> dict[str, Stage]:
    """Return the stages by their keys, in the order in which blame is found.

    The keys name what is blamed: loss, W2, a1, z1, W1, and at the end the update.
    """
    found = {"loss": ("loss", "d_loss_y", _seed(trace))}
    for k in range(trace.depth, 0, -1):
        own = f" {k}" if trace.depth > 2 else ""
        if k < trace.depth:
            found[f"a{k}"] = (f"hidden{own}", f"d_a{k}", _handed_back(k))
        if k < trace.depth or not trace.plain_output:
            unit = trace.activations[k - 1]
            gate = {"relu": "gate", "leaky_relu": "gate"}.get(unit.name, unit.name)
            # The last layer's activation is not the gate of the layer before it.
            label = f"{gate}{own}" if k < trace.depth else f"{gate} at y_pred"
            found[f"z{k}"] = (label, f"d_z{k}", _through(trace, k))
        has_bias = trace.network.layers[k - 1].bias is not None
        label = f"W{k}, b{k}" if has_bias else f"W{k}"
        found[f"W{k}"] = (label, f"dW{k}", _weights(trace, k))
    found[UPDATE] = (UPDATE, UPDATE, _update(update or Update()))
    return {
        key: Stage(f"{place} {label}", step, said)
        for place, (key, (label, step, said)) in enumerate(found.items(), 1)
    }


def _seed(trace: Trace) -> str:
    if not trace.loss.asks_target:
        many = trace.n_samples > 1 or trace.sizes[-1] > 1
        each = "every output" if many else "the output"
        return f"There is no target here, so blame begins at {each} itself, with a slope of 1."
    guess = "one of the guesses" if trace.sizes[-1] > 1 else "the guess"
    return f"How fast would the loss change if {guess} grew? That is the first piece of blame."


def _handed_back(k: int) -> str:
    return f"The same blame goes back through W{k + 1}: a larger weight hands more of it on."


def _through(trace: Trace, k: int) -> str:
    activation = trace.activations[k - 1]
    called = activation_title(activation.name)
    if k == trace.depth and trace.fused:
        divided = f", divided by {trace.shares}" if trace.shares > 1 else ""
        fused = trace.loss.fused
        if fused is not None and fused.slope_of_any and not trace.whole_targets:
            return (
                f"The {called} and the loss in one: y_pred times the sum of the sample's "
                f"targets, less y_true{divided}."
            )
        return (
            f"The {called} and the loss in one: what is left of their two slopes is "
            f"y_pred - y_true{divided}."
        )
    if activation.joint:
        return (
            f"Every output of the {called} depends on every z of its layer: each z "
            "gathers blame from all of them, by the table of their slopes, the Jacobian J."
        )
    default = f"The {called} multiplies the blame by its slope at z."
    return _THROUGH.get(activation.name, default)


def _weights(trace: Trace, k: int) -> str:
    parts = " Each sample gives its part, and the parts are added up." * (trace.n_samples > 1)
    if k == 1:
        at = "y_pred" if trace.depth == 1 and trace.plain_output else "z"
        met = f"What is left meets the input: x times the blame at {at} is the blame of W1."
        return met + parts
    layer = "the last layer" if k == trace.depth else f"layer {k}"
    return f"Each weight of {layer} is blamed by the activation that came through it.{parts}"


def _update(update: Update) -> str:
    moved = "every parameter that is not held" if update.held else "every parameter"
    said = (
        f"Backpropagation ends with the blame. The update is another step: {moved} moves "
        "against its blame, by the learning rate."
    )
    if update.tied:
        said += f" {' and '.join(update.tied)}: one number, which moves by the sum of its blame."
    if update.weight_decay:
        said += " Weight decay adds a share of the parameter itself, which draws it towards 0."
    if update.momentum:
        said += (
            " Momentum keeps a part of the step before; in this first step there is none to keep."
        )
    return said
