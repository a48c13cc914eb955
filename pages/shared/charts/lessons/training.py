"""Figures of a training run: the loss, the parameters and the gates over the steps."""

from __future__ import annotations

from typing import Any

import numpy as np

from blame import History
from blame.refusals import refuse_unless
from blame.runs.deaths import deaths
from pages.shared.charts.axes import axis, base_layout, upright
from pages.shared.charts.figure import PlainFigure, PlotlyTrace, figure
from pages.shared.charts.palette import ACTIVATION, LINE, NEURONS, SHUT
from pages.shared.words.numbers import full, short

DASHES = ("solid", "dash", "dot", "dashdot")


def loss_curve(history: History, step: int, *, log: bool) -> PlainFigure:
    """Return the loss at every step, with the chosen step and each neuron's death marked."""
    refuse_unless(
        "the curve of a lesson's run",
        history.backward,
        samples=None,
        layers=2,
        steps=True,
        instead="draw the lab's, which marks no deaths",
    )
    steps = list(range(history.steps + 1))
    losses = history.losses
    # A log axis has no zero: a loss of exactly 0 is left out there, and the page says so.
    shown = [float(loss) if loss > 0 or not log else None for loss in losses]
    layout = _over_steps(history, 270)
    layout["yaxis"] = axis(
        "loss",
        type="log" if log else "linear",
        rangemode="normal" if log else "tozero",
        exponentformat="power" if log else "e",
    )
    died = _died(history)
    # The first death is written highest, and each line ends at its own note: none crosses another.
    tops = [1 - 0.09 * row for row in range(len(died))]
    layout["shapes"] = [upright(step, "dot", ACTIVATION)]
    layout["annotations"] = []
    for (when, neuron), top in zip(died, tops, strict=True):
        layout["shapes"].append(upright(when, "solid", SHUT, top))
        layout["annotations"].append(_note(when, f"neuron {neuron} dead", top))
    return figure(
        [
            {
                "type": "scatter",
                "mode": "lines+markers" if history.steps <= 60 else "lines",
                "name": "loss",
                "x": steps,
                "y": shown,
                "line": {"color": LINE, "width": 2.5},
                "marker": {"size": 5},
                "customdata": [full(loss) for loss in losses],
                "hovertemplate": "step %{x}: loss %{customdata}<extra></extra>",
            },
            {
                "type": "scatter",
                "mode": "markers",
                "name": "chosen step",
                "x": [step],
                "y": [shown[step]],
                "marker": {"size": 13, "color": ACTIVATION},
                "hoverinfo": "skip",
            },
        ],
        layout,
    )


def describe_loss_curve(history: History, step: int) -> str:
    """Say in words what `loss_curve` shows."""
    losses = history.losses
    return (
        f"Loss over {history.steps} steps: {short(losses[0])} at the start, "
        f"{short(losses[step])} at step {step}, {short(losses[-1])} at the end, "
        f"highest {short(losses.max())}"
        + "".join(f"; neuron {neuron} dead from step {when}" for when, neuron in _died(history))
    )


def _died(history: History) -> list[tuple[int, int]]:
    """Return when each neuron that is dead at the end died, and which it is, the first first."""
    found = enumerate(deaths(history))
    return sorted((when, neuron) for neuron, when in found if when is not None)


def parameter_curves(history: History) -> PlainFigure:
    """Return every parameter over the steps."""
    steps = list(range(history.steps + 1))
    data: list[PlotlyTrace] = []
    colours = {"W1": NEURONS[0], "b1": "#b08a00", "W2": NEURONS[1], "b2": LINE}
    for name, values in history.networks.parameters().items():
        entries = values.reshape(len(values), -1)
        for position, index in enumerate(np.ndindex(values.shape[1:])):
            data.append(
                {
                    "type": "scatter",
                    "mode": "lines",
                    "name": f"{name}[{', '.join(map(str, index))}]",
                    "x": steps,
                    "y": entries[:, position].tolist(),
                    "line": {
                        "color": colours.get(name, LINE),
                        "width": 2,
                        "dash": DASHES[position % len(DASHES)],
                    },
                    "hovertemplate": "%{fullData.name} = %{y}<extra></extra>",
                }
            )
    layout = _over_steps(history, 300)
    layout["yaxis"] = axis("value", exponentformat="e")
    layout["showlegend"] = True
    layout["legend"] = {"orientation": "h", "y": 1.0, "yanchor": "bottom", "x": 0}
    layout["margin"]["t"] = 70
    return figure(data, layout)


def describe_parameters(history: History) -> str:
    """Say in words what `parameter_curves` shows."""
    parts = []
    for name, values in history.networks.parameters().items():
        for index in np.ndindex(values.shape[1:]):
            first, last = values[(0, *index)], values[(-1, *index)]
            parts.append(f"{name}[{', '.join(map(str, index))}] {short(first)} to {short(last)}")
    return "Parameters from the first step to the last: " + ", ".join(parts)


def _over_steps(history: History, height: int) -> dict[str, Any]:
    layout = base_layout(height)
    layout["margin"] = {"l": 56, "r": 12, "t": 8, "b": 40}
    layout["xaxis"] = axis(
        "step", zeroline=False, range=[-0.02 * history.steps - 0.2, 1.02 * history.steps + 0.2]
    )
    return layout


def _note(step: int, text: str, top: float) -> PlotlyTrace:
    return {
        "x": step,
        "yref": "paper",
        "y": top,
        "text": text,
        "showarrow": False,
        "xanchor": "left",
        "xshift": 4,
        "yanchor": "top",
    }
