"""The figure of the playground's own network: every weight a line, as thick as it is large."""

from __future__ import annotations

from typing import Any

import numpy as np

from blame.backward import BackwardPass
from blame.playground.datasets import Dataset
from pages.shared.charts.axes import QUIET, base_layout
from pages.shared.charts.figure import PlainFigure, PlotlyTrace, figure
from pages.shared.charts.palette import ACTIVATION, LINE, NEURONS, SHUT
from pages.shared.words.numbers import full, short

ABOVE, BELOW = ACTIVATION, NEURONS[1]
"""The hues of weights above and below 0, as on the maps; those below are dashed too."""
NODE = "#4a7096"
MOST_WRITTEN = 18
"""So many weights have their numbers beside them; of more each is told where one points."""
THICKEST = 7.0
TALL = 46
"""Pixels of height for each neuron of the widest layer."""


def network_chart(passes: BackwardPass, data: Dataset) -> PlainFigure:
    """Return the network of these passes, from its inputs on the left to its outputs.

    A neuron that passes no blame on any sample is grey and says that it is dead.
    """
    network = passes.forward_pass.network
    sizes = network.sizes
    layout = base_layout(max(260, TALL * max(sizes) + 50))
    layout["margin"] = {"l": 44, "r": 64, "t": 16, "b": 8}
    layout["xaxis"] = {**QUIET, "visible": False, "range": [-0.1, len(sizes) - 0.9]}
    layout["yaxis"] = {**QUIET, "visible": False, "range": [-0.04, 1.04]}
    layout["hovermode"] = "closest"
    largest = max(float(np.abs(layer.weights).max()) for layer in network.layers) or 1.0
    shapes: list[dict[str, Any]] = []
    tags: dict[str, list[Any]] = {"x": [], "y": [], "text": [], "customdata": []}
    few = sum(layer.weights.size for layer in network.layers) <= MOST_WRITTEN
    for k, layer in enumerate(network.layers):
        for (i, j), weight in np.ndenumerate(layer.weights):
            ends = (k, height(i, sizes[k])), (k + 1, height(j, sizes[k + 1]))
            shapes.append(_edge(*ends, float(weight), largest))
            # Lines to the same neuron meet there only: those to others are written elsewhere.
            here, of = (j, sizes[k + 1]) if sizes[k + 1] > 1 else (i, sizes[k])
            along = 0.18 + 0.64 * (here + 0.5) / of
            (x0, y0), (x1, y1) = ends
            tags["x"].append(x0 + along * (x1 - x0))
            tags["y"].append(y0 + along * (y1 - y0))
            tags["text"].append(_minus(short(weight, 2)) if few else "")
            tags["customdata"].append(f"W{k + 1}[{i}, {j}] = {_minus(full(weight))}")
    layout["shapes"] = shapes
    written: PlotlyTrace = {
        "type": "scatter",
        "mode": "markers+text" if few else "markers",
        "marker": {"size": 14, "opacity": 0},
        "textposition": "top center",
        "textfont": {"size": 12, "shadow": "auto"},
        "hovertemplate": "%{customdata}<extra></extra>",
        "showlegend": False,
        **tags,
    }
    return figure([written, _nodes(passes, data)], layout)


def height(place: int, count: int) -> float:
    """Return how high one of so many stands, from 1 down to 0, all of them evenly around 0.5."""
    return 1 - (place + 0.5) / count


def _edge(
    start: tuple[float, float], end: tuple[float, float], weight: float, largest: float
) -> dict[str, Any]:
    return {
        "type": "line",
        "layer": "below",
        "x0": start[0],
        "y0": start[1],
        "x1": end[0],
        "y1": end[1],
        "line": {
            "color": LINE if weight == 0 else ABOVE if weight > 0 else BELOW,
            "width": round(0.5 + THICKEST * abs(weight) / largest, 2),
            "dash": "dash" if weight < 0 else "solid",
        },
        "opacity": 0.75,
    }


def _nodes(passes: BackwardPass, data: Dataset) -> PlotlyTrace:
    network = passes.forward_pass.network
    sizes, last = network.sizes, len(network.layers)
    nodes: dict[str, list[Any]] = {"x": [], "y": [], "text": [], "customdata": []}
    colours, sides = [], []
    for k, size in enumerate(sizes):
        for j in range(size):
            name, about, dead = f"x[{j}]", f"x[{j}]", False
            if k:
                dead = k < last and not passes.local_gradients[k - 1][:, j].any()
                bias = network.layers[k - 1].bias
                name = _output(j, size, data) if k == last else f"{j}{' dead' if dead else ''}"
                about = name if k == last else f"hidden layer {k}, neuron {name}"
                about += "" if bias is None else f": b{k}[{j}] = {_minus(full(bias[j]))}"
            nodes["x"].append(k)
            nodes["y"].append(height(j, size))
            nodes["text"].append(name)
            nodes["customdata"].append(about)
            colours.append(SHUT if dead else NODE)
            sides.append("middle left" if k == 0 else "middle right" if k == last else "top center")
    return {
        "type": "scatter",
        "mode": "markers+text",
        "cliponaxis": False,
        # Beside its neuron, in the page's own ink: it is read in light and dark alike.
        "textposition": sides,
        "textfont": {"size": 12, "shadow": "auto"},
        "marker": {
            "size": 20,
            "color": colours,
            "opacity": 1,
            "line": {"color": LINE, "width": 1.5},
        },
        "hovertemplate": "%{customdata}<extra></extra>",
        "showlegend": False,
        **nodes,
    }


def _output(j: int, count: int, data: Dataset) -> str:
    return "y" if count == 1 else data.title_of(j)[:8]


def _minus(text: str) -> str:
    return text.replace("-", "\u2212")


def describe_network(passes: BackwardPass) -> str:
    """Say in words what `network_chart` shows."""
    network = passes.forward_pass.network
    weights = [
        (f"W{k}[{i}, {j}]", float(weight))
        for k, layer in enumerate(network.layers, start=1)
        for (i, j), weight in np.ndenumerate(layer.weights)
    ]
    shown = weights
    said = "its weights"
    if len(weights) > MOST_WRITTEN:
        shown = sorted(weights, key=lambda one: -abs(one[1]))[:6]
        said = f"the largest of its {len(weights)} weights"
    listed = ", ".join(f"{name} {short(weight)}" for name, weight in shown)
    sizes = "-".join(map(str, network.sizes))
    return f"The network, {sizes}, and {said}: {listed}"
