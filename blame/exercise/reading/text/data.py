"""Inputs and targets: what of the text's numbers they are, and how their samples lie."""

from __future__ import annotations

import re

import numpy as np

from blame.arrays import Array

_X = (
    "x",
    "X",
    "inputs",
    "input",
    "features",
    "X_train",
    "x_train",
    "a0",
    "data",
    "xs",
    "training_inputs",
    "input_data",
    "row",
)
_Y = (
    "y",
    "Y",
    "t",
    "targets",
    "target",
    "labels",
    "label",
    "y_true",
    "d",
    "desired",
    "y_train",
    "expected",
    "T",
    "outputs",
    "output",
    "training_outputs",
    "yd",
    "ys",
    "goal",
    "true",
    "y_target",
)
_X_ONE = re.compile(r"(?:x|X|i|in|input|inp)_?(\d{1,2})")
_Y_ONE = re.compile(r"(?:y|t|target|d|T|out|o|yd|Y|label|to)_?(\d{1,2})")


def find_inputs(values: dict[str, Array]) -> tuple[Array | None, dict[str, str]]:
    """Return the inputs as they were written, and the names of single ones."""
    for name in _X:
        if name in values:
            return values[name], {name: "x"}
    return _singles(values, _X_ONE, "x")


def find_targets(values: dict[str, Array], text: str) -> tuple[Array | None, dict[str, str]]:
    """Return the targets as they were written, and the names of single ones."""
    for name in _Y:
        if name in values:
            return values[name], {name: "y_true"}
    if not re.search(r"(?i)target|desired|want|expected|label|true", text):
        values = {name: value for name, value in values.items() if not name.startswith("o")}
    return _singles(values, _Y_ONE, "y_true")


def find_every_sample(
    values: dict[str, Array], n_in: int, n_out: int, shares: bool
) -> tuple[Array, Array] | None:
    """Return the inputs and the targets of several samples, where arrays of both are there."""
    for name in _X:
        if name not in values or values[name].size <= n_in:
            continue
        try:
            x = as_samples(values[name], n_in)
        except ValueError:
            continue
        for wanted in _Y:
            if wanted in values:
                try:
                    return x, targets_for(values[wanted], len(x), n_out, shares)
                except ValueError:
                    continue
    return None


def _singles(
    values: dict[str, Array], pattern: re.Pattern[str], ours: str
) -> tuple[Array | None, dict[str, str]]:
    groups: dict[str, list[tuple[int, str]]] = {}
    for name, value in values.items():
        match = pattern.fullmatch(name)
        if match and value.ndim <= 1:
            groups.setdefault(name[: match.start(1)], []).append((int(match.group(1)), name))
    for letters in sorted(groups, key=lambda letters: "xityd".find(letters[0]) % 9):
        names = [name for _, name in sorted(groups[letters])]
        if len({values[name].shape for name in names}) == 1:
            # Single numbers are one sample, columns of a table several.
            found = np.stack([values[name] for name in names], axis=-1)
            if found.ndim > 1:
                return found, {}
            return found, {name: f"{ours}[{k}]" for k, name in enumerate(names)}
    return None, {}


def as_samples(value: Array, width: int) -> Array:
    """Return an array as (n_samples, width).

    Raises ValueError where it fits neither way.
    """
    if value.ndim == 2 and value.shape[1] != width and value.shape[0] == width:
        return value.T
    if value.ndim <= 2 and value.size % width == 0 and (value.ndim < 2 or value.shape[1] == width):
        return value.reshape(-1, width)
    shape = " × ".join(map(str, value.shape))
    raise ValueError(
        f"{shape or 'one'} number{'s' if value.size > 1 else ''} where {width} belong together"
    )


def targets_for(value: Array, n_samples: int, n_out: int, shares: bool) -> Array:
    """Return targets as (n_samples, n_out); a class's index as a one among zeros."""
    flat = value.ravel()
    whole = bool(np.all(flat == np.round(flat)))
    if (
        shares
        and n_out > 1
        and flat.size == n_samples
        and whole
        and flat.min() >= 0
        and flat.max() < n_out
    ):
        return np.eye(n_out)[flat.astype(int)]
    if value.shape == (n_out, n_samples) and n_samples != n_out:
        return value.T
    if flat.size == n_samples * n_out:
        return value.reshape(n_samples, n_out)
    raise ValueError(
        f"{flat.size} target{'s' if flat.size != 1 else ''} where {n_samples * n_out} "
        f"{'are' if n_samples * n_out > 1 else 'is'} needed"
    )


def width_of(value: Array | None) -> int | None:
    """Return how many numbers one sample has, None where that is not told by the shape."""
    if value is None:
        return None
    if value.ndim == 0:
        return 1
    return int(value.shape[-1]) if value.ndim == 1 or value.shape[-1] > 1 else None
