"""Networks whose weights are single names: w1 to w8, w14 and w15, w11 beside v1."""

from __future__ import annotations

import re

import numpy as np

from blame.arrays import Array
from blame.exercise.reading.assumptions import Assumed
from blame.exercise.reading.text.hints import Hints
from blame.exercise.reading.together.in_sequence import in_sequence
from blame.exercise.reading.together.layers import Layers, Places
from blame.exercise.reading.together.named_biases import add_biases

_WEIGHT = re.compile(
    r"(?P<letters>[wWvVu](?:[a-zA-Z]{0,2}(?:\d_)?)|weight)_?(?P<index>\d{1,3}(?:_\d{1,2})?)"
)


def weights_by_name(
    values: dict[str, Array],
    n_in: int | None,
    n_out: int | None,
    hints: Hints,
    text: str,
    assumed: Assumed,
) -> Layers | None:
    """Return the layers that single names give, None where they give none.

    Raises ValueError, in words for the reader, where their number fits no network.
    """
    groups: dict[str, dict[str, float]] = {}
    names: dict[tuple[str, str], str] = {}
    for name, value in values.items():
        match = _WEIGHT.fullmatch(name)
        if match and value.ndim == 0:
            letters, index = match["letters"], match["index"]
            groups.setdefault(letters, {})[index] = float(value)
            names[letters, index] = name
    if not groups:
        return None
    if len(groups) == 1:
        ((letters, group),) = groups.items()
        found = _one_group(group, values, n_in, n_out, hints, text, assumed)
    else:
        found = _several_groups(groups, n_in, text, assumed)
    matrices, places = found
    layers = Layers(matrices, [None] * len(matrices))
    for (letters, index), place in places.items():
        source = letters or next(iter(groups))
        layers.named[names[source, index]] = place
    add_biases(layers, values, hints, assumed)
    return layers


def _one_group(
    group: dict[str, float],
    values: dict[str, Array],
    n_in: int | None,
    n_out: int | None,
    hints: Hints,
    text: str,
    assumed: Assumed,
) -> tuple[list[Array], Places]:
    numbers = sorted(int(index) for index in group if "_" not in index)
    if len(numbers) == len(group) and numbers == list(range(1, len(group) + 1)):
        return in_sequence(group, n_in, n_out, hints, text, assumed)
    if len(numbers) == len(group) and numbers == list(range(len(group))):
        # w0 belongs to x0, an input that is always 1.
        later = {str(int(index) + 1): weight for index, weight in group.items()}
        matrices, places = in_sequence(later, n_in, n_out, hints, text, assumed)
        return matrices, {(a, str(int(index) - 1)): place for (a, index), place in places.items()}
    pairs = {index: _pair(index) for index in group}
    if any(pair is None for pair in pairs.values()):
        raise ValueError("the weights' names follow no order that is known here")
    edges = {index: pair for index, pair in pairs.items() if pair is not None}
    tails = {i for i, _ in edges.values()}
    heads = {j for _, j in edges.values()}
    up = all(i < j for i, j in edges.values())
    down = all(i > j for i, j in edges.values())
    if (up or down) and (n_in is None or min(heads if up else tails) > n_in):
        return _by_units(group, edges, down)
    return _several_groups({"": group}, n_in, text, assumed)


def _pair(index: str) -> tuple[int, int] | None:
    if "_" in index:
        a, b = index.split("_")
        return int(a), int(b)
    if len(index) == 2:
        return int(index[0]), int(index[1])
    if len(index) == 3 and index[1] == "1":
        # w110 is from unit 1 to unit 10 in nets so small.
        return int(index[0]), int(index[1:])
    return None


def _by_units(
    group: dict[str, float], edges: dict[str, tuple[int, int]], down: bool
) -> tuple[list[Array], Places]:
    """Return layers of units numbered in order: w14 goes from unit 1 to unit 4."""
    directed = {index: (pair[::-1] if down else pair) for index, pair in edges.items()}
    depth: dict[int, int] = {}
    for _ in range(6):
        for i, j in directed.values():
            depth[j] = max(depth.get(j, 0), depth.setdefault(i, 0) + 1)
    layers: dict[int, list[int]] = {}
    for unit in sorted(depth):
        layers.setdefault(depth[unit], []).append(unit)
    if len(layers) > 5 or any(depth[j] != depth[i] + 1 for i, j in directed.values()):
        raise ValueError("the weights skip a layer")
    matrices = [np.zeros((len(layers[k]), len(layers[k + 1]))) for k in range(len(layers) - 1)]
    places = {}
    for index, (i, j) in directed.items():
        k = depth[i]
        row, column = layers[k].index(i), layers[k + 1].index(j)
        matrices[k][row, column] = group[index]
        places["", index] = f"W{k + 1}[{row}, {column}]"
    return matrices, places


def _several_groups(
    groups: dict[str, dict[str, float]], n_in: int | None, text: str, assumed: Assumed
) -> tuple[list[Array], Places]:
    """Return one layer for each letter: w11, w12, ... then v1, v2."""
    matrices: list[Array] = []
    places: Places = {}
    width = n_in
    single = len(groups) > 1
    for k, (letters, group) in enumerate(groups.items(), start=1):
        pairs = {index: _pair(index) for index in group}
        if all(pair is not None for pair in pairs.values()):
            cells = {index: pair for index, pair in pairs.items() if pair is not None}
            if not _from_to(cells, width, text, assumed):
                cells = {index: pair[::-1] for index, pair in cells.items()}
            rows = sorted({i for i, _ in cells.values()})
            columns = sorted({j for _, j in cells.values()})
        else:
            count = len(group)
            ordered = sorted(group, key=lambda index: int(index.replace("_", "")))
            wide = width or (1 if k == 1 and single else count)
            if count % wide:
                raise ValueError(f"{count} weights {letters} do not fit {wide} inputs")
            rows, columns = list(range(wide)), list(range(count // wide))
            cells = {index: (place % wide, place // wide) for place, index in enumerate(ordered)}
        matrix = np.zeros((len(rows), len(columns)))
        for index, (i, j) in cells.items():
            matrix[rows.index(i), columns.index(j)] = group[index]
            places[letters, index] = f"W{k}[{rows.index(i)}, {columns.index(j)}]"
        if width is not None and len(rows) != width:
            raise ValueError(
                f"the weights {letters} take {len(rows)} numbers where {width} come in"
            )
        matrices.append(matrix)
        width = len(columns)
    return matrices, places


def _from_to(
    cells: dict[str, tuple[int, int]], width: int | None, text: str, assumed: Assumed
) -> bool:
    firsts, seconds = ({pair[k] for pair in cells.values()} for k in (0, 1))
    if width is not None and (len(firsts) == width) != (len(seconds) == width):
        return len(firsts) == width
    if re.search(r"w_?ij\b[^\n]{0,15}(?:from\s+)?(?:input|unit|node)\s+i\b", text):
        return True
    if re.search(r"w_?ij\b[^\n]{0,15}(?:to|into)\s+(?:\w+\s+)?i\b", text):
        return False
    return assumed.ask("index", "from_to") == "from_to"
