"""The figure of each sample's own blame: how hard it pulls, and which way."""

from __future__ import annotations

import numpy as np

from blame.arrays import Array
from blame.playground.datasets import Dataset
from blame.playground.sample_blame import SampleBlame
from pages.shared.charts.axes import LEGEND, axis, base_layout
from pages.shared.charts.figure import PlainFigure, figure
from pages.shared.charts.palette import LINE, NEURONS
from pages.shared.words.numbers import short


def pull_chart(blame: SampleBlame, data: Dataset) -> PlainFigure:
    """Return what each sample adds to the whole gradient, the hardest pull with it first."""
    along = blame.along
    order = np.argsort(-along)
    layout = base_layout(280)
    layout |= {"margin": {"l": 64, "r": 8, "t": 34, "b": 44}, **LEGEND}
    layout["xaxis"] = axis("samples, sorted", zeroline=False, showticklabels=False)
    layout["yaxis"] = axis("pull along the sum", exponentformat="e")
    layout["bargap"] = 0.1
    traces = []
    for name, chosen, colour in (
        ("pulls with the sum", along[order] >= 0, LINE),
        ("pulls against it", along[order] < 0, NEURONS[1]),
    ):
        places = np.flatnonzero(chosen)
        rows = order[places]
        traces.append(
            {
                "type": "bar",
                "name": name,
                "x": places.tolist(),
                "y": along[rows].tolist(),
                "marker": {"color": colour},
                "customdata": [_about(row, along, blame.sizes, data) for row in rows],
                "hovertemplate": "%{customdata}<extra></extra>",
            }
        )
    return figure(traces, layout)


def describe_pulls(blame: SampleBlame, data: Dataset) -> str:
    """Say in words what `pull_chart` shows."""
    if not blame.sizes.any():
        return "No sample pulls: there is no blame"
    hardest = np.argsort(-blame.sizes)[:3]
    listed = "; ".join(_about(row, blame.along, blame.sizes, data) for row in hardest)
    return (
        f"{int((blame.along > 0).sum())} of {len(data.x)} samples pull with the whole gradient. "
        f"The hardest: {listed}"
    )


def _about(row: int, along: Array, sizes: Array, data: Dataset) -> str:
    place = ", ".join(short(value) for value in data.x[row])
    return (
        f"sample {row} at {place}, target {_target(row, data)}: blame of length "
        f"{short(sizes[row])}, {short(along[row])} of it along the sum"
    )


def _target(row: int, data: Dataset) -> str:
    target = float(data.target[row, 0])
    return data.title_of(target) if data.classes else short(target)
