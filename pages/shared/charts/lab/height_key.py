"""The key to a map's heights: a strip of its colours with losses beside it.

Plotly's own would be drawn anew, and the whole map with it, each time a hand changes what it says:
this one's texts are those of an axis, and are written where they stand.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from blame.arrays import Array
from pages.shared.charts.axes import axis
from pages.shared.charts.figure import PlotlyTrace
from pages.shared.words.numbers import printed, short

HEIGHTS = [[0.0, "#fdfbf4"], [0.35, "#e6dfcc"], [0.7, "#c4baa0"], [1.0, "#9c937c"]]
"""From low to high: paper to earth, so that blame's two hues stay free for blame."""
MAP, STRIP = [0.0, 0.955], [0.975, 1.0]
"""Where the map and its key lie, as shares of the figure's width."""
ROOM = 62
"""Pixels to the right of the strip, for its losses."""
_TICKS = np.linspace(0, 1, 5)


def strip() -> PlotlyTrace:
    """Return the colours from the lowest height to the highest."""
    return {
        "type": "heatmap",
        "name": "heights",
        "x": [0, 1],
        "y": [0.0, 0.35, 0.7, 1.0],
        "z": [[share, share] for share in (0.0, 0.35, 0.7, 1.0)],
        "zmin": 0,
        "zmax": 1,
        "zsmooth": "best",
        "colorscale": HEIGHTS,
        "showscale": False,
        "xaxis": "x2",
        "yaxis": "y2",
        "hoverinfo": "skip",
    }


def strip_axes(logged: Array, lowest: float) -> dict[str, Any]:
    """Return the axes of `strip`, with the losses of a map of which these are the logarithms.

    Parameters
    ----------
    lowest : the lowest loss itself, of which there may be no logarithm: all that is said of a map
        without heights.
    """
    if not np.ptp(logged):
        return _axes([0.5], [short(lowest)])
    ticks = logged.min() + _TICKS * np.ptp(logged)
    losses = [10.0 ** float(tick) for tick in ticks]
    # Values, not decades: a map may hold less than one. As many digits as tell them apart.
    texts = next(
        (told for n in range(2, 6) if len(set(told := [short(x, n) for x in losses])) == len(told)),
        [short(x) for x in losses],
    )
    return _axes(_TICKS.tolist(), texts)


def _axes(places: list[float], texts: list[str]) -> dict[str, Any]:
    return {
        "xaxis2": axis("", zeroline=False, range=[0, 1], domain=STRIP, anchor="y2", tickvals=[]),
        "yaxis2": axis(
            "",
            zeroline=False,
            range=[0, 1],
            anchor="x2",
            side="right",
            tickvals=places,
            ticktext=list(map(printed, texts)),
            automargin=False,
        ),
        # No title of the axis: that would move with the texts beside it.
        "annotations": [
            {
                "text": "loss",
                "x": STRIP[0],
                "y": 1.0,
                "xref": "paper",
                "yref": "paper",
                "xanchor": "left",
                "yanchor": "bottom",
                "showarrow": False,
            }
        ],
    }
