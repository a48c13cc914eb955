"""Figures as they are sent: plain dictionaries with packed arrays."""

from __future__ import annotations

import base64
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

PlotlyTrace = dict[str, Any]


@dataclass(frozen=True, eq=False)
class PlainFigure:
    """A figure as the plain dictionaries it is sent as.

    Plotly's own class takes them apart, checks every name and value, and copies everything each
    time it is compared or sent: most of what a changed number cost the server. The check is left
    to the tests, which run it on the figures of every page.
    """

    data: list[PlotlyTrace]
    layout: Mapping[str, Any]

    def to_dict(self) -> dict[str, Any]:
        """Return the dictionaries; not to be changed."""
        return {"data": self.data, "layout": self.layout}

    def __eq__(self, other: object) -> bool:
        return isinstance(other, PlainFigure) and self.to_dict() == other.to_dict()

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
    return PlainFigure([_packed(trace) for trace in data], dict(layout))
