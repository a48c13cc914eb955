"""Small panels side by side in one figure: one chart costs the browser less than many."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from pages.shared.charts.axes import axis, base_layout

GAP = 0.04
"""Room between two panels, as a share of the figure's width."""
FOOT, HEAD = 24, 25
"""Room below and above each panel for its numbers and its title, in pixels."""


def panels(
    titles: Sequence[str], across: int, tall: int, **axes: Any
) -> tuple[dict[str, Any], list[dict[str, str]]]:
    """Return a layout of panels with these titles, and for each what puts a trace into it.

    Parameters
    ----------
    across : panels in a row.
    tall : height of a row in pixels.
    axes : settings for every axis.
    """
    rows = -(-len(titles) // across)
    height = tall * rows
    layout = base_layout(height)
    layout["margin"] = {"l": 40, "r": 8, "t": 0, "b": 0}
    layout["annotations"] = []
    places = []
    small = {"nticks": 3, "tickfont": {"size": 10}, "zeroline": False, **axes}
    for k, title in enumerate(titles):
        row, column = divmod(k, across)
        suffix = "" if k == 0 else str(k + 1)
        left = column / across + (GAP if column else 0)
        top = 1 - (row * tall + HEAD) / height
        bottom = 1 - ((row + 1) * tall - FOOT) / height
        layout[f"xaxis{suffix}"] = axis(
            "", domain=[left, (column + 1) / across], anchor=f"y{suffix}", **small
        )
        # Inside: on a phone there is no room for them between two panels.
        layout[f"yaxis{suffix}"] = axis(
            "",
            domain=[bottom, top],
            anchor=f"x{suffix}",
            ticklabelposition="inside",
            **small,
        )
        layout["annotations"].append(
            {
                "text": title,
                "x": left,
                "y": top,
                "xref": "paper",
                "yref": "paper",
                "xanchor": "left",
                "yanchor": "bottom",
                # Clear of the number at the top of the axis.
                "yshift": 5,
                "showarrow": False,
            }
        )
        places.append({"xaxis": f"x{suffix}", "yaxis": f"y{suffix}"})
    return layout, places
