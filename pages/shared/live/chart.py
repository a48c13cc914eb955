"""A chart that stays: mounted once, it answers a changed figure in its place.

Streamlit's own mounts a changed figure anew and draws it twice. This one draws with the Plotly that
Streamlit brings; where that does not come, Streamlit's own shows the same figure.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import Any

import streamlit as st
from streamlit import file_util

from pages.shared.charts.figure import PlainFigure
from pages.shared.charts.handles.handle import has_handles
from pages.shared.live import hand
from pages.shared.live.mounted import part
from pages.shared.state.settings import MISSING

_SCRIPTS = Path(__file__).with_name("scripts")
_BROUGHT = sorted((Path(file_util.get_static_dir()) / "static" / "js").glob("PlotlyChart.*.js"))
_DRAWS = ("look", "plotly", "swipe", "alike", "redraw")
CHART = part(
    "blame_chart",
    [
        *(_SCRIPTS / f"{name}.js" for name in ("steps", "sending", "printed")),
        *(_SCRIPTS / "chart" / f"{name}.js" for name in _DRAWS),
        *(_SCRIPTS / "handles" / f"{name}.js" for name in ("grid", "place", "send", "move")),
        _SCRIPTS / "chart" / "chart.js",
    ],
    _SCRIPTS / "chart" / "chart.css",
    isolated=False,
    # The script of Streamlit's own chart, which holds Plotly.
    given={"PLOTLY": _BROUGHT[0].name if _BROUGHT else None},
)

OnPoint = Callable[[Mapping[str, Any]], None]


def chart(figure: PlainFigure, alt: str, key: str, on_point: OnPoint | None = None) -> None:
    """Show a figure.

    Parameters
    ----------
    figure : as a function of `charts` returns it; a hand may move what has a handle in it.
    alt : what it shows in words, for readers who cannot see it.
    key : names the chart; the same key is the same chart, and the name of its file when saved.
    on_point : told x and y of a point that a reader clicks; for callbacks only.
    """
    place = f"chart_{key}"
    if st.session_state.get(MISSING):
        _native(figure, alt, place, on_point)
        return

    def clicked(said: Any) -> None:
        if on_point and isinstance(said, Mapping):
            on_point(said)

    told = {"figure": figure.to_dict(), "alt": alt, "file": key, "clicks": on_point is not None}
    heard = {"point": clicked, "missing": _go_native}
    if has_handles(figure):
        told["seen"] = hand.seen(place)
        heard["moved"] = partial(hand.hear, place)
    CHART.draw(told, place, **heard)


def _go_native(_said: Any) -> None:
    st.session_state[MISSING] = True
    st.rerun("app")


def _native(figure: PlainFigure, alt: str, key: str, on_point: OnPoint | None) -> None:
    config = {"displaylogo": False, "modeBarButtons": [["toImage"]]}
    key = f"{key}_native"
    if on_point is None:
        st.plotly_chart(figure.to_dict(), key=key, alt=alt, config=config)
        return

    def selected() -> None:
        points = st.session_state[key].selection.points
        if points:
            on_point(points[0])

    st.plotly_chart(
        figure.to_dict(),
        key=key,
        alt=alt,
        config=config,
        on_select=selected,
        selection_mode="points",
    )
