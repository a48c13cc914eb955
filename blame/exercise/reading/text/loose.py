"""Names and numbers in lines that are no Python: w1=.15, w2=.20 (into h1); W1: [[...]]; tables."""

from __future__ import annotations

import re

import numpy as np

from blame.exercise.reading.text.edges import read_edges
from blame.exercise.reading.text.loose_numbers import (
    NUMBER,
    Loose,
    canonical,
    closing,
    listed,
    literal,
)
from blame.exercise.reading.text.tables import read_tables

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


def read_loose(lines: list[str], skip: set[int]) -> Loose:
    """Read the lines whose numbers are not in `skip`."""
    found = Loose()
    kept = ["" if k in skip else line for k, line in enumerate(lines, start=1)]
    _read_edges(kept, found)
    kept = ["" if k in found.read else line for k, line in enumerate(kept, start=1)]
    read_tables(kept, found)
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
