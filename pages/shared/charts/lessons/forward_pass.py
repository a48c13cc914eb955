"""Figures of the forward pass: how each z is built, and what its activation makes of it."""

from __future__ import annotations

from dataclasses import replace
from typing import NamedTuple

import numpy as np

from blame import BackwardPass
from pages.shared.charts.bars import Bars, bars_figure
from pages.shared.charts.figure import PlainFigure
from pages.shared.charts.named import Sample
from pages.shared.charts.palette import ACTIVATION, LINE, SHUT
from pages.shared.words.numbers import Numbers, short

MOST_ROWS = 36
"""Bars and titles of one chart; a larger network is shown layer by layer, or neuron by neuron."""

TITLES = {
    "relu": "ReLU",
    "leaky_relu": "leaky ReLU",
    "identity": "identity",
    "sigmoid": "sigmoid",
    "tanh": "tanh",
    "softplus": "softplus",
    "softmax": "softmax",
}
"""What an activation is called in a sentence; any other by its own name."""


class View(NamedTuple):
    """The part of a network that a chart shows: a layer from 1, and one of its neurons or all."""

    layer: int
    neuron: int | None = None

    @property
    def title(self) -> str:
        """What the part is called in a list."""
        return f"layer {self.layer}" + ("" if self.neuron is None else f", neuron {self.neuron}")


def sum_views(passes: BackwardPass) -> list[View]:
    """Return what can be shown of the sums; nothing where they all fit into one chart."""
    layers = passes.forward_pass.network.layers
    rows = [layer.n_out * (layer.n_in + 3) for layer in layers]
    if sum(rows) <= MOST_ROWS:
        return []
    return [
        view
        for k, (layer, its_rows) in enumerate(zip(layers, rows, strict=True), start=1)
        for view in (
            [View(k)] if its_rows <= MOST_ROWS else [View(k, j) for j in range(layer.n_out)]
        )
    ]


def activation_views(passes: BackwardPass) -> list[View]:
    """Return the layers that can be shown; nothing where they all fit into one chart."""
    layers = passes.forward_pass.network.layers
    rows = sum(3 * layer.n_out for layer in layers)
    return [] if rows <= MOST_ROWS else [View(k) for k in range(1, len(layers) + 1)]


def waterfall_chart(passes: BackwardPass, sample: int = 0, view: View | None = None) -> PlainFigure:
    """Return how the terms of every pre-activation of one sample add up, one panel a neuron.

    Parameters
    ----------
    view : one of `sum_views`; without it all of them are drawn.
    """
    return bars_figure(_waterfalls(passes, sample, view), common_scale=False)


def describe_waterfall(passes: BackwardPass, sample: int = 0, view: View | None = None) -> str:
    """Say in words what `waterfall_chart` shows."""
    return "; ".join(
        f"{group.title}: {_listed(group)}" for group in _waterfalls(passes, sample, view)
    )


def _listed(group: Bars) -> str:
    return ", ".join(
        f"{name} {group.numbers.text(value)}"
        for name, value in zip(group.names, group.values, strict=True)
    )


def _waterfalls(passes: BackwardPass, sample: int, view: View | None) -> list[Bars]:
    one, numbers = Sample(passes, sample), Numbers().of(passes)
    groups = []
    for k, layer in enumerate(one.layers, start=1):
        inputs, sums = one.inputs(k), one.z(k)
        for j, (symbol, total) in enumerate(zip(sums.names, sums.values, strict=True)):
            if view and (view.layer != k or view.neuron not in (None, j)):
                continue
            terms = [x * float(w) for x, w in zip(inputs.values, layer.weights[:, j], strict=True)]
            names = [f"{name} W{k}[{i}, {j}]" for i, name in enumerate(inputs.names)]
            # Whatever a number that rounding made goes into, it adds nothing; a 0 nobody made.
            handed = zip(inputs.values, terms, strict=True)
            made = {t for value, t in handed if t != 0 and numbers.is_nothing(value)}
            if layer.bias is not None:
                terms.append(float(layer.bias[j]))
                names.append(f"b{k}[{j}]")
            groups.append(
                Bars(
                    f"{symbol}, neuron {j}" if k < one.depth else symbol,
                    [*names, f"= {symbol}"],
                    [*terms, total],
                    colours=[LINE] * len(terms) + [ACTIVATION],
                    bases=[0.0, *np.cumsum(terms)[:-1].tolist(), 0.0],
                    numbers=replace(numbers, nothing=numbers.nothing | made),
                )
            )
    return groups


def activation_chart(
    passes: BackwardPass, sample: int = 0, view: View | None = None
) -> PlainFigure:
    """Return each z beside its a, and the prediction beside the target.

    Parameters
    ----------
    view : one of `activation_views`; without it all layers are drawn.
    """
    return bars_figure(_activations(passes, sample, view))


def describe_activations(passes: BackwardPass, sample: int = 0, view: View | None = None) -> str:
    """Say in words what `activation_chart` shows."""
    return ", ".join(_listed(group) for group in _activations(passes, sample, view))


def _activations(passes: BackwardPass, sample: int, view: View | None) -> list[Bars]:
    one, numbers = Sample(passes, sample), Numbers().of(passes)
    groups = []
    for k in range(1, one.depth + 1):
        if view and view.layer != k:
            continue
        if k == one.depth:
            groups += _outputs(one, numbers)
            continue
        name = one.layers[k - 1].activation.name
        layer = f"layer {k}, " if one.depth > 2 else ""
        columns = zip(*one.z(k), *one.a(k), one.slopes(k), strict=True)
        for j, (z_name, z, a_name, a, slope) in enumerate(columns):
            groups.append(
                Bars(
                    f"{layer}neuron {j}, {gate_said(name, slope)}",
                    [z_name, a_name],
                    [z, a],
                    colours=[LINE, ACTIVATION if slope else SHUT],
                    numbers=numbers,
                )
            )
    return groups


def _outputs(one: Sample, numbers: Numbers) -> list[Bars]:
    prediction, target = one.a(one.depth), one.target()
    groups = []
    for j, (name, value) in enumerate(zip(*prediction, strict=True)):
        rows = [(name, value, ACTIVATION)]
        if not one.plain:
            z = one.z(one.depth)
            rows.insert(0, (z.names[j], z.values[j], LINE))
        if target:
            rows.append((target.names[j], target.values[j], LINE))
        names, values, colours = zip(*rows, strict=True)
        title = "output" if len(prediction.names) == 1 else f"output {j}"
        groups.append(Bars(title, names, values, colours=colours, numbers=numbers))
    return groups


def gate_said(activation: str, slope: float) -> str:
    """Return what a neuron lets through: a gate open or shut, or how steep its curve is there."""
    if activation == "relu":
        return f"gate {'open' if slope else 'shut'}"
    return f"slope {short(slope)}"


def units_said(passes: BackwardPass) -> str:
    """Return what stands between z and a in words: the ReLU, or whatever the layers have."""
    names = [layer.activation.name for layer in passes.forward_pass.network.layers]
    if names[-1] == "identity":
        names = names[:-1]
    only = set(names)
    return TITLES.get(only.pop(), "activation") if len(only) == 1 else "activation"
