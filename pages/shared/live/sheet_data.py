"""What the sheet shows: the numbers of an exercise as the matrices they are. Knows no Streamlit."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from blame.exercise.exercise import Exercise
from blame.exercise.names import SETTINGS, array_of, entry_name, title_of

Part = dict[str, Any]
STEPS: Mapping[str, float] = {
    "learning_rate": 0.01,
    "steps": 1,
    "momentum": 0.05,
    "weight_decay": 0.001,
}
STEP = 0.1
"""What an arrow key adds."""
RATES = SETTINGS
"""What is no matrix."""
_ALWAYS = ("learning_rate", "steps")


def sheet_parts(exercise: Exercise) -> list[Part]:
    """Return the matrices of an exercise.

    Each has its `title`, its `layer` (0 for what belongs to none), and its `rows` of cells; a cell
    has its `name` and the `label` it is spoken by.
    """
    samples, sizes = exercise.n_samples, exercise.sizes
    meaning = "input" if sizes[0] == 1 else "the input"
    inputs = _grid(exercise, "x", samples, sizes[0], "input {}")
    parts = [_part("x", _by_sample(meaning, samples), 0, inputs)]
    for k, layer in enumerate(exercise.network.layers, start=1):
        parts.append(_part(f"W{k}", _axes(k, layer.n_out), k, _weights(exercise, k)))
        if layer.bias is not None:
            parts.append(_bias(exercise, k))
    if exercise.target is not None:
        spoken = "target {}" if sizes[-1] > 1 else "target"
        targets = _grid(exercise, "y_true", samples, sizes[-1], spoken)
        parts.append(_part("y_true", _by_sample("target", samples), 0, targets))
    for part in parts:
        if part["key"] in exercise.held:
            part["meaning"] += ", held"
    return parts


def rate_parts(exercise: Exercise) -> list[Part]:
    """Return what is no matrix; of momentum and weight decay only what the exercise uses."""
    shown = [name for name in RATES if name in _ALWAYS or getattr(exercise, name)]
    return [
        _part(name, "", 0, [[_cell(exercise, name, "")]], title=title_of(name)) for name in shown
    ]


def lesson_parts(exercise: Exercise, own_names: Mapping[str, str] | None = None) -> list[Part]:
    """Return everything that a reader can change in a lesson's exercise.

    Parameters
    ----------
    own_names : what the exercise's source calls a number, by our name; shown in its cell.
    """
    parts = [*sheet_parts(exercise), *rate_parts(exercise)]
    for cell in (cell for part in parts for row in part["rows"] for cell in row):
        if own := (own_names or {}).get(cell["name"]):
            cell |= {"own": own, "label": f"{cell['label']}, in the source {own}"}
    return parts


def order_of(parts: Sequence[Part]) -> list[str]:
    """Return the names of the cells in the order in which several numbers fill them."""
    return [cell["name"] for part in parts for row in part["rows"] for cell in row]


def written(value: float) -> str:
    """Return a number with all its digits, as a hand types it."""
    return repr(value).removesuffix(".0")


def _weights(exercise: Exercise, k: int) -> list[list[Part]]:
    goes, comes = _neuron(k, exercise), _neuron(k - 1, exercise)
    layer = exercise.network.layers[k - 1]
    return [
        [
            _cell(
                exercise,
                entry_name(f"W{k}", (i, j)),
                f"weight from {comes.format(i)} to {goes.format(j)}",
            )
            for j in range(layer.n_out)
        ]
        for i in range(layer.n_in)
    ]


def _bias(exercise: Exercise, k: int) -> Part:
    name, width = f"b{k}", exercise.network.layers[k - 1].n_out
    if name in exercise.tied:
        cell = _cell(exercise, entry_name(name, (0,)), "one bias for the whole layer")
        return _part(name, "one bias for the layer", k, [[cell]])
    spoken = f"bias of {_neuron(k, exercise)}"
    row = [_cell(exercise, entry_name(name, (j,)), spoken.format(j)) for j in range(width)]
    return _part(name, "one bias a neuron" if width > 1 else "bias", k, [row])


def _grid(
    exercise: Exercise, array: str, samples: int, width: int, spoken: str
) -> list[list[Part]]:
    names = iter(name for name in exercise.names() if array_of(name) == array)
    many = samples > 1
    return [
        [
            _cell(exercise, next(names), spoken.format(i) + (f" of sample {s}" if many else ""))
            for i in range(width)
        ]
        for s in range(samples)
    ]


def _by_sample(meaning: str, samples: int) -> str:
    return meaning if samples == 1 else f"{meaning}, row: sample"


def _axes(k: int, n_out: int) -> str:
    row = "input" if k == 1 else "neuron"
    return f"row: {row}, column: neuron" if n_out > 1 else f"row: {row}"


def _neuron(layer: int, exercise: Exercise) -> str:
    """Return how a unit is spoken of, with a place for its index."""
    sizes = exercise.sizes
    last = len(sizes) - 1
    if layer == 0:
        return "x[{}]"
    if layer == last:
        return "y_pred" if sizes[-1] == 1 else "y_pred[{}]"
    return "neuron {}" if last == 2 else f"neuron {{}} of layer {layer}"


def _cell(exercise: Exercise, name: str, meaning: str) -> Part:
    low, high = exercise.bounds_of(name)
    title = title_of(name)
    return {
        "name": name,
        "label": f"{title}, {meaning}" if meaning else title,
        "low": low,
        "high": high,
        "step": STEPS.get(name, STEP),
        "whole": name == "steps",
    }


def _part(key: str, meaning: str, layer: int, rows: list[list[Part]], *, title: str = "") -> Part:
    return {
        "key": key,
        "title": title or key,
        "meaning": meaning,
        "layer": layer,
        "rates": key in RATES,
        "rows": rows,
    }
