"""Networks whose weights are single names: w1 to w8, w14 and w15, w11 beside v1."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import pairwise

import numpy as np

from blame.arrays import Array
from blame.exercise.reading.assumptions import Assumed
from blame.exercise.reading.text.hints import Hints


@dataclass
class Layers:
    """The weights and biases found, and what the text calls them."""

    weights: list[Array]
    biases: list[Array | None]
    named: dict[str, str] = field(default_factory=dict)
    shared: list[str] = field(default_factory=list)
    """Biases that are one number for their layer."""
    held: list[str] = field(default_factory=list)
    activations: list[str] = field(default_factory=list)


_WEIGHT = re.compile(
    r"(?P<letters>[wWvVu](?:[a-zA-Z]{0,2}(?:\d_)?)|weight)_?(?P<index>\d{1,3}(?:_\d{1,2})?)"
)
_BIAS = re.compile(r"(?:b|bias|c|B)[a-z]?_?\d{0,2}")
_THETA = re.compile(r"theta\d{1,2}")


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
    _add_biases(layers, values, n_in, hints, assumed)
    return layers


Places = dict[tuple[str, str], str]


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
        return _in_sequence(group, n_in, n_out, hints, text, assumed)
    if len(numbers) == len(group) and numbers == list(range(len(group))):
        # w0 belongs to x0, an input that is always 1.
        later = {str(int(index) + 1): weight for index, weight in group.items()}
        matrices, places = _in_sequence(later, n_in, n_out, hints, text, assumed)
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


def _in_sequence(
    group: dict[str, float],
    n_in: int | None,
    n_out: int | None,
    hints: Hints,
    text: str,
    assumed: Assumed,
) -> tuple[list[Array], Places]:
    count = len(group)
    ordered = [group[str(k)] for k in range(1, count + 1)]
    sizes = _sizes(count, n_in, n_out, hints.sizes)
    by_neuron = True
    if any(a > 1 and b > 1 for a, b in pairwise(sizes)):
        by_neuron = _numbered_by_neuron(text, assumed)
    matrices, places = [], {}
    start = 0
    for k, (a, b) in enumerate(pairwise(sizes), start=1):
        matrix = np.empty((a, b))
        for place in range(a * b):
            i, j = (place % a, place // a) if by_neuron else (place // b, place % b)
            matrix[i, j] = ordered[start + place]
            places["", str(start + place + 1)] = f"W{k}[{i}, {j}]"
        start += a * b
        matrices.append(matrix)
    return matrices, places


def _numbered_by_neuron(text: str, assumed: Assumed) -> bool:
    """Return whether w1 and w2 go into the first neuron, as the text may say itself."""
    ends = dict(re.findall(r"\bw_?(\d)\b[^\nw]{0,20}?\b(?:into|to|->)\s*\(?h_?(\d)", text))
    if "1" in ends and "2" in ends:
        return bool(ends["1"] == ends["2"])
    # w1=.15, w2=.20 (into h1): both, where no goal stands between them.
    between = r"(?:(?!to\b|h_?\d)[^\n]){0,25}"
    into = re.search(rf"w_?1\b{between}w_?2\b[^\n]{{0,30}}\b(?:in)?to\s+\(?h", text)
    into = into or re.search(r"w_?1\s?\*\s?[ix]_?1\s?\+\s?w_?2\s?\*\s?[ix]_?2", text)
    if into:
        return True
    if re.search(r"w_?1\s?\*\s?[ix]_?1\s?\+\s?w_?[3-9]\s?\*\s?[ix]_?2", text):
        return False
    return assumed.ask("numbering", "by_neuron") == "by_neuron"


def _sizes(
    count: int, n_in: int | None, n_out: int | None, said: tuple[int, ...]
) -> tuple[int, ...]:
    def needed(sizes: tuple[int, ...]) -> int:
        return sum(a * b for a, b in pairwise(sizes))

    if said and needed(said) == count:
        return said
    n_in, n_out = n_in or 2, n_out or 1
    if n_in * n_out == count:
        return n_in, n_out
    if count % (n_in + n_out) == 0:
        return n_in, count // (n_in + n_out), n_out
    for width in range(1, 11):
        if needed((n_in, width, width, n_out)) == count:
            return n_in, width, width, n_out
    raise ValueError(
        f"{count} weights fit no network with {n_in} inputs and {n_out} "
        f"output{'s' if n_out > 1 else ''}; write its sizes, such as 2-3-1"
    )


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


def _in_order(names: list[str]) -> list[str]:
    """Return the names of biases layer by layer: b1, b2 before the output's c or bo."""
    letters = [re.sub(r"[\d_]", "", name) for name in names]
    first = {letter: letters.index(letter) for letter in letters}

    def place(name: str) -> tuple[bool, int, int]:
        letter = re.sub(r"[\d_]", "", name)
        last = letter[1:] in ("o", "y", "out") or (letter == "c" and "b" in first)
        return last, first[letter], int(re.sub(r"\D", "", name) or 0)

    return sorted(names, key=place)


def _add_biases(
    layers: Layers, values: dict[str, Array], n_in: int | None, hints: Hints, assumed: Assumed
) -> None:
    thetas = {
        name: value for name, value in values.items() if _THETA.fullmatch(name) and not value.ndim
    }
    plain = {
        name: value for name, value in values.items() if _BIAS.fullmatch(name) and value.ndim == 0
    }
    if len(plain) > 1 and plain.get("bias") in [v for name, v in plain.items() if name != "bias"]:
        # A sentence that gives one its name: bias c = 0.05.
        del plain["bias"]
    found = thetas or plain
    widths = [matrix.shape[1] for matrix in layers.weights]
    if not found:
        return
    sign = 1.0
    if thetas and not hints.theta_added:
        kept = "subtracted" if hints.theta_added is False else assumed.ask("theta", "subtracted")
        sign = -1.0 if kept == "subtracted" else 1.0
    names = _in_order(list(found))
    numbers = [sign * float(found[name]) for name in names]
    one_each = len(numbers) == sum(widths) != len(widths)
    if one_each or widths == [1] * len(numbers):
        start = 0
        for k, width in enumerate(widths, start=1):
            layers.biases[k - 1] = np.array(numbers[start : start + width])
            for j, name in enumerate(names[start : start + width]):
                layers.named[name] = f"b{k}[{j}]"
            start += width
    elif len(numbers) == len(widths):
        for k, (width, value) in enumerate(zip(widths, numbers, strict=True), start=1):
            layers.biases[k - 1] = np.full(width, value)
            layers.named[names[k - 1]] = f"b{k}"
            if width > 1:
                layers.shared.append(f"b{k}")
    elif len(numbers) == 1:
        for k, width in enumerate(widths, start=1):
            layers.biases[k - 1] = np.full(width, numbers[0])
            layers.shared.append(f"b{k}")
    elif len(numbers) == widths[0]:
        layers.biases[0] = np.array(numbers)
    else:
        raise ValueError(
            f"{len(numbers)} biases fit neither {sum(widths)} neurons nor {len(widths)} layers"
        )
