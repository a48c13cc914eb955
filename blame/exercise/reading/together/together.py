"""Everything a text gave, put together into one exercise."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from blame.arrays import Array
from blame.exercise.limits import MOST_SAMPLES
from blame.exercise.reading.draft import Draft
from blame.exercise.reading.listing.calls.libraries import linears
from blame.exercise.reading.listing.symbols import Value
from blame.exercise.reading.listing.values import Act, Linear, NotFollowed, Stack
from blame.exercise.reading.parts import Parts
from blame.exercise.reading.text.data import (
    as_samples,
    find_inputs,
    find_targets,
    targets_for,
    width_of,
)
from blame.exercise.reading.together.described import of_description
from blame.exercise.reading.together.layers import Layers
from blame.exercise.reading.together.looped import every_sample
from blame.exercise.reading.together.matrices import (
    known_numbers,
    matrices_by_name,
    of_list,
    of_models,
    of_neurons,
    of_state,
)
from blame.exercise.reading.together.out_of_reach import check_leak, momentum_for, weight_decay_for
from blame.exercise.reading.together.settings import activations_for, loss_for, rate_for, steps_for
from blame.exercise.reading.together.weight_names import weights_by_name

UNFIT = "No network was put together"
MOST_WITHIN = 4
FIRST_CLASS = "The text gives no target: the first output is taken as the right one."


def put_together(parts: Parts) -> Draft | None:
    """Return the exercise's parts, None where no network was found; `parts` gains sentences."""
    x, names_x = find_inputs(parts.values)
    if x is None and parts.form == "MATLAB" and "p" in parts.values:
        # What its toolbox calls a pattern.
        x, names_x = parts.values["p"], {"p": "x"}
    target, names_y = find_targets(parts.values, parts.text)
    layers = _of_listing(parts)
    if layers is None:
        layers = _of_arrays(parts, x, target)
        if layers is None:
            return None
        parts.named |= names_x | names_y
    else:
        network = parts.listing.network
        assert network is not None
        x = network.x
        if parts.listing.loss is not None:
            target = parts.listing.loss.target
            for name, k in (parts.listing.loss.target_names or {}).items():
                parts.named.setdefault(name, f"y_true[{k}]" if target.shape[1] > 1 else "y_true")
    parts.named |= {name: ours for name, ours in layers.named.items() if name != ours}
    parts.named = {name: ours for name, ours in parts.named.items() if name != ours}
    n_in, n_out = layers.weights[0].shape[0], layers.weights[-1].shape[1]
    x = _samples(parts, x, n_in)
    activations = activations_for(parts, layers, target is not None)
    n_samples = len(x)
    if parts.listing.run.one_by_one and n_samples == 1 and target is not None and target.ndim:
        # The first sample's own, where a row is one sample's.
        target = target[:1] if target.ndim == 2 or n_out == 1 else target
        every = every_sample(parts, target, n_in, n_out, activations[-1] == "softmax")
        if every is not None and parts.assumed.ask("samples", "all") == "all":
            x, target = every
            n_samples = len(x)
    if target is not None and not (parts.listing.loss and parts.listing.network):
        if activations[-1] == "softmax" and target.size == n_samples and n_out > 1:
            parts.said.append("The target is a class, counted from 0.")
        try:
            target = targets_for(target, n_samples, n_out, activations[-1] == "softmax")
        except ValueError as error:
            parts.problems.append(f"The target does not fit the outputs: {error}.")
            target = None
    loss, activations = loss_for(parts, activations, target, n_samples * n_out)
    if target is None and loss != "output":
        if loss.startswith("cross"):
            parts.assumed.ask("target", "zeros", ("zeros",), FIRST_CLASS)
            target = np.eye(n_out)[[0] * n_samples]
        else:
            ones = parts.assumed.ask("target", "zeros") == "ones"
            target = np.full((n_samples, n_out), float(ones))
    if n_samples > MOST_SAMPLES:
        parts.problems.append(
            f"The text has {n_samples} samples and an exercise takes {MOST_SAMPLES}: "
            f"the first {MOST_SAMPLES} are kept."
        )
        x, target = x[:MOST_SAMPLES], None if target is None else target[:MOST_SAMPLES]
    biases, held, tied = _biases(parts, layers)
    return Draft(
        weights=tuple(layers.weights),
        biases=tuple(biases),
        activations=tuple(activations),
        x=x,
        target=None if loss == "output" else target,
        loss=loss,
        learning_rate=rate_for(parts),
        steps=steps_for(parts),
        held=tuple(held),
        tied=tuple(tied),
        momentum=momentum_for(parts),
        weight_decay=weight_decay_for(parts),
    )


def _of_listing(parts: Parts) -> Layers | None:
    network = parts.listing.network
    if network is None:
        return None
    for slope in network.slopes.values():
        check_leak(parts, slope)
    if network.turned:
        parts.said.append("The text writes one row a neuron; here each neuron has a column.")
    return Layers(
        network.weights,
        list(network.biases),
        named=dict(network.names),
        shared=list(network.tied),
        held=list(network.missing),
        activations=list(network.activations),
    )


def _of_arrays(parts: Parts, x: Array | None, target: Array | None) -> Layers | None:
    for value in [*parts.listing.names.values(), *parts.shown]:
        try:
            found = of_description(value, parts.assumed) or of_neurons(value)
            if found is None and isinstance(value, dict):
                found = of_state(_state(value))
            if found is None and isinstance(value, (list, tuple)):
                found = of_list(list(value), parts.form == "PyTorch")
        except NotFollowed:
            found = None
        if found is not None:
            return found
    models = [value for value in parts.listing.models if linears(value)]
    for model in models:
        found = of_models(models, linears(model))
        if found is not None:
            found.activations = _of_model(model)
            return found
    dotted = {name: value for name, value in parts.values.items() if "." in name}
    found = of_state(dotted)
    if found is not None:
        return found
    cross = "cross" in parts.hints.loss or parts.hints.output == "softmax"
    n_in = width_of(x)
    n_out = None if cross or target is None else width_of(target)
    if x is not None and x.ndim == 2 and x.shape[1] == 1 and x.shape[0] > 1:
        n_in = None
    for widths in ((n_in, n_out), (None, None), (n_in, None)):
        try:
            for reader in (_by_matrix, _by_names):
                found = reader(parts, *widths)
                if found is not None:
                    return found
        except ValueError as error:
            problem = f"{UNFIT}: {error}."
        else:
            problem = ""
    if problem:
        parts.problems.append(problem)
    return None


def _by_matrix(parts: Parts, n_in: int | None, n_out: int | None) -> Layers | None:
    rows_usual = parts.form in ("LaTeX", "prose", "PyTorch", "MATLAB")
    return matrices_by_name(parts.values, n_in, n_out, parts.hints, rows_usual, parts.assumed)


def _by_names(parts: Parts, n_in: int | None, n_out: int | None) -> Layers | None:
    return weights_by_name(parts.values, n_in, n_out, parts.hints, parts.text, parts.assumed)


def _state(value: Mapping[str, Value], within: str = "") -> dict[str, Array]:
    """Return the arrays of a state, those of dictionaries within it by their dotted names."""
    found = {}
    for name, part in value.items():
        numbers = known_numbers(part)
        if isinstance(name, str) and numbers is not None:
            found[within + name] = numbers
        elif isinstance(part, dict) and within.count(".") < MOST_WITHIN:
            found |= _state(part, f"{within}{name}.")
    return found


def _of_model(model: Value) -> list[str]:
    acts: list[str] = []
    for part in model.layers if isinstance(model, Stack) else [model]:
        if isinstance(part, Linear):
            acts.append(part.activation or "identity")
        elif isinstance(part, Act) and acts:
            acts[-1] = "softmax" if part.name == "log_softmax" else part.name
    return acts


def _samples(parts: Parts, x: Array | None, n_in: int) -> Array:
    if x is not None:
        try:
            return as_samples(x, n_in)
        except ValueError as error:
            parts.problems.append(f"The input does not fit the first layer: {error}.")
    return np.full((1, n_in), 1.0 if parts.assumed.ask("x", "ones") == "ones" else 0.5)


def _biases(parts: Parts, layers: Layers) -> tuple[list[Array | None], list[str], list[str]]:
    held, tied = list(layers.held), []
    biases = list(layers.biases)
    without = [k for k, bias in enumerate(biases, start=1) if bias is None]
    if without and len(without) == len(biases):
        kept = parts.assumed.ask("bias", "none", ("none", "zero"))
        if kept == "zero":
            biases = [np.zeros(matrix.shape[1]) for matrix in layers.weights]
    elif without:
        listed = " and ".join(f"layer {k}" for k in without)
        sentence = f"The text has biases, but none for {listed}: {'{words}'}."
        kept = parts.assumed.ask("bias", "zero_held", sentence=sentence)
        for k in without:
            if kept != "none":
                biases[k - 1] = np.zeros(layers.weights[k - 1].shape[1])
            if kept == "zero_held":
                held.append(f"b{k}")
    if layers.shared:
        default = "held" if parts.hints.held else "each"
        kept = parts.assumed.ask("biases", default)
        if kept == "held":
            held += layers.shared
        elif kept == "tied":
            tied += layers.shared
    elif parts.hints.held:
        held += [f"b{k}" for k, bias in enumerate(biases, start=1) if bias is not None]
    held = [
        name for name in held if not name.startswith("b") or biases[int(name[1]) - 1] is not None
    ]
    if layers.held:
        parts.said.append(
            "Connections that the text does not have are weights of 0 that are not trained: "
            + ", ".join(name for name in layers.held)
            + "."
        )
    return biases, list(dict.fromkeys(held)), tied
