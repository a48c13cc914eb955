"""What a film says in fewer bytes: rows that differ in their middle alone, maps, what is shared.

`film/restored.js` turns all three back into exactly what they were.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Sequence
from itertools import chain
from typing import Any

import numpy as np

BETWEEN, NUMBERS, SHARED = "$between", "$numbers", "$shared"
"""What marks each of them; nothing that a part is told is called so."""
LONG = 200
"""A row whose text has so many characters is told once, however many frames show it."""
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


class Shared:
    """The long rows and maps of a film, each told once: where one stands, its place here is told.

    As compression does, but that sees no further back than 32 kB, and two maps lie further apart.
    The browser then has one row where there were many, and knows at a glance that it is the same.
    """

    def __init__(self) -> None:
        self.texts: dict[str, int] = {}

    def shrunk(self, told: Any) -> Any:
        """Return what is told with every long row or map as its place in `texts`."""
        if isinstance(told, dict):
            return {name: self.shrunk(each) for name, each in told.items()}
        if not isinstance(told, list) or (len(told) < FEW and _is_row(told)):
            return told
        if not _is_row(told):
            return self._placed(_map(told)) or [self.shrunk(each) for each in told]
        return self._placed(_row(told) or told)

    def _placed(self, row: Any) -> Any:
        text = json.dumps(row, separators=(",", ":"))
        if row is None or len(text) < LONG:
            return row
        return {SHARED: self.texts.setdefault(text, len(self.texts))}


def _is_row(told: list[Any]) -> bool:
    return not told or not isinstance(told[0], list | dict)


def _map(rows: list[Any]) -> dict[str, Any] | None:
    if not isinstance(rows[0], list):
        return None
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
