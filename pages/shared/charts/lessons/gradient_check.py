"""Figure of a gradient check: the error of the quotients over the step."""

from __future__ import annotations

import numpy as np

from blame.arrays import Array
from blame.probe.gradient_check import TOLERANCE, ErrorCurve
from pages.shared.charts.axes import LEGEND, across, axis, base_layout, upright
from pages.shared.charts.figure import PlainFigure, PlotlyTrace, figure
from pages.shared.charts.palette import ACTIVATION, NEURONS
from pages.shared.words.numbers import short

FLOOR = 1e-17
"""Where an error of exactly 0 is drawn: a log scale has no zero."""


def error_chart(curve: ErrorCurve, step: float) -> PlainFigure:
    """Return the relative error of both quotients over h, on log scales, with h as chosen."""
    layout = base_layout(340)
    layout |= {
        "margin": {"l": 70, "r": 16, "t": 40, "b": 44},
        "xaxis": axis(
            "step h", type="log", exponentformat="e", zeroline=False, range=[-0.7, -15.3]
        ),
        "yaxis": axis(
            "relative error", type="log", exponentformat="e", zeroline=False, range=[-17.5, 0.7]
        ),
        **LEGEND,
        "shapes": [upright(step), across(TOLERANCE)],
        "annotations": [
            {
                "x": 0.01,
                "xref": "paper",
                "xanchor": "left",
                "y": float(np.log10(TOLERANCE)),
                "yanchor": "bottom",
                "text": f"agrees below {TOLERANCE:.0e}".replace("e-0", "e-"),
                "showarrow": False,
            }
        ],
    }
    return figure(
        [
            _errors("one-sided", curve.steps, curve.one_sided, NEURONS[1], "diamond-open"),
            _errors("central", curve.steps, curve.central, ACTIVATION, "circle"),
        ],
        layout,
    )


def describe_error(curve: ErrorCurve) -> str:
    """Say in words what `error_chart` shows."""
    said = []
    for name, errors in (("central", curve.central), ("one-sided", curve.one_sided)):
        best = int(errors.argmin())
        said.append(
            f"{name} difference: relative error {short(errors[0])} at h {short(curve.steps[0])}, "
            f"least {short(errors[best])} at {short(curve.steps[best])}, "
            f"{short(errors[-1])} at {short(curve.steps[-1])}"
        )
    return f"Error of the difference quotients of {curve.name} over the step; " + "; ".join(said)


def _errors(name: str, steps: Array, errors: Array, colour: str, symbol: str) -> PlotlyTrace:
    return {
        "type": "scatter",
        "mode": "lines+markers",
        "name": name,
        "x": steps.tolist(),
        "y": [max(error, FLOOR) for error in errors.tolist()],
        "line": {"color": colour, "width": 1.5},
        "marker": {"color": colour, "symbol": symbol, "size": 7},
        "customdata": [
            f"{step:.2g}: error {error:.2g}" for step, error in zip(steps, errors, strict=True)
        ],
        "hovertemplate": f"{name}, h = %{{customdata}}<extra></extra>",
    }
