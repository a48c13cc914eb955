"""Figures of a nudge: the loss and its tangent, the gap as the nudge shrinks, every number's."""

from __future__ import annotations

from collections.abc import Sequence
from math import isfinite

import numpy as np

from blame.arrays import Array
from blame.probe.what_if import NudgeCurve, shrinking
from pages.shared.charts.axes import (
    LEFT,
    LEGEND,
    axis,
    base_layout,
    steady,
    steady_range,
    upright,
    why_empty,
)
from pages.shared.charts.bars import Bars, bars, scale_of
from pages.shared.charts.figure import PlainFigure, PlotlyTrace, figure
from pages.shared.charts.labels import spread
from pages.shared.charts.palette import ACTIVATION, LINE, NEURONS, signed
from pages.shared.words.numbers import full, short

GAP = NEURONS[1]
POINTS = 241
"""Nudges of a curve: an odd number, so that one of them is 0."""
NO_GAP = "none is larger than rounding may make it:<br>promise and truth agree at all these nudges"
NO_LOSS = "none can be told:<br>at all these nudges the loss leaves the floats"
MOST_BARS = 40
"""Numbers whose nudge is shown."""


def curve_nudges(nudge: float) -> tuple[float, ...]:
    """Return the nudges that `nudge_chart` shows: both ways, and beyond the chosen one."""
    reach = steady(abs(nudge), 0.5)
    return tuple(np.linspace(-reach, reach, POINTS).tolist())


def gap_nudges(nudge: float) -> tuple[float, ...]:
    """Return the nudges that `gap_chart` shows: ever smaller ones, from the chosen one down."""
    return tuple(shrinking(nudge or 0.1).tolist())


def nudge_chart(curve: NudgeCurve, nudge: float, after: float) -> PlainFigure:
    """Return the true loss over one number, the tangent blame draws, and the gap at the nudge.

    Where the loss leaves the floats its line ends, and a nudge that leads there has no mark.

    Parameters
    ----------
    curve : the loss over a range of nudges.
    nudge : the chosen one.
    after : the true loss there.
    """
    promise = _promise(curve, nudge)
    here, there = curve.value, curve.value + nudge
    layout = base_layout(360)
    layout |= {
        "margin": {"l": LEFT, "r": 16, "t": 30, "b": 44},
        "xaxis": axis(
            curve.name,
            zeroline=False,
            range=[curve.value + float(curve.nudges[0]), curve.value + float(curve.nudges[-1])],
        ),
        "yaxis": axis("loss", range=steady_range(*_heights(curve, after, promise))),
        "shapes": [upright(curve.value + flip.at) for flip in curve.flips],
        "annotations": [
            {
                "x": label.at,
                "y": 1,
                "yref": "paper",
                "yanchor": "bottom",
                "text": label.text,
                "showarrow": False,
            }
            for label in spread(
                [flip.neuron for flip in curve.flips],
                [curve.value + flip.at for flip in curve.flips],
                (curve.value + float(curve.nudges[0]), curve.value + float(curve.nudges[-1])),
                most=3,
                after=" = 0",
            )
        ],
    }
    along = (curve.value + curve.nudges).tolist()
    # Off the curve, which rises to the side of the blame's sign.
    beside = "top left" if curve.slope >= 0 else "top right"
    data = [
        _line("true loss", along, list(map(_held, curve.losses.tolist())), LINE, "solid"),
        _line("promise of blame", along, curve.promises.tolist(), signed(curve.slope), "dash"),
        _line("gap", [there, there], [promise, _held(after)], GAP, "solid", 4),
        _point("today", here, curve.loss, ACTIVATION, "circle", "today", beside),
        _point("promised", there, promise, signed(curve.slope), "diamond-open", "", beside),
    ]
    if isfinite(after):
        data.append(_point("nudged", there, after, GAP, "square", "nudged", beside))
    return figure(data, layout)


def _promise(curve: NudgeCurve, nudge: float) -> float:
    return curve.loss + curve.slope * nudge


def _heights(curve: NudgeCurve, after: float, promise: float) -> tuple[float, float]:
    # A steep tangent may leave the picture; the curve and the chosen points may not.
    every = list(filter(isfinite, [*curve.losses.tolist(), curve.loss, after, promise]))
    return min(every), max(every)


def _held(loss: float) -> float | None:
    """Return what is drawn of a loss: nothing where it left the floats."""
    return loss if isfinite(loss) else None


def describe_nudge(curve: NudgeCurve, nudge: float, after: float) -> str:
    """Say in words what `nudge_chart` shows."""
    promise = _promise(curve, nudge)
    return (
        f"The loss over {curve.name} with its tangent of slope {short(curve.slope)}. Today "
        f"{short(curve.value)} with loss {short(curve.loss)}; nudged by {short(nudge)} the loss is "
        f"{short(after) if isfinite(after) else 'beyond the floats'}, blame promised "
        f"{short(promise)}"
        + "".join(f"; {flip.neuron} is 0 at {short(curve.value + flip.at)}" for flip in curve.flips)
    )


def gap_chart(curve: NudgeCurve) -> PlainFigure:
    """Return the gap between promise and truth over the size of the nudge, both on log scales.

    Two guides fall like the nudge and like its square from the largest gap. Where there is none
    that rounding cannot make, words say so.
    """
    sizes, gaps = _real_gaps(curve)
    layout = base_layout(300)
    layout |= {
        "margin": {"l": LEFT + 12, "r": 16, "t": 40, "b": 44},
        "xaxis": axis("size of the nudge", type="log", exponentformat="e", zeroline=False),
        "yaxis": axis("gap", type="log", exponentformat="e", zeroline=False),
        **LEGEND,
    }
    data: list[PlotlyTrace] = []
    if why := _no_gap(curve):
        every = np.log10(np.abs(curve.nudges))
        layout["xaxis"]["range"] = [float(every.min()), float(every.max())]
        layout["yaxis"] |= {"showticklabels": False, "range": [0, 1]}
        layout["showlegend"] = False
        layout["annotations"] = [why_empty(f"{why[0].upper()}{why[1:]}.")]
    else:
        top = int(np.argmax(gaps))
        every = np.abs(curve.nudges)
        heights = []
        for power, dash in ((1, "dot"), (2, "dash")):
            guide = gaps[top] * (every / sizes[top]) ** power
            name = "like the nudge" if power == 1 else "like its square"
            heights += guide.tolist()
            data.append(_line(name, every.tolist(), guide.tolist(), LINE, dash, 1.5))
        for side, values in (("xaxis", every), ("yaxis", np.array([*heights, *gaps]))):
            logs = np.log10(values[(values > 0) & np.isfinite(values)])
            layout[side]["range"] = steady_range(float(logs.min()), float(logs.max()))
    data.append(
        {
            "type": "scatter",
            "mode": "markers",
            "name": "gap",
            "x": sizes.tolist(),
            "y": gaps.tolist(),
            "marker": {"color": GAP, "size": 7},
            "hovertemplate": "nudge %{x:.3g}: gap %{y:.3g}<extra></extra>",
        }
    )
    return figure(data, layout)


def describe_gap(curve: NudgeCurve) -> str:
    """Say in words what `gap_chart` shows."""
    sizes, gaps = _real_gaps(curve)
    if why := _no_gap(curve):
        return f"Gap over the size of the nudge: {why.replace('<br>', ' ')}"
    ends = (f"{short(gaps[k])} at {short(sizes[k])}" for k in (0, -1))
    return f"Gap over the size of the nudge: {', '.join(ends)}"


def _no_gap(curve: NudgeCurve) -> str:
    """Return why there is no gap to draw, or nothing where there is one."""
    if len(_real_gaps(curve)[0]):
        return ""
    return NO_GAP if np.isfinite(curve.losses).any() else NO_LOSS


def _real_gaps(curve: NudgeCurve) -> tuple[Array, Array]:
    """Return the size of each nudge whose gap is more than rounding may make, and the gap."""
    real = (curve.gaps > curve.noise) & np.isfinite(curve.gaps)
    return np.abs(curve.nudges)[real], curve.gaps[real]


def all_chart(
    names: Sequence[str], truths: Sequence[float], promises: Sequence[float]
) -> PlainFigure:
    """Return what one nudge of each number does to the loss as bars, the promise as a mark.

    Of many numbers those are shown that do or promise most, and none that leaves the floats.
    """
    shown, left_out = _most(names, truths, promises)
    group = Bars("", [n for n, _, _ in shown], [t for _, t, _ in shown], left_out=left_out)
    marked = [promise for _, _, promise in shown]
    data, layout = bars([group], compact=True, beside=marked)
    scale = scale_of([group], marked)
    marks = {
        "type": "scatter",
        "mode": "markers",
        "x": [promise / scale for promise in marked],
        "y": data[0]["y"],
        "marker": {"symbol": "line-ns-open", "size": 13, "color": GAP, "line": {"width": 3}},
        "customdata": [f"{name}: blame promised {full(promise)}" for name, _, promise in shown],
        "hovertemplate": "%{customdata}<extra></extra>",
    }
    return figure([*data, marks], layout)


def describe_all(names: Sequence[str], truths: Sequence[float], promises: Sequence[float]) -> str:
    """Say in words what `all_chart` shows."""
    shown, left_out = _most(names, truths, promises)
    listed = [f"{name} {short(truth)}, promised {short(promise)}" for name, truth, promise in shown]
    return "Change of the loss, and the promise: " + "; ".join(
        [*listed, left_out] if left_out else listed
    )


def _most(
    names: Sequence[str], truths: Sequence[float], promises: Sequence[float]
) -> tuple[list[tuple[str, float, float]], str]:
    """Return name, truth and promise of what is shown, and a line for what is not."""
    whole = list(zip(names, truths, promises, strict=True))
    every = [each for each in whole if isfinite(each[1])]
    beyond = f"{len(whole) - len(every)} beyond floats" if len(every) < len(whole) else ""
    if len(every) <= MOST_BARS:
        return every, f"and {beyond}" if beyond else ""
    sizes = [max(abs(truth), abs(promise)) for _, truth, promise in every]
    kept = sorted(sorted(range(len(every)), key=lambda i: (-sizes[i], i))[:MOST_BARS])
    smaller = f"and {len(every) - MOST_BARS} smaller"
    return [every[i] for i in kept], f"{smaller}, {beyond}" if beyond else smaller


def _line(
    name: str, x: list[float], y: Sequence[float | None], colour: str, dash: str, width: float = 2.5
) -> PlotlyTrace:
    return {
        "type": "scatter",
        "mode": "lines",
        "name": name,
        "x": x,
        "y": list(y),
        "line": {"color": colour, "width": width, "dash": dash},
        "hoverinfo": "name",
    }


def _point(
    name: str, x: float, y: float, colour: str, symbol: str, text: str, beside: str
) -> PlotlyTrace:
    return {
        "type": "scatter",
        "mode": "markers+text",
        "name": name,
        "x": [x],
        "y": [y],
        "marker": {"size": 12, "color": colour, "symbol": symbol, "line": {"width": 2}},
        "text": [text],
        "textposition": beside,
        "cliponaxis": False,
        "hovertemplate": f"{name}: {full(x)}<br>loss {full(y)}<extra></extra>",
    }
