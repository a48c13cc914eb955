"""Figures of the gate: an activation above its slope, and blame before and after it."""

from __future__ import annotations

from itertools import pairwise
from typing import NamedTuple

import numpy as np

from blame import BackwardPass
from blame.activations import Activation
from blame.arrays import Array
from blame.refusals import RefusedError
from pages.shared.charts.axes import LEFT, axis, base_layout, steady
from pages.shared.charts.bars import Bars, bars_figure
from pages.shared.charts.figure import PlainFigure, PlotlyTrace, figure
from pages.shared.charts.labels import NARROW, spread
from pages.shared.charts.lessons.forward_pass import TITLES, gate_said
from pages.shared.charts.named import Sample
from pages.shared.charts.palette import LINE, NEURONS, SHUT
from pages.shared.words.numbers import Numbers

SYMBOLS = ("circle", "square")
POINTS = 121
NAME = 95
"""Width of a neuron's name in pixels, with what is said of its gate."""
BENDS = 4.0
"""How far from 0 a curve that bends is shown at least."""
SMALL = 0.05
"""A slope below this lets little blame through."""
SLOPES = {"sigmoid": "slope, a(1 \u2212 a)", "tanh": "slope, 1 \u2212 a²"}
"""How the axis of the slope says what the activation's own value makes of it."""


def gate_layers(passes: BackwardPass) -> list[int]:
    """Return the layers whose activation does something to each z by itself, from 1.

    Not a softmax, which takes them all together; a plain last layer only where there is no other.
    """
    names = [layer.activation.name for layer in passes.forward_pass.network.layers]
    if names[-1] == "identity" and len(names) > 1:
        names = names[:-1]
    found = [k for k, name in enumerate(names, start=1) if name != "softmax"]
    if not found:
        raise RefusedError(
            f"the curve of an activation needs one that works on each z by itself, got "
            f"{names[-1]}; the forward pass shows its exponentials and shares"
        )
    return found


def gate_titles(passes: BackwardPass) -> list[str]:
    """Return what each of `gate_layers` is called in a list."""
    layers = passes.forward_pass.network.layers
    return [
        f"layer {k}, {TITLES.get(name := layers[k - 1].activation.name, name)}"
        for k in gate_layers(passes)
    ]


def activation_chart(passes: BackwardPass, sample: int = 0, layer: int = 1) -> PlainFigure:
    """Return a layer's activation above its slope over one z axis, with each neuron's z on both.

    Parameters
    ----------
    layer : one of `gate_layers`.
    """
    neurons, activation, one = _neurons(passes, sample, layer)
    numbers = Numbers().of(passes)
    # A curve that bends is shown to where it is flat.
    least = 1.0 if activation.straight else BENDS
    reach = steady(max(abs(neuron.z) for neuron in neurons), 1.25 * least)
    title = TITLES.get(activation.name, activation.name)
    z_name = f"z{layer}"
    data = []
    heights: list[float] = [0.0]
    steep: list[float] = [0.0]
    pieces = _pieces(activation, reach)
    for along in pieces:
        values, slopes = activation.value(along), activation.derivative(along)
        heights += values.tolist()
        steep += slopes.tolist()
        data.append(_curve("slope", along, slopes, "y2"))
    # The curve itself has no jump at a kink, so it is one line.
    whole = np.concatenate(pieces)
    data.insert(0, _curve(title, whole, activation.value(whole), "y"))
    few = len(neurons) <= len(SYMBOLS)
    for j, neuron in enumerate(neurons):
        for y, on in ((neuron.a, "y"), (neuron.slope, "y2")):
            beside = _beside(j, neurons, on, reach) if few else ""
            data.append(_point(j, neuron, y, on, beside, numbers))
    layout = base_layout(330)
    slope_top = max(steep)
    layout |= {
        "margin": {"l": LEFT, "r": 14, "t": 8, "b": 40},
        "xaxis": axis(z_name, range=[-reach, reach], anchor="y2"),
        "yaxis": axis(
            f"{one.a_array(layer)} = {title}({z_name})",
            domain=[0.5, 1.0],
            range=_room(min(heights), max(heights)),
        ),
        "yaxis2": axis(
            SLOPES.get(activation.name, "slope"),
            domain=[0.0, 0.38],
            range=[-0.25 * slope_top, 1.45 * slope_top],
            tickvals=[0, round(slope_top, 4)],
        ),
    }
    if not few:
        layout["annotations"] = _numbered(neurons, (-reach, reach))
    return figure(data, layout)


def _pieces(activation: Activation, reach: float) -> list[Array]:
    """Return the z of each piece between kinks, so that no jump of the slope is drawn as a line."""
    if not activation.kinks:
        return [np.linspace(-reach, reach, POINTS)]
    ends = [-reach, *activation.kinks, reach]
    # At a kink the slope is that of the piece below; the one above begins just behind it.
    return [np.array([low if low == -reach else low + 1e-9, high]) for low, high in pairwise(ends)]


def _room(low: float, high: float) -> list[float]:
    """Return a range with room for points and names."""
    width = (high - low) or 1.0
    return [low - 0.12 * width, high + 0.08 * width]


def _numbered(neurons: list[_Neuron], span: tuple[float, float]) -> list[PlotlyTrace]:
    """Return the numbers of many neurons along the top of the slope's chart, and what they are."""
    names = [str(j) for j in range(len(neurons))]
    labels = spread(names, [neuron.z for neuron in neurons], span)
    note = {"yref": "y2 domain", "showarrow": False, "yanchor": "top"}
    return [
        *({**note, "x": label.at, "y": 1.0, "text": label.text} for label in labels),
        {
            **note,
            "xref": "paper",
            "x": 1.0,
            "xanchor": "right",
            "y": 1.24,
            "text": "points: neurons, by number",
        },
    ]


def describe_activation(passes: BackwardPass, sample: int = 0, layer: int = 1) -> str:
    """Say in words what `activation_chart` shows."""
    neurons, activation, _ = _neurons(passes, sample, layer)
    n = Numbers().of(passes)
    title = TITLES.get(activation.name, activation.name)
    return f"The {title} and its slope; " + ", ".join(
        f"neuron {j} at z {n.text(neuron.z)}, {gate_said(activation.name, neuron.slope)}"
        for j, neuron in enumerate(neurons)
    )


def before_after_chart(passes: BackwardPass, sample: int = 0, layer: int = 1) -> PlainFigure:
    """Return each neuron's blame before its gate and after it."""
    return bars_figure(_before_after(passes, sample, layer))


def _before_after(passes: BackwardPass, sample: int, layer: int) -> list[Bars]:
    neurons, activation, one = _neurons(passes, sample, layer)
    numbers = Numbers().of(passes)
    before, after = one.upstream(layer).names, one.delta(layer).names
    if before == after:
        # A plain output: its blame is both, and no gate stands between.
        return [Bars("output", before, [each.after for each in neurons], numbers=numbers)]
    return [
        Bars(
            f"neuron {j}, {gate_said(activation.name, neuron.slope)}",
            [before[j], after[j]],
            [neuron.before, neuron.after],
            notes=["", "" if neuron.slope else "shut"],
            numbers=numbers,
        )
        for j, neuron in enumerate(neurons)
    ]


def describe_before_after(passes: BackwardPass, sample: int = 0, layer: int = 1) -> str:
    """Say in words what `before_after_chart` shows."""
    neurons, activation, one = _neurons(passes, sample, layer)
    n = Numbers().of(passes)
    through = "gate" if activation.name == "relu" else "slope"
    if one.upstream(layer).names == one.delta(layer).names:
        listed = zip(one.delta(layer).names, neurons, strict=True)
        return "; ".join(f"{name} {n.text(neuron.after)}" for name, neuron in listed)
    return "; ".join(
        f"neuron {j}: blame {n.text(neuron.before)} before the {through}, "
        f"{n.text(neuron.after)} after it"
        for j, neuron in enumerate(neurons)
    )


class _Neuron(NamedTuple):
    """What the figures and their words say of one neuron."""

    z: float
    a: float
    slope: float
    before: float
    after: float


def _neurons(
    passes: BackwardPass, sample: int, layer: int
) -> tuple[list[_Neuron], Activation, Sample]:
    one = Sample(passes, sample)
    activation = one.layers[layer - 1].activation
    if layer not in gate_layers(passes):
        raise RefusedError(
            f"the curve of an activation is drawn for layers {gate_layers(passes)}, got {layer}; "
            "choose one of them"
        )
    columns = (
        one.z(layer).values,
        one.a(layer).values,
        one.slopes(layer),
        one.upstream(layer).values,
        one.delta(layer).values,
    )
    return [_Neuron(*row) for row in zip(*columns, strict=True)], activation, one


def _curve(name: str, x: Array, y: Array, on: str) -> PlotlyTrace:
    return {
        "type": "scatter",
        "mode": "lines",
        "name": name,
        "x": x.tolist(),
        "y": y.tolist(),
        "yaxis": on,
        "line": {"color": LINE, "width": 2.5},
        "hoverinfo": "skip",
    }


def _point(
    j: int, neuron: _Neuron, y: float, on: str, beside: str, numbers: Numbers
) -> PlotlyTrace:
    """Return a neuron's point on a curve, with its name beside it where there is room for one."""
    named = bool(beside)
    passing = neuron.slope >= SMALL
    said = "" if passing else ", shut" if neuron.slope == 0 else ", little passes"
    return {
        "type": "scatter",
        "mode": "markers+text" if named else "markers",
        "name": f"neuron {j}",
        "x": [neuron.z],
        "y": [y],
        "yaxis": on,
        "marker": {
            "size": 13 if named else 10,
            "symbol": SYMBOLS[j % 2] + ("" if passing else "-open"),
            "color": NEURONS[j % 2] if passing else SHUT,
            "line": {"width": 2},
        },
        **({"text": [f"neuron {j}{said}"], "textposition": beside} if named else {}),
        "hovertemplate": f"neuron {j}: {numbers.said('z', neuron.z)}<br>"
        f"{numbers.said('value', y)}<extra></extra>",
        "cliponaxis": False,
    }


def _beside(j: int, neurons: list[_Neuron], on: str, reach: float) -> str:
    """Return where the name of one of few neurons stands, clear of the curve and the other's."""
    if on == "y2":
        return "top center" if j % 2 == 0 else "bottom center"
    z = neurons[j].z
    others = [other for i, other in enumerate(neurons) if i != j]
    near = any(abs(other.z - z) / (2 * reach) * NARROW < NAME for other in others)
    if near and any((other.z, j) > (z, 0) for other in others):
        # The lower one's name below the curve, on the side that the curve rises from.
        return "bottom right" if z >= 0 else "bottom center"
    # From 0 on the ReLU rises to the right of the point.
    return "top left" if z >= 0 else "top center"
