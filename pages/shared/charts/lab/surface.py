"""The loss over two parameters as a surface that can be turned, cut off where it grows too high."""

from __future__ import annotations

from functools import lru_cache

import numpy as np

from blame import History
from blame.arrays import Array
from blame.probe.landscape import Landscape, values_along, within
from pages.shared.charts.axes import base_layout
from pages.shared.charts.figure import PlainFigure, PlotlyTrace, figure
from pages.shared.charts.lab.height_key import HEIGHTS
from pages.shared.charts.palette import RUNS
from pages.shared.charts.playground.maps import PAPER

TRACKS = 96
"""Pixels below a surface for the lines on which a hand moves where the run starts."""
RUN = RUNS[2]
"""The run's colour: unlike the map, the surface ends, and the page is seen behind it."""


def surface_chart(found: Landscape, history: History, step: int) -> PlainFigure:
    """Return the loss as a surface that can be turned, with the run's way on it."""
    heights = _heights(found)
    # A little above the sheet, which would hide it.
    lift = 0.02 * float(np.ptp(heights))
    xs, ys = values_along(history, found.first), values_along(history, found.second)
    inside = within(xs, found.across) & within(ys, found.up)
    rows = np.searchsorted(found.up, ys[inside])
    columns = np.searchsorted(found.across, xs[inside])
    data: list[PlotlyTrace] = [
        _sheet(found),
        {
            "type": "scatter3d",
            "mode": "lines+markers",
            "name": "the run",
            "x": xs[inside].tolist(),
            "y": ys[inside].tolist(),
            # On the slice, not at the run's own loss: the other parameters move as well.
            "z": (heights[rows, columns] + lift).tolist(),
            "line": {"color": RUN, "width": 5},
            "marker": {"size": 3, "color": RUN},
            "hovertemplate": "the run<extra></extra>",
        },
    ]
    data.append(
        {
            "type": "scatter3d",
            "mode": "markers",
            "name": f"step {step}",
            "x": [float(xs[step])],
            "y": [float(ys[step])],
            "z": [min(float(history.losses[step]), float(heights.max())) + lift],
            "marker": {"size": 7, "color": PAPER, "line": {"color": RUN, "width": 3}},
            "hovertemplate": f"step {step}<extra></extra>",
        }
    )
    layout = base_layout(560)
    # The handles of the start have their lines below.
    layout["margin"] = {"l": 0, "r": 0, "t": 0, "b": 0 if step else TRACKS}
    layout["scene"] = {
        "xaxis": {"title": {"text": found.first}},
        "yaxis": {"title": {"text": found.second}},
        "zaxis": {"title": {"text": "loss"}},
        # Flat charts hold still under a hand; this one turns.
        "dragmode": "turntable",
        "camera": {"eye": {"x": -1.3, "y": -1.3, "z": 1.0}},
    }
    return figure(data, layout)


def _heights(found: Landscape) -> Array:
    # Cut off, so that one steep corner does not flatten all the rest.
    heights: Array = np.minimum(np.nan_to_num(found.losses, nan=np.inf), cut(found))
    return heights


@lru_cache(maxsize=8)
def _sheet(found: Landscape) -> PlotlyTrace:
    """Return the surface itself: the same for every frame of a film over one map."""
    return {
        "type": "surface",
        "x": found.across.tolist(),
        "y": found.up.tolist(),
        "z": np.round(_heights(found), 4).tolist(),
        "colorscale": HEIGHTS,
        "colorbar": {"title": {"text": "loss"}, "thickness": 12},
        "hovertemplate": f"{found.first} %{{x:.4g}}, {found.second} %{{y:.4g}}: "
        "loss %{z:.4g}<extra></extra>",
    }


def cut(found: Landscape) -> float:
    """Return the height above which the surface is cut off."""
    finite = found.losses[np.isfinite(found.losses)]
    return float(np.quantile(finite, 0.7)) if len(finite) else 1.0
