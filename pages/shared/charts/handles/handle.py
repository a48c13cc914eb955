"""A handle: a place on a chart that moves a number, as it stands in the figure.

In the figure's `layout.meta`, which Plotly keeps and draws nothing of. The scripts in
`live/scripts/handles/` lay a slider over each one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass

from pages.shared.charts.figure import PlainFigure

STEP = 0.1
"""What an arrow key moves a number by, as in the picture of the network."""


@dataclass(frozen=True)
class Handle:
    """One place on a chart that a hand can take.

    Attributes
    ----------
    key : tells the handles of a chart apart.
    axis : the name of what it moves: a number of the exercise, or an axis of its own (state/axes).
    name, text : what is moved, and how it stands now, in words.
    value, low, high : of what is moved.
    x, y : where the handle is, in the units of the chart's axes; None for y halfway up.
    on : the chart's axes that x and y are of.
    along : which way it moves, "x" or "y".
    per : how far the place goes along that axis for 1 of the value; of a curve, its slope here.
    log : whether value and axis go by factors.
    step : what an arrow key moves it by; of a `log` handle, a share of a factor of ten.
    follows : whether the page can answer while it moves, where no film has come yet.
    knob : whether it is drawn as one, for there is no point below it.
    dark : whether it lies on what is light in the dark theme too.
    track : the ends of a line of its own below the chart, where the chart has no place for it.
    run : whether it goes along the steps of a run: its player takes it there (player/player.js).
    """

    key: str
    axis: str
    name: str
    text: str
    value: float
    low: float
    high: float
    x: float
    y: float | None
    on: tuple[str, str] = ("xaxis", "yaxis")
    along: str = "x"
    per: float = 1.0
    log: bool = False
    step: float = STEP
    follows: bool = True
    knob: bool = False
    dark: bool = False
    track: tuple[float, float] | None = None
    run: bool = False


def with_handles(drawn: PlainFigure, handles: Sequence[Handle]) -> PlainFigure:
    """Return a figure with handles; as it is where there are none."""
    if not handles:
        return drawn
    told = [
        {**asdict(handle), "on": list(handle.on), "track": handle.track and list(handle.track)}
        for handle in handles
    ]
    return PlainFigure(drawn.data, {**drawn.layout, "meta": {"handles": told}})


def has_handles(drawn: PlainFigure) -> bool:
    """Return whether a figure has any."""
    return bool(drawn.layout.get("meta", {}).get("handles"))
