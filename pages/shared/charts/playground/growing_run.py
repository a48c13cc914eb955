"""Figures of a run that grows: its loss, its accuracy and its dead neurons over the steps."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from blame.arrays import Array
from blame.playground.growing_run import GrowingRun
from pages.shared.charts.axes import LEGEND, axis, base_layout, upright
from pages.shared.charts.figure import PlainFigure, PlotlyTrace, figure
from pages.shared.charts.palette import ACTIVATION, LINE, RAISES, RUNS, SHUT
from pages.shared.words.numbers import full, percent, short

EMPTY = "Nothing is trained yet: the curves begin with the first step."
TEST = RUNS[1]
"""The hue of what is about the samples set aside; always dashed too."""


LOOKS = {"A": (RUNS[2], "dashdot"), "B": (RUNS[3], "longdash"), "C": (RUNS[4], "longdashdot")}
"""Hue and dash of each kept run; any other run beside is dotted."""


def curve_chart(
    run: GrowingRun, step: int, others: Mapping[str, GrowingRun] | None = None
) -> PlainFigure:
    """Return the loss over the steps trained so far, over accuracy and the share of dead neurons.

    A loss of 0 has no place on the log scale and is left out.

    Parameters
    ----------
    others : the losses of these runs are drawn beside it, by their names; never further than to
        the last step of the longest.
    """
    beside = others or {}
    layout = base_layout(430)
    layout |= {"margin": {"l": 60, "r": 12, "t": 40, "b": 44}, **LEGEND}
    last = max(run.steps, 1, *(other.steps for other in beside.values()))
    layout["xaxis"] = axis("step", zeroline=False, range=[-0.02 * last, 1.02 * last], anchor="y2")
    layout["yaxis"] = axis(
        "loss", type="log", zeroline=False, exponentformat="power", domain=[0.42, 1.0]
    )
    layout["yaxis2"] = axis("share", range=[-0.03, 1.05], domain=[0.0, 0.3], tickformat=".0%")
    layout["shapes"] = [
        upright(step, "dot", LINE),
        *(upright(until, "dash", RAISES) for _, until in run.rates_before if until <= run.steps),
    ]
    rows = _thinned(run.steps, step)
    steps = rows.tolist()
    data = [_losses("loss", run.losses, rows, LINE, "solid", 2.5)]
    if run.test_losses is not None:
        data.append(_losses("test loss", run.test_losses, rows, TEST, "dash", 2))
    for name, other in beside.items():
        own = _thinned(other.steps, min(step, other.steps))
        hue, dash = LOOKS.get(name, (RUNS[0], "dot"))
        data.append(_losses(name, other.losses, own, hue, dash, 1.8))
    shares = [("dead neurons", run.dead, SHUT, "dot")] if _has_hidden(run) else []
    if run.accuracies is not None:
        shares.insert(0, ("accuracy", run.accuracies, ACTIVATION, "solid"))
    if run.test_accuracies is not None:
        shares.insert(1, ("test accuracy", run.test_accuracies, TEST, "dash"))
    for name, values, colour, dash in shares:
        data.append(
            {
                "type": "scatter",
                "mode": "lines" if len(steps) > 1 else "markers",
                "name": name,
                "x": steps,
                "y": values[rows].tolist(),
                "yaxis": "y2",
                "line": {"color": colour, "width": 2, "dash": dash},
                "hovertemplate": f"step %{{x}}: {name} %{{y:.0%}}<extra></extra>",
            }
        )
    if run.steps == 0:
        layout["annotations"] = [
            {
                "x": 0.5,
                "y": 0.7,
                "xref": "paper",
                "yref": "paper",
                "text": EMPTY,
                "showarrow": False,
            }
        ]
    return figure(data, layout)


def _losses(
    name: str, losses: Array, rows: Array, colour: str, dash: str, width: float
) -> PlotlyTrace:
    return {
        "type": "scatter",
        "mode": "lines" if len(rows) > 1 else "markers",
        "name": name,
        "x": rows.tolist(),
        "y": [float(loss) if 0 < loss < np.inf else None for loss in losses[rows]],
        "line": {"color": colour, "width": width, "dash": dash},
        "customdata": [full(loss) for loss in losses[rows]],
        "hovertemplate": f"step %{{x}}: {name} %{{customdata}}<extra></extra>",
    }


def describe_curves(
    run: GrowingRun, step: int, others: Mapping[str, GrowingRun] | None = None
) -> str:
    """Say in words what `curve_chart` shows."""
    said = f"{EMPTY} " if run.steps == 0 else ""
    said += (
        f"Over {run.steps} steps the loss goes from {short(run.losses[0])} to "
        f"{short(run.losses[-1])}; at step {step} it is {short(run.losses[step])}"
    )
    if _has_hidden(run):
        said += f", and {percent(float(run.dead[step]))} of the hidden neurons are dead"
    if run.accuracies is not None:
        said += f"; accuracy {percent(float(run.accuracies[step]))}"
    if run.test_losses is not None:
        said += f"; test loss {short(run.test_losses[step])}"
    for name, other in (others or {}).items():
        said += f"; {name}: loss {short(other.losses[-1])} at step {other.steps}"
    return said


def _has_hidden(run: GrowingRun) -> bool:
    return len(run.start.layers) > 1


def _thinned(steps: int, step: int, most: int = 300) -> Any:
    """Return the steps that are drawn: no more than the eye can tell apart, the ends included."""
    if steps <= most:
        return np.arange(steps + 1)
    rows = np.unique(np.linspace(0, steps, most).round().astype(int))
    return np.unique(np.append(rows, step))
