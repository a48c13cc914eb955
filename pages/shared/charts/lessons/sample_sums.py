"""The figure of a parameter's gradient as the sum of what each sample gives to it."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from blame import BackwardPass
from blame.exercise.names import entry_names
from blame.probe.trace.parts import gradient_parts
from pages.shared.charts.axes import QUIET, base_layout, padded
from pages.shared.charts.bars import Bars, label_width
from pages.shared.charts.figure import PlainFigure, figure
from pages.shared.charts.palette import LINE, SAMPLES
from pages.shared.words.numbers import Numbers, full, short

ROW = 30
MOST = 24
"""Parameters of a layer that are shown: those with the largest parts."""
PATTERNS = ("", "/", "x", "-", "\\", "+", "|", ".")
"""A pattern for each sample, so that no hue is needed to tell them apart."""


class _Sum(NamedTuple):
    name: str
    parts: list[float]
    total: float


def sample_sums_chart(passes: BackwardPass, layer: int) -> PlainFigure:
    """Return the gradient of each parameter of a layer as a bar made of the samples' parts.

    Parts above zero grow to the right and those below to the left; a mark stands at their sum.

    Parameters
    ----------
    layer : counted from 1.
    """
    sums, left_out = _sums(passes, layer)
    numbers = Numbers().of(passes)
    n_samples = len(sums[0].parts)
    legend = 14 + 20 * -(-(n_samples + 1) // 3)
    room = ROW * (len(sums) + bool(left_out))
    places = [ROW * (i + 0.5) for i in range(len(sums))]
    names = [each.name for each in sums]
    layout = base_layout(room + legend + 8, label_width([Bars("", names, [0.0] * len(names))]))
    layout["margin"]["t"] = legend
    layout |= {
        "barmode": "relative",
        "showlegend": True,
        "legend": {
            "orientation": "h",
            "x": 1,
            "xanchor": "right",
            "y": 1,
            "yanchor": "bottom",
            "traceorder": "normal",
        },
        "xaxis": {
            **QUIET,
            "zeroline": True,
            "zerolinecolor": LINE,
            "showticklabels": False,
        },
        "yaxis": {
            **QUIET,
            "range": [room, 0],
            "tickvals": [*places, *([ROW * (len(sums) + 0.5)] if left_out else [])],
            "ticktext": [
                *(f"{each.name}\u00a0\u00a0{numbers.signed(each.total)}" for each in sums),
                *([f"and {left_out} smaller"] if left_out else []),
            ],
            "ticks": "",
            "tickangle": 0,
            "ticklabelstandoff": 6,
        },
    }
    totals = [sum(p for p in each.parts if f(p, 0.0) == p) for each in sums for f in (min, max)]
    layout["xaxis"]["range"] = padded((min(0.0, *totals), max(0.0, *totals)))
    data = [
        {
            "type": "bar",
            "orientation": "h",
            "name": f"sample {s}",
            "y": places,
            "x": [each.parts[s] for each in sums],
            "width": 0.6 * ROW,
            "marker": {
                "color": SAMPLES[s % len(SAMPLES)],
                "pattern": {"shape": PATTERNS[s % len(PATTERNS)], "size": 6},
            },
            "customdata": [f"{each.name}, sample {s}: {full(each.parts[s])}" for each in sums],
            "hovertemplate": "%{customdata}<extra></extra>",
        }
        for s in range(n_samples)
    ]
    marks = {
        "type": "scatter",
        "mode": "markers",
        "name": "sum",
        "y": places,
        "x": [each.total for each in sums],
        "marker": {"symbol": "line-ns-open", "size": 22, "color": LINE, "line": {"width": 3}},
        "customdata": [f"{each.name} = {full(each.total)}" for each in sums],
        "hovertemplate": "%{customdata}<extra></extra>",
    }
    return figure([*data, marks], layout)


def describe_sample_sums(passes: BackwardPass, layer: int) -> str:
    """Say in words what `sample_sums_chart` shows."""
    sums, left_out = _sums(passes, layer)
    numbers = Numbers().of(passes)
    said = [
        f"{each.name} {numbers.text(each.total)}: {', '.join(map(short, each.parts))}"
        for each in sums
    ]
    more = f"; and {left_out} smaller" if left_out else ""
    return "Gradients, each with what sample after sample gives to it: " + "; ".join(said) + more


def _sums(passes: BackwardPass, layer: int) -> tuple[list[_Sum], int]:
    """Return the parameters that are shown, in their own order, and how many are not."""
    parts, whole = gradient_parts(passes), passes.parameter_gradients()
    found = []
    for array in (f"W{layer}", f"b{layer}"):
        if array not in parts:
            continue
        columns = np.moveaxis(parts[array], 0, -1).reshape(-1, len(parts[array])).tolist()
        names = entry_names(f"d{array}", whole[array].shape)
        rows = zip(names, columns, whole[array].ravel().tolist(), strict=True)
        found += [_Sum(*row) for row in rows]
    by_size = sorted(range(len(found)), key=lambda i: (-sum(map(abs, found[i].parts)), i))
    kept = sorted(by_size[: MOST if len(found) > MOST + 1 else None])
    return [found[i] for i in kept], len(found) - len(kept)
