"""Figures as they are sent: plain dictionaries with packed arrays."""

from __future__ import annotations

import base64
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import plotly.graph_objects as go

PlotlyTrace = dict[str, Any]


class PlainFigure(go.Figure):
    """A figure that stays the plain dictionaries it was made of.

    Plotly's own takes them apart, checks every name and value, and copies everything each time it
    is compared or sent: most of what a changed number cost the server. The check is left to the
    tests, which run it on the figures of every page. Nor is Streamlit's template sent along, 6 kB
    of colours with every chart: ours bring their own.
    """

    def __init__(self, data: Sequence[PlotlyTrace], layout: Mapping[str, Any]) -> None:
        # Not super().__init__: that is the taking apart.
        self._plain = {
            "data": [_packed(trace) for trace in data],
            # Streamlit's script writes the theme's fonts and lines into this.
            "layout": {**layout, "template": {"layout": {}}},
        }

    def to_dict(self) -> dict[str, Any]:
        """Return the dictionaries; not to be changed."""
        return self._plain

    @property
    def plain_height(self) -> int | None:
        """The height in pixels, where the layout says one."""
        height: int | None = self._plain["layout"].get("height")
        return height

    def __eq__(self, other: object) -> bool:
        return isinstance(other, PlainFigure) and self._plain == other._plain

    __hash__ = None


def _packed(value: Any) -> Any:
    """Return a trace with its arrays as Plotly.js reads them fastest: bytes, a type, a shape."""
    if isinstance(value, dict):
        return {name: _packed(entry) for name, entry in value.items()}
    if isinstance(value, np.ndarray):
        if value.dtype.kind not in "iuf":
            return value.tolist()
        packed = {
            "dtype": "f8",
            "bdata": base64.b64encode(np.ascontiguousarray(value, "<f8")).decode("ascii"),
        }
        return packed if value.ndim == 1 else {**packed, "shape": ", ".join(map(str, value.shape))}
    return value


def figure(data: Sequence[PlotlyTrace], layout: Mapping[str, Any]) -> PlainFigure:
    """Return a figure from plain dictionaries."""
    return PlainFigure(data, layout)
