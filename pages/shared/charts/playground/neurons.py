"""Figures of the inside of the playground's network: each neuron's own map, each sample's pull."""

from __future__ import annotations

import numpy as np

from blame.arrays import Array
from blame.backward import BackwardPass
from blame.playground.datasets import Dataset
from blame.playground.growing_run import GrowingRun
from blame.playground.maps import Maps
from pages.shared.charts.figure import PlainFigure, PlotlyTrace, figure
from pages.shared.charts.palette import ACTIVATION, LINE
from pages.shared.charts.playground.maps import LINE_POINTS, SHADES
from pages.shared.charts.side_by_side import panels
from pages.shared.words.numbers import percent, short

POINTS = 27
"""Points of a neuron's map along each side."""
ACROSS = 4
TALL = 150
"""Height of one neuron's map in pixels."""


def points_of(data: Dataset) -> int:
    """Return how many points `neuron_chart` draws along a line, or along each side of a plane."""
    return LINE_POINTS if data.n_in == 1 else POINTS


def neuron_chart(found: Maps, passes: BackwardPass, data: Dataset, layer: int) -> PlainFigure:
    """Return a small map of each neuron of a hidden layer, with the line where its gate flips.

    `passes` are those of the samples, `layer` counts from 0. Colours compare within a layer; a
    dead neuron says so.
    """
    network = passes.forward_pass.network
    values, z = found.a[layer], found.z[layer]
    slopes = passes.local_gradients[layer]
    alive = slopes.any(axis=0)
    titles = [f"neuron {j}{'' if lives else ', dead'}" for j, lives in enumerate(alive)]
    # The large map beside them has the same scale.
    layout, every = panels(titles, ACROSS, TALL, showticklabels=data.n_in == 1)
    largest = float(np.abs(values).max()) or 1.0
    traces: list[PlotlyTrace] = []
    for j, places in enumerate(every):
        if data.n_in == 1:
            traces.append(
                {
                    "type": "scatter",
                    "mode": "lines",
                    "x": found.across.tolist(),
                    "y": values[0, :, j].tolist(),
                    "line": {"color": ACTIVATION if alive[j] else LINE, "width": 2},
                    "hovertemplate": f"neuron {j} at %{{x:.3g}}: %{{y:.4g}}<extra></extra>",
                    **places,
                }
            )
            continue
        traces.append(
            {
                "type": "heatmap",
                "x": found.across.tolist(),
                "y": found.up.tolist(),
                "z": np.round(values[..., j], 4).tolist(),
                "zmin": -largest,
                "zmax": largest,
                "colorscale": SHADES,
                "showscale": False,
                "hovertemplate": f"neuron {j} at %{{x:.3g}}, %{{y:.3g}}: %{{z:.4g}}<extra></extra>",
                **places,
            }
        )
        for kink in network.layers[layer].activation.kinks:
            own = z[..., j] - kink
            if (own > 0).any() and not (own > 0).all():
                traces.append({**_gate_line(found, own), **places})
    return figure(traces, layout)


def _gate_line(found: Maps, own: Array) -> PlotlyTrace:
    """Return the line where a neuron's distance from its kink, `own`, is 0."""
    return {
        "type": "contour",
        "x": found.across.tolist(),
        "y": found.up.tolist(),
        "z": np.round(own, 6).tolist(),
        "contours": {"start": 0, "end": 0, "size": 1, "coloring": "none"},
        "line": {"color": LINE, "width": 2, "dash": "dash"},
        "showscale": False,
        "hoverinfo": "skip",
    }


def describe_neurons(run: GrowingRun, step: int, layer: int) -> str:
    """Say in words what `neuron_chart` shows."""
    passes = run.pass_at(step)
    activations, slopes = passes.forward_pass.a[layer], passes.local_gradients[layer]
    said = []
    for j in range(activations.shape[-1]):
        share = float((slopes[:, j] != 0).mean())
        said.append(
            f"neuron {j} passes blame on {percent(share)} of the samples, activation from "
            f"{short(activations[:, j].min())} to {short(activations[:, j].max())}"
        )
    return f"Hidden layer {layer + 1} over the data: {'; '.join(said)}"
