"""What all figures share: panels under one another, quiet axes, bars from a zero line."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import plotly.graph_objects as go

from pages.shared.numbers import full, short
from pages.shared.palette import LINE, signed

Trace = dict[str, Any]
ROW = 25
"""Height of one bar's row in pixels."""
TITLE = 22
"""Height of a panel's title in pixels."""
_QUIET = {"showgrid": False, "zeroline": False, "fixedrange": True}


@dataclass(frozen=True)
class Bars:
    """A group of named values under one title. `colours` default to the sign's."""

    title: str
    names: Sequence[str]
    values: Sequence[float]
    colours: Sequence[str] | None = None
    bases: Sequence[float] | None = None
    notes: Sequence[str] | None = None


def bars_figure(groups: Sequence[Bars], *, common_scale: bool = True) -> go.Figure:
    """Return horizontal bars from a zero line, one panel a group, read from top to bottom.

    On a common scale all panels share one range, so lengths compare; otherwise each panel is
    stretched to its own largest value.
    """
    heights = [TITLE + ROW * len(group.names) for group in groups]
    total = sum(heights)
    spans = [_span(group) for group in groups]
    if common_scale:
        spans = [(min(low for low, _ in spans), max(high for _, high in spans))] * len(groups)
    data: list[Trace] = []
    layout = base_layout(total)
    titles: list[Trace] = []
    top = 1.0
    for k, (group, height, span) in enumerate(zip(groups, heights, spans, strict=True)):
        axis = "" if k == 0 else str(k + 1)
        bottom = max(0.0, top - height / total)
        panel_top = top - TITLE / total
        data.append(_bar_trace(group, axis))
        layout[f"xaxis{axis}"] = {
            **_QUIET,
            "anchor": f"y{axis}",
            "range": _padded(span),
            "showticklabels": False,
            "zeroline": True,
            "zerolinecolor": LINE,
        }
        layout[f"yaxis{axis}"] = {
            **_QUIET,
            "anchor": f"x{axis}",
            "domain": [bottom, max(bottom, panel_top)],
            "autorange": "reversed",
            "ticks": "",
            "ticklabelstandoff": 6,
        }
        titles.append(panel_title(group.title, panel_top))
        top = bottom
    layout["annotations"] = titles
    return figure(data, layout)


def figure(data: Sequence[Trace], layout: dict[str, Any]) -> go.Figure:
    """Return a figure from plain dictionaries, checked by Plotly."""
    return go.Figure(data=list(data), layout=layout)


def base_layout(height: int, left: int = 86) -> dict[str, Any]:
    """Return a layout of fixed height and tight margins, so that nothing jumps on an update."""
    return {
        "height": height,
        "margin": {"l": left, "r": 8, "t": 4, "b": 4},
        "showlegend": False,
        "bargap": 0.3,
        "hoverlabel": {"namelength": -1},
    }


def panel_title(text: str, bottom: float) -> Trace:
    """Return a panel's title as an annotation standing on `bottom`, in paper units."""
    return {
        "text": f"<b>{text}</b>",
        "xref": "paper",
        "yref": "paper",
        "x": 0,
        "xshift": -80,
        "y": bottom,
        "xanchor": "left",
        "yanchor": "bottom",
        "showarrow": False,
        "align": "left",
    }


def axis(title: str, **settings: Any) -> dict[str, Any]:
    """Return an axis with a title and a zero line."""
    return {
        "title": {"text": title},
        "fixedrange": True,
        "zeroline": True,
        "zerolinecolor": LINE,
        "showgrid": False,
        "automargin": True,
        **settings,
    }


def _bar_trace(group: Bars, axis_name: str) -> Trace:
    values = [float(value) + 0.0 for value in group.values]
    notes = group.notes or [""] * len(values)
    trace: Trace = {
        "type": "bar",
        "orientation": "h",
        "name": group.title,
        "y": list(group.names),
        "x": values,
        "xaxis": f"x{axis_name}",
        "yaxis": f"y{axis_name}",
        "marker": {"color": list(group.colours or map(signed, values))},
        "text": [
            f"{_sign(value) if group.colours is None else ''}{short(value)}"
            + (f"  {note}" if note else "")
            for value, note in zip(values, notes, strict=True)
        ],
        "textposition": "outside",
        "cliponaxis": False,
        "customdata": [full(value) for value in values],
        "hovertemplate": "%{y} = %{customdata}<extra></extra>",
    }
    if group.bases is not None:
        trace["base"] = [float(base) for base in group.bases]
    return trace


def _sign(value: float) -> str:
    return "+" if value > 0 else ""


def _span(group: Bars) -> tuple[float, float]:
    bases = group.bases or [0.0] * len(group.values)
    ends = [base + value for base, value in zip(bases, group.values, strict=True)]
    every = [0.0, *bases, *ends]
    return min(every), max(every)


def _padded(span: tuple[float, float]) -> list[float]:
    """Return the range widened for the numbers written beside the bars."""
    low, high = span
    width = (high - low) or 1.0
    return [low - (0.3 * width if low < 0 else 0.03 * width), high + 0.3 * width]
