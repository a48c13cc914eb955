"""Read a figure as the browser will, and numbers out of the words beside it."""

from __future__ import annotations

import base64
import re
from typing import Any

import numpy as np
import plotly.graph_objects as go

NUMBER = re.compile(r"(?<![\w\[.])-?\d+(?:\.\d+)?(?:e-?\d+)?(?![\w\]])|(?<!\w)-?inf")
"""A number that stands alone: not the index in W1[0, 1]."""


def read(figure: Any) -> tuple[list[dict[str, Any]], dict[str, Any]]:
    """Return the traces and the layout of a figure, with packed arrays as lists.

    The lengths of bars are shares of the largest: they are turned back into the numbers that the
    pointer is told.
    """
    data, layout = as_sent(figure)
    return list(map(in_numbers, data)), layout


def as_sent(figure: Any) -> tuple[list[dict[str, Any]], dict[str, Any]]:
    """Return the traces and the layout of a figure as they are, with packed arrays as lists."""
    sent = figure.to_dict()
    return _plain(sent["data"]), _plain(sent["layout"])


def in_numbers(trace: dict[str, Any]) -> dict[str, Any]:
    """Return bars in the numbers that their lengths are shares of; any other trace as it is."""
    if "base" not in trace or not any(trace["x"]):
        return trace
    longest = max(range(len(trace["x"])), key=lambda i: abs(trace["x"][i]))
    scale = float(trace["customdata"][longest].rpartition(" = ")[2]) / trace["x"][longest]
    return {
        **trace,
        "x": [x * scale for x in trace["x"]],
        "base": [base * scale for base in trace["base"]],
    }


def check(*figures: Any) -> None:
    """Fail unless Plotly itself knows every name in these figures and takes every value."""
    for figure in figures:
        data, layout = as_sent(figure)
        go.Figure(data=data, layout=layout)


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        if "bdata" in value:
            flat = np.frombuffer(base64.b64decode(value["bdata"]), value["dtype"])
            shape = value.get("shape", str(len(flat)))
            return flat.reshape([int(n) for n in shape.split(",")]).tolist()
        return {key: _plain(entry) for key, entry in value.items()}
    return [_plain(entry) for entry in value] if isinstance(value, list | tuple) else value


def named(data: list[dict[str, Any]], name: str, **where: Any) -> dict[str, Any]:
    """Return the one trace of this name, on these axes."""
    found = [
        trace
        for trace in data
        if trace.get("name") == name and all(trace.get(k) == v for k, v in where.items())
    ]
    assert len(found) == 1, f"{len(found)} traces called {name} {where}"
    return found[0]


def bars_by_name(trace: dict[str, Any]) -> dict[str, float]:
    """Return the bars of a horizontal trace by the name their pointer text gives."""
    return {
        said.rpartition(" = ")[0]: value
        for said, value in zip(trace["customdata"], trace["x"], strict=True)
    }


def same(drawn: Any, true: Any, rel: float = 1e-12, tiny: float = 1e-14) -> bool:
    """Whether two lists, of lists too, hold the same numbers and the same gaps."""
    if isinstance(true, list | tuple | np.ndarray):
        return len(drawn) == len(true) and all(
            same(a, b, rel, tiny) for a, b in zip(drawn, true, strict=True)
        )
    if drawn is None or true is None:
        return drawn is None and true is None
    return abs(drawn - true) <= tiny + rel * abs(true) or drawn == true


def near(written: float, true: float) -> bool:
    """Whether a number written with four digits stands for this one; a rounding bit may be 0."""
    return same(written, true, 6e-4, 1e-12)


NOTHING = "\N{ALMOST EQUAL TO}0"


def stands_for(written: str, true: float, paper: Any) -> bool:
    """Whether a text stands for a number of the floats that on paper is `paper`.

    What rounding alone made, 0 on paper but not in floats, is a 0 with its mark and nothing else;
    whatever else there is has four digits of its own and no mark.
    """
    if paper == 0 != true:
        return written == NOTHING
    return written != NOTHING and same(float(written), true, 6e-4, 0.0)


def as_drawn(true: Any, paper: Any) -> Any:
    """Return numbers by name as they are drawn: what rounding alone made is nothing."""
    return {name: 0.0 if paper[name] == 0 else value for name, value in true.items()}


def rounding_said(trace: dict[str, Any]) -> set[str]:
    """Return the names of the bars whose pointer text tells of rounding."""
    told = [said for said in trace["customdata"] if said.endswith(" = 0 but for rounding")]
    return {said.rpartition(" = ")[0] for said in told}


def made_by_rounding(true: Any, paper: Any) -> set[str]:
    """Return the names of numbers that are 0 on paper though not in floats."""
    return {name for name, value in true.items() if paper[name] == 0 != value}


def numbers(words: str) -> list[float]:
    """Return every number of a text that stands alone."""
    return [float(text) for text in NUMBER.findall(words)]


def holds(axis: dict[str, Any], *values: float, turned: bool = False) -> bool:
    """Whether the range of an axis, linear or log, shows all of these, from low to high."""
    low, high = reversed(axis["range"]) if turned else axis["range"]
    at = np.log10(values) if axis.get("type") == "log" else np.asarray(values)
    return bool((low <= at).all() and (at <= high).all())


def fits(axis: dict[str, Any], *values: float) -> bool:
    """Whether the range of a linear axis shows all of these and is no more than twice as wide."""
    low, high = axis["range"]
    return holds(axis, *values) and high - low <= 2 * (max(values) - min(values))
