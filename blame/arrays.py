"""Turn what a caller passes into checked, read-only floating-point arrays."""

from __future__ import annotations

from typing import Any, TypeAlias, TypeVar

import numpy as np
from numpy.typing import ArrayLike, NDArray

# To the type checker all arrays are float64; at run time a caller's float32 stays float32.
Array: TypeAlias = NDArray[np.float64]
AnyArray = TypeVar("AnyArray", bound=NDArray[Any])


def float_array(name: str, value: ArrayLike, dtype: Any = None) -> Array:
    """Return a read-only, C-ordered copy of `value`; float32 stays, all else becomes float64.

    Parameters
    ----------
    name : what to call the value in a message.
    value : any shape.
    dtype : the type to convert to, instead of the rule above.

    Raises
    ------
    ValueError
        If the value is not numeric, is ragged, or holds NaN or an infinity.
    """
    try:
        raw = np.asarray(value)
        if raw.dtype.kind not in "fiub":
            raise ValueError(f"{name} must hold real numbers, got {raw.dtype}")
        kept = np.float32 if raw.dtype == np.float32 else np.float64
        array = np.array(raw, dtype=dtype or kept, order="C")
    except (TypeError, ValueError) as error:
        raise ValueError(f"{name} must be an array of real numbers: {error}") from None
    if not np.isfinite(array).all():
        bad = array[~np.isfinite(array)].flat[0]
        raise ValueError(f"{name} must be finite, got {bad}; replace it by an ordinary number")
    return read_only(array)


def sample_rows(name: str, value: ArrayLike, width: int, dtype: Any) -> Array:
    """Return `value` as (..., n_samples, width); a single sample gains its sample axis.

    Parameters
    ----------
    value : (width,) or (..., n_samples, width)

    Raises
    ------
    ValueError
        If the last axis is not `width`, there is no sample, or a number is not finite.
    """
    array = float_array(name, value, dtype)
    if array.ndim == 1:
        array = array[None, :]
    if array.ndim < 2 or array.shape[-1] != width or array.shape[-2] < 1:
        raise ValueError(
            f"{name} must have shape ({width},) or (n_samples, {width}) to fit the network, "
            f"got {np.shape(value)}"
        )
    return array


FEW = 8
"""Products of fewer multiplications than this are written out; from here on NumPy's sums pair."""


def is_small(n_rows: int, n_inner: int, n_columns: int) -> bool:
    """Return whether `product` writes a product of these sizes out."""
    return n_rows * n_inner * n_columns < FEW


def product(left: Array, right: Array) -> Array:
    """Return left @ right, (..., n_rows, n_inner) times (..., n_inner, n_columns).

    A tiny product is written out, term by term from the left. For a stack that is several times
    faster than one call of a matrix routine for each member, and since the order of the sum is
    the same, a stack and a single network agree in every bit.
    """
    n_rows, n_inner = left.shape[-2:]
    if not is_small(n_rows, n_inner, right.shape[-1]):
        return left @ right
    if n_inner == 1:
        return left * right
    if n_rows == 1:
        return np.add.reduce(left.swapaxes(-1, -2) * right, -2, keepdims=True)
    total = left[..., :1] * right[..., :1, :]
    for k in range(1, n_inner):
        total += left[..., k : k + 1] * right[..., k : k + 1, :]
    return total


def entry_sum(per_entry: Array) -> Array:
    """Return the sum over samples and outputs, (..., n_samples, n_out) to (...).

    Both axes are joined first, so that one contiguous sum runs over them.
    """
    total: Array = np.add.reduce(per_entry.reshape(*per_entry.shape[:-2], -1), -1)
    return total


def others(values: Array) -> Array:
    """Return for each entry the sum of all others of its row, (..., width)."""
    width = values.shape[-1]
    without = 1 - np.eye(width, dtype=values.dtype)
    found: Array = np.add.reduce(values[..., None, :] * without, -1)
    return found


def read_only(array: AnyArray) -> AnyArray:
    """Return `array` itself, closed for writing."""
    array.setflags(write=False)
    return array
