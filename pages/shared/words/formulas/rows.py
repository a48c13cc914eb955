"""What belongs to one sample or one neuron of a trace: its name, its numbers, how it is written."""

from __future__ import annotations

import numpy as np

from blame.probe.trace import Trace
from pages.shared.words.formulas.latex import BY, TIMES, matrix, symbol
from pages.shared.words.numbers import Numbers

MOST = 4
"""A matrix is written out up to so many rows and columns, and so many neurons one by one."""


def z_name(trace: Trace, k: int, j: int, s: int) -> str:
    """Return the name of a sum of layer k, from 1: of a plain last layer it is the prediction."""
    plain = k == trace.depth and trace.plain_output
    return trace.output("y_pred", j, s) if plain else trace.entry(f"z{k}", j, s)


def a_name(trace: Trace, k: int, j: int, s: int) -> str:
    """Return the name of an activation of layer k, from 1."""
    return trace.output("y_pred", j, s) if k == trace.depth else trace.entry(f"a{k}", j, s)


def row(trace: Trace, array: str, s: int) -> np.ndarray:
    """Return what belongs to one sample in an array that has a row for each."""
    whole = trace.array(array)
    return np.atleast_1d(whole if trace.n_samples == 1 else whole[s])


def row_names(trace: Trace, array: str, s: int) -> list[str]:
    """Return the names of those numbers."""
    return [name for name in trace.entries(array) if trace.sample(name) in (None, s)]


def row_symbol(trace: Trace, array: str, s: int, n: Numbers) -> str:
    """Return how what belongs to one sample in an array is written."""
    if trace.n_samples == 1:
        return symbol(array, n)
    return symbol(f"{array}[{s}]", n) if is_number(trace, array) else n.notation.row(array, s)


def operand(trace: Trace, array: str, s: int, n: Numbers) -> str:
    """Return a sample's row with its numbers; a single output is a number."""
    values, names = row(trace, array, s), row_names(trace, array, s)
    if is_number(trace, array):
        return n.factor(float(values[0]), names[0])
    return matrix(values, n, names)


def is_number(trace: Trace, array: str) -> bool:
    """Return whether one sample has but one number of an array, without an index of its own."""
    return trace.sizes[-1] == 1 and array in ("y_pred", "y_true", "d_loss_y")


def before(trace: Trace, array: str) -> str:
    """Return what stands before the matrix that a sample's row or its single number meets."""
    return TIMES if is_number(trace, array) else BY


def shown_places(values: np.ndarray) -> list[int]:
    """Return the places that are shown: all, or of many that of the largest value."""
    return list(range(len(values))) if len(values) <= MOST else [int(np.argmax(abs(values)))]
