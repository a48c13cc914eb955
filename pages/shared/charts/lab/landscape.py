"""Figures of the loss over two parameters: contours, gate lines, the run's way."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import numpy as np

from blame import History
from blame.arrays import Array
from blame.probe.landscape import Landscape, crossed, slopes_at, values_along, within
from pages.shared.charts.axes import LEFT, LEGEND, axis, base_layout, steady_ends
from pages.shared.charts.figure import PlainFigure, PlotlyTrace, figure
from pages.shared.charts.lab.height_key import HEIGHTS, MAP, ROOM, strip, strip_axes
from pages.shared.charts.palette import LINE, LOWERS, SAMPLES
from pages.shared.words.lab.landscape import MOST_GATES
from pages.shared.words.numbers import short

POINTS = 65
"""Of a map along each axis: one drawn smooth between them is as clear as one of 101, and a film has
a map for nearly each of its frames. Its ends are multiples of a power of two, and so are the 64
steps between them: they are short when written."""
FEW = 8
DASHES = ("dash", "dot")
MOST_THIN = 12
"""Beside the gates whose lines have a look and a name of their own, others that are drawn."""
INK, PAPER = "#1f242b", "#ffffff"
"""The run's own colours: the map is light in both themes."""
DEEPEST = 1e-5
"""Losses below this share of the highest are drawn alike: there is no log of 0."""


def reach(history: History, name: str, step: int) -> Array:
    """Return the values of a parameter that the map shows: the run's way and some room around it.

    A run that ran away would leave a map without features: only steps whose loss is at most ten
    times the loss at the chosen step count.
    """
    way = values_along(history, name)
    near = history.losses <= 10 * max(float(history.losses[step]), float(history.losses[0]))
    seen = np.append(way[near], way[step])
    low, high = float(seen.min()), float(seen.max())
    room = max(0.25 * (high - low), 0.25 * abs(way[step]), 0.5)
    return np.linspace(*steady_ends(low - room, high + room, 1), POINTS)


def contour_chart(found: Landscape, history: History, step: int) -> PlainFigure:
    """Return the loss as contours, with gate lines, the run's way and the step's gradient."""
    data = list(_ground(found))
    xs, ys = values_along(history, found.first), values_along(history, found.second)
    inside = within(xs, found.across) & within(ys, found.up)
    data.append(
        {
            "type": "scatter",
            "mode": "lines+markers",
            "name": "the run",
            "showlegend": False,
            "x": [float(x) if ok else None for x, ok in zip(xs, inside, strict=True)],
            "y": [float(y) if ok else None for y, ok in zip(ys, inside, strict=True)],
            "line": {"color": INK, "width": 2},
            "marker": {"size": 6, "color": INK},
            "customdata": [f"step {k}: loss {short(x)}" for k, x in enumerate(history.losses)],
            "hovertemplate": "%{customdata}<extra></extra>",
        }
    )
    data.append(_arrow(found, history, step))
    data.append(
        {
            "type": "scatter",
            "mode": "markers",
            "name": f"step {step}",
            "showlegend": False,
            "x": [float(xs[step])],
            "y": [float(ys[step])],
            "marker": {
                "size": 14,
                "color": "#ffffff",
                "line": {"color": INK, "width": 3},
            },
            "hoverinfo": "skip",
        }
    )
    layout = base_layout(520)
    layout |= {"margin": {"l": LEFT + 10, "r": ROOM, "t": 56, "b": 48}, **LEGEND}
    layout |= strip_axes(_heights(found), np.nanmin(found.losses))
    x_range, y_range = ([float(v[0]), float(v[-1])] for v in (found.across, found.up))
    layout["xaxis"] = axis(found.first, zeroline=False, range=x_range, domain=MAP)
    layout["yaxis"] = axis("", zeroline=False, range=y_range, automargin=False)
    layout["annotations"] = [*layout["annotations"], _beside(found.second)]
    return figure(data, layout)


def _beside(name: str) -> PlotlyTrace:
    """Return the name of what goes up, left of its numbers.

    No title of the axis: that would move with the numbers, and all would be drawn again.
    """
    return {
        "text": name,
        "textangle": -90,
        "font": {"size": 14},
        "x": 0,
        "y": 0.5,
        "xref": "paper",
        "yref": "paper",
        "xanchor": "left",
        "xshift": -LEFT - 10,
        "showarrow": False,
    }


@lru_cache(maxsize=8)
def _heights(found: Landscape) -> Array:
    return _logged(found.losses)


@lru_cache(maxsize=8)
def _ground(found: Landscape) -> tuple[PlotlyTrace, ...]:
    """Return what lies below the run: the same for every frame of a film over one map."""
    logged = _heights(found)
    # Lines over a slope that is nearly even would show a coarser rounding as steps.
    rounded = np.round(logged, 3 if np.ptp(logged) > 1 else 4)
    # The very same rows for colours and lines: a film tells them once.
    across, up, heights = (rows.tolist() for rows in (found.across, found.up, rounded))
    data: list[PlotlyTrace] = [
        {
            "type": "heatmap",
            "name": "loss",
            "x": across,
            "y": up,
            "z": heights,
            "zmin": float(logged.min()),
            "zmax": float(logged.max()) if np.ptp(logged) else float(logged.min()) + 1,
            "zsmooth": "fast",
            "colorscale": HEIGHTS,
            "showscale": False,
            # Ten thousand texts would cost the browser more than the map itself.
            "hovertemplate": f"{found.first} %{{x:.4g}}, {found.second} %{{y:.4g}}: "
            f"loss {'10^%{z:.2f}' if np.ptp(logged) else short(np.nanmin(found.losses))}"
            "<extra></extra>",
        },
        {
            # Lines over a picture: filled contours would be one shape of many thousand points each.
            "type": "contour",
            "x": across,
            "y": up,
            "z": heights,
            "contours": _levels(logged),
            "line": {"width": 0.7, "color": "rgba(31,36,43,0.45)"},
            "showlegend": False,
            "hoverinfo": "skip",
        },
    ]
    data.append(strip())
    # Few gates are all in the key, also one whose line lies beside the map: under a hand that moves
    # the map none comes and goes, which would have all drawn anew.
    every = list(found.gates)
    drawn = every if len(every) <= MOST_GATES else crossed(found)
    for k, name in enumerate(drawn[:MOST_GATES]):
        look = SAMPLES[k % len(SAMPLES)], DASHES[k % len(DASHES)]
        data += _gate_line(found, found.gates[name], name, *look)
    if more := drawn[MOST_GATES:]:
        data += _other_lines(found, more)
    return tuple(data)


def describe_landscape(found: Landscape, history: History, step: int) -> str:
    """Say in words what both figures show."""
    j, i = np.unravel_index(int(np.nanargmin(found.losses)), found.losses.shape)
    slopes = slopes_at(found, history, step)
    return (
        f"Loss over {found.first} from {short(found.across[0])} to {short(found.across[-1])} and "
        f"{found.second} from {short(found.up[0])} to {short(found.up[-1])}: lowest "
        f"{short(found.losses[j, i])} at {short(found.across[i])}, {short(found.up[j])}. At step "
        f"{step} their blame is {short(slopes[0])} and {short(slopes[1])}. "
        f"Gates that flip on it: {_listed(crossed(found)) or 'none'}"
    )


def _listed(names: list[str]) -> str:
    more = len(names) - MOST_GATES
    return ", ".join(names[:MOST_GATES]) + (f" and {more} more" if more > 0 else "")


def _arrow(found: Landscape, history: History, step: int) -> PlotlyTrace:
    """Return the negative gradient of the step as an arrow; its length is no measure.

    A trace, not a note: Plotly draws a trace alone, and for a note all that is on the map.
    """
    across, up = (float(np.ptp(values)) for values in (found.across, found.up))
    slope = np.array(slopes_at(found, history, step))
    x, y = (float(values_along(history, name)[step]) for name in (found.first, found.second))
    tip: tuple[float | None, float | None] = (None, None)
    if slope.any():
        # In the units of the axes, so that it points where a step would go; only its length is
        # free.
        way = -slope / np.hypot(slope[0] / across, slope[1] / up) * 0.14
        tip = x + float(way[0]), y + float(way[1])
    return {
        "type": "scatter",
        "mode": "lines+markers",
        "name": "where a step goes",
        "showlegend": False,
        "x": [x, tip[0]],
        "y": [y, tip[1]],
        "line": {"color": LOWERS, "width": 3},
        "marker": {
            "symbol": "arrow",
            "angleref": "previous",
            "size": [0, 13],
            "color": LOWERS,
            "opacity": 1,
            "line": {"width": 0},
        },
        "hoverinfo": "skip",
    }


def _gate_line(found: Landscape, z: Array, name: str, colour: str, dash: str) -> list[PlotlyTrace]:
    # The z of the first layer is linear in each of the two: a few points draw its line exactly.
    every = FEW if name.startswith("z1[") else 2
    line = {"color": colour, "width": 3, "dash": dash}
    return [
        {
            "type": "contour",
            "name": f"{name} = 0",
            "x": found.across[::every].tolist(),
            "y": found.up[::every].tolist(),
            "z": z[::every, ::every].tolist(),
            "contours": {"type": "levels", "start": 0, "end": 0, "size": 1, "coloring": "none"},
            "line": line,
            "showscale": False,
            "showlegend": False,
            "hoverinfo": "skip",
        },
        {
            # A contour has no entry in the legend of its own that shows its dash.
            "type": "scatter",
            "mode": "lines",
            "name": f"{name} = 0",
            "x": [None],
            "y": [None],
            "line": line,
        },
    ]


def _other_lines(found: Landscape, names: list[str]) -> list[PlotlyTrace]:
    """Return the lines of other gates, thin and alike, with one entry in the legend."""
    pairs = [_gate_line(found, found.gates[name], name, LINE, "dot") for name in names[:MOST_THIN]]
    drawn = "" if len(names) <= MOST_THIN else f", {MOST_THIN} of them drawn"
    said = f"{len(names)} more gate{'s' if len(names) > 1 else ''}{drawn}"
    thin = {"color": LINE, "width": 1.2, "dash": "dot"}
    entry = {**pairs[0][1], "name": said, "line": thin}
    return [*({**line, "line": thin} for line, _ in pairs), entry]


def _logged(losses: Array) -> Array:
    """Return log10 of the losses, no lower than a share of the highest."""
    finite = losses[np.isfinite(losses)]
    high = float(finite.max()) if len(finite) and finite.max() > 0 else 1.0
    logged: Array = np.log10(
        np.clip(np.nan_to_num(losses, nan=high, posinf=high), high * DEEPEST, high)
    )
    return logged


def _levels(logged: Array) -> dict[str, Any]:
    """Return where lines are drawn: not in the lowest part, where the grid is too coarse."""
    low, high = float(logged.min()), float(logged.max())
    step = (high - low) / 14 or 1.0
    return {"start": low + 4 * step, "end": high, "size": step, "coloring": "none"}
