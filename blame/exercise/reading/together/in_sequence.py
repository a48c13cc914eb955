"""Weights that are numbered one after the other: w1 to w8."""

from __future__ import annotations

import re
from itertools import pairwise

import numpy as np

from blame.arrays import Array
from blame.exercise.reading.assumptions import Assumed
from blame.exercise.reading.text.hints import Hints
from blame.exercise.reading.together.layers import Places


def in_sequence(
    group: dict[str, float],
    n_in: int | None,
    n_out: int | None,
    hints: Hints,
    text: str,
    assumed: Assumed,
) -> tuple[list[Array], Places]:
    """Return the layers of such weights, and where each stands.

    Raises ValueError, in words for the reader, where their number fits no network.
    """
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
