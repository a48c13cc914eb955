"""What a film says in fewer bytes: rows that differ in their middle alone, and maps of numbers.

`film/restored.js` turns both back into exactly what they were.
"""

from __future__ import annotations

import base64
from collections.abc import Sequence
from itertools import chain
from typing import Any

import numpy as np

BETWEEN, NUMBERS = "$between", "$numbers"
"""What marks the one and the other; nothing that a part is told is called so."""
FEW = 8
"""A row of fewer things is told whole."""
MANY = 200
"""So many numbers are worth being packed."""
DIGITS = (4, 6)
"""Numbers rounded to so many digits are sent as whole ones."""
_PLAIN = {float, np.float64, type(None)}
_LARGEST = 2**31 - 1


def between(rest: Sequence[Any], told: Sequence[Any]) -> dict[str, Any] | None:
    """Return a row by what stands between its beginning and its end, both as in `rest`.

    None where too little is the same.
    """
    most = min(len(rest), len(told))
    head = 0
    while head < most and rest[head] == told[head]:
        head += 1
    tail = 0
    while tail < most - head and rest[-1 - tail] == told[-1 - tail]:
        tail += 1
    enough = 1 if isinstance(told[0], dict) else FEW
    if head + tail < enough:
        return None
    return {BETWEEN: [head, tail], "told": list(told[head : len(told) - tail])}


def shrunk(told: Any) -> Any:
    """Return what is told with every large row or map of rounded numbers as one text."""
    if isinstance(told, dict):
        return {name: shrunk(each) for name, each in told.items()}
    if not isinstance(told, list) or not told:
        return told
    if isinstance(told[0], list):
        return _map(told) or [shrunk(each) for each in told]
    if isinstance(told[0], dict):
        return [shrunk(each) for each in told]
    return _row(told) or told


def _map(rows: list[Any]) -> dict[str, Any] | None:
    width = len(rows[0])
    if any(not isinstance(row, list) or len(row) != width for row in rows):
        return None
    found = _row(list(chain.from_iterable(rows)), width)
    return None if found is None else found | {"width": width}


def _row(row: list[Any], width: int = 0) -> dict[str, Any] | None:
    if len(row) < MANY or not set(map(type, row)) <= _PLAIN:
        return None
    values = np.array(row, np.float64)
    for digits in DIGITS:
        whole = np.rint(values * 10.0**digits)
        largest = np.nanmax(np.abs(whole), initial=0)
        if largest < _LARGEST and (np.isnan(values) | (whole / 10.0**digits == values)).all():
            # Near the others, so that it is told in few bytes too.
            none = int(np.nanmin(whole, initial=0)) - 1
            grid = np.where(np.isnan(whole), none, whole).reshape(-1, width or len(row))
            return {**_text(grid.astype(np.int64)), "digits": digits, "none": none}
    return None


def _text(grid: Any) -> dict[str, Any]:
    """Return whole numbers as how much each differs from its neighbours, byte by byte.

    On a map these are near each other, so that one byte or two of each are enough.
    """
    steps = np.diff(np.diff(grid, axis=1, prepend=0), axis=0, prepend=0).reshape(-1)
    # One bit for the sign: 0, -1, 1, -2, ... become 0, 1, 2, 3, ...
    folded = np.where(steps < 0, -2 * steps - 1, 2 * steps).astype("<u8")
    enough = max((int(folded.max()).bit_length() + 7) // 8, 1)
    planes = np.ascontiguousarray(folded.view(np.uint8).reshape(-1, 8).T[:enough])
    return {NUMBERS: base64.b64encode(planes).decode("ascii"), "bytes": enough}
