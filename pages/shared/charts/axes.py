"""What all figures share: quiet axes, fixed heights, tight margins, lines that mark a place."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

from pages.shared.charts.figure import PlotlyTrace
from pages.shared.charts.palette import LINE

QUIET = {
    "showgrid": False,
    "zeroline": False,
    "fixedrange": True,
    "ticklabeloverflow": "allow",
}


def base_layout(height: int, left: int = 86) -> dict[str, Any]:
    """Return a layout of fixed height and tight margins, so that nothing jumps on an update."""
    return {
        "height": height,
        "margin": {"l": left, "r": 8, "t": 4, "b": 4},
        "showlegend": False,
        "bargap": 0.3,
        "hoverlabel": {"namelength": -1},
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
        "ticklabeloverflow": "allow",
        **settings,
    }


LEFT = 74
"""Pixels to the left of a chart whose heights change under a hand: names and numbers up to 0.0001
have room. Plotly would make it when they come, and draw the chart again."""

LEGEND: dict[str, Any] = {
    "showlegend": True,
    "legend": {"orientation": "h", "y": 1.02, "yanchor": "bottom", "x": 0},
}
"""A legend above the chart, where it costs no width on a phone."""


def upright(x: float, dash: str = "dot", colour: str = LINE, top: float = 1.0) -> PlotlyTrace:
    """Return a line from the bottom of a chart to `top`, a share of its height, to mark a place."""
    line = {"color": colour, "width": 1.2, "dash": dash}
    return {"type": "line", "x0": x, "x1": x, "yref": "paper", "y0": 0, "y1": top, "line": line}


def across(y: float) -> PlotlyTrace:
    """Return a dotted line from left to right of a chart, to mark a height."""
    line = {"color": LINE, "width": 1.2, "dash": "dot"}
    return {"type": "line", "xref": "paper", "x0": 0, "x1": 1, "y0": y, "y1": y, "line": line}


def steady(distance: float, least: float) -> float:
    """Return how far an axis reaches so that it stands still while a hand moves along it.

    It grows by doubling, and only when the hand comes near its end.

    Parameters
    ----------
    distance : of what the hand moves from the middle of the axis.
    least : how far it reaches at least.
    """
    reach = least
    while reach < 1.1 * distance:
        reach *= 2
    return reach


def steady_ends(low: float, high: float, parts: int = 2) -> tuple[float, float]:
    """Return ends a little further out, that stand still while what they hold changes a little.

    Parameters
    ----------
    parts : so many steps are what they hold, or up to twice as many: the fewer, the seldomer an end
        moves on by one, and the more room is left.
    """
    width = high - low
    by = 2.0 ** math.floor(math.log2(width / parts)) if 0 < width / parts < math.inf else 0.0
    if not by or not all(math.isfinite(end / by) for end in (low, high)):
        return low, high
    return math.floor(low / by) * by, math.ceil(high / by) * by


ROOM = 0.06
"""What an axis leaves free at each end, as a share of what it shows."""


def steady_range(low: float, high: float) -> list[float]:
    """Return the range of an axis with a little room, that stands still while its ends move a bit.

    An axis that is another in each frame costs the browser more than all that is drawn on it.
    """
    if low == high:
        return [low - 1.0, high + 1.0]
    room = ROOM * (high - low)
    return list(steady_ends(low - room, high + room, 4))


def standing(
    name: str,
    x: float,
    ends: Sequence[float],
    dash: str = "dot",
    text: str = "",
    beside: str = "bottom right",
    *,
    at_top: bool = True,
) -> PlotlyTrace:
    """Return a line from the bottom of a chart to its top, to mark a place that a hand moves.

    A trace, not a shape: Plotly draws a trace alone, and for a shape the whole chart.

    Parameters
    ----------
    ends : of the other axis, in its numbers.
    text : that stands at one end of the line.
    beside : on which side of that end, as Plotly says it.
    at_top : whether that is the upper end.
    """
    # A space keeps it clear of the line.
    clear = f"\u00a0{text}" if "right" in beside else f"{text}\u00a0"
    return {
        "type": "scatter",
        "mode": "lines+text",
        "name": name,
        "showlegend": False,
        "x": [x, x],
        "y": [float(end) for end in ends],
        "text": ["", clear] if at_top else [clear, ""],
        "textposition": beside,
        "line": {"color": LINE, "width": 1.2, "dash": dash},
        "hoverinfo": "skip",
        "cliponaxis": False,
    }


def padded(span: tuple[float, float]) -> list[float]:
    """Return the range a little wider than the bars."""
    low, high = span
    width = (high - low) or 1.0
    return [low - 0.02 * width, high + 0.02 * width]


def why_empty(text: str) -> PlotlyTrace:
    """Return the words in the middle of a chart that say why nothing is drawn there."""
    place = {"x": 0.5, "y": 0.5, "xref": "paper", "yref": "paper"}
    return {**place, "text": text, "showarrow": False}
