"""Numbers as a hand types or pastes them: the one place where texts become numbers.

Nothing typed is ever turned into another number. What can be meant in one way only is read; what
cannot be read, or could be two things, is refused with a sentence that says why.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass

from blame.exercise.typed.spellings import GROUP_SPACES, plain_list, plain_number

MOST_TYPED = 60
"""One number has at most so many characters."""
MOST_PASTED = 20_000
"""A text of several numbers has at most so many characters."""
EXERCISE = "write one such as 0.5, 1/2 or 1e-3"
EMPTY = "nothing is written here"
NO_NUMBER = "is not a number"
NO_NUMBERS = (EMPTY, NO_NUMBER)
"""What needs no other word than that a number is wanted."""

_POINTED = r"(?:\d+[.,]?\d*|[.,]\d+)"
_POWER = r"10\^[+-]?\d+"
_PLAIN = rf"[+-]?(?:{_POINTED}(?:[eE][+-]?\d+)?|{_POWER})"
# A fraction's lower part is no product: 2/5*10^3 could be 400 or 0.0004.
_NUMBER = re.compile(rf"([+-]?{_POINTED}\*{_POWER}|{_PLAIN})(?:/({_PLAIN}))?")
_GROUPS_OF_THREE = "|".join(rf"(?:{space}\d{{3}})+" for space in GROUP_SPACES)
_GROUPED_DIGITS = rf"[+-]?[1-9]\d{{0,2}}(?:{_GROUPS_OF_THREE})(?:[.,]\d*)?(?:[eE][+-]?\d+)?"
_GROUPED = re.compile(_GROUPED_DIGITS)
_GROUPS = re.compile(f"[{GROUP_SPACES}]")
# What commas or points may group: 1,234.5 and 1.234,5 and 1,234,567.
_MAY_BE_GROUPED = re.compile(
    r"[+-]?[1-9]\d{0,2}(?:(?:,\d{3})+\.\d*|(?:\.\d{3})+,\d*|(?:,\d{3}){2,}|(?:\.\d{3}){2,})"
)
_PARTS = re.compile(r"[\s;]+|,\s+")
# A number alone in parentheses stays as it is: to an accountant it is negative.
_PIECE = re.compile(
    rf"\([\d.,]{{1,40}}\)|(?<!\S){_GROUPED_DIGITS}(?!\S)"
    r"|(?:[^\s,;\[\](){}]|(?<=\d),(?=\d)|(?<![^\s;]),(?=\d))+|[,;\t]"
)
_COMMA_DECIMAL = re.compile(r"\d,0\d|-0,")


@dataclass(frozen=True)
class TypedNumber:
    """What became of a text: its number, None where it cannot be read, and what to say of it.

    `said` is empty where the number is read as written, else one sentence: how it was read, or why
    it cannot be. `why` is what is wrong alone, to go on after the text or "that".
    """

    value: float | None
    said: str = ""
    why: str = ""


def read_number(text: str) -> TypedNumber:
    """Return the number that a text writes.

    Decimals with a point or a comma, exponents, powers of ten, fractions of two such, with any
    minus or digits that a keyboard has. Spaces that group digits are read where each group has
    three. Never more than one number, and never a guess.
    """
    text = text.strip()
    if not text:
        return _refused("", EMPTY)
    if len(text) > MOST_TYPED:
        return _refused(text, f"is longer than {MOST_TYPED} characters")
    plain = plain_number(text)
    grouped = bool(_GROUPED.fullmatch(plain))
    if grouped:
        plain = _GROUPS.sub("", plain)
    found = _NUMBER.fullmatch(plain)
    if not found:
        return _refused(text, _why_none(plain))
    above, below = (None if part is None else _as_float(part) for part in found.groups())
    assert above is not None
    if below == 0:
        return _refused(text, "divides by 0")
    value = above if below is None else above / below
    if not all(math.isfinite(number) for number in (above, below or 0.0, value)):
        return _refused(text, "is too large for a computer's floats")
    # Every zero that is typed has no other digit before its exponent.
    vanished = value == 0 and re.search(r"[1-9]", re.split(r"[eE*/]", plain)[0])
    said = ""
    if grouped or vanished or "," in plain:
        said = f"{_line(text).rstrip(' .,;')} is read as {_written(value)}"
        if re.fullmatch(r"[+-]?[1-9]\d{0,2},\d{3}", plain):
            said += f", not as {plain.replace(',', '')}"
        said += ", for it is too small for a computer's floats." if vanished else "."
    return TypedNumber(value, said)


def read_numbers(text: str, most: int) -> list[TypedNumber]:
    """Return the numbers that a text lists, at most so many, in the order they are written.

    What NumPy, PyTorch, Python, LaTeX, a spreadsheet or a CSV file writes: brackets, commas,
    semicolons, tabs, spaces and line ends part the numbers. A comma is a decimal comma where
    something else parts the numbers. An entry that cannot be read, an empty cell among them, keeps
    its place; one whose comma could be either is refused.
    """
    if len(text) > MOST_PASTED:
        return [_refused(text, f"is longer than {MOST_PASTED:,} characters")][:most]
    alone = read_number(text)
    if alone.value is not None or not text.strip():
        return [alone][:most]
    listed = plain_list(text)
    lines = [list(_entries(line)) for line in _lines(listed)]
    entries = [entry for line in lines for entry in line]
    meant = _comma_of(listed, lines)
    found: list[TypedNumber] = []
    for entry in entries:
        if len(found) >= most:
            break
        found += _read_entry(entry, meant)
    return found[:most]


def _read_entry(entry: str, meant: str) -> list[TypedNumber]:
    if "," not in entry or meant == "decimal":
        return [read_number(entry)]
    parts = entry.split(",")
    if meant == "parts":
        return [read_number(part) for part in parts]
    one = entry.replace(",", "" if _MAY_BE_GROUPED.fullmatch(entry) else ".")
    why = f"may be {_line(one)} or {_line(' and '.join(part for part in parts if part))}"
    return [_refused(entry, why, "write points for decimals and blanks between numbers")]


def _comma_of(listed: str, lines: list[list[str]]) -> str:
    """Return what a comma between two digits is: "decimal", "parts" the numbers, or "unclear"."""
    entries = [entry for line in lines for entry in line]
    tight = [entry for entry in entries if "," in entry]
    if not tight or "[" in listed or "{" in listed:
        return "parts"
    if any(_parts_only(entry) and not _MAY_BE_GROUPED.fullmatch(entry) for entry in tight):
        # 0.5,0.3 beside 1,5: some are certain, and the others are what these are.
        return "parts"
    if not all(map(_is_one, tight)) or all(entry.startswith(",") for entry in tight):
        return "unclear"
    if any(_COMMA_DECIMAL.search(entry) for entry in tight):
        return "decimal"
    loose = re.search(r",[^\S\n]+\S", listed)
    points = any("." in entry for entry in entries)
    if loose or points:
        return "unclear"
    # In a column of single entries 1,5 may be a row of two; not beside an entry without a comma.
    column = all(len(line) == 1 for line in lines)
    return "unclear" if column and len(tight) == len(entries) else "decimal"


def _parts_only(entry: str) -> bool:
    """Whether an entry with commas is a list and no number."""
    parts = entry.removeprefix(",").split(",")
    return not _is_one(entry) and all(_NUMBER.fullmatch(part) for part in parts)


def _is_one(entry: str) -> bool:
    return bool(_NUMBER.fullmatch(entry) or _GROUPED.fullmatch(entry))


def _lines(listed: str) -> Iterator[str]:
    for line in listed.split("\n"):
        if line.strip(" ,;\t"):
            yield line.rstrip(" ,;\t")


def _entries(line: str) -> Iterator[str]:
    """Yield what stands in a line, and an empty text for each empty cell before another."""
    before = ""
    for piece in _PIECE.findall(line):
        if piece not in (",", ";", "\t"):
            before = "entry"
            yield piece
        elif before == "entry":
            before = piece
        elif before in ("", piece):
            # Two of one kind have a cell between them; a tab after a comma is a space.
            before = piece
            yield ""


def _as_float(part: str) -> float:
    """Return a part of a number that its grammar has already let through."""
    part = part.replace(",", ".")
    if "10^" in part:
        factor, _, power = part.rpartition("10^")
        # One text for one float: a product would round twice.
        part = f"{factor.rstrip('*') if '*' in factor else factor + '1'}e{power}"
    return float(part)


def _why_none(plain: str) -> str:
    """Return what is wrong with a text that writes no number."""
    if "," in plain and "." in plain and _MAY_BE_GROUPED.fullmatch(plain):
        return "has both a comma and a point"
    several = [part for part in _PARTS.split(plain) if part]
    if len(several) > 1 and all(_NUMBER.fullmatch(part) for part in several):
        return _several(len(several))
    commas = plain.split(",")
    if len(commas) > 1 and all(_NUMBER.fullmatch(part) for part in commas):
        return _several(len(commas))
    return NO_NUMBER


def _several(count: int) -> str:
    return f"is {'two' if count == 2 else count} numbers where one fits"


def _refused(text: str, why: str, remedy: str = EXERCISE) -> TypedNumber:
    said = f"'{_line(text)}' {why}" if text else why.capitalize()
    return TypedNumber(None, f"{said}; {remedy}.", why)


def _line(text: str) -> str:
    """Return a text as one short line that every screen can show."""
    text = " ".join(text[: 2 * MOST_TYPED].split())
    text = "".join(sign if sign.isprintable() else "\ufffd" for sign in text)
    return text if len(text) <= 24 else f"{text[:24]}..."


def _written(value: float) -> str:
    return repr(value + 0.0).removesuffix(".0")
