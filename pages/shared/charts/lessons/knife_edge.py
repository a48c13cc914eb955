"""Figure of the knife edge: the loss of one network in several arithmetics."""

from __future__ import annotations

from collections.abc import Sequence

from blame.probe.knife_edge import Outcome
from pages.shared.charts.axes import LEGEND, axis, base_layout
from pages.shared.charts.figure import PlainFigure, PlotlyTrace, figure
from pages.shared.charts.palette import ACTIVATION, LINE, LOWERS, RAISES
from pages.shared.words.numbers import full, short

# Told apart by symbol, dash and name too: lines that agree lie on top of each other.
STYLES = {
    "float64": (RAISES, "solid", "circle", 9),
    "float32": (LOWERS, "solid", "square-open", 13),
    "bias_first": (ACTIVATION, "dash", "diamond-open", 17),
    "exact": (LINE, "dot", "x-thin-open", 9),
}


def losses_chart(found: Sequence[Outcome], *, log: bool) -> PlainFigure:
    """Return the loss over the first steps, one line an arithmetic."""
    highest = max(loss for outcome in found for loss in outcome.losses) or 1.0
    scale = (
        {"type": "log", "exponentformat": "e"}
        if log
        else {"range": [-0.07 * highest, 1.08 * highest]}
    )
    layout = base_layout(330)
    layout |= {
        "margin": {"l": 56, "r": 16, "t": 56, "b": 44},
        "xaxis": axis("updates made", dtick=1, zeroline=False),
        "yaxis": axis("loss", **scale),
        **LEGEND,
    }
    return figure([_line(outcome, log) for outcome in found], layout)


def _line(outcome: Outcome, log: bool) -> PlotlyTrace:
    colour, dash, symbol, size = STYLES[outcome.key]
    # A log axis has no zero: a loss of exactly 0 is left out there.
    points = [(k, loss) for k, loss in enumerate(outcome.losses) if loss > 0 or not log]
    return {
        "type": "scatter",
        "mode": "lines+markers",
        "name": outcome.title,
        "x": [k for k, _ in points],
        "y": [loss for _, loss in points],
        "line": {"color": colour, "width": 2, "dash": dash},
        "marker": {"color": colour, "symbol": symbol, "size": size, "line": {"width": 2}},
        "customdata": [full(loss) for _, loss in points],
        "hovertemplate": f"{outcome.title}, step %{{x}}: %{{customdata}}<extra></extra>",
    }


def describe_losses(found: Sequence[Outcome]) -> str:
    """Say in words what `losses_chart` shows."""
    return "Loss over the first updates. " + "; ".join(
        f"{outcome.title}: {', '.join(map(short, outcome.losses))}" for outcome in found
    )
