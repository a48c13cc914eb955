"""A reader's own samples, from a text as hands, spreadsheets and programs write it."""

from __future__ import annotations

import csv
import io
import math
import re
from dataclasses import replace

import numpy as np

from blame.exercise.typed.numbers import NO_NUMBERS, TypedNumber, read_number
from blame.exercise.typed.spellings import without_calls
from blame.playground.datasets import MOST_CLASSES, MOST_SAMPLES, Dataset, dataset

LARGEST_VALUE = 1e6
MOST_INPUTS = 8
# The name of a class begins with a letter; once there are such, any short word will do.
_WORD = re.compile(r"[^\W\d_][\w .+/-]{0,23}")
_CLASS = re.compile(r"\w[\w .+/-]{0,23}")
# Not the name of a column, though it may be no number either: 1'000, or 5 %.
_LIKE_A_NUMBER = re.compile(r"\W{0,3}\d")
# A number alone in parentheses stays as it is: to an accountant it is negative.
_ROW = re.compile(r"[\[\]{}]|\([^()]{0,200}[,;\s][^()]{0,200}\)")
_NEXT_ROW = re.compile(r"[\]})]\s{0,9},\s{0,9}[\[{(]")
_AROUND = re.compile(r"[\[\](){}]")
_ARROW = re.compile(r"\s*(?:->|=>|\u2192)\s*")
_QUOTED = re.compile(r"'([^',;\t]*)'")
# What a table's index is called where it is printed or saved beside its numbers.
_INDEX = re.compile(r"|index|Unnamed: 0|#", re.IGNORECASE)
_COMMENT = re.compile(r"(?:\A|\s)#.*")
# 0,5, 1,5, 1: a comma with a space behind it parts, and each comma within is a point.
_COMMA_IN_EACH = re.compile(r"[^\s,]+,\d+(?:,\s+[^\s,]+(?:,\d+)?){1,3}")


def read_csv(text: str) -> tuple[Dataset | None, list[str]]:
    """Return the samples that a text holds, and a sentence for each line that is left out.

    Each line is one sample: one to `MOST_INPUTS` inputs, then the target, parted by bars,
    semicolons, tabs, commas or spaces. A comma is a decimal comma where something else parts the
    numbers. Where most lines end with a word, the words are classes. A first line of names, a
    table's rule of dashes and empty lines are skipped without a word. The first good line decides
    how many inputs there are. None if no line is good.
    """
    rows: list[list[float]] = []
    problems: list[str] = []
    read_as = ""
    lines, named = _parted(text)
    lines, counted = _without_index(lines, named)
    classes: dict[str, float] | None = {} if _names_classes(lines) else None
    for number, cells, trouble in lines:
        typed = [read_number(cell) for cell in cells]
        if classes is not None and len(cells) > 1 and not trouble:
            # The target is a word: its number is the place of its class.
            trouble, typed[-1] = _class_of(cells[-1], classes)
        values = [one.value for one in typed if one.value is not None]
        trouble = trouble or _unread(cells, typed)
        trouble = trouble or _trouble(values, len(rows[0]) if rows else None)
        if trouble:
            problems.append(f"line {number}: {trouble}")
        elif len(rows) == MOST_SAMPLES:
            problems.append(
                f"line {number} and what follows: only the first {MOST_SAMPLES} samples are used"
            )
            break
        else:
            rows.append(values)
            if classes is not None:
                classes.setdefault(cells[-1], float(len(classes)))
            said = next((one.said for one in typed if one.said), "")
            read_as = read_as or (said and f"In line {number} of the text, {said}")
    if not rows:
        return None, problems
    table = np.array(rows)
    read_as = " ".join(filter(None, (counted, read_as)))
    found = replace(dataset(table[:, :-1], table[:, -1]), read_as=read_as)
    return replace(found, classes=tuple(classes or ())), problems


_Line = tuple[int, list[str], str]
"""The number of a line that may be a sample, its cells, and what is wrong with it."""


def _parted(text: str) -> tuple[list[_Line], list[str]]:
    """Return each line that may be a sample, and the names in the line above them."""
    names: list[str] = []
    found: list[_Line] = []
    is_first = True
    lines = _NEXT_ROW.sub("\n", without_calls(text.removeprefix("\ufeff"))).splitlines()
    for number, whole in enumerate(lines, start=1):
        line = _COMMENT.sub("", whole)
        if not line.strip() or _is_rule(line):
            continue
        may_be_names, is_first = is_first, False
        try:
            cells = _cells(line)
        except csv.Error as error:
            found.append((number, [], str(error)))
            continue
        # Of a first line with not one number in it.
        if not may_be_names or any(map(_LIKE_A_NUMBER.match, cells)) or _has_number(cells):
            found.append((number, cells, ""))
        else:
            names = cells
    return found, names


def _without_index(lines: list[_Line], names: list[str]) -> tuple[list[_Line], str]:
    """Return the lines without a first column that only counts them, and what to say of it.

    That is one without a name under a line of names, as tables are printed and saved.
    """
    first = [cells[0] for _, cells, trouble in lines if cells and not trouble]
    counts = first in ([str(k + start) for k in range(len(first))] for start in (0, 1))
    nameless = bool(names) and (
        _INDEX.fullmatch(names[0]) is not None
        or all(len(cells) == len(names) + 1 for _, cells, trouble in lines if not trouble)
    )
    if not (counts and nameless):
        return lines, ""
    return (
        [(number, cells[1:], trouble) for number, cells, trouble in lines],
        "The first column counts the rows and is left out.",
    )


def _has_number(cells: list[str]) -> bool:
    return any(read_number(cell).value is not None for cell in cells)


def _names_classes(lines: list[tuple[int, list[str], str]]) -> bool:
    """Whether most lines end with a word, so that one mistyped number makes no class."""
    good = [cells for _, cells, trouble in lines if len(cells) > 1 and not trouble]
    return 2 * sum(bool(_WORD.fullmatch(cells[-1])) for cells in good) > len(good)


def _class_of(word: str, classes: dict[str, float]) -> tuple[str, TypedNumber]:
    """Return what is wrong with the name of a class, or nothing, and the number of the class."""
    place = classes.get(word, float(len(classes)))
    trouble = ""
    if not _CLASS.fullmatch(word):
        trouble = f"{word[:15]!r} is not the name of a class"
    elif place >= MOST_CLASSES:
        trouble = f"{word!r} would be one class more than {MOST_CLASSES}"
    return trouble, TypedNumber(place)


def _is_rule(line: str) -> bool:
    return "--" in line and set(line) <= set("|:-+ \t")


def _cells(line: str) -> list[str]:
    """Part a line at the first of | ; tab , and space that it holds, but at no decimal comma."""
    line = _QUOTED.sub(r"\1", _ARROW.sub(",", line))
    # A list or a messenger has put a mark after the last number; a list of lists has brackets.
    line = _AROUND.sub("", line) if _ROW.search(line) else line
    line = line.rstrip(" ,;\t") if line.rstrip()[-1:] in (",", ";") else line
    if "|" in line:
        line = line.strip().strip("|")
    mark = next((mark for mark in "|;\t," if mark in line), None)
    if mark == "," and _COMMA_IN_EACH.fullmatch(line.strip()):
        return re.split(r",\s+", line.strip())
    if mark is None or (mark == "," and _has_decimal_commas(line)):
        return line.split()
    return [cell.strip() for cell in next(csv.reader(io.StringIO(line), delimiter=mark))]


def _has_decimal_commas(line: str) -> bool:
    """Whether spaces part the numbers, so that each has a comma of its own at most."""
    words = line.split()
    return len(words) > 1 and all(re.fullmatch(r"[^,]+(,\d[^,]*)?", word) for word in words)


def _unread(cells: list[str], typed: list[TypedNumber]) -> str:
    """Return what is wrong with the first cell that is no number, or nothing."""
    for cell, one in zip(cells, typed, strict=True):
        if one.value is None:
            shown = repr(cell if len(cell) <= 20 else cell[:15] + "...")
            return f"{shown} {'is not a number' if one.why in NO_NUMBERS else one.why}"
    return ""


def _trouble(values: list[float], expected: int | None) -> str:
    if not 2 <= len(values) <= MOST_INPUTS + 1:
        return f"needs 1 to {MOST_INPUTS} inputs and a target, got {len(values)} numbers"
    if expected is not None and len(values) != expected:
        return f"has {len(values)} numbers where the first sample has {expected}"
    if not all(math.isfinite(value) and abs(value) <= LARGEST_VALUE for value in values):
        return f"numbers must be finite and at most {LARGEST_VALUE:,.0f} in size"
    return ""


def fitting(text: str, most: int) -> tuple[str, str]:
    """Return as many whole lines of a text as have at most so many characters, and what to say.

    Nothing is to be said where all of it fits.
    """
    if len(text) <= most:
        return text, ""
    kept = text[: most + 1].rpartition("\n")[0]
    lines, of = (len(part.splitlines()) for part in (kept, text))
    if not kept.strip():
        return "", f"Its first line alone is longer than {most:,} characters, so nothing is kept."
    return kept, (
        f"A link holds {most:,} characters of data: the first {lines:,} of {of:,} lines are kept."
    )
