"""Figures of deep chains: blame, size and shut gates by layer."""

from __future__ import annotations

import numpy as np

from blame.arrays import Array
from blame.probe.chains import Chains
from pages.shared.charts.axes import LEGEND, across, axis, base_layout
from pages.shared.charts.figure import PlainFigure, PlotlyTrace, figure
from pages.shared.charts.palette import ACTIVATION, RAISES, SHUT
from pages.shared.words.numbers import percent, short

FILLS = {RAISES: "rgba(213,94,0,0.18)", ACTIVATION: "rgba(0,158,115,0.18)"}


def depth_chart(found: Chains) -> PlainFigure:
    """Return blame and activation sizes by layer on a log scale, with bands, over shut gates."""
    layers = np.arange(1, found.blame.shape[1] + 1)
    layout = base_layout(460)
    layout |= {
        "margin": {"l": 70, "r": 16, "t": 56, "b": 44},
        "xaxis": axis("layer", zeroline=False, range=[0.5, len(layers) + 0.5], anchor="y2"),
        "yaxis": axis("size", type="log", exponentformat="e", zeroline=False, domain=[0.36, 1.0]),
        "yaxis2": axis("gates shut", domain=[0.0, 0.22], range=[0, 1], tickformat=".0%"),
        **LEGEND,
        "shapes": [across(1.0)],
    }
    layout["xaxis"]["dtick"] = 1 if len(layers) <= 12 else 5
    data = [
        *_band("blame, relative to the output's", layers, found, found.blame, RAISES, "solid"),
        *_band("activation", layers, found, found.size, ACTIVATION, "dash"),
        {
            "type": "bar",
            "name": "gates shut",
            "x": layers.tolist(),
            "y": found.shut.mean(0).tolist(),
            "yaxis": "y2",
            "marker": {"color": SHUT},
            "showlegend": False,
            "customdata": [percent(float(share)) for share in found.shut.mean(0)],
            "hovertemplate": "layer %{x}: %{customdata} of gates shut<extra></extra>",
        },
    ]
    return figure(data, layout)


def describe_depth(found: Chains) -> str:
    """Say in words what `depth_chart` shows."""
    _, blame, _ = found.band(found.blame)
    _, size, _ = found.band(found.size)
    return (
        f"By layer, from 1 to {len(blame)}: median blame from {short(blame[0])} in layer 1 to 1 at "
        f"the output, median activation from {short(size[0])} to {short(size[-1])}, "
        f"{percent(float(found.shut.mean()))} of the gates shut"
    )


def _band(
    name: str, layers: Array, found: Chains, values: Array, colour: str, dash: str
) -> list[PlotlyTrace]:
    low, middle, high = found.band(values)
    # A log scale has no zero: where the band reaches it, it is drawn from the smallest size seen.
    floor = float(values[values > 0].min(initial=1.0))
    edge = {"type": "scatter", "mode": "lines", "x": layers.tolist(), "line": {"width": 0}}
    quiet = {"hoverinfo": "skip", "showlegend": False}
    return [
        {**edge, **quiet, "y": np.maximum(high, floor).tolist()},
        {
            **edge,
            **quiet,
            "y": np.maximum(low, floor).tolist(),
            "fill": "tonexty",
            "fillcolor": FILLS[colour],
        },
        {
            "type": "scatter",
            "mode": "lines+markers",
            "name": name,
            "x": layers.tolist(),
            "y": [value if value > 0 else None for value in middle.tolist()],
            "line": {"color": colour, "width": 2.5, "dash": dash},
            "marker": {"size": 6, "color": colour},
            "customdata": [
                f"{short(m)}, 10 to 90 %: {short(a)} to {short(b)}"
                for a, m, b in zip(low, middle, high, strict=True)
            ],
            "hovertemplate": "layer %{x}: %{customdata}<extra></extra>",
        },
    ]
