"""Weights by where they lead: x1 -> h1: 0.1 in sentences, one row a neuron in tables."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import pairwise

import numpy as np

from blame.arrays import Array

_NUMBER = r"[-+]?(?:\d{1,9}(?:[.,]\d{1,12})?|[.]\d{1,12})"
_UNIT = r"([A-Za-z]{1,6}_?\d{0,2})"
_ARROW = re.compile(rf"\b{_UNIT}\s?->\s?{_UNIT}\)?\s?[:=]\s?({_NUMBER})(?![\w.])")
_OF_UNIT = re.compile(rf"\b{_UNIT}\s?[:=]\s?({_NUMBER})(?![\w.])")
_HEADS = re.compile(r"(?i)neurons?|units?|nodes?|einheit|knoten|to|nach")
_FROM_TO = re.compile(r"(?i)(?:from|von)\s{0,3}[\\/>-]{1,2}\s{0,3}(?:to|nach)")
_BEGINS = re.compile(rf"[\s|]{{0,9}}(?:from|von|{_HEADS.pattern.removeprefix('(?i)')})\b", re.I)
_BIASES = re.compile(r"(?i)bias|b|b_?0|θ|theta|threshold|schwell\w{1,9}")
_SOURCE = re.compile(
    r"(?i)(?:w|weight|gewicht)?\s{0,3}(?:from|von)?[\s_(]{0,3}([a-z]{1,6}_?\d{1,2})\)?"
)
_PARTS = re.compile(r"\s*[\t|;]\s*|\s{2,}")
_NEURON = re.compile(
    rf"(?i)\b(hidden|output|verdeckt\w{{0,3}}|ausgabe)\w{{0,8}}[^\n:=(\[]{{0,30}}:[ \t]{{0,3}}"
    rf"(?:weights?|gewichte?)\s?[:=]?\s?[(\[]([^()\[\]\n]{{1,120}})[)\]]"
    rf"(?:[^\n]{{0,20}}\bbias\s?[:=]?\s?({_NUMBER}))?"
)
"""One neuron a line: Hidden neuron h1: weights (0.1, 0.3), bias 0.1."""
MOST_LAYERS = 5


@dataclass
class Edges:
    """The weights by source and unit, the biases by unit, and the lines they stand in."""

    weights: dict[tuple[str, str], float] = field(default_factory=dict)
    biases: dict[str, float] = field(default_factory=dict)
    lines: set[int] = field(default_factory=set)

    def arrays(self) -> tuple[dict[str, Array], dict[str, str]]:
        """Return W1, b1, W2, ... and what the text calls their entries; nothing if layers skip."""
        depth: dict[str, int] = {}
        for _ in range(MOST_LAYERS + 1):
            for source, unit in self.weights:
                depth[unit] = max(depth.get(unit, 0), depth.setdefault(source, 0) + 1)
        if not depth or max(depth.values()) > MOST_LAYERS:
            return {}, {}
        if any(depth[unit] != depth[source] + 1 for source, unit in self.weights):
            return {}, {}
        layers = [
            sorted((unit for unit in depth if depth[unit] == k), key=_place)
            for k in range(max(depth.values()) + 1)
        ]
        found: dict[str, Array] = {}
        named: dict[str, str] = {}
        for k, (sources, units) in enumerate(pairwise(layers), start=1):
            matrix = np.zeros((len(sources), len(units)))
            for (source, unit), weight in self.weights.items():
                if unit in units:
                    i, j = sources.index(source), units.index(unit)
                    matrix[i, j] = weight
                    named[f"{source}->{unit}"] = f"W{k}[{i}, {j}]"
            found[f"W{k}"] = matrix
            if any(unit in self.biases for unit in units):
                found[f"b{k}"] = np.array([self.biases.get(unit, 0.0) for unit in units])
        return found, named


def read_edges(lines: list[str]) -> Edges:
    """Return the weights that lines give by source and unit."""
    found = Edges()
    k = 0
    _neurons(lines, found)
    while k < len(lines):
        rows = _rows(lines, k, found) if _BEGINS.match(lines[k]) else 0
        if not rows and "->" in lines[k]:
            _arrows(lines[k], k + 1, found)
        k += rows or 1
    units = {unit for _, unit in found.weights}
    for k, line in enumerate(lines if units else [], start=1):
        if k not in found.lines and re.search(r"(?i)\bbias", line):
            _biases(line, k, units, found)
    return found


def _place(unit: str) -> tuple[str, int]:
    stem, digits = unit.rstrip("0123456789"), re.sub(r"\D", "", unit)
    return stem, int(digits or 0)


def _value(text: str) -> float:
    return float(text.replace(",", "."))


def _arrows(line: str, number: int, found: Edges) -> None:
    for source, unit, value in _ARROW.findall(line[:2000]):
        found.weights.setdefault((source, unit), _value(value))
        found.lines.add(number)


def _biases(line: str, number: int, units: set[str], found: Edges) -> None:
    for unit, value in _OF_UNIT.findall(line[:2000]):
        if unit in units:
            found.biases.setdefault(unit, _value(value))
            found.lines.add(number)


def _neurons(lines: list[str], found: Edges) -> None:
    rows: list[tuple[int, bool, list[float], str]] = []
    for number, line in enumerate(lines, start=1):
        match = _NEURON.search(line[:400]) if ":" in line else None
        if match:
            values = [_value(text) for text in re.findall(_NUMBER, match[2])]
            rows.append((number, match[1][0] in "hHvV", values, match[3] or ""))
    hidden = [row for row in rows if row[1]]
    widths = {True: len(hidden[0][2]) if hidden else 0, False: len(hidden)}
    if not hidden or any(len(values) != widths[first] for _, first, values, _ in rows):
        return
    count = {True: 0, False: 0}
    for number, first, values, bias in rows:
        count[first] += 1
        unit, source = (f"h{count[first]}", "x") if first else (f"o{count[first]}", "h")
        for i, value in enumerate(values, start=1):
            found.weights[f"{source}{i}", unit] = value
        if bias:
            found.biases[unit] = _value(bias)
        found.lines.add(number)


def _rows(lines: list[str], k: int, found: Edges) -> int:
    """Return how many lines a table with one row a neuron has, 0 where none begins here."""
    head = _cells(lines[k])
    if len(head) > 2 and _FROM_TO.fullmatch("/".join(head[:2])):
        # A backslash between the two words was read as a space of LaTeX.
        head = ["from/to", *head[2:]]
    if len(head) > 1 and _FROM_TO.fullmatch(head[0]):
        return _columns(lines, k, head[1:], found)
    if len(head) < 2 or not _HEADS.fullmatch(head[0]):
        return 0
    sources = [_SOURCE.fullmatch(cell) for cell in head[1:]]
    bias = [bool(_BIASES.fullmatch(cell)) for cell in head[1:]]
    if not all(source or none for source, none in zip(sources, bias, strict=True)) or all(bias):
        return 0
    first = last = k + 1 + bool(re.fullmatch(r"[\s|:+-]+", "".join(lines[k + 1 : k + 2])))
    while last < len(lines):
        cells = _cells(lines[last])
        numbers = [cell for cell in cells[1:] if re.fullmatch(_NUMBER, cell)]
        if len(cells) != len(head) or len(numbers) != len(head) - 1:
            break
        for source, is_bias, text in zip(sources, bias, numbers, strict=True):
            if is_bias:
                found.biases[cells[0]] = _value(text)
            elif source:
                found.weights[source.group(1), cells[0]] = _value(text)
        last += 1
    if last == first:
        return 0
    found.lines |= set(range(k + 1, last + 1))
    return last - k


def _columns(lines: list[str], k: int, units: list[str], found: Edges) -> int:
    """Read a table with one column a neuron: from \\ to, h1, h2."""
    last = k + 1
    while last < len(lines):
        cells = _cells(lines[last])
        if not re.fullmatch(r"[\s|:+-]+", lines[last]):
            if len(cells) != len(units) + 1 or not all(
                re.fullmatch(_NUMBER, cell) for cell in cells[1:]
            ):
                break
            for unit, text in zip(units, cells[1:], strict=True):
                if _BIASES.fullmatch(cells[0]):
                    found.biases[unit] = _value(text)
                else:
                    found.weights[cells[0], unit] = _value(text)
        last += 1
    found.lines |= set(range(k + 1, last + 1))
    return last - k


def _cells(line: str) -> list[str]:
    cells = _PARTS.split(line.strip().strip("|").strip()[:600])
    return [cell for cell in cells if cell]
