"""Samples dragged on the map: a press near one is heard before the chart hears of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from math import isfinite
from pathlib import Path
from typing import Any

import streamlit as st

_SCRIPT = Path(__file__).with_name("drag.js")
_COMPONENT = st.components.v2.component("blame_drag", js=_SCRIPT.read_text(encoding="utf-8"))
_KEY = "blame_drag"
LARGEST = 1e6
"""No place of a sample is as far out."""

Dropped = Callable[[int, tuple[float, float] | None], None]


def drag_on_map(places: Sequence[Sequence[float]], picked: int | None, dropped: Dropped) -> None:
    """Let a hand drag samples on the map.

    Parameters
    ----------
    places : of each sample, across and up.
    picked : the sample that a click has picked, if one has: the next one says where it goes.
    dropped : told which sample was let go and where; no place where it was only clicked.
    """

    def heard() -> None:
        said = getattr(st.session_state.get(_KEY), "dropped", None)
        if isinstance(said, Mapping):
            _tell(said, len(places), dropped)

    # In a list: Streamlit looks for data frames in a dictionary, and imports pandas to do so.
    data = [{"places": [list(place) for place in places], "picked": picked}]
    _COMPONENT(data=data, key=_KEY, on_dropped_change=heard)


def _tell(said: Mapping[str, Any], count: int, dropped: Dropped) -> None:
    row, place = said.get("row"), (said.get("x"), said.get("y"))
    if not isinstance(row, int) or isinstance(row, bool) or not 0 <= row < count:
        return
    if place == (None, None):
        dropped(row, None)
        return
    x, y = (float(v) if isinstance(v, int | float) and isfinite(v) else LARGEST for v in place)
    if max(abs(x), abs(y)) < LARGEST:
        dropped(row, (x, y))
