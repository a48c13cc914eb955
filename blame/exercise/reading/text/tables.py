"""Tables in text: names above rows of numbers, a name before its row, a name above its rows."""

from __future__ import annotations

import re

import numpy as np

from blame.exercise.reading.text.loose_numbers import NUMBER, Loose, canonical, number

_ROW = re.compile(rf"[\s|;]*{NUMBER}(?:[\s,;|&]+{NUMBER})*[\s|;,]*")
_DECIMAL_COMMAS = re.compile(
    r"(?=[^.]*$)(?=.*\d,\d)(?:[A-Za-z]\w{0,9}:?[\t ;|]+)?[\t ;|]*"
    r"[-+]?\d{1,17}(?:,\d{1,17})?(?:[\t ;|]+[-+]?\d{1,17}(?:,\d{1,17})?){1,40}[\t ;|]*"
)
"""A row whose cells are parted by something else than their commas."""
_SEMICOLONS = re.compile(r"[^\s;=()\[\]]{0,20}(?:;[ ]?[^\s;=()\[\]]{0,20}){1,40}")
"""A line of a spreadsheet that was saved with semicolons."""
_WORD = re.compile(r"[A-Za-zηαθΣ][\w'.]{0,20}")


def _cells(line: str) -> list[str]:
    line = line.strip().strip("|").strip()
    if "\t" in line or "|" in line:
        return [cell.strip() for cell in re.split(r"\t|\|", line)]
    if ";" in line and _SEMICOLONS.fullmatch(line):
        return [cell.strip() for cell in line.split(";")]
    return line.split(",") if re.fullmatch(r"[^\s,]+(?:,[^\s,]+)+", line) else line.split()


def read_tables(lines: list[str], found: Loose) -> None:
    """Read a row of names above rows of numbers, a name before its row, a name above its rows."""
    k = 0
    while k < len(lines):
        cells = _cells(lines[k])
        names = [cell.rstrip(":=") for cell in cells]
        words = bool(cells) and all(map(_WORD.fullmatch, names))
        label = _label(lines[k])
        if label and _ROW.fullmatch(_at(lines, k + 1)):
            k = _block(lines, k, label, [], found)
        elif words and len(cells) > 1 and len(cells) <= 120:
            k = _columns(lines, k, names, found)
        elif words and len(cells) == 1 and _ROW.fullmatch(_at(lines, k + 1)):
            k = _block(lines, k, canonical(names[0]), [], found)
        elif len(cells) > 1 and _WORD.fullmatch(names[0]) and _numbers(cells[1:]) is not None:
            first = _numbers(cells[1:])
            k = _block(lines, k, canonical(names[0]), [first or []], found)
        else:
            k += 1


def _label(line: str) -> str:
    """Return the name of what stands below a heading such as "Hidden weights:"."""
    words = line.strip().lower().rstrip(":")
    if len(words) > 40 or not re.fullmatch(r"[a-z ()-]+", words):
        return ""
    kind = "W" if "weight" in words else "b" if "bias" in words else ""
    layer = "2" if re.search("output|second|last", words) else "1"
    return kind + layer if kind and " " in words else ""


def _at(lines: list[str], k: int) -> str:
    return lines[k] if k < len(lines) else ""


def _numbers(cells: list[str]) -> list[float] | None:
    while cells and not cells[-1]:
        cells = cells[:-1]
    while cells and cells[0] in ("", "=", ":"):
        cells = cells[1:]
    # Commas that part numbers in one cell are no table.
    values = [number(cell.rstrip(",;")) if cell else None for cell in cells]
    kept = [value for value in values if value is not None]
    return kept if kept and len(kept) == len(cells) else None


def _columns(lines: list[str], k: int, names: list[str], found: Loose) -> int:
    rows = []
    last = k + 1
    while re.fullmatch(r"[\s|:+-]+", _at(lines, last)) and _at(lines, last).strip():
        last += 1
    start = last
    while last < len(lines):
        row = _numbers(_cells(lines[last]))
        if row is None or len(row) != len(names):
            break
        rows.append(row)
        last += 1
    if not rows:
        return k + 1
    table = np.array(rows)
    found.read |= {k + 1, *range(start + 1, last + 1)}
    for column, name in enumerate(names):
        values = table[:, column]
        found.keep(canonical(name), values[0] if len(rows) == 1 else values, k + 1)
    return last


def _block(lines: list[str], k: int, name: str, rows: list[list[float]], found: Loose) -> int:
    last = k + 1
    decimal = any(map(_DECIMAL_COMMAS.fullmatch, lines))
    while last < len(lines) and _ROW.fullmatch(lines[last]):
        parting = r"[\s;|]+" if decimal and not re.search(r",\s", lines[last]) else r"[\s,;|]+"
        row = _numbers([cell for cell in re.split(parting, lines[last].strip()) if cell])
        if row is None or (rows and len(row) != len(rows[0])):
            break
        rows.append(row)
        last += 1
    if not rows:
        return k + 1
    table = np.array(rows)
    if len(rows) == 1:
        table = table[0] if len(rows[0]) > 1 else table[0, 0]
    found.keep(name, np.asarray(table), k + 1)
    found.read |= set(range(k + 1, last + 1))
    return last
