"""Figures of the learning rate: what each one leads to, and what theory allows along the run."""

from __future__ import annotations

import numpy as np

from blame.arrays import Array
from blame.runs.rate_sweep import RateSweep
from blame.runs.verdicts import VERDICTS, Verdict, ranked
from pages.shared.charts.axes import LEFT, LEGEND, axis, base_layout, standing, steady_range
from pages.shared.charts.figure import PlainFigure, figure
from pages.shared.charts.palette import LINE, OUTCOMES
from pages.shared.words.lab.rate_sweep import lowest_of
from pages.shared.words.numbers import full, short

FLOOR = 1e-16
"""Losses below this are drawn here: a log axis has no zero."""
ROOF = 1e6
TICKS = (-1e6, -1e4, -100.0, -1.0, 0.0, 1.0, 100.0, 1e4, 1e6)
"""Losses that are named on an axis of both signs."""


def losses_from(sweep: RateSweep) -> float:
    """Return the lowest loss that has a place of its own: one below 0 needs an axis of both signs.

    The sum of the outputs is such a loss.
    """
    return -ROOF if (sweep.losses < 0).any() else FLOOR


def height_of(loss: Array) -> Array:
    """Return where losses stand on an axis of both signs: by size like on a log axis, through 0."""
    height: Array = np.sign(loss) * np.log10(1 + np.abs(loss))
    return height


def outcome_marks() -> dict[str, list[Verdict]]:
    """Return the verdicts that share a mark by its name on screen, the best first."""
    found: dict[str, list[Verdict]] = {}
    for key in ranked(lambda verdict: True):
        verdict = VERDICTS[key]
        found.setdefault(verdict.legend or verdict.title, []).append(verdict)
    return found


def sweep_chart(sweep: RateSweep, rate: float, limit: float) -> PlainFigure:
    """Return the final loss against the learning rate, marked by what became of each run.

    `rate` is the reader's own; `limit` the stable rate at the start, not drawn where infinite.
    """
    layout = base_layout(380)
    layout |= {"margin": {"l": LEFT + 10, "r": 14, "t": 76, "b": 44}, **LEGEND}
    layout["legend"] = {**LEGEND["legend"], "y": 1.09}
    layout["xaxis"] = axis(
        "learning rate", type="log", zeroline=False, exponentformat="power", range=[-4.05, 1.05]
    )
    lowest = losses_from(sweep)
    shown = np.clip(sweep.losses, lowest, ROOF)
    if lowest < 0:
        shown = height_of(shown)
        low, high = height_of(np.array([lowest, ROOF])).tolist()
        ends = y_range = [low - 0.4, high + 0.4]
        layout["yaxis"] = axis(
            _what(sweep),
            tickvals=height_of(np.array(TICKS)).tolist(),
            ticktext=[short(loss).replace("-", "\N{MINUS SIGN}", 1) for loss in TICKS],
            range=y_range,
        )
    else:
        y_range = [float(np.log10(FLOOR)) - 0.6, float(np.log10(ROOF)) + 0.6]
        ends = [10.0**end for end in y_range]
        layout["yaxis"] = axis(
            _what(sweep), type="log", zeroline=False, exponentformat="power", range=y_range
        )
    data = []
    for name, together in outcome_marks().items():
        chosen = np.isin(sweep.verdicts, [verdict.key for verdict in together])
        if not chosen.any():
            continue
        losses = sweep.losses[chosen]
        data.append(
            {
                "type": "scatter",
                "mode": "markers",
                "name": name,
                "x": sweep.rates[chosen].tolist(),
                "y": shown[chosen].tolist(),
                "marker": {
                    "symbol": together[0].mark,
                    "size": 7,
                    "color": OUTCOMES.get(together[0].key, LINE),
                },
                "customdata": [
                    f"rate {short(r)}: {'left the floats' if np.isinf(x) else 'loss ' + short(x)}"
                    for r, x in zip(sweep.rates[chosen], losses, strict=True)
                ],
                "hovertemplate": "%{customdata}",
            }
        )
    marks = [(rate, "this run", "solid")]
    if np.isfinite(limit):
        marks.append((limit, "2/λ at the start", "dash"))
    for x, text, dash in marks:
        # Each text stands away from the other line, and inside the chart.
        left = x > 3 or (x > 1e-3 and x == min(mark[0] for mark in marks))
        if 1e-4 <= x <= 10:
            side = "top left" if left else "top right"
            data.append(standing(text, x, ends, dash, text, side))
    return figure(data, layout)


def describe_sweep(sweep: RateSweep, rate: float, limit: float) -> str:
    """Say in words what `sweep_chart` shows."""
    said = []
    for name, together in outcome_marks().items():
        keys = [verdict.key for verdict in together]
        chosen = np.flatnonzero(np.isin(sweep.verdicts, keys))
        if len(chosen):
            low, high = sweep.rates[chosen[0]], sweep.rates[chosen[-1]]
            said.append(f"{len(chosen)} {name}, from {short(low)} to {short(high)}")
    best = sweep.best()
    loss, at = float(sweep.losses[best]), float(sweep.rates[best])
    lowest = (
        f"Lowest{lowest_of(sweep)} {short(loss)} at {short(at)}"
        if np.isfinite(loss)
        else "Every run left the floats"
    )
    return (
        f"{_what(sweep).capitalize()} for {len(sweep.rates)} learning rates: {'; '.join(said)}. "
        f"{lowest}. This run: {short(rate)}"
    )


def _what(sweep: RateSweep) -> str:
    return f"loss after {sweep.steps} {'step' if sweep.steps == 1 else 'steps'}"


def limit_chart(limits: Array, rate: float) -> PlainFigure:
    """Return the stable learning rate at every step of the run, and the rate it is run with."""
    layout = base_layout(260)
    layout |= {"margin": {"l": LEFT + 10, "r": 12, "t": 34, "b": 44}, **LEGEND}
    last = len(limits) - 1
    ends = [-0.02 * last - 0.2, 1.02 * last + 0.2]
    layout["xaxis"] = axis("step", zeroline=False, range=ends)
    steps = list(range(len(limits)))
    drawn = [float(x) if np.isfinite(x) else None for x in limits]
    heights = np.log10([x for x in (*drawn, rate) if x])
    layout["yaxis"] = axis(
        "learning rate",
        type="log",
        zeroline=False,
        exponentformat="power",
        range=steady_range(float(heights.min()), float(heights.max())) if len(heights) else [-1, 1],
    )
    data = [
        {
            "type": "scatter",
            "mode": "lines+markers" if len(limits) <= 60 else "lines",
            "name": "stable limit 2/λ",
            "x": steps,
            "y": drawn,
            "connectgaps": len(drawn) > 2 and bool(np.isnan(limits).any()),
            "line": {"color": LINE, "width": 2.5, "dash": "dash"},
            "marker": {"size": 5},
            "customdata": [full(x) if np.isfinite(x) else "" for x in limits],
            "hovertemplate": "step %{x}: 2/λ = %{customdata}<extra></extra>",
        }
    ]
    if rate > 0:
        data.append(
            {
                "type": "scatter",
                "mode": "lines",
                "name": "this run's rate",
                "x": ends,
                "y": [rate, rate],
                "line": {"color": LINE, "width": 2},
                "hovertemplate": f"rate {short(rate)}<extra></extra>",
            }
        )
    return figure(data, layout)


def _limit(limit: float) -> str:
    """Return a limit in words: where nothing curves upward there is none."""
    if np.isnan(limit):
        return "unknown"
    return short(limit) if np.isfinite(limit) else "without a limit"


def describe_limits(limits: Array, rate: float) -> str:
    """Say in words what `limit_chart` shows."""
    # Of a large network the limit is known at some steps only.
    known = limits[~np.isnan(limits)]
    above = int((known < rate).sum())
    return (
        f"Stable learning rate along the run: {_limit(limits[0])} at the start, "
        f"{_limit(limits[-1])} at the end. The rate {short(rate)} is above it at {above} of "
        f"{len(known)} steps"
    )
