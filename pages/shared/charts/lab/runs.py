"""Figures of several runs side by side: their loss, their parameters, their gates."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from blame import History
from blame.probe.landscape import values_along
from pages.shared.charts.axes import LEGEND, axis, base_layout
from pages.shared.charts.figure import PlainFigure, PlotlyTrace, figure
from pages.shared.charts.palette import ACTIVATION, LINE, RUNS
from pages.shared.charts.side_by_side import panels
from pages.shared.words.numbers import full, short

DASHES = ("dash", "dot", "dashdot", "longdash", "longdashdot")
FAINT = "rgba(134,139,146,0.3)"
"""A shut gate: grey, and so much fainter than an open one that no hue is needed to tell."""
ACROSS = 3
"""Panels in a row of the parameters."""


def loss_chart(runs: Mapping[str, History], *, log: bool) -> PlainFigure:
    """Return the loss of every run over its steps; the first is the reader's, the others ghosts."""
    legend = 30 + 20 * len(runs)
    layout = base_layout(270 + legend)
    layout |= {"margin": {"l": 56, "r": 12, "t": legend, "b": 40}, **LEGEND}
    layout["legend"] = {**LEGEND["legend"], "orientation": "v"}
    layout["xaxis"] = axis("step", zeroline=False)
    layout["yaxis"] = axis(
        "loss",
        type="log" if log else "linear",
        rangemode="normal" if log else "tozero",
        exponentformat="power" if log else "e",
    )
    if (roof := cut(runs)) is not None and not log:
        layout["yaxis"]["range"] = [0, roof]
    return figure(
        [
            {
                **_line(k),
                "name": name,
                "x": list(range(run.steps + 1)),
                # A log axis has no zero.
                "y": [float(loss) if loss > 0 or not log else None for loss in run.losses],
                "customdata": [full(loss) for loss in run.losses],
                "hovertemplate": "step %{x}: loss %{customdata}",
            }
            # The reader's own is drawn last, over the ghosts.
            for k, (name, run) in reversed(list(enumerate(runs.items())))
        ],
        layout | {"legend": {**layout["legend"], "traceorder": "reversed"}},
    )


def cut(runs: Mapping[str, History]) -> float | None:
    """Return the loss at which a linear chart is cut off, or None if all fits well.

    A run that ran away would press all others flat.
    """
    start = max(float(run.losses[0]) for run in runs.values())
    highest = max(float(run.losses.max()) for run in runs.values())
    return 20 * start if start > 0 and highest > 100 * start else None


def describe_loss(runs: Mapping[str, History]) -> str:
    """Say in words what `loss_chart` shows."""
    return "Loss over the steps. " + ". ".join(
        f"{name}: from {short(run.losses[0])} to {short(run.losses[-1])} in {run.steps} steps"
        for name, run in runs.items()
    )


def parameter_chart(runs: Mapping[str, History], names: tuple[str, ...]) -> PlainFigure:
    """Return a small panel for each parameter with its value in every run over the steps."""
    layout, places = panels(names, ACROSS, 140)
    data: list[PlotlyTrace] = []
    for parameter, place in zip(names, places, strict=True):
        for k, (name, run) in reversed(list(enumerate(runs.items()))):
            data.append(
                {
                    **_line(k),
                    **place,
                    "name": name.partition(":")[0],
                    "x": list(range(run.steps + 1)),
                    "y": values_along(run, parameter).tolist(),
                    "hovertemplate": f"{parameter} at step %{{x}}: %{{y}}",
                }
            )
    return figure(data, layout)


def describe_parameters(runs: Mapping[str, History], names: tuple[str, ...]) -> str:
    """Say in words what `parameter_chart` shows."""
    said = []
    for name, run in runs.items():
        ends = [(parameter, values_along(run, parameter)) for parameter in names]
        listed = ", ".join(f"{p} {short(v[0])} to {short(v[-1])}" for p, v in ends)
        said.append(f"{name}: {listed}")
    return "Parameters from the first step to the last. " + ". ".join(said)


def gate_chart(runs: Mapping[str, History]) -> PlainFigure:
    """Return a strip for each hidden neuron of each run: open or shut at every step."""
    labels, rows = _strips(runs)
    layout = base_layout(24 * len(rows) + 64)
    layout |= {
        "margin": {"l": 120, "r": 12, "t": 4, "b": 40},
        "xaxis": axis("step", zeroline=False),
        "yaxis": {**axis("", zeroline=False), "autorange": "reversed"},
    }
    longest = max(len(row) for row in rows)
    return figure(
        [
            {
                "type": "heatmap",
                "x": list(range(longest)),
                "y": labels,
                "z": [[*row, *[None] * (longest - len(row))] for row in rows],
                "zmin": 0,
                "zmax": 1,
                "colorscale": [[0, FAINT], [0.5, FAINT], [0.5, ACTIVATION], [1, ACTIVATION]],
                "showscale": False,
                "ygap": 3,
                "text": [["open" if gate else "shut" for gate in row] for row in rows],
                "hovertemplate": "%{y}, step %{x}: %{text}<extra></extra>",
                "hoverongaps": False,
            }
        ],
        layout,
    )


def describe_gates(runs: Mapping[str, History]) -> str:
    """Say in words what `gate_chart` shows."""
    said = []
    for label, row in zip(*_strips(runs), strict=True):
        turns = [k for k in range(1, len(row)) if row[k] != row[k - 1]]
        start = "open" if row[0] else "shut"
        flips = f", flips at step {', '.join(map(str, turns))}" if turns else " throughout"
        said.append(f"{label} {start}{flips}")
    return "Gates over the steps: " + "; ".join(said)


def _strips(runs: Mapping[str, History]) -> tuple[list[str], list[list[int]]]:
    labels, rows = [], []
    for name, run in runs.items():
        gates = np.asarray(run.backward.local_gradients[0][:, 0] != 0)
        for j in range(gates.shape[1]):
            labels.append(f"{name.partition(':')[0]}, neuron {j}")
            rows.append([int(gate) for gate in gates[:, j]])
    return labels, rows


def _line(k: int) -> PlotlyTrace:
    """Return how the reader's run (0) or a ghost is drawn."""
    if k == 0:
        line = {"color": LINE, "width": 3.5}
    else:
        line = {"color": RUNS[k - 1], "width": 1.8, "dash": DASHES[k - 1]}
    return {"type": "scatter", "mode": "lines", "line": line, "showlegend": True}
