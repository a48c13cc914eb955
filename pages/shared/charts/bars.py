"""What all figures share: quiet axes, fixed heights, bars from a zero line."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, NamedTuple

from pages.shared.charts.axes import QUIET, base_layout, padded
from pages.shared.charts.figure import PlainFigure, PlotlyTrace, figure
from pages.shared.charts.palette import LINE, signed
from pages.shared.words.numbers import NOTHING, Numbers, printed

ROW = 25
LOW_ROW = 18
"""Height of one bar's row in pixels, and where many must fit under a picture."""
TITLE = 22
GAP = 7
"""Height of a group's title in pixels, and of the gap that stands for one."""
LABELS = 150
"""Width of the names and numbers beside the bars in pixels; more where the names are long."""
CHARACTER = 6.1
"""Width of an average character of a label in pixels, measured in Chromium."""
NOTE = 11
"""Characters of a number that stands beside another as a note."""
_QUANTITY = re.compile(
    r"(?<!\w)(?:d_loss_y|y_pred|y_true|d_?[xzabW]\d*|[zabW]\d+|x(?=\[))(?:\[\d+(?:, \d+)*\])?(?!\w)"
)
"""The name of a number in what a bar is called."""
STEPS = 8
"""An end of the axis lies at one of so many steps on each side of its zero line."""
MOST_ROWS = 60
"""Rows of a chart that is not asked for a single group."""


@dataclass(frozen=True)
class Bars:
    """A group of named values under one title. `colours` default to the sign's.

    `numbers` knows which values rounding alone made: such a bar has no length. `left_out` is a line
    below the bars that says what is not among them.
    """

    title: str
    names: Sequence[str]
    values: Sequence[float]
    colours: Sequence[str] | None = None
    bases: Sequence[float] | None = None
    notes: Sequence[str] | None = None
    numbers: Numbers = field(default_factory=Numbers)
    left_out: str = ""


def shortened(group: Bars, most: int) -> Bars:
    """Return the group with no more than its `most` largest bars, in their own order.

    A single bar is never left out: the line that says so would take its room.
    """
    if len(group.names) <= most + 1:
        return group
    sizes = [abs(float(value)) for value in group.values]
    by_size = sorted(range(len(sizes)), key=lambda i: (-sizes[i], i))
    kept = sorted(by_size[:most])

    def some(given: Sequence[Any] | None) -> list[Any] | None:
        return None if given is None else [given[i] for i in kept]

    return replace(
        group,
        names=some(group.names),
        values=some(group.values),
        colours=some(group.colours),
        bases=some(group.bases),
        notes=some(group.notes),
        left_out=f"and {len(sizes) - most} smaller",
    )


def all_shortened(groups: Sequence[Bars], rows: int = MOST_ROWS) -> list[Bars]:
    """Return the groups, each with as few bars as it takes for all to fit into so many rows."""
    lengths = [len(group.names) for group in groups]
    most = max(lengths, default=0)
    while most > 3 and sum(n if n <= most + 1 else most + 1 for n in lengths) > rows:
        most -= 1
    return [shortened(group, most) for group in groups]


def bars_figure(
    groups: Sequence[Bars], *, common_scale: bool = True, compact: bool = False
) -> PlainFigure:
    """Return the figure that `bars` describes."""
    return figure(*bars(groups, common_scale=common_scale, compact=compact))


def bars(
    groups: Sequence[Bars],
    *,
    common_scale: bool = True,
    compact: bool = False,
    beside: Sequence[float] = (),
) -> tuple[list[PlotlyTrace], dict[str, Any]]:
    """Return the traces and the layout of horizontal bars, group under group, from one zero line.

    On a common scale all lengths compare; otherwise each group is stretched to its own largest
    value, around the same zero line. Lengths are shares of that largest value, on one axis whose
    ends stand still while a number changes a little: an axis that is another in each frame costs
    the browser more than the bars. Compact figures have lower rows and, instead of the titles, a
    gap between their groups. Rows are placed in pixels.

    Parameters
    ----------
    beside : values of marks that are drawn beside the bars of a common scale, as shares too:
        `scale_of` says of what.
    """
    largest = [scale_of([group], beside) for group in groups]
    scales = [max(largest)] * len(groups) if common_scale else largest
    spans = [[end / s for end in span(g)] for g, s in zip(groups, scales, strict=True)]
    low = min(low for low, _ in [*spans, *((mark / scales[0], 0.0) for mark in beside)])
    high = max(high for _, high in [*spans, *((0.0, mark / scales[0]) for mark in beside)])
    ends = padded((math.floor(low * STEPS) / STEPS, math.ceil(high * STEPS) / STEPS))
    titles: list[float] = []
    places: list[list[float]] = []
    below: dict[float, str] = {}
    row, top = (LOW_ROW if compact else ROW), 0.0
    for group in groups:
        titles.append(top + TITLE / 2)
        top += GAP if compact else TITLE
        places.append([top + row * (i + 0.5) for i in range(len(group.names))])
        top += row * len(group.names)
        if group.left_out:
            below[top + row / 2] = group.left_out
            top += row
    rows = [place for group in places for place in group]
    data = (
        [_bar_trace(groups, rows, scales, row)]
        if common_scale
        else [
            _bar_trace([group], its_rows, [scale], row)
            for group, its_rows, scale in zip(groups, places, scales, strict=True)
        ]
    )
    layout = base_layout(int(top) + 8, label_width(groups))
    # No two share a row.
    layout["barmode"] = "overlay"
    layout["yaxis"] = {
        **QUIET,
        "range": [top, 0],
        "tickmode": "array",
        # Titles, names and numbers are all labels of this axis: as texts of their own they would
        # take the browser longer than the bars.
        "tickvals": [*([] if compact else titles), *rows, *below],
        "ticktext": [
            *(f"<b>{group.title}</b>" for group in groups if not compact),
            # Unbreakable spaces keep the number clear of the name.
            *(f"{bar.name}\u00a0\u00a0{bar.number}" for group in groups for bar in each_bar(group)),
            *below.values(),
        ],
        "ticks": "",
        "tickangle": 0,
        "ticklabelstandoff": 6,
    }
    named = [quantities_in(bar.name) for group in groups for bar in each_bar(group)]
    titled = [quantities_in(group.title) for group in groups if not compact]
    layout["meta"] = {"ticks": [*titled, *named, *("" for _ in below)]}
    layout["xaxis"] = {
        **QUIET,
        "range": ends,
        "showticklabels": False,
        "zeroline": True,
        "zerolinecolor": LINE,
    }
    return data, layout


def scale_of(groups: Sequence[Bars], beside: Sequence[float] = ()) -> float:
    """Return the value that is drawn as a length of 1: the largest of these groups and marks."""
    ends = [end for group in groups for end in span(group)]
    return max(map(abs, [*ends, *beside])) or 1.0


def quantities_in(name: str) -> str:
    """Return the numbers that a bar stands for, one a line: of a product, its factors."""
    return "\n".join(_QUANTITY.findall(name))


def label_width(groups: Sequence[Bars]) -> int:
    """Return the room that the names and numbers of these bars need.

    By the longest name and a number of usual length: it stays as it is while a number changes.
    """
    longest = max((len(name) for group in groups for name in group.names), default=0)
    # A word such as "shut" comes and goes, in the room that shorter names leave; numbers stay.
    noted = any(len(note) > len("shut") for group in groups for note in group.notes or ())
    characters = longest + 2 + 8 + (NOTE if noted else 0)
    return max(LABELS, 10 * round((CHARACTER * characters + 12) / 10))


def _bar_trace(
    groups: Sequence[Bars], places: list[float], scales: Sequence[float], row: float
) -> PlotlyTrace:
    drawn = [(bar, s) for group, s in zip(groups, scales, strict=True) for bar in each_bar(group)]
    return {
        "type": "bar",
        "orientation": "h",
        "y": places,
        "x": [bar.value / scale for bar, scale in drawn],
        "base": [bar.base / scale for bar, scale in drawn],
        "width": 0.7 * row,
        "marker": {"color": [bar.colour for bar, _ in drawn]},
        "customdata": [bar.said for bar, _ in drawn],
        "meta": {"faces": [quantities_in(bar.name) for bar, _ in drawn]},
        "hovertemplate": "%{customdata}<extra></extra>",
    }


class Bar(NamedTuple):
    """One bar, with everything that is written about it."""

    name: str
    value: float
    base: float
    colour: str
    number: str
    """The value as it is written beside the bar."""
    said: str
    """The name and all digits, for the pointer."""


def each_bar(group: Bars) -> Iterator[Bar]:
    """Return the bars of a group one by one."""
    for i, (name, value) in enumerate(zip(group.names, group.values, strict=True)):
        # A gradient shows its sign; a value does so only below zero. No zero is negative.
        value = float(value) + 0.0
        said = group.numbers.said(name, value)
        text = group.numbers.text(value) if group.colours else group.numbers.signed(value)
        if text == NOTHING:
            value = 0.0
        note = f"  {group.notes[i]}" if group.notes and group.notes[i] else ""
        yield Bar(
            name,
            value,
            float(group.bases[i]) if group.bases else 0.0,
            group.colours[i] if group.colours else signed(value),
            f"{printed(text)}{note}",
            said,
        )


def span(group: Bars) -> tuple[float, float]:
    """Return the lowest and highest end of a group's bars, zero included."""
    bases = group.bases or [0.0] * len(group.values)
    drawn = [0.0 if group.numbers.is_nothing(value) else value for value in group.values]
    ends = [base + value for base, value in zip(bases, drawn, strict=True)]
    every = [0.0, *bases, *ends]
    return min(every), max(every)
