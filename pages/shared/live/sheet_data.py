"""What the sheet shows: the numbers of an exercise as the matrices they are. Knows no Streamlit.

Made from the widths of the layers alone, so that it holds for a network of any shape.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Any

from blame.exercise.example import BOUNDS, Example

Part = dict[str, Any]
STEPS: Mapping[str, float] = {"learning_rate": 0.01, "steps": 1}
STEP = 0.1
"""What an arrow key adds."""
RATES = ("learning_rate", "steps")


def sheet_parts(widths: Sequence[int]) -> list[Part]:
    """Return the matrices of a network whose layers have these widths, the input's first.

    Each has its `title`, its `layer` (0 for what belongs to none), and its `rows` of cells; a cell
    has the `name` it has in links and the `label` it is spoken by.
    """
    meaning = "the input" if widths[0] > 1 else "input"
    parts = [_part("x", meaning, 0, [_row("x", widths[0], "input {}")])]
    for layer, (n_in, n_out) in enumerate(pairwise(widths), start=1):
        goes = _neuron(layer, widths)
        comes = _neuron(layer - 1, widths)
        weights = [
            [
                _cell(
                    f"W{layer}_{i}_{j}",
                    f"W{layer}[{i}, {j}]",
                    f"weight from {comes.format(i)} to {goes.format(j)}",
                )
                for j in range(n_out)
            ]
            for i in range(n_in)
        ]
        row = "input" if layer == 1 else "neuron"
        meaning = f"row: {row}, column: neuron" if n_out > 1 else f"row: {row}"
        parts.append(_part(f"W{layer}", meaning, layer, weights))
        meaning = "one bias a neuron" if n_out > 1 else "bias"
        spoken = f"bias of {goes}"
        parts.append(_part(f"b{layer}", meaning, layer, [_row(f"b{layer}", n_out, spoken)]))
    if widths[-1] == 1:
        target = [_cell("y_true", "y_true", "target")]
    else:
        target = _row("y_true", widths[-1], "target {}")
    parts.append(_part("y_true", "target", 0, [target]))
    return parts


def rate_parts() -> list[Part]:
    """Return what is no matrix: the learning rate and the steps."""
    return [
        _part(name, "", 0, [[_cell(name, spoken, "")]], title=spoken)
        for name, spoken in zip(RATES, ("learning rate", "steps"), strict=True)
    ]


def lesson_parts(example: Example) -> list[Part]:
    """Return everything that a reader can change in a lesson's exercise."""
    network = example.network
    return [*sheet_parts([network.layers[0].n_in, *(layer.n_out for layer in network.layers)]),
            *rate_parts()]  # fmt: skip


def order_of(parts: Sequence[Part]) -> list[str]:
    """Return the names of the cells in the order in which several numbers fill them."""
    return [cell["name"] for part in parts for row in part["rows"] for cell in row]


def written(value: float) -> str:
    """Return a number with all its digits, as a hand types it."""
    return repr(value).removesuffix(".0")


def _neuron(layer: int, widths: Sequence[int]) -> str:
    """Return how a unit is spoken of, with a place for its index."""
    last = len(widths) - 1
    if layer == 0:
        return "x[{}]"
    if layer == last:
        return "y_pred" if widths[-1] == 1 else "y_pred[{}]"
    return "neuron {}" if last == 2 else f"neuron {{}} of layer {layer}"


def _row(symbol: str, width: int, spoken: str) -> list[dict[str, Any]]:
    return [_cell(f"{symbol}_{k}", f"{symbol}[{k}]", spoken.format(k)) for k in range(width)]


def _cell(name: str, symbol: str, meaning: str) -> dict[str, Any]:
    low, high = BOUNDS.get(name, BOUNDS["x_0"])
    return {
        "name": name,
        "label": f"{symbol}, {meaning}" if meaning else symbol,
        "low": low,
        "high": high,
        "step": STEPS.get(name, STEP),
        "whole": name == "steps",
    }


def _part(
    key: str, meaning: str, layer: int, rows: list[list[dict[str, Any]]], *, title: str = ""
) -> Part:
    rates = key in RATES
    return {
        "key": key,
        "title": title or key,
        "meaning": meaning,
        "layer": layer,
        "rates": rates,
        "rows": rows,
    }
