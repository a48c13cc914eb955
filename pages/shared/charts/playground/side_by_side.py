"""Figure of kept runs side by side: what each of their networks makes of its own data."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

import numpy as np

from blame.playground.datasets import Dataset
from blame.playground.maps import Maps
from pages.shared.charts.figure import PlainFigure, PlotlyTrace, figure
from pages.shared.charts.palette import ACTIVATION, LINE
from pages.shared.charts.playground.classes import class_planes
from pages.shared.charts.playground.maps import LINE_POINTS, SHADES
from pages.shared.charts.side_by_side import panels

POINTS = 31
"""Points of a map along each side."""
ACROSS = 4
TALL = 220
"""Height of a map in pixels."""


class Beside(NamedTuple):
    """A run as it is drawn beside others: its maps, and the data it is trained on."""

    found: Maps
    data: Dataset


def points_of(data: Dataset) -> int:
    """Return how many points `kept_chart` draws along a line, or along each side of a plane."""
    return LINE_POINTS if data.n_in == 1 else POINTS


def kept_chart(shown: Mapping[str, Beside]) -> PlainFigure:
    """Return a map for each run, by its name, in the colours of the large map."""
    layout, every = panels(list(shown), ACROSS, TALL)
    traces: list[PlotlyTrace] = []
    for (found, data), places in zip(shown.values(), every, strict=True):
        if data.n_in == 1:
            outputs = found.outputs[0]
            traces += [
                {
                    "type": "scatter",
                    "mode": "lines",
                    "x": found.across.tolist(),
                    "y": np.round(outputs[:, k], 4).tolist(),
                    "line": {"color": ACTIVATION if k == 0 else LINE, "width": 2},
                    "hovertemplate": "%{x:.3g}: %{y:.4g}<extra></extra>",
                    **places,
                }
                for k in range(outputs.shape[-1])
            ]
        elif found.outputs.shape[-1] > 1:
            traces += [{**plane, **places} for plane in class_planes(found, data)]
        else:
            low, high = float(data.target.min()), float(data.target.max())
            traces.append(
                {
                    "type": "heatmap",
                    "x": found.across.tolist(),
                    "y": found.up.tolist(),
                    "z": np.round(found.prediction, 4).tolist(),
                    "zmin": low,
                    "zmax": high if high > low else low + 1,
                    "colorscale": SHADES,
                    "zsmooth": "best",
                    "showscale": False,
                    "hovertemplate": "%{x:.3g}, %{y:.3g}: y_pred %{z:.4g}<extra></extra>",
                    **places,
                }
            )
    return figure(traces, layout)
