"""Names and numbers in lines that are no Python: w1=.15, w2=.20 (into h1); W1: [[...]]; tables."""

from __future__ import annotations

import ast
import re
from dataclasses import dataclass, field

import numpy as np

from blame.arrays import Array
from blame.exercise.reading.text.edges import read_edges
from blame.exercise.typed.numbers import read_number

NUMBER = (
    r"[-+]?(?:\d{1,17}(?:[.,]\d{1,17})?\.?"
    r"|[.]\d{1,17})(?:[eE][-+]?\d{1,3})?(?:\s?/\s?\d{1,9}(?:\.\d{1,9})?)?"
)
_NAME = r"[A-Za-zηαθγ][\w.'^]{0,30}(?:\[\d{1,2}\](?:\[\d{1,2}\])?)?|\d{1,2}\.(?:weight|bias)"
_PAIR = re.compile(
    rf"(?<![\w.\\])((?:(?:{_NAME})\s{{0,3}}(?::=|=|≈)\s{{0,3}}){{1,4}}|(?:{_NAME})\s{{0,3}}:"
    rf"\s{{0,3}}"
    rf"|(?:{_NAME})(?:'\s{{0,3}},)?\s{{0,3}}(?=tensor\(|array\())"
    rf"(?:(?:np\.|torch\.)?(?:array|tensor|Tensor|matrix)\(\s{{0,3}})?"
    rf"(\[|\(|{NUMBER}(?:[ \t]{{0,3}}(?:,[ \t]{{1,3}}"
    rf"|,?[ \t]{{1,3}}and[ \t]{{1,3}}){NUMBER}(?![\w.]|\s{{0,3}}=))*)"
)
_GOES_ON = re.compile(r"[ \t]{0,3}(?:[*^]|\+[ \t]{0,3}[\w(.])")
_NUMBERS_ONLY = re.compile(r"[-+\d.eE,()\[\]\s]+")
_LISTED = re.compile(NUMBER)
_ROW = re.compile(rf"[\s|;]*{NUMBER}(?:[\s,;|&]+{NUMBER})*[\s|;,]*")
_DECIMAL_COMMAS = re.compile(
    r"(?=[^.]*$)(?=.*\d,\d)(?:[A-Za-z]\w{0,9}:?[\t ;|]+)?[\t ;|]*"
    r"[-+]?\d{1,17}(?:,\d{1,17})?(?:[\t ;|]+[-+]?\d{1,17}(?:,\d{1,17})?){1,40}[\t ;|]*"
)
"""A row whose cells are parted by something else than their commas."""
_SEMICOLONS = re.compile(r"[^\s;=()\[\]]{0,20}(?:;[ ]?[^\s;=()\[\]]{0,20}){1,40}")
"""A line of a spreadsheet that was saved with semicolons."""
_WORD = re.compile(r"[A-Za-zηαθΣ][\w'.]{0,20}")


@dataclass
class Loose:
    """What loose lines give: values and their lines, and sentences about odd numbers."""

    values: dict[str, Array] = field(default_factory=dict)
    lines: dict[str, int] = field(default_factory=dict)
    read: set[int] = field(default_factory=set)
    said: list[str] = field(default_factory=list)
    unread: dict[int, str] = field(default_factory=dict)
    renamed: dict[str, str] = field(default_factory=dict)
    columns: bool = False
    """Whether its matrices are known to have one column a neuron."""

    def keep(self, name: str, value: Array, line: int) -> None:
        if name not in self.values:
            self.values[name] = value
            self.lines[name] = line
        self.read.add(line)


def number(text: str, into: Loose | None = None) -> float | None:
    """Return what a short text writes, as a hand does; None where it is no number."""
    typed = read_number(text.strip().rstrip("."))
    if typed.value is not None and typed.said and into is not None:
        into.said.append(typed.said)
    return typed.value


def literal(text: str) -> Array | None:
    """Return the array of a list of numbers, None where it is none or ragged."""
    text = _fractions(text)
    if not _NUMBERS_ONLY.fullmatch(text):
        return None
    try:
        made = ast.literal_eval(text)
        array = np.array(made, dtype=float)
    except (ValueError, SyntaxError, TypeError, RecursionError, MemoryError, OverflowError):
        return None
    fits = array.ndim <= 3 and 0 < array.size <= 1000 and bool(np.isfinite(array).all())
    return array if fits else None


def _fractions(text: str) -> str:
    def worked_out(found: re.Match[str]) -> str:
        value = number(found.group())
        return found.group() if value is None else repr(value)

    text = re.sub(r"\btensor\(|\barray\(", "(", text)
    return re.sub(r"\d[\d.]{0,17}\s?/\s?\d[\d.]{0,17}", worked_out, text)


def closing(text: str, start: int) -> int:
    """Return where the bracket that opens at `start` closes, -1 if nowhere near."""
    depth = 0
    for place in range(start, min(len(text), start + 4000)):
        depth += (text[place] in "([{") - (text[place] in ")]}")
        if depth == 0:
            return place + 1
        if depth > 20:
            return -1
    return -1


def read_loose(lines: list[str], skip: set[int]) -> Loose:
    """Read the lines whose numbers are not in `skip`."""
    found = Loose()
    kept = ["" if k in skip else line for k, line in enumerate(lines, start=1)]
    _read_edges(kept, found)
    kept = ["" if k in found.read else line for k, line in enumerate(kept, start=1)]
    _read_tables(kept, found)
    text = "\n".join("" if k in found.read else line for k, line in enumerate(kept, start=1))
    starts = np.cumsum([0] + [len(line) + 1 for line in text.split("\n")])
    place, tried = 0, 0
    while match := _PAIR.search(text, place):
        place = match.end()
        tried += 1
        if tried > 600:
            break
        line = int(np.searchsorted(starts, match.start(), side="right"))
        names = re.split(r"\s*(?::=|=|≈|:)\s*", match.group(1).strip().rstrip("',"))
        names = [canonical(name) for name in names if name.strip()]
        opened = match.group(2)
        if opened in "[(":
            end = closing(text, match.end() - 1)
            value = literal(text[match.end() - 1 : end]) if end > 0 else None
            if value is None:
                if opened == "[":
                    found.unread[line] = lines[line - 1]
                continue
            place = end
            if re.match(r"\s?(?:\^T|\.T\b|')", text[end : end + 4]):
                value = value.T
        elif _GOES_ON.match(text, match.end()):
            # The first factor of a sum that is worked out, not the number.
            continue
        else:
            value = listed(opened, found)
            if value is None:
                found.unread[line] = lines[line - 1]
                continue
        for name in names:
            found.keep(name, value, line)
        found.read |= set(range(line, line + text.count("\n", match.start(), place) + 1))
    return found


def _read_edges(lines: list[str], found: Loose) -> None:
    edges = read_edges(lines)
    arrays, named = edges.arrays()
    for name, value in arrays.items():
        found.keep(name, value, min(edges.lines))
    if arrays:
        found.read |= edges.lines
        found.renamed |= named
        found.columns = True


def listed(text: str, found: Loose) -> Array | None:
    """Return the numbers of a sentence: 1, -2 and 0.5; a comma inside one is a decimal comma."""
    tight = re.fullmatch(r"[-+]?\d+(?:,[-+]?\d+){2,}", text.strip())
    parts = text.split(",") if tight else _LISTED.findall(text)
    numbers = [number(part, found) for part in parts]
    if not numbers or any(value is None for value in numbers):
        return None
    return np.array(numbers[0] if len(numbers) == 1 else numbers, dtype=float)


def canonical(name: str) -> str:
    """Return a name as it is compared: w_{11} and w_11 are w11, theta_3 and th3 are theta3."""
    name = re.sub(r"^self\.", "", name.strip())
    name = re.sub(r"\[(\d+)\]", r"_\1", name) if re.match(r"[wvb]\[", name) else name
    name = re.sub(r"^(?:θ|theta|th|Theta|thr|threshold)_?(\d+)$", r"theta\1", name)
    return re.sub(r"^([A-Za-z]+)_(\d+)$", r"\1\2", name)


def _cells(line: str) -> list[str]:
    line = line.strip().strip("|").strip()
    if "\t" in line or "|" in line:
        return [cell.strip() for cell in re.split(r"\t|\|", line)]
    if ";" in line and _SEMICOLONS.fullmatch(line):
        return [cell.strip() for cell in line.split(";")]
    return line.split(",") if re.fullmatch(r"[^\s,]+(?:,[^\s,]+)+", line) else line.split()


def _read_tables(lines: list[str], found: Loose) -> None:
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
