"""Figures of the tour: the loss over one weight, and the passes that both ways to blame take."""

from __future__ import annotations

from typing import NamedTuple

from blame.probe.both_ways import BothWays
from blame.probe.what_if import NudgeCurve
from pages.shared.charts.axes import LEGEND, axis, base_layout, padded
from pages.shared.charts.figure import PlainFigure, PlotlyTrace, figure
from pages.shared.charts.palette import ACTIVATION, LINE, RAISES, signed
from pages.shared.words.numbers import full, short

SPAN = (-0.5, 3.5)
"""The weights that the curve is drawn over, at least."""
POINTS = 121
REACH = 0.7
"""How far the line of a slope goes to both sides."""
IN_A_ROW = 40
ROWS = 22


class Slope(NamedTuple):
    """The slope of the curve at a weight, and the loss there."""

    at: float
    loss: float
    slope: float


def span_of(weight: float) -> tuple[float, float]:
    """Return the weights that the curve is drawn over: wider only for one that leaves them."""
    return min(SPAN[0], weight), max(SPAN[1], weight)


def loss_chart(curve: NudgeCurve, slope: Slope | None) -> PlainFigure:
    """Return the loss over a weight, where it is now, and the line of its slope if there is one."""
    along = (curve.value + curve.nudges).tolist()
    losses = curve.losses.tolist()
    low, high = padded((0.0, max(losses)))
    layout = base_layout(250)
    layout |= {
        "margin": {"l": 48, "r": 12, "t": 30, "b": 40},
        "xaxis": axis("weight", zeroline=False, range=list(padded((along[0], along[-1])))),
        "yaxis": axis("loss", range=[low - 0.05 * (high - low), high]),
        **LEGEND,
    }
    data: list[PlotlyTrace] = [_line("loss", along, losses, LINE, "solid")]
    if slope is not None:
        ends = [slope.at - REACH, slope.at + REACH]
        heights = [slope.loss + slope.slope * (x - slope.at) for x in ends]
        name = f"slope {short(slope.slope)}"
        data.append(_line(name, ends, heights, signed(slope.slope), "dash"))
    data.append(
        {
            "type": "scatter",
            "mode": "markers",
            "name": "now",
            "x": [curve.value],
            "y": [curve.loss],
            "marker": {"size": 14, "color": ACTIVATION, "line": {"width": 2}},
            "hovertemplate": f"weight {full(curve.value)}: loss {full(curve.loss)}<extra></extra>",
        }
    )
    return figure(data, layout)


def describe_loss(curve: NudgeCurve, slope: Slope | None) -> str:
    """Say in words what `loss_chart` shows."""
    drawn = (
        "" if slope is None else f", with its slope of {short(slope.slope)} at {short(slope.at)}"
    )
    return (
        f"The loss over the weight, a bowl{drawn}. Now the weight is {short(curve.value)} and the "
        f"loss {short(curve.loss)}"
    )


def passes_chart(both: BothWays) -> PlainFigure:
    """Return a mark for each pass: those backwards above, those of nudging below."""
    layout = base_layout(280)
    layout |= {
        "margin": {"l": 4, "r": 4, "t": 4, "b": 4},
        "xaxis": _bare([-0.8, IN_A_ROW - 0.2]),
        "yaxis": _bare([ROWS + 5.5, -1.6]),
        "annotations": [
            _heading(f"backwards: {both.backward}", -0.9),
            _heading(f"by nudging: {both.nudging}", 2.9),
        ],
    }
    return figure(
        [_marks("backwards", both.backward, 0.6, ACTIVATION, "circle"),
         _marks("by nudging", both.nudging, 4.4, RAISES, "square")],
        layout,
    )  # fmt: skip


def describe_passes(both: BothWays) -> str:
    """Say in words what `passes_chart` shows."""
    return (
        f"A mark for each pass that finds the blame of {both.parameters} weights and biases: "
        f"{both.backward} backwards, {both.nudging} by nudging"
    )


def _marks(name: str, count: int, top: float, colour: str, symbol: str) -> PlotlyTrace:
    return {
        "type": "scatter",
        "mode": "markers",
        "name": name,
        "x": [k % IN_A_ROW for k in range(count)],
        "y": [top + k // IN_A_ROW for k in range(count)],
        "marker": {"size": 6, "color": colour, "symbol": symbol},
        "hoverinfo": "name",
    }


def _heading(text: str, y: float) -> PlotlyTrace:
    return {"x": -0.5, "y": y, "text": f"<b>{text}</b>", "showarrow": False, "xanchor": "left",
            "yanchor": "middle"}  # fmt: skip


def _bare(span: list[float]) -> PlotlyTrace:
    return {"visible": False, "fixedrange": True, "range": span}


def _line(name: str, x: list[float], y: list[float], colour: str, dash: str) -> PlotlyTrace:
    return {
        "type": "scatter",
        "mode": "lines",
        "name": name,
        "x": x,
        "y": y,
        "line": {"color": colour, "width": 2.5, "dash": dash},
        "hoverinfo": "name",
    }
