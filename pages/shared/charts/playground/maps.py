"""Figures of the playground: what the network makes of the plane, or of the line."""

from __future__ import annotations

from typing import Any

import numpy as np

from blame.arrays import Array
from blame.network import Network
from blame.playground.datasets import Dataset
from blame.playground.growing_run import GrowingRun, is_binary
from blame.playground.maps import Axes, Maps
from pages.shared.charts.axes import LEGEND, axis, base_layout, upright
from pages.shared.charts.figure import PlainFigure, PlotlyTrace, figure
from pages.shared.charts.palette import LINE
from pages.shared.charts.playground.classes import (
    PAPER,
    class_lines,
    class_planes,
    class_samples,
)
from pages.shared.charts.playground.line import kinks, line_traces
from pages.shared.words.numbers import percent, short

POINTS = 51
"""Points of the map along each side."""
LINE_POINTS = 201
SHADES = [[0, "rgba(160,108,192,0.8)"], [0.5, "rgba(134,139,146,0.08)"], [1, "rgba(0,158,115,0.8)"]]
DEEP_LOW, DEEP_HIGH = "#5b2f86", "#00563f"
"""The same hues for the samples, deep enough to stand out from the map."""


def points_of(data: Dataset) -> int:
    """Return how many points `map_chart` draws along the line, or along each side of the plane."""
    return LINE_POINTS if data.n_in == 1 else POINTS


def map_chart(
    found: Maps,
    network: Network,
    data: Dataset,
    pulls: Array | None = None,
    test: Dataset | None = None,
    axes: Axes = (0, 1),
) -> PlainFigure:
    """Return the prediction over the plane, or along the line, with the samples on it.

    Parameters
    ----------
    found : what the network makes of the places around the data.
    network : whose gates are marked along a line.
    pulls : (n_samples,), draws each sample the larger the harder it pulls at the weights.
    test : samples set aside, drawn hollow.
    axes : the inputs across and up.
    """
    sizes = _sizes(len(data.x), pulls)
    layout = base_layout(430)
    layout |= {"margin": {"l": 52, "r": 8, "t": 40, "b": 44}, **LEGEND}
    along = axes[0] if data.n_in > 1 else 0
    layout["xaxis"] = axis(
        f"x[{along}]", zeroline=False, range=[float(found.across[0]), float(found.across[-1])]
    )
    by_class = found.outputs.shape[-1] > 1
    if data.n_in == 1:
        if by_class:
            layout["yaxis"] = axis("share", zeroline=True, range=[-0.05, 1.1])
            return figure(class_lines(found, data, sizes), layout)
        layout["yaxis"] = axis("y", zeroline=True)
        layout["shapes"] = [upright(x) for x in kinks(found, network)]
        return figure(line_traces(found, data, sizes, test), layout)
    layout["yaxis"] = axis(
        f"x[{axes[1]}]", zeroline=False, range=[float(found.up[0]), float(found.up[-1])]
    )
    if np.isclose(np.ptp(found.across), np.ptp(found.up)):
        # One unit is as long up as across, so that a circle is one.
        layout["yaxis"] |= {"scaleanchor": "x", "constrain": "domain"}
        layout["xaxis"] |= {"constrain": "domain"}
    aside = [] if test is None else [7.0] * len(test.x)
    if by_class:
        traces = [*class_planes(found, data), *class_samples(data, sizes, axes)]
        if test is not None:
            traces += class_samples(test, aside, axes, aside=True)
        return figure(traces, layout)
    return figure(_plane(found, data, sizes, test, axes), layout)


def _plane(
    found: Maps, data: Dataset, sizes: list[float], test: Dataset | None, axes: Axes
) -> list[PlotlyTrace]:
    low, high = _range(data)
    traces: list[PlotlyTrace] = [
        {
            "type": "heatmap",
            "x": found.across.tolist(),
            "y": found.up.tolist(),
            "z": _rounded(found.prediction),
            "zmin": low,
            "zmax": high,
            "colorscale": SHADES,
            "zsmooth": "best",
            "colorbar": _bar(low, high, found.prediction),
            "hovertemplate": f"x[{axes[0]}] %{{x:.3g}}, x[{axes[1]}] %{{y:.3g}}: y_pred %{{z:.4g}}"
            "<extra></extra>",
        }
    ]
    middle = (low + high) / 2
    if is_binary(data.target) and (found.prediction > 0.5).any() != (found.prediction > 0.5).all():
        traces.append(
            {
                "type": "contour",
                "x": found.across.tolist(),
                "y": found.up.tolist(),
                "z": _rounded(found.prediction),
                "contours": {"start": middle, "end": middle, "size": 1, "coloring": "none"},
                "line": {"color": LINE, "width": 3},
                "showscale": False,
                "showlegend": False,
                "hoverinfo": "skip",
            }
        )
    traces += _samples(data, sizes, axes)
    if test is not None:
        traces += _samples(test, [7.0] * len(test.x), axes, aside=True)
    return traces


def _bar(low: float, high: float, prediction: Array) -> dict[str, Any]:
    """Return a colour bar that says so where predictions go beyond its ends."""
    ticks = [low, (low + high) / 2, high]
    texts = [short(tick, 3) for tick in ticks]
    if prediction.min() < low:
        texts[0] = f"≤ {texts[0]}"
    if prediction.max() > high:
        texts[-1] = f"≥ {texts[-1]}"
    return {
        "title": {"text": "y_pred"},
        "thickness": 10,
        "tickvals": ticks,
        "ticktext": texts,
    }


def _samples(
    data: Dataset, sizes: list[float], axes: Axes, *, aside: bool = False
) -> list[PlotlyTrace]:
    """Return the samples as marks: each class has a hue, a shape and an entry in the legend.

    Those set aside are hollow.
    """
    target = data.target[:, 0]
    if not is_binary(data.target):
        low, high = _range(data)
        groups = [(np.ones(len(target), np.bool_), "samples", "circle", target.tolist())]
        extra: dict[str, Any] = {
            "cmin": low,
            "cmax": high,
            "colorscale": [[0, DEEP_LOW], [1, DEEP_HIGH]],
        }
    else:
        groups = [
            (target == value, f"target {_target(data, value)}", symbol, colour)
            for value, symbol, colour in ((0, "circle", DEEP_LOW), (1, "diamond", DEEP_HIGH))
        ]
        extra = {}
    traces = []
    for chosen, name, symbol, colour in groups:
        rows = np.flatnonzero(chosen)
        traces.append(
            {
                "type": "scatter",
                "mode": "markers",
                "name": f"{name}, test" if aside else name,
                "x": data.x[rows, axes[0]].tolist(),
                "y": data.x[rows, axes[1]].tolist(),
                "marker": {
                    "symbol": f"{symbol}-open" if aside else symbol,
                    "color": colour,
                    "size": [sizes[row] for row in rows],
                    # A hollow mark is its line.
                    "line": {"width": 2} if aside else {"color": PAPER, "width": 1.2},
                    **extra,
                },
                "customdata": [
                    f"{'test ' if aside else ''}sample {row}: target {_target(data, target[row])}"
                    for row in rows
                ],
                "hovertemplate": "%{customdata}, at %{x:.4g}, %{y:.4g}<extra></extra>",
            }
        )
    return traces


def _target(data: Dataset, target: float) -> str:
    return data.title_of(target) if data.classes else short(target)


def describe_map(run: GrowingRun, step: int, data: Dataset) -> str:
    """Say in words what `map_chart` shows."""
    predictions = run.pass_at(step).forward_pass.prediction
    if run.loss_function.takes_classes:
        winner = predictions.argmax(axis=-1)
        listed = ", ".join(
            f"{data.title_of(k)} {int((winner == k).sum())}" for k in range(predictions.shape[-1])
        )
        said = (
            f"Which class has the largest share after {step} steps, with {len(data.x)} samples. "
            f"So many samples are given to each: {listed}"
        )
        if run.accuracies is not None:
            said += f"; {percent(float(run.accuracies[step]))} of them to their own"
        return said
    prediction = predictions[:, 0]
    said = (
        f"What the network predicts after {step} steps, with {len(data.x)} samples. Predictions at "
        f"the samples go from {short(prediction.min())} to {short(prediction.max())}"
    )
    if run.accuracies is not None:
        said += f"; {percent(float(run.accuracies[step]))} of them are on the right side of 0.5"
    return said


def _range(data: Dataset) -> tuple[float, float]:
    """Return the predictions between which the colours run."""
    if is_binary(data.target):
        return 0.0, 1.0
    low, high = float(data.target.min()), float(data.target.max())
    return (low, high) if high > low else (low - 1, high + 1)


def _sizes(count: int, pulls: Array | None) -> list[float]:
    if pulls is None or not pulls.max() > 0:
        return [8.0 if count > 20 else 12.0] * count
    sizes: list[float] = (5 + 13 * np.sqrt(pulls / pulls.max())).tolist()
    return sizes


def _rounded(values: Array) -> list[list[float]]:
    """Return the values to four digits: more cannot be seen, and would be sent for nothing."""
    return np.round(values, 4).tolist()
