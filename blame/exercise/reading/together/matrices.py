"""Networks whose weights are matrices: W1 and b1, a state_dict, Keras' list, dicts of neurons."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

import numpy as np

from blame.arrays import Array
from blame.exercise.reading.assumptions import Assumed
from blame.exercise.reading.listing.symbols import Node, Value
from blame.exercise.reading.listing.values import (
    Linear,
    NotFollowed,
    TooMuch,
    array_of,
    numbers_of,
)
from blame.exercise.reading.text.hints import Hints
from blame.exercise.reading.together.layers import Layers

_WEIGHTS = re.compile(
    r"(?:\w*\.)*(?:W|w|V|v|U|u|Theta|theta|[Ww]eights?|initial_weights?|syn|kernel|\w+_weights?|"
    r"w(?:ih|ho|hh|xh|hy|h|o)|W(?:ih|ho|hh|xh|hy|h|o|x|y)|\w*[wW])(?:_?\w{0,12})?(?:\.weight|\.kernel)?"
)
_BIASES = re.compile(r"(?:\w*\.)*(?:b|B|bias(?:es)?|initial_bias|\w+_bias|b[hoxy])(?:_?\w{0,10})?")
_NOT = re.compile(
    r"(?:d|grad|delta|batch)_?[A-Z_].*|(?:updated|expected|final|new)_\w*|n_?(?:row|col)s?|.*grad.*|.*_new|weight_decay"
)


def of_models(models: Sequence[Value], linears: Sequence[Linear]) -> Layers | None:
    """Return the layers of a model whose weights were copied in, None where they were not."""
    if not linears or any(layer.weight is None for layer in linears):
        return None
    weights, biases, acts = [], [], []
    for layer in linears:
        matrix = numbers_of(layer.weight)
        weights.append(matrix.T if layer.rows else matrix)
        biases.append(None if layer.bias is None else numbers_of(layer.bias))
        acts.append("")
    return Layers(weights, biases, activations=acts)


def of_neurons(value: Value) -> Layers | None:
    """Return the layers of lists of dicts, each one neuron with its bias last in its weights."""
    if not isinstance(value, list) or not value:
        return None
    if all(isinstance(part, dict) for part in value):
        value = [value]
    if not all(
        isinstance(layer, list) and layer and all(isinstance(one, dict) for one in layer)
        for layer in value
    ):
        return None
    layers = Layers([], [])
    width: int | None = None
    for layer in value:
        rows, apart = [], []
        for neuron in layer:
            key = next((key for key in ("weights", "weight", "w", "W") if key in neuron), None)
            if key is None:
                return None
            rows.append(numbers_of(neuron[key]).ravel())
            bias = next((neuron[key] for key in ("bias", "b") if key in neuron), None)
            if bias is not None:
                apart.append(float(numbers_of(bias)))
        if len({row.size for row in rows}) != 1:
            return None
        matrix = np.array(rows)
        if apart and len(apart) == len(rows):
            layers.biases.append(np.array(apart))
        elif width is not None and matrix.shape[1] == width:
            layers.biases.append(None)
        else:
            layers.biases.append(matrix[:, -1])
            matrix = matrix[:, :-1]
        layers.weights.append(matrix.T)
        width = len(rows)
    return layers if connects(layers.weights) else None


def of_state(state: dict[str, Array]) -> Layers | None:
    """Return the layers of a state_dict: names such as 0.weight, one row a neuron."""
    layers = Layers([], [])
    places: dict[str, int] = {}
    for name, value in state.items():
        stem, _, kind = name.rpartition(".")
        if kind in ("weight", "kernel") and value.ndim == 2:
            places[stem] = len(layers.weights)
            layers.weights.append(value.T if kind == "weight" else value)
            layers.biases.append(None)
        elif kind == "bias" and stem in places:
            layers.biases[places[stem]] = value.ravel()
        if kind in ("weight", "kernel", "bias") and stem in places:
            letter = "b" if kind == "bias" else "W"
            layers.named[name] = f"{letter}{places[stem] + 1}"
    return layers if layers.weights and connects(layers.weights) else None


def of_list(value: Value, rows: bool = False) -> Layers | None:
    """Return the layers of Keras' get_weights: kernels (n_in, n_out), biases between them.

    A list of PyTorch's parameters has one row a neuron.
    """
    if not isinstance(value, (list, tuple)) or not value:
        return None
    try:
        arrays = [numbers_of(array_of(part)) for part in value]
    except NotFollowed:
        return None
    if arrays[0].ndim != 2 or not all(array.ndim in (1, 2) for array in arrays):
        return None
    layers = Layers([], [])
    for array in arrays:
        if array.ndim == 2:
            layers.weights.append(array.T if rows else array)
            layers.biases.append(None)
        elif array.shape == (layers.weights[-1].shape[1],):
            layers.biases[-1] = array
        else:
            return None
    return layers if connects(layers.weights) else None


def connects(weights: Sequence[Array]) -> bool:
    return all(a.shape[1] == b.shape[0] for a, b in pairwise(weights))


def matrices_by_name(
    values: dict[str, Array],
    n_in: int | None,
    n_out: int | None,
    hints: Hints,
    rows_usual: bool,
    assumed: Assumed,
) -> Layers | None:
    """Return the layers that arrays named like weights give, None where there are none.

    Raises ValueError, in words for the reader, where their shapes fit no network.
    """
    found = {
        name: value
        for name, value in values.items()
        if _WEIGHTS.fullmatch(name)
        and not _NOT.fullmatch(name)
        and not _BIASES.fullmatch(name)
        and value.ndim <= 2
    }
    if any(value.ndim for value in found.values()):
        found = {
            name: value for name, value in found.items() if value.ndim or re.search(r"\d$", name)
        }
    if len(found) > 1 and all(value.ndim == 0 for value in found.values()):
        # Single names: how many make a layer is another reader's matter.
        return None
    if not found or len(found) > 6:
        return None
    names = _in_order(list(found))
    arrays = [found[name] for name in names]
    fits = {
        layout: made
        for layout, made in (
            ("x_at_W", _chain(arrays, False, n_in, n_out)),
            ("rows", _chain(arrays, True, n_in, n_out)),
        )
        if made is not None
    }
    if not fits:
        shapes = ", ".join(
            f"{name} {_shape(value)}" for name, value in zip(names, arrays, strict=True)
        )
        taken = f" for {n_in} input{'s' if n_in != 1 else ''}" if n_in else ""
        raise ValueError(f"the shapes of {shapes} fit no network{taken}")
    layout = next(iter(fits))
    if len(fits) == 2 and not all(
        np.array_equal(a, b) for a, b in zip(fits["x_at_W"], fits["rows"], strict=True)
    ):
        layout = hints.layout or assumed.ask("layout", "rows" if rows_usual else "x_at_W")
    layers = Layers(fits[layout], [None] * len(arrays))
    layers.named = {name: f"W{k}" for k, name in enumerate(names, start=1)}
    _add_biases(layers, values)
    return layers


def _shape(value: Array) -> str:
    return " × ".join(map(str, value.shape)) if value.ndim else "(one number)"


def _in_order(names: list[str]) -> list[str]:
    digits = [re.search(r"(\d+)(?=\D*$)", name) for name in names]
    if all(digits) and len({match.group() for match in digits if match}) == len(names):
        return sorted(names, key=lambda name: int(re.findall(r"\d+", name)[-1]))
    first = [
        name for name in names if re.search(r"hidden_output|_out|_o$|ho$|hy$|Wo$|wo$|V$|v$", name)
    ]
    return [name for name in names if name not in first] + first if len(first) == 1 else names


def _chain(
    arrays: list[Array], rows: bool, n_in: int | None, n_out: int | None
) -> list[Array] | None:
    """Return the arrays as matrices (n_in, n_out) that connect, None where they do not."""
    made: list[Array] = []
    width = n_in
    for k, array in enumerate(arrays):
        last = k == len(arrays) - 1
        if array.ndim == 2:
            matrix = array.T if rows else array
        elif array.ndim == 0:
            matrix = array.reshape(1, 1)
        elif width is not None:
            matrix = array.reshape((-1, 1) if array.size == width else (1, -1))
        else:
            matrix = array.reshape((-1, 1) if last else (1, -1))
        if width is not None and matrix.shape[0] != width:
            return None
        made.append(matrix)
        width = matrix.shape[1]
    return None if n_out is not None and width != n_out else made


def _add_biases(layers: Layers, values: dict[str, Array]) -> None:
    names = [
        name
        for name, value in values.items()
        if _BIASES.fullmatch(name) and not _NOT.fullmatch(name)
    ]
    widths = [matrix.shape[1] for matrix in layers.weights]
    ordered = _in_order(names) if names else []
    if "c" in values and len(ordered) == len(widths) - 1 and values["c"].size == widths[-1]:
        # Beside W, b and V the output's own is c.
        ordered.append("c")
    numbered = {
        int(match.group(1)): name for name in ordered if (match := re.fullmatch(r"\D+_?(\d)", name))
    }
    shift = 1 - min(numbered, default=1) if 0 in numbered else 0
    for place, name in enumerate(ordered):
        value = values[name]
        k = place
        if len(numbered) == len(ordered):
            k = next(digit for digit, other in numbered.items() if other == name) - 1 + shift
        elif len(ordered) == 1 and value.size != widths[0]:
            k = next((k for k, width in enumerate(widths) if width == value.size), 0)
        if not 0 <= k < len(widths):
            raise ValueError(f"{name} belongs to no layer")
        if value.size == 1 and widths[k] > 1:
            layers.shared.append(f"b{k + 1}")
            value = np.full(widths[k], float(value.ravel()[0]))
        if value.size != widths[k]:
            raise ValueError(
                f"{name} has {value.size} numbers where the layer has {widths[k]} "
                f"neuron{'s' if widths[k] > 1 else ''}"
            )
        layers.biases[k] = value.ravel()
        layers.named[name] = f"b{k + 1}"


def known_numbers(value: Value) -> Array | None:
    """Return a listing's value as an array, where it was written as one and not worked out."""
    try:
        cells = array_of(value)
    except (NotFollowed, TooMuch):
        return None
    if not all(isinstance(cell, Node) and cell.op in ("leaf", "num") for cell in cells.ravel()):
        return None
    numbers = numbers_of(cells)
    return numbers if np.isfinite(numbers).all() else None
