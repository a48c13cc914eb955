"""Bars that stand side by side, group beside group: wide and low, to fit under the picture."""

from __future__ import annotations

from collections.abc import Sequence

import plotly.graph_objects as go

from pages.shared.charts.base import (
    QUIET,
    Bars,
    Trace,
    base_layout,
    each_bar,
    figure,
    padded,
    span,
)
from pages.shared.palette import LINE

HEIGHT = 300
GAP = 0.9
"""Room between two groups, in bars."""


def upright_bars(groups: Sequence[Bars], *, common_scale: bool = True) -> go.Figure:
    """Return upright bars from one zero line, group beside group, read from left to right.

    On a common scale all heights compare; otherwise each group is stretched to its own largest
    value, around the same zero line. Names and numbers are the labels of the axis below.
    """
    largest = [max(map(abs, span(group))) or 1.0 for group in groups]
    scales = [max(largest)] * len(groups) if common_scale else largest
    spans = [[end / s for end in span(g)] for g, s in zip(groups, scales, strict=True)]
    low, high = padded((min(low for low, _ in spans), max(high for _, high in spans)))
    left = 0.0
    places: list[list[float]] = []
    for group in groups:
        places.append([left + i + 0.5 for i in range(len(group.names))])
        left += len(group.names) + GAP
    layout = base_layout(HEIGHT, 4)
    layout["margin"] = {"l": 4, "r": 4, "t": 24, "b": 56}
    layout["xaxis"] = {
        **QUIET,
        "range": [-0.2, left - GAP + 0.2],
        "tickvals": [place for group in places for place in group],
        "ticktext": [f"{bar.name}<br>{bar.number}" for group in groups for bar in each_bar(group)],
        "ticks": "",
        # Upright where a phone has no room for them side by side.
        "autotickangles": [0, 90],
        "automargin": False,
    }
    layout["annotations"] = [
        _title(group.title, its_places) for group, its_places in zip(groups, places, strict=True)
    ]
    data: list[Trace] = []
    for k, (group, its_places) in enumerate(zip(groups, places, strict=True)):
        axis = "y" if common_scale or k == 0 else f"y{k + 1}"
        data.append(_bars(group, its_places, axis))
    for k, scale in enumerate(scales[:1] if common_scale else scales):
        layout[f"yaxis{'' if k == 0 else k + 1}"] = {
            **QUIET,
            "range": [low * scale, high * scale],
            "showticklabels": False,
            "zeroline": k == 0,
            "zerolinecolor": LINE,
            **({} if k == 0 else {"overlaying": "y", "anchor": "x"}),
        }
    if common_scale:
        data = [_joined(data)]
    return figure(data, layout)


def _title(text: str, places: Sequence[float]) -> Trace:
    return {
        "x": sum(places) / len(places),
        "y": 1,
        "yref": "paper",
        "yanchor": "bottom",
        "text": f"<b>{text}</b>",
        "showarrow": False,
    }


def _bars(group: Bars, places: Sequence[float], axis: str) -> Trace:
    drawn = list(each_bar(group))
    return {
        "type": "bar",
        "x": list(places),
        "y": [bar.value for bar in drawn],
        "width": 0.62,
        "yaxis": axis,
        "marker": {"color": [bar.colour for bar in drawn]},
        "customdata": [bar.said for bar in drawn],
        "hovertemplate": "%{customdata}<extra></extra>",
    }


def _joined(traces: Sequence[Trace]) -> Trace:
    """Return the bars of several traces as one: each trace costs the browser its own drawing."""
    first = traces[0]
    return {
        **first,
        **{key: [v for trace in traces for v in trace[key]] for key in ("x", "y", "customdata")},
        "marker": {"color": [c for trace in traces for c in trace["marker"]["color"]]},
    }
