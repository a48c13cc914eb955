"""Figures of several runs side by side: their loss, their parameters, their gates."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

import numpy as np

from blame import History
from blame.probe.landscape import values_along
from blame.refusals import RefusedError
from pages.shared.charts.axes import LEGEND, axis, base_layout
from pages.shared.charts.figure import PlainFigure, PlotlyTrace, figure
from pages.shared.charts.palette import ACTIVATION, LINE, RUNS
from pages.shared.charts.side_by_side import panels
from pages.shared.words.numbers import full, short

DASHES = ("dash", "dot", "dashdot", "longdash", "longdashdot")
FAINT = "rgba(134,139,146,0.3)"
"""A shut gate: grey, and so much fainter than an open one that no hue is needed to tell."""
SHUT_OR_OPEN = [[0, FAINT], [0.5, FAINT], [0.5, ACTIVATION], [1, ACTIVATION]]
ACROSS = 3
"""Panels in a row of the parameters."""
MOST_PANELS = 15
MOST_STRIPS = 30
"""So many parameters and gates are shown."""


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
    """Return a small panel for each parameter with its value in every run over the steps.

    Of many parameters those have one that move furthest in any of the runs.
    """
    names, _ = _moving(runs, names)
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
    names, left_out = _moving(runs, names)
    for name, run in runs.items():
        ends = [(parameter, values_along(run, parameter)) for parameter in names]
        listed = ", ".join(f"{p} {short(v[0])} to {short(v[-1])}" for p, v in ends)
        said.append(f"{name}: {listed}")
    if left_out:
        said.append(f"{left_out} more parameters move less")
    return "Parameters from the first step to the last. " + ". ".join(said)


def _moving(runs: Mapping[str, History], names: tuple[str, ...]) -> tuple[tuple[str, ...], int]:
    """Return the parameters that are shown, in their own order, and how many are not."""
    if len(names) <= MOST_PANELS:
        return names, 0
    ways = [_ways(run) for run in runs.values()]
    furthest = {name: max(each[name] for each in ways) for name in names}
    kept = set(sorted(names, key=lambda name: -furthest[name])[:MOST_PANELS])
    return tuple(name for name in names if name in kept), len(names) - MOST_PANELS


def _ways(run: History) -> dict[str, float]:
    """Return how far each parameter moves, by its name: all of an array at once, for it is many."""
    found = {}
    for array, every in run.networks.parameters().items():
        widths = np.ptp(every, axis=0)
        for index in np.ndindex(widths.shape):
            found[f"{array}[{', '.join(map(str, index))}]"] = float(widths[index])
    return found


class _Strip(NamedTuple):
    """One neuron of one run: on how many of its samples the gate is open at each step."""

    label: str
    open_on: list[int]
    n_samples: int


def gate_chart(runs: Mapping[str, History]) -> PlainFigure:
    """Return a strip for each neuron with a gate in each run: open or shut at every step.

    With several samples a strip is the stronger, the more of them the gate is open on.

    Raises
    ------
    RefusedError
        If no neuron has a gate.
    """
    strips, left_out = _strips(runs)
    longest = max(len(strip.open_on) for strip in strips)
    names = [strip.label for strip in strips]
    layout = base_layout(24 * len(strips) + 64)
    layout |= {
        "margin": {"l": max(120, 10 + 7 * max(map(len, names))), "r": 12, "t": 4, "b": 40},
        "xaxis": axis(
            f"step{f' (and {left_out} neurons more)' if left_out else ''}", zeroline=False
        ),
        "yaxis": {**axis("", zeroline=False), "autorange": "reversed"},
    }
    # Runs that are drawn together are of one shape.
    n_samples = strips[0].n_samples
    one = n_samples == 1
    return figure(
        [
            {
                "type": "heatmap",
                "x": list(range(longest)),
                "y": names,
                "z": [
                    [
                        *(n if one else n / n_samples for n in strip.open_on),
                        *[None] * (longest - len(strip.open_on)),
                    ]
                    for strip in strips
                ],
                "zmin": 0,
                "zmax": 1,
                "colorscale": SHUT_OR_OPEN if one else [[0, FAINT], [1, ACTIVATION]],
                "showscale": False,
                "ygap": 3,
                # A sentence for each of thousands would be most of what is sent.
                "text": [
                    [SAID[n] for n in strip.open_on] if one else strip.open_on for strip in strips
                ],
                "hovertemplate": "%{y}, step %{x}: "
                + ("%{text}" if one else f"open on %{{text}} of {n_samples} samples")
                + "<extra></extra>",
                "hoverongaps": False,
            }
        ],
        layout,
    )


SAID = ("shut", "open")
"""What a gate is on a single sample."""


def _said(open_on: int, n_samples: int) -> str:
    if n_samples == 1:
        return SAID[open_on]
    return f"open on {open_on} of {n_samples} samples"


def describe_gates(runs: Mapping[str, History]) -> str:
    """Say in words what `gate_chart` shows."""
    strips, left_out = _strips(runs)
    said = []
    for strip in strips:
        row = strip.open_on
        turns = [k for k in range(1, len(row)) if row[k] != row[k - 1]]
        start = _said(row[0], strip.n_samples)
        what = "flips" if strip.n_samples == 1 else "changes"
        flips = f", {what} at step {', '.join(map(str, turns))}" if turns else " throughout"
        said.append(f"{strip.label} {start}{flips}")
    if left_out:
        said.append(f"and {left_out} neurons more")
    return "Gates over the steps: " + "; ".join(said)


def has_gates(run: History) -> bool:
    """Whether a run has neurons whose activation has a kink: gates that open and shut."""
    return any(layer.activation.kinks for layer in run.networks.layers)


def _strips(runs: Mapping[str, History]) -> tuple[list[_Strip], int]:
    """Return the strips that are shown, those that change first, and how many are not."""
    found = []
    for name, run in runs.items():
        layers = [
            (k, layer)
            for k, layer in enumerate(run.networks.layers, start=1)
            if layer.activation.kinks
        ]
        for k, layer in layers:
            gates = run.forward.z[k - 1] > layer.activation.kinks[0]
            alone = len(run.networks.layers) == 2 and k == 1
            for j in range(layer.n_out):
                neuron = f"neuron {j}" if alone else f"z{k}[{j}]"
                counts = gates[..., j].sum(-1).tolist()
                label = f"{name.partition(':')[0]}, {neuron}"
                found.append(_Strip(label, counts, gates.shape[-2]))
    if not found:
        raise RefusedError(
            "gates over time need a neuron whose activation has a kink, as a ReLU's has, got "
            "none; see the parameters over time"
        )
    if len(found) <= MOST_STRIPS:
        return found, 0
    changing = sorted(range(len(found)), key=lambda i: (len({*found[i].open_on}) == 1, i))
    return [found[i] for i in sorted(changing[:MOST_STRIPS])], len(found) - MOST_STRIPS


def _line(k: int) -> PlotlyTrace:
    """Return how the reader's run (0) or a ghost is drawn."""
    if k == 0:
        line = {"color": LINE, "width": 3.5}
    else:
        line = {"color": RUNS[k - 1], "width": 1.8, "dash": DASHES[k - 1]}
    return {"type": "scatter", "mode": "lines", "line": line, "showlegend": True}
