"""Activations, loss, learning rate and steps: what the listing shows, what the words say."""

from __future__ import annotations

import re

from blame.arrays import Array
from blame.exercise.reading.parts import Parts
from blame.exercise.reading.together.layers import Layers

RATES = re.compile(
    r"(?:self\.)?(?:lr|LR|eta|η|learning_?rate(?:_init)?|rate|step_?size|l_?rate|n_lr|LEARNING_RATE|learningRate)"
)
STEPS = re.compile(r"(?i)(?:n_|num_|max_)?(?:epochs?|iterations?|iters?|steps)")
_SQUARED = ("mse", "half_sse", "sse")


def activations_for(parts: Parts, layers: Layers, has_target: bool) -> list[str]:
    """Return each layer's activation, asked for where the text does not say it."""
    count = len(layers.weights)
    n_out = layers.weights[-1].shape[1]
    hints = parts.hints
    if layers.activations and all(layers.activations):
        return list(layers.activations)
    plain = all(name == "identity" for name in hints.in_order)
    if len(hints.in_order) == count and (count == 1 or not plain):
        return list(hints.in_order)
    output = hints.output
    everywhere = hints.everywhere
    if not output and hints.loss.startswith("cross") and n_out > 1:
        output = "softmax"
    if not output and hints.loss.startswith(("cross", "bce")):
        output = "sigmoid"
    hidden = hints.hidden or everywhere
    if not output and everywhere and (count == 1 or everywhere in ("sigmoid", "identity")):
        output = everywhere
    if count > 1 and not hidden:
        usual = output if output in ("sigmoid", "tanh", "identity") else "relu"
        usual = "sigmoid" if not output else usual
        hidden = parts.assumed.ask("hidden_activation", usual)
    if not output:
        usual = "sigmoid" if hidden == "sigmoid" else "identity"
        if count == 1:
            usual = hidden or ("identity" if parts.form != "names" else "sigmoid")
        output = parts.assumed.ask("output_activation", usual)
    return [hidden] * (count - 1) + [output]


def loss_for(
    parts: Parts, activations: list[str], target: Array | None, entries: int
) -> tuple[str, list[str]]:
    """Return the loss, and the activations it may ask of the last layer."""
    found = parts.listing.loss
    if found is not None and found.key:
        return found.key, activations
    if found is not None:
        sentence = (
            f"The loss of the text is {found.times:.4g} times the sum of the squared errors, "
            "which is none of those known here: taken as {words}."
        )
        return parts.assumed.ask("loss", "half_sse", _SQUARED, sentence), activations
    said = parts.hints.loss
    last = activations[-1]
    if said.startswith("cross"):
        summed = "_sum" if said.endswith("_sum") else ""
        if last == "softmax":
            return f"cross_entropy{summed}", activations
        if last == "sigmoid":
            return f"bce{summed}", activations
        return f"cross_entropy{summed}", [*activations[:-1], "softmax"]
    if said == "half_mse":
        return ("half_sse" if entries == 1 else parts.assumed.ask("loss", "half_sse")), activations
    if said == "squared":
        # One output of one sample: mean and sum are the same.
        if entries == 1:
            return "sse", activations
        return parts.assumed.ask("loss", "sse", _SQUARED), activations
    if said.startswith("bce") and last == "identity":
        # BCEWithLogitsLoss has the sigmoid in it.
        return said, [*activations[:-1], "sigmoid"]
    if said:
        return said, activations
    if last == "softmax":
        return parts.assumed.ask("loss", "cross_entropy"), activations
    if target is None and entries == 1 and parts.form in ("listing", "expression"):
        return parts.assumed.ask("loss", "output"), activations
    usual = "mse" if parts.form in ("PyTorch", "Keras") else "half_sse"
    only = (*_SQUARED, "bce", "bce_sum") if last == "sigmoid" else _SQUARED
    return parts.assumed.ask("loss", usual, only), activations


def rate_for(parts: Parts) -> float:
    """Return the learning rate: a name's number, the words', the optimiser's, else an asked one."""
    for name, value in parts.values.items():
        if RATES.fullmatch(name) and value.ndim == 0 and 0 <= value <= 100:
            return float(value)
    if parts.hints.rate is not None and 0 <= parts.hints.rate <= 100:
        return parts.hints.rate
    alpha = parts.values.get("alpha", parts.values.get("α"))
    leaky = parts.listing.network is not None and parts.listing.network.slopes
    if alpha is not None and alpha.ndim == 0 and not leaky and 0 <= alpha <= 100:
        return float(alpha)
    said = re.search(r"\b(?:alpha|α)\s*=\s*(\d*\.?\d+)", parts.text)
    if said and not leaky:
        return min(float(said.group(1)), 100.0)
    return float(parts.assumed.ask("learning_rate", "0.1"))


def steps_for(parts: Parts) -> int:
    """Return the number of steps, at most 500, 50 where the text has none."""
    found: float | None = None
    for name, value in parts.values.items():
        if STEPS.fullmatch(name) and value.ndim == 0 and value >= 1:
            found = float(value)
            break
    if found is None:
        found = parts.listing.run.steps or parts.hints.steps
    if found is None or found < 1:
        return 50
    if found > 500:
        parts.said.append(f"The text trains for {found:,.0f} steps; 500 are kept.")
    return int(min(found, 500))
