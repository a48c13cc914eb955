"""Figures of a training run: the loss, the parameters and the gates over the steps."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import numpy as np

from blame import History
from blame.arrays import Array
from blame.exercise.names import entry_names
from blame.runs.deaths import deaths
from pages.shared.charts.axes import LEFT, axis, base_layout, steady_range, upright
from pages.shared.charts.figure import PlainFigure, PlotlyTrace, figure
from pages.shared.charts.palette import ACTIVATION, LINE, NEURONS, SAMPLES, SHUT
from pages.shared.words.numbers import full, short

DASHES = ("solid", "dash", "dot", "dashdot")
_NAMED = {"W1": NEURONS[0], "b1": "#b08a00", "W2": NEURONS[1], "b2": LINE}
MOST_CURVES = 12
"""Parameters of one chart; of more, those that move furthest."""
MOST_NOTES = 6
"""Deaths that are written into the chart one by one."""


def loss_curve(history: History, step: int, *, log: bool) -> PlainFigure:
    """Return the loss at every step, with the chosen step and each neuron's death marked."""
    curve = _curve(history, log)
    layout = _over_steps(history, 270)
    layout["yaxis"] = axis(
        "loss",
        type="log" if log else "linear",
        exponentformat="power" if log else "e",
        range=_heights(curve["y"], log=log),
    )
    died = _marks(list(_died(history)))
    # The first death is written highest, and each line ends at its own note: none crosses another.
    tops = [1 - 0.09 * row for row in range(len(died))]
    layout["shapes"] = [upright(step, "dot", ACTIVATION)]
    layout["annotations"] = []
    for (when, who), top in zip(died, tops, strict=True):
        layout["shapes"].append(upright(when, "solid", SHUT, top))
        layout["annotations"].append(_note(when, f"{who} dead", top, history.steps))
    return figure(
        [
            curve,
            {
                "type": "scatter",
                "mode": "markers",
                "name": "chosen step",
                "x": [step],
                "y": [curve["y"][step]],
                "marker": {"size": 13, "color": ACTIVATION},
                "hoverinfo": "skip",
            },
        ],
        layout,
    )


def _heights(losses: list[float | None], *, log: bool) -> list[float]:
    drawn = np.array([loss for loss in losses if loss is not None and np.isfinite(loss)])
    if not len(drawn):
        return [0.0, 1.0]
    shown = np.log10(drawn) if log else np.append(drawn, 0.0)
    return steady_range(float(shown.min()), float(shown.max()))


@lru_cache(maxsize=8)
def _curve(history: History, log: bool) -> PlotlyTrace:
    """Return the loss at every step: one and the same for every step of a film."""
    losses = history.losses
    return {
        "type": "scatter",
        "mode": "lines+markers" if history.steps <= 60 else "lines",
        "name": "loss",
        "x": list(range(history.steps + 1)),
        # A log axis has no zero: a loss of exactly 0 is left out there, and the page says so.
        "y": [float(loss) if loss > 0 or not log else None for loss in losses],
        "line": {"color": LINE, "width": 2.5},
        "marker": {"size": 5},
        "customdata": [full(loss) for loss in losses],
        "hovertemplate": "step %{x}: loss %{customdata}<extra></extra>",
    }


def describe_loss_curve(history: History, step: int) -> str:
    """Say in words what `loss_curve` shows."""
    losses = history.losses
    return (
        f"Loss over {history.steps} steps: {short(losses[0])} at the start, "
        f"{short(losses[step])} at step {step}, {short(losses[-1])} at the end, "
        f"highest {short(losses.max())}"
        + "".join(f"; {who} dead from step {when}" for when, who in _died(history))
    )


@lru_cache(maxsize=8)
def _died(history: History) -> tuple[tuple[int, str], ...]:
    """Return when each neuron that is dead at the end died, and which it is, the first first.

    Only where a slope can be 0: a neuron whose curve is merely flat still passes blame.
    """
    layers = history.networks.layers
    found = []
    for k, layer in enumerate(layers):
        if not layer.activation.kinks:
            continue
        where = "output" if k == len(layers) - 1 else "neuron"
        inner = f"layer {k + 1}, " if len(layers) > 2 and where == "neuron" else ""
        found += [
            (when, k, j, f"{inner}{where} {j}")
            for j, when in enumerate(deaths(history, k))
            if when is not None
        ]
    return tuple((when, who) for when, _, _, who in sorted(found))


def _marks(died: list[tuple[int, str]]) -> list[tuple[int, str]]:
    """Return what is written into the chart: each death, or how many there were at each step."""
    if len(died) <= MOST_NOTES:
        return died
    steps = sorted({when for when, _ in died})
    counts = {step: sum(when == step for when, _ in died) for step in steps}
    shown, rest = steps[: MOST_NOTES - 1], steps[MOST_NOTES - 1 :]
    marks = [
        (step, f"{counts[step]} more" if step != steps[0] else _several(counts[step]))
        for step in shown
    ]
    if rest:
        marks.append((rest[0], f"from here {sum(counts[step] for step in rest)} more"))
    return marks


def _several(count: int) -> str:
    return "1 neuron" if count == 1 else f"{count} neurons"


def parameter_choices(history: History) -> list[str]:
    """Return what can be shown of the parameters; nothing where all fit into one chart."""
    arrays = history.at(0).parameters()
    if sum(map(np.size, arrays.values())) <= MOST_CURVES:
        return []
    return ["all, those that move furthest", *arrays]


def parameter_curves(history: History, array: str | None = None) -> PlainFigure:
    """Return every parameter over the steps, or those that move furthest where there are many.

    Parameters
    ----------
    array : the name of one, such as W1; without it those of all arrays are looked at.
    """
    steps = list(range(history.steps + 1))
    data: list[PlotlyTrace] = []
    shown, _ = _moving(history, array)
    few = set(_NAMED) >= {name.partition("[")[0] for name in shown} and all(
        np.size(values) <= len(DASHES) for values in history.at(0).parameters().values()
    )
    places: dict[str, int] = {}
    for k, (name, values) in enumerate(shown.items()):
        own = name.partition("[")[0]
        place = places[own] = places.get(own, -1) + 1
        # One hue an array and one dash an entry, as long as there are hues and dashes for it.
        hue = _NAMED[own] if few else SAMPLES[k // len(DASHES) % len(SAMPLES)]
        data.append(
            {
                "type": "scatter",
                "mode": "lines",
                "name": name,
                "x": steps,
                "y": values.tolist(),
                "line": {
                    "color": hue,
                    "width": 2,
                    "dash": DASHES[(place if few else k) % len(DASHES)],
                },
                "hovertemplate": "%{fullData.name} = %{y}<extra></extra>",
            }
        )
    top = max(70, 16 + 19 * -(-len(shown) // 3))
    layout = _over_steps(history, 230 + top)
    every = np.array(list(shown.values()))
    finite = every[np.isfinite(every)]
    ends = steady_range(float(finite.min()), float(finite.max()))
    layout["yaxis"] = axis("value", exponentformat="e", range=ends)
    layout["showlegend"] = True
    layout["legend"] = {"orientation": "h", "y": 1.0, "yanchor": "bottom", "x": 0}
    layout["margin"]["t"] = top
    return figure(data, layout)


def describe_parameters(history: History, array: str | None = None) -> str:
    """Say in words what `parameter_curves` shows."""
    shown, left_out = _moving(history, array)
    parts = [f"{name} {short(v[0])} to {short(v[-1])}" for name, v in shown.items()]
    if left_out:
        parts.append(f"and {left_out} that move less")
    return "Parameters from the first step to the last: " + ", ".join(parts)


def _moving(history: History, array: str | None) -> tuple[dict[str, Array], int]:
    """Return the parameters that are shown, in order, with their values, and how many are not."""
    every: dict[str, Array] = {}
    for name, values in history.networks.parameters().items():
        if array in (None, name):
            names = entry_names(name, values.shape[1:])
            every |= dict(zip(names, values.reshape(len(values), -1).T, strict=True))
    if len(every) <= MOST_CURVES:
        return every, 0
    names = list(every)
    by_way = sorted(names, key=lambda name: -float(np.ptp(every[name])))[:MOST_CURVES]
    return {name: every[name] for name in names if name in by_way}, len(names) - MOST_CURVES


def _over_steps(history: History, height: int) -> dict[str, Any]:
    layout = base_layout(height)
    layout["margin"] = {"l": LEFT, "r": 12, "t": 8, "b": 40}
    layout["xaxis"] = axis(
        "step", zeroline=False, range=[-0.02 * history.steps - 0.2, 1.02 * history.steps + 0.2]
    )
    return layout


def _note(step: int, text: str, top: float, steps: int) -> PlotlyTrace:
    # Towards the middle: a late death's name would leave the chart.
    late = step > 0.6 * steps
    return {
        "x": step,
        "yref": "paper",
        "y": top,
        "text": text,
        "showarrow": False,
        "xanchor": "right" if late else "left",
        "xshift": -4 if late else 4,
        "yanchor": "top",
    }
