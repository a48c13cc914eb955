"""Figures of the ReLU gate: value and slope, blame before and after, the sweep of one bias."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from blame import ACTIVATIONS, BackwardPass
from blame.refusals import refuse_unless
from pages.shared.charts.axes import axis, base_layout
from pages.shared.charts.bars import Bars, bars_figure
from pages.shared.charts.figure import PlainFigure, PlotlyTrace, figure
from pages.shared.charts.palette import LINE, NEURONS, SHUT
from pages.shared.words.numbers import Numbers, full

SYMBOLS = ("circle", "square")


def relu_chart(passes: BackwardPass) -> PlainFigure:
    """Return the ReLU above its slope over one z axis, with each neuron's z on both."""
    neurons = _neurons(passes)
    reach = 1.25 * max(1.0, *(abs(neuron.z) for neuron in neurons))
    relu = ACTIVATIONS["relu"]
    arm = np.array([-reach, 0.0, reach])
    # Two pieces, so that the jump of the slope at 0 is not drawn as if it were part of it.
    shut, live = np.array([-reach, 0.0]), np.array([1e-9, reach])
    data = [
        _curve("ReLU", arm, relu.value(arm), "y"),
        _curve("slope", shut, relu.derivative(shut), "y2"),
        _curve("slope", live, relu.derivative(live), "y2"),
    ]
    for j, neuron in enumerate(neurons):
        for y, on in ((neuron.a, "y"), (neuron.slope, "y2")):
            data.append(_point(j, neuron.z, y, on, bool(neuron.slope)))
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
    neurons, n = _neurons(passes), Numbers().of(passes)
    return "The ReLU and its slope; " + ", ".join(
        f"neuron {j} at z {n.text(neuron.z)}, gate {neuron.gate}"
        for j, neuron in enumerate(neurons)
    )


def before_after_chart(passes: BackwardPass) -> PlainFigure:
    """Return each neuron's blame before its gate and after it."""
    neurons, numbers = _neurons(passes), Numbers().of(passes)
    return bars_figure(
        [
            Bars(
                f"neuron {j}, gate {neuron.gate}",
                [f"d_a1[{j}]", f"d_z1[{j}]"],
                [neuron.before, neuron.after],
                notes=["", "" if neuron.slope else "shut"],
                numbers=numbers,
            )
            for j, neuron in enumerate(neurons)
        ]
    )


def describe_before_after(passes: BackwardPass) -> str:
    """Say in words what `before_after_chart` shows."""
    neurons, n = _neurons(passes), Numbers().of(passes)
    return "; ".join(
        f"neuron {j}: blame {n.text(neuron.before)} before the gate, "
        f"{n.text(neuron.after)} after it"
        for j, neuron in enumerate(neurons)
    )


class _Neuron(NamedTuple):
    """What the figures and their words say of one hidden neuron."""

    z: float
    a: float
    slope: float
    before: float
    after: float

    @property
    def gate(self) -> str:
        return "open" if self.slope else "shut"


def _neurons(passes: BackwardPass) -> list[_Neuron]:
    refuse_unless(
        "the chart of the gates",
        passes,
        layers=2,
        hidden=("relu",),
        instead="open each local gradient with a Trace",
    )
    ahead = passes.forward_pass
    columns = (
        ahead.z[0][0],
        ahead.a[0][0],
        passes.local_gradients[0][0],
        passes.activation_gradients[0][0],
        passes.deltas[0][0],
    )
    return [_Neuron(*map(float, values)) for values in zip(*columns, strict=True)]


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
