"""Classes on the playground's maps: a hue and a mark for each, and where each has the most."""

from __future__ import annotations

from typing import Any

import numpy as np

from blame.arrays import Array
from blame.playground.datasets import Dataset
from blame.playground.maps import Maps
from pages.shared.charts.figure import PlotlyTrace
from pages.shared.charts.palette import SAMPLES

MARKS = ("circle", "diamond", "square", "triangle-up", "star", "cross")
PAPER = "#fbfaf6"


def hue(k: int) -> str:
    """Return the hue of a class; it always has a mark of its own and its name too."""
    return SAMPLES[k % len(SAMPLES)]


def class_planes(found: Maps, data: Dataset) -> list[PlotlyTrace]:
    """Return for each class where its share is the largest, the deeper the larger that is."""
    winner = found.outputs.argmax(axis=-1)
    traces: list[PlotlyTrace] = []
    for k in range(found.outputs.shape[-1]):
        share = found.outputs[..., k]
        own = np.where(winner == k, np.round(share, 4), np.nan)
        traces.append(
            {
                "type": "heatmap",
                "x": found.across.tolist(),
                "y": found.up.tolist(),
                "z": [[None if np.isnan(value) else value for value in row] for row in own],
                "zmin": 0,
                "zmax": 1,
                "colorscale": [[0, _faint(hue(k), 0.05)], [1, _faint(hue(k), 0.7)]],
                "showscale": False,
                "hovertemplate": f"{data.title_of(k)}: share %{{z:.3g}}<extra></extra>",
            }
        )
    return traces


def class_samples(
    data: Dataset, sizes: list[float], axes: tuple[int, int], *, aside: bool = False
) -> list[PlotlyTrace]:
    """Return the samples of a plane, a trace for each class; hollow where they are set aside."""
    return [
        {
            **_marks(data, k, sizes, aside),
            "x": data.x[_rows(data, k), axes[0]].tolist(),
            "y": data.x[_rows(data, k), axes[1]].tolist(),
        }
        for k in range(data.n_classes)
    ]


def class_lines(found: Maps, data: Dataset, sizes: list[float]) -> list[PlotlyTrace]:
    """Return each class's share along one input, and its samples on the line of 1."""
    traces: list[PlotlyTrace] = []
    for k in range(found.outputs.shape[-1]):
        traces.append(
            {
                "type": "scatter",
                "mode": "lines",
                "name": f"share of {data.title_of(k)}",
                "x": found.across.tolist(),
                "y": np.round(found.outputs[0, :, k], 4).tolist(),
                "line": {"color": hue(k), "width": 3},
                "hovertemplate": f"share of {data.title_of(k)} at %{{x:.3g}}: %{{y:.4g}}"
                "<extra></extra>",
            }
        )
        rows = _rows(data, k)
        traces.append(
            {**_marks(data, k, sizes, False), "x": data.x[rows, 0].tolist(), "y": [1.0] * len(rows)}
        )
    return traces


def _rows(data: Dataset, k: int) -> Array:
    return np.flatnonzero(data.target[:, 0] == k)


def _marks(data: Dataset, k: int, sizes: list[float], aside: bool) -> dict[str, Any]:
    title = data.title_of(k)
    rows = _rows(data, k)
    return {
        "type": "scatter",
        "mode": "markers",
        "name": f"{title}, test" if aside else title,
        "marker": {
            "symbol": MARKS[k % len(MARKS)] + ("-open" if aside else ""),
            "color": hue(k),
            "size": [sizes[row] for row in rows],
            "line": {"color": hue(k) if aside else PAPER, "width": 2 if aside else 1.2},
        },
        "customdata": [f"{'test ' if aside else ''}sample {row}: {title}" for row in rows],
        "hovertemplate": "%{customdata}, at %{x:.4g}, %{y:.4g}<extra></extra>",
    }


def _faint(colour: str, alpha: float) -> str:
    red, green, blue = (int(colour[k : k + 2], 16) for k in (1, 3, 5))
    return f"rgba({red},{green},{blue},{alpha})"
