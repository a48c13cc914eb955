"""The result of an expression over one of its numbers, with the line that blame promises."""

from __future__ import annotations

import numpy as np

from blame.expression.what_if import Curve
from pages.shared.charts.axes import LEGEND, axis, base_layout, padded
from pages.shared.charts.figure import PlainFigure, PlotlyTrace, figure
from pages.shared.charts.palette import ACTIVATION, LINE, signed
from pages.shared.words.numbers import full, short

POINTS = 161
LEAST = 2.0
_DIGITS = 7


def reach_around(value: float) -> tuple[float, ...]:
    """Return the numbers that the curve is drawn over: to both sides of 0, beyond the number.

    The same for many numbers, so that the curve stays while a hand moves along it.
    """
    reach = max(LEAST, 2.0 ** np.ceil(np.log2(1.5 * max(abs(value), 1e-300))))
    return tuple(np.linspace(-reach, reach, POINTS).tolist())


def curve_chart(curve: Curve, result: str, slope: float, value: float) -> PlainFigure:
    """Return the result over one number, its tangent here, and where it stands.

    Parameters
    ----------
    curve : the result over a range of numbers; it has a gap where there is no value.
    result : what the result is called.
    slope, value : the blame of the number, and the result, as they are now.
    """
    known = curve.results[np.isfinite(curve.results)]
    low, high = padded((min(known.min(initial=value), value), max(known.max(initial=value), value)))
    pad = 0.06 * (high - low)
    layout = base_layout(320)
    layout |= {
        "margin": {"l": 60, "r": 16, "t": 30, "b": 44},
        "xaxis": axis(curve.name, zeroline=False),
        "yaxis": axis(result, range=[low - pad, high + pad]),
        **LEGEND,
    }
    along = curve.numbers.tolist()
    results = [
        float(f"{entry:.{_DIGITS}g}") if np.isfinite(entry) else None
        for entry in curve.results.tolist()
    ]
    data: list[PlotlyTrace] = [
        _line(f"true {result}", along, results, LINE, "solid"),
        _line("promise of blame", *_ends(along, curve.promised.tolist()), signed(slope), "dash"),
        {
            "type": "scatter",
            "mode": "markers",
            "name": "now",
            "x": [curve.at],
            "y": [value],
            "marker": {"size": 12, "color": ACTIVATION, "line": {"width": 2}},
            "hovertemplate": f"{curve.name} {full(curve.at)}: {full(value)}<extra></extra>",
        },
    ]
    return figure(data, layout)


def describe_curve(curve: Curve, result: str, slope: float, value: float) -> str:
    """Say in words what `curve_chart` shows."""
    gap = "" if np.isfinite(curve.results).all() else "; in part of it there is no value"
    return (
        f"{result} over {curve.name} from {short(curve.numbers[0])} to {short(curve.numbers[-1])}, "
        f"with its tangent of slope {short(slope)}. Now {short(curve.at)} with {result} "
        f"{short(value)}{gap}"
    )


def _ends(x: list[float], y: list[float | None]) -> tuple[list[float], list[float | None]]:
    return [x[0], x[-1]], [y[0], y[-1]]


def _line(name: str, x: list[float], y: list[float | None], colour: str, dash: str) -> PlotlyTrace:
    return {
        "type": "scatter",
        "mode": "lines",
        "name": name,
        "x": x,
        "y": y,
        "connectgaps": False,
        "line": {"color": colour, "width": 2.5, "dash": dash},
        "hoverinfo": "name",
    }
