"""Figures of the ReLU gate: value and slope, blame before and after, the sweep of one bias."""

from __future__ import annotations

import numpy as np

from blame import ACTIVATIONS, BackwardPass
from pages.shared.charts.axes import axis, base_layout
from pages.shared.charts.bars import Bars, bars_figure
from pages.shared.charts.figure import PlainFigure, PlotlyTrace, figure
from pages.shared.charts.palette import LINE, NEURONS, SHUT
from pages.shared.words.numbers import full, short

SYMBOLS = ("circle", "square")


def relu_chart(passes: BackwardPass) -> PlainFigure:
    """Return the ReLU above its slope over one z axis, with each neuron's z on both."""
    z = passes.forward_pass.z[0][0]
    reach = 1.25 * max(1.0, float(abs(z).max()))
    relu = ACTIVATIONS["relu"]
    arm = np.array([-reach, 0.0, reach])
    # Two pieces, so that the jump of the slope at 0 is not drawn as if it were part of it.
    shut, live = np.array([-reach, 0.0]), np.array([1e-9, reach])
    data = [
        _curve("ReLU", arm, relu.value(arm), "y"),
        _curve("slope", shut, relu.derivative(shut), "y2"),
        _curve("slope", live, relu.derivative(live), "y2"),
    ]
    for j, value in enumerate(z):
        gate = float(passes.local_gradients[0][0, j])
        height = float(passes.forward_pass.a[0][0, j])
        for y, on in ((height, "y"), (gate, "y2")):
            data.append(_point(j, float(value), y, on, bool(gate)))
    layout = base_layout(330)
    layout |= {
        "margin": {"l": 48, "r": 12, "t": 8, "b": 40},
        "xaxis": axis("z1", range=[-reach, reach], anchor="y2"),
        "yaxis": axis("a1 = ReLU(z1)", domain=[0.5, 1.0], range=[-0.15 * reach, 1.1 * reach]),
        "yaxis2": axis("slope", domain=[0.0, 0.38], range=[-0.25, 1.45], tickvals=[0, 1]),
    }
    return figure(data, layout)


def describe_relu(passes: BackwardPass) -> str:
    """Say in words what `relu_chart` shows."""
    return "The ReLU and its slope; " + ", ".join(
        f"neuron {j} at z {short(z)}, gate {'open' if gate else 'shut'}"
        for j, (z, gate) in enumerate(
            zip(passes.forward_pass.z[0][0], passes.local_gradients[0][0], strict=True)
        )
    )


def before_after_chart(passes: BackwardPass) -> PlainFigure:
    """Return each neuron's blame before its gate and after it."""
    groups = []
    triples = zip(
        passes.activation_gradients[0][0],
        passes.local_gradients[0][0],
        passes.deltas[0][0],
        strict=True,
    )
    for j, (upstream, gate, delta) in enumerate(triples):
        groups.append(
            Bars(
                f"neuron {j}, gate {'open' if gate else 'shut'}",
                [f"d_a1[{j}]", f"d_z1[{j}]"],
                [upstream, delta],
                notes=["", "" if gate else "shut"],
            )
        )
    return bars_figure(groups)


def describe_before_after(passes: BackwardPass) -> str:
    """Say in words what `before_after_chart` shows."""
    return "; ".join(
        f"neuron {j}: blame {short(before)} before the gate, {short(after)} after it"
        for j, (before, after) in enumerate(
            zip(passes.activation_gradients[0][0], passes.deltas[0][0], strict=True)
        )
    )


def _curve(name: str, x: np.ndarray, y: np.ndarray, on: str) -> PlotlyTrace:
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


def _point(neuron: int, z: float, y: float, on: str, gate: bool) -> PlotlyTrace:
    return {
        "type": "scatter",
        "mode": "markers+text",
        "name": f"neuron {neuron}",
        "x": [z],
        "y": [y],
        "yaxis": on,
        "marker": {
            "size": 13,
            "symbol": SYMBOLS[neuron % 2] + ("" if gate else "-open"),
            "color": NEURONS[neuron % 2] if gate else SHUT,
            "line": {"width": 2},
        },
        "text": [f"neuron {neuron}" + ("" if gate else ", shut")],
        "textposition": _beside(neuron, z, on),
        "hovertemplate": f"neuron {neuron}: z = {full(z)}<br>value {full(y)}<extra></extra>",
        "cliponaxis": False,
    }


def _beside(neuron: int, z: float, on: str) -> str:
    if on == "y":
        # From 0 on the ReLU rises to the right of the point.
        return "top left" if z >= 0 else "top center"
    return "top center" if neuron % 2 == 0 else "bottom center"
