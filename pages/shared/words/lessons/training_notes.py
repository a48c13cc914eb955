"""What to notice in a run: sentences computed from its steps."""

from __future__ import annotations

import numpy as np

from blame import History
from blame.exercise.names import entry_name
from blame.refusals import refuse_unless
from blame.runs.deaths import deaths, growing_from
from pages.shared.words.agreeing import from_to
from pages.shared.words.lessons.notes.said import MOST_TOLD, listed
from pages.shared.words.lessons.rises import DECAYS, TOO_LARGE
from pages.shared.words.numbers import Numbers

_SQUARES = {"mse": "2 × ", "sse": "2 × ", "half_sse": ""}
"""What stands before the learning rate in the factor by which a bias alone takes an error on."""


def training_notes(history: History, asked: int, numbers: Numbers) -> list[str]:
    """Say what happened in this run, and at which step."""
    refuse_unless(
        "what is said of a run", history.backward, samples=None, steps=True, instead="pick one run"
    )
    n, losses = numbers, history.losses
    found = []
    best = int(np.argmin(losses))
    first, last = from_to(float(losses[0]), float(losses[-1]), n)
    # Beside the end it went to, so that a loss a little lower does not look the same.
    lowest = from_to(float(losses[-1]), float(losses[best]), n)[1]
    steps = f"{history.steps} step" + "s" * (history.steps != 1)
    found.append(
        f"The loss goes from {first} to {last} in {steps}; its lowest is {lowest} at step {best}."
    )
    if history.overflow_step is not None:
        found.append(
            f"At step {history.overflow_step} of {asked} a number grew past what floats can hold, "
            "so the run stops there and every step before it is kept."
        )
    grew = growing_from(history)
    if grew is not None:
        found.append(
            f"From step {grew} on the loss only grows: the run runs away. {_first_to_try(history)}"
        )
    rises = np.flatnonzero(np.diff(losses) > 0)
    if len(rises) and grew is None:
        k = int(rises[0])
        low, high = from_to(float(losses[k]), float(losses[k + 1]), n)
        # What weight decay does to the parameters may raise the loss too.
        how = "" if history.update.weight_decay else ": it overshoots"
        # With momentum a step is more than its own gradient.
        why = f" {TOO_LARGE}" if history.update.plain else ""
        if history.update.weight_decay:
            why = f" {DECAYS}"
        found.append(f"The step to {k + 1} raises the loss from {low} to {high}{how}.{why}")
    return found + _of_gates(history, n)


def _first_to_try(history: History) -> str:
    if not history.backward.loss_function.asks_target:
        return "Nothing holds it: there is no target for the output to come to."
    return "A smaller learning rate is the first thing to try."


def _of_gates(history: History, n: Numbers) -> list[str]:
    """Say which neurons died, and what a layer without a living one leaves to learn."""
    found = []
    layers = history.networks.layers
    for k, layer in enumerate(layers, 1):
        if not layer.activation.kinks:
            continue
        died = deaths(history, k - 1)
        told = [(j, step) for j, step in enumerate(died) if step is not None]
        # In the order they happened.
        told.sort(key=lambda one: one[1])
        found += [_death(history, k, j, step, n) for j, step in told[:MOST_TOLD]]
        if len(told) > MOST_TOLD:
            more = f"{len(told) - MOST_TOLD} more neurons of layer {k}"
            found.append(f"So are, in the end, {more}: their gates stay shut.")
        if len(told) == len(died):
            found.append(_all_dead(history, k, max(step for _, step in told)))
    return found


def _death(history: History, k: int, neuron: int, step: int, n: Numbers) -> str:
    many = history.forward.z[k - 1].shape[-2] > 1
    where = "" if (k, len(history.networks.layers)) == (1, 2) else f" of layer {k}"
    samples = "on every sample" if many else ""
    if many and step == 0:
        return (
            f"Neuron {neuron}{where} is dead from the start: its gate is shut {samples}, so no "
            "blame reaches its weights."
        )
    if many:
        return (
            f"Neuron {neuron}{where} dies at step {step}: from then on its gate is shut {samples}."
        )
    name = entry_name(f"z{k}", (neuron,))
    z = history.forward.z[k - 1][:, 0, neuron]
    if step == 0:
        return (
            f"Neuron {neuron}{where} is dead from the start: {name} {n.equals(float(z[0]))}, "
            "so no blame reaches its weights."
        )
    was, now = from_to(float(z[step - 1]), float(z[step]), n)
    return (
        f"Neuron {neuron}{where} dies at step {step}: the update moved {name} from "
        f"{was} to {now}, and its gate stays shut."
    )


def _all_dead(history: History, k: int, step: int) -> str:
    """Say what still learns once no neuron of a layer passes blame: what lies behind it."""
    layers, update = history.networks.layers, history.update
    rules = update.rules(history.at(0))
    hidden = "hidden neuron" if (k, len(layers)) == (1, 2) else f"neuron of layer {k}"
    lead = f"With every {hidden} dead from step {step} on"
    if update.weight_decay or update.momentum:
        # Which still move what no blame reaches.
        return f"{lead}, no blame reaches the weights before them."
    biases = [f"b{m}" for m in range(k + 1, len(layers) + 1) if layers[m - 1].bias is not None]
    biases = [name for name in biases if (held := rules[name].held) is None or not held.all()]
    if k == len(layers) or not biases:
        return (
            f"{lead}, nothing learns any more." if k >= len(layers) - 1 else f"{lead}, {_behind(k)}"
        )
    if k < len(layers) - 1:
        return f"{lead}, {_behind(k)}"
    said = f"{lead}, only {listed(biases)} still learns."
    loss, out = history.backward.loss_function.name, history.networks.sizes[-1]
    single = out == 1 and history.forward.prediction.shape[-2] == 1
    if single and update.plain and loss in _SQUARES and layers[-1].activation.name == "identity":
        said += f" Each step multiplies its error by 1 \u2212 {_SQUARES[loss]}learning rate."
    return said


def _behind(k: int) -> str:
    return f"no blame passes layer {k}: only what lies between it and the output can still learn."


def not_on_a_log_scale(lowest: float) -> str:
    """Say which steps a chart of a run on a log scale leaves out, given the lowest loss."""
    if lowest < 0:
        return "A log scale has no zero and nothing below: steps at such a loss are not drawn."
    if lowest == 0:
        return "A log scale has no zero: steps whose loss is exactly 0 are not drawn."
    return ""
