"""Figures of the loss: its curve over one output, and what each output gives to it."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from blame import BackwardPass
from blame.arrays import Array
from blame.probe.trace.parts import loss_parts
from pages.shared.charts.axes import LEFT, axis, base_layout, steady, steady_range
from pages.shared.charts.bars import Bars, bars_figure
from pages.shared.charts.figure import PlainFigure, PlotlyTrace, figure
from pages.shared.charts.named import Sample
from pages.shared.charts.palette import ACTIVATION, LINE, signed
from pages.shared.words.numbers import Numbers, full, percent

POINTS = 81
NEAR_END = 0.01
"""How near the curve of a cross-entropy comes to 0 and 1, where it has no end."""


class _Output(NamedTuple):
    """One entry of the prediction, and the loss over it with all others as they are."""

    name: str
    prediction: float
    target: float | None
    slope: float
    slope_name: str
    along: Array
    values: Array
    lowest: float | None
    """The loss at the target, if it is the lowest point of the curve."""
    alone: bool
    """Whether it is the only entry."""


def loss_chart(passes: BackwardPass, sample: int = 0, output: int = 0) -> PlainFigure:
    """Return the loss as a curve over one output, today's point and its tangent, d_loss_y."""
    found, loss = _output(passes, sample, output), float(passes.loss)
    numbers = Numbers().of(passes)
    lowest = [] if found.lowest is None else [found.lowest]
    heights = [h for h in (*found.values.tolist(), loss, *lowest) if np.isfinite(h)]
    low, high = min(heights), max(heights)
    room = (high - low) or 1.0
    # Above today's point stands the slope.
    above = max(0.08, (loss - high) / room + 0.2) if np.isfinite(loss) else 0.08
    layout = base_layout(250)
    layout |= {
        "margin": {"l": LEFT, "r": 14, "t": 16, "b": 40},
        "xaxis": axis(found.name, zeroline=False, range=_shown(passes, found)),
        "yaxis": axis("loss", range=steady_range(low - 0.06 * room, high + above * room)),
    }
    data = [_line("loss", found.along, found.values, LINE, "solid")]
    if np.isfinite([found.slope, loss]).all():
        reach = (found.along[-1] - found.along[0]) / 4
        ends = np.array([found.prediction - reach, found.prediction + reach])
        tangent = loss + found.slope * (ends - found.prediction)
        hue = signed(0.0 if numbers.is_nothing(found.slope) else found.slope)
        data.append(_line(f"slope {found.slope_name}", ends, tangent, hue, "dash"))
    data.append(
        {
            "type": "scatter",
            "mode": "markers+text",
            "name": "today",
            "x": [found.prediction],
            "y": [loss if np.isfinite(loss) else None],
            "marker": {"size": 12, "color": ACTIVATION},
            "text": [f"slope {numbers.signed(found.slope)}"],
            "textposition": _beside(found),
            "customdata": [f"{found.name} = {full(found.prediction)}<br>loss = {full(loss)}"],
            "hovertemplate": "%{customdata}<extra></extra>",
        }
    )
    if found.lowest is not None and found.target is not None:
        target = found.name.replace("y_pred", "y_true")
        data.append(
            {
                "type": "scatter",
                "mode": "markers+text",
                "name": target,
                "x": [found.target],
                "y": [found.lowest],
                "marker": {"size": 11, "color": LINE, "symbol": "diamond"},
                "text": [target],
                "textposition": f"bottom {_side(passes, found)}",
                "hovertemplate": f"{target} = {full(found.target)}<extra></extra>",
                "cliponaxis": False,
            }
        )
    return figure(data, layout)


def _shown(passes: BackwardPass, found: _Output) -> list[float]:
    """Return the ends of the axis: those of the curve, or a little beyond what the loss takes."""
    low, high = passes.loss_function.domain
    if np.isfinite([low, high]).all():
        return [low - 0.04, high + 0.04]
    return [float(found.along[0]), float(found.along[-1])]


def _side(passes: BackwardPass, found: _Output) -> str:
    """Return on which side of the target its name stays inside the chart."""
    low, high = _shown(passes, found)
    share = ((found.target or 0.0) - low) / (high - low)
    return "right" if share < 0.2 else "left" if share > 0.8 else "center"


def _beside(found: _Output) -> str:
    """Return where today's text is clear of the curve: inside it, and inside the chart."""
    low, high = float(found.along[0]), float(found.along[-1])
    share = (found.prediction - low) / (high - low)
    left = found.slope > 0
    if share < 0.3:
        left = False
    elif share > 0.7:
        left = True
    return "top left" if left else "top right"


def describe_loss(passes: BackwardPass, sample: int = 0, output: int = 0) -> str:
    """Say in words what `loss_chart` shows."""
    found = _output(passes, sample, output)
    n = Numbers().of(passes)
    straight = passes.loss_function.name == "output"
    shape = (
        "Straight line" if straight else "Parabola" if passes.loss_function.quadratic else "Curve"
    )
    rest = "" if found.alone else ", all others as they are"
    lowest = ""
    if found.lowest is not None and found.target is not None:
        target = found.name.replace("y_pred", "y_true")
        lowest = f" with its lowest point at {target} {n.text(found.target)}"
    return (
        f"{shape} of the loss over {found.name}{rest}{lowest}; today {found.name} is "
        f"{n.text(found.prediction)}, the loss {n.text(float(passes.loss))} and the slope "
        f"{n.signed(found.slope)}"
    )


def outputs(passes: BackwardPass) -> list[str]:
    """Return what each output is called in a list."""
    return [f"output {j}" for j in range(passes.target.shape[-1])]


def first_output(passes: BackwardPass, sample: int = 0) -> int:
    """Return the output whose curve is shown first: of classes the right one, else the first."""
    if not passes.loss_function.name.startswith("cross_entropy"):
        return 0
    return int(np.argmax(passes.target[sample]))


def _output(passes: BackwardPass, sample: int, output: int) -> _Output:
    one, loss = Sample(passes, sample), passes.loss_function
    names, values = one.a(one.depth)
    targets, slopes = one.target(), one.upstream(one.depth)
    prediction, target = values[output], float(passes.target[sample, output])
    along = _along(loss.domain, prediction, target if targets else None)
    parts = loss_parts(passes)
    count = loss.shares(*parts.shape)
    rest = float(np.delete(parts.ravel(), sample * parts.shape[1] + output).sum())
    wanted = np.full((len(along) + 1, 1, 1), target)
    at = np.append(along, target)[:, None, None]
    with np.errstate(all="ignore"):
        curve = rest + loss.value(at, wanted) / count
    drawn = np.isfinite(curve[:-1])
    # A cross-entropy of shares is lowest at 1, wherever the target lies.
    shares = loss.name.startswith("cross_entropy")
    has_lowest = targets is not None and (target == 1 or not shares)
    return _Output(
        names[output],
        prediction,
        target if targets else None,
        slopes.values[output],
        slopes.names[output],
        along[drawn],
        curve[:-1][drawn],
        float(curve[-1]) if has_lowest else None,
        parts.size == 1,
    )


def _along(domain: tuple[float, float], prediction: float, target: float | None) -> Array:
    """Return the predictions of the curve: around the target, inside what the loss takes."""
    if np.isfinite(domain).all():
        low, high = domain
        inner = np.linspace(low + NEAR_END, high - NEAR_END, POINTS)
        # A guess closer to an end than the curve is on it all the same.
        near = min(max(prediction - low, 0.0), max(high - prediction, 0.0), NEAR_END)
        ends = np.geomspace(max(near, 1e-300), NEAR_END, 24)[:-1] if near < NEAR_END else []
        return np.unique(
            np.concatenate([low + np.asarray(ends), inner, high - np.asarray(ends)])
        ).clip(low, high)
    # Without a target the guess is near the middle, which stands still while that moves a little.
    middle = float(np.round(prediction)) if target is None else target
    reach = 1.0 if target is None else steady(abs(prediction - target), 0.8)
    return np.linspace(middle - reach, middle + reach, POINTS)


def shares_chart(passes: BackwardPass, sample: int = 0) -> PlainFigure:
    """Return the error of each output and its share of the loss; each sample's too, if several."""
    return bars_figure(_shares(passes, sample), common_scale=False)


def describe_shares(passes: BackwardPass, sample: int = 0) -> str:
    """Say in words what `shares_chart` shows."""
    return "; ".join(
        f"{group.title}: "
        + ", ".join(
            f"{name} {group.numbers.text(value)}"
            + (f" ({note})" if group.notes and (note := group.notes[i]) else "")
            for i, (name, value) in enumerate(zip(group.names, group.values, strict=True))
        )
        for group in _shares(passes, sample)
    )


def _shares(passes: BackwardPass, sample: int) -> list[Bars]:
    one, parts, numbers = Sample(passes, sample), loss_parts(passes), Numbers().of(passes)
    names, values = one.a(one.depth)
    groups = []
    if target := one.target():
        errors = [y - t for y, t in zip(values, target.values, strict=True)]
        groups.append(Bars("error, y_pred \u2212 y_true", names, errors, numbers=numbers))
    groups.append(_share_bars("part of the loss", names, parts[sample], passes, numbers))
    if one.many:
        rows = [f"sample {s}" for s in range(len(parts))]
        title = "part of the loss by sample"
        groups.append(_share_bars(title, rows, parts.sum(1), passes, numbers))
    return groups


def _share_bars(
    title: str, names: list[str], parts: Array, passes: BackwardPass, numbers: Numbers
) -> Bars:
    loss = float(passes.loss)
    # Of parts of both signs there are no shares.
    notes = (
        [percent(part / loss) for part in parts.tolist()]
        if loss > 0 and np.isfinite(loss) and (parts >= 0).all()
        else None
    )
    colours = [ACTIVATION] * len(names)
    return Bars(title, names, parts.tolist(), colours=colours, notes=notes, numbers=numbers)


def _line(name: str, x: Array, y: Array, colour: str, dash: str) -> PlotlyTrace:
    return {
        "type": "scatter",
        "mode": "lines",
        "name": name,
        "x": x.tolist(),
        "y": y.tolist(),
        "line": {"color": colour, "width": 2.5, "dash": dash},
        "hoverinfo": "name",
    }
