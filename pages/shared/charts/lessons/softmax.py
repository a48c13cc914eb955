"""The figure of a softmax: the exponentials of a layer, their sum, and the share of each."""

from __future__ import annotations

import math

from blame import BackwardPass
from blame.refusals import refuse_unless
from pages.shared.charts.bars import Bars, bars_figure
from pages.shared.charts.figure import PlainFigure
from pages.shared.charts.named import Sample
from pages.shared.charts.palette import ACTIVATION, LINE
from pages.shared.words.numbers import Numbers, percent, short

LARGE = 20.0
"""Beyond this size of z its exponential is taken from the largest z on: the shares are the same."""


def softmax_chart(passes: BackwardPass, sample: int = 0) -> PlainFigure:
    """Return the exponential of each z of the last layer, their sum, and each one's share of it."""
    return bars_figure(_groups(passes, sample), common_scale=False)


def describe_softmax(passes: BackwardPass, sample: int = 0) -> str:
    """Say in words what `softmax_chart` shows."""
    return "; ".join(
        f"{group.title}: "
        + ", ".join(
            f"{name} {group.numbers.text(value)}"
            for name, value in zip(group.names, group.values, strict=True)
        )
        for group in _groups(passes, sample)
    )


def _groups(passes: BackwardPass, sample: int) -> list[Bars]:
    refuse_unless(
        "the chart of exponentials and shares",
        passes,
        samples=None,
        last=("softmax",),
        instead="draw the curve of the activation",
    )
    one, numbers = Sample(passes, sample), Numbers().of(passes)
    z, shares = one.z(one.depth), one.a(one.depth)
    top = max(z.values)
    off = top if max(map(abs, z.values)) > LARGE else 0.0
    each = [math.exp(value - off) for value in z.values]
    from_top = f" \u2212 {short(off)}" if off > 0 else f" + {short(-off)}" if off else ""
    names = [f"exp({name}{from_top})" for name in z.names]
    return [
        Bars(
            "exponentials and their sum",
            [*names, "sum"],
            [*each, math.fsum(each)],
            colours=[LINE] * len(each) + [ACTIVATION],
            numbers=numbers,
        ),
        Bars(
            "shares of the sum",
            shares.names,
            shares.values,
            colours=[ACTIVATION] * len(each),
            notes=[percent(share) for share in shares.values],
            numbers=numbers,
        ),
    ]
