"""The handle of a nudge: the nudged point goes along the curve of the true loss."""

from __future__ import annotations

from math import isfinite

from blame.probe.every_nudge import Nudged
from pages.shared.charts.handles.handle import Handle
from pages.shared.words.numbers import Numbers


def nudge_handle(
    found: Nudged, axis: str, bounds: tuple[float, float], step: float, numbers: Numbers
) -> Handle:
    """Return the handle on the nudged point.

    Parameters
    ----------
    axis, bounds, step : of the nudge, as whoever keeps it calls it and lets it be.
    """
    curve, n = found.curve, numbers
    # Where the loss leaves the floats the handle has no height of its own.
    held = isfinite(found.after)
    loss = n.text(found.after) if held else "beyond the floats"
    return Handle(
        "nudged",
        axis,
        f"The nudge of {curve.name}",
        f"nudge {n.signed(found.nudge)}, loss {loss}",
        found.nudge,
        *bounds,
        curve.value + found.nudge,
        found.after if held else None,
        step=step,
        follows=False,
    )
