"""A text as Python can parse it, and where each of its signs stood in what was written."""

from __future__ import annotations

import ast
import re

from blame.expression.errors import ExpressionError
from blame.expression.graph import Place
from blame.expression.limits import DEEPEST, MOST_TEXT
from blame.expression.operations import called
from blame.expression.reading.pasted.around import RAISED, blanked, plain_signs

_OPENING, _CLOSING = "([", ")]"
# A text in quotes or a comment, to the end of its line; a power; else one sign.
_PIECE = re.compile(rf"'[^'\n]*'|\"[^\"\n]*\"|#[^\n]*|\u207b?[{''.join(RAISED)}]+|[\s\S]")
_OF_NAMES = re.compile(r"([^\W\d]\w{0,40})[ ]*(\([\w ,]*\))[ ]*=(?!=)")
_NAME = r"[^\W\d]\w{0,40}(?:\[[\d, ]{1,12}\]){0,3}\s*="
_JOINS = re.compile(rf"\b(?:with|where|for|and|at)(?=\s+{_NAME})")
_NEXT = re.compile(rf"\s*{_NAME}(?!=)")


class Source:
    """What was written, and the same as Python parses it.

    Times may be written \u00d7 or \u00b7, minus \u2212, a power ^ or \u00b2; a comma before the
    next assignment, and "with" or "where", end a statement as a semicolon does.

    Attributes
    ----------
    written : the text as it came.
    code : the text to parse.
    said : what was read otherwise than Python would.
    """

    def __init__(self, written: str) -> None:
        if len(written) > MOST_TEXT:
            raise ExpressionError(
                Place(),
                f"the text has {len(written):,} characters",
                f"at most {MOST_TEXT:,} are read: shorten it",
            )
        self.written = written
        self.text = plain_signs(written)
        self.passed = blanked(self.text) != self.text
        self.text = blanked(self.text)
        self.said = ("^ is read as a power.",) if "^" in written else ()
        self._starts = [0, *(match.end() for match in re.finditer("\n", written))]
        self._from: list[int] = []
        self.code = self._plain_signs()
        # A statement may begin anywhere in its line, and a line may end in a semicolon.
        self._from.append(len(written))
        self._tidy()
        self._lines = [0, *(match.end() for match in re.finditer("\n", self.code))]

    def _plain_signs(self) -> str:
        """Return the text with Python's own signs, and note where each of them stood."""
        pieces: list[str] = []
        open_at: list[int] = []
        assigned = False
        joins = {match.start(): match.end() for match in _JOINS.finditer(self.text)}
        skip = 0
        for match in _PIECE.finditer(self.text):
            at, sign = match.start(), match[0]
            if at < skip or sign.startswith("#"):
                continue
            self._count(open_at, at, sign)
            put = _power(sign)
            if not open_at:
                if sign in ";\n":
                    assigned = False
                elif sign == "=":
                    assigned = True
                elif assigned and sign == "," and _NEXT.match(self.text, at + 1):
                    put, assigned = ";", False
                if at in joins:
                    put, assigned, skip = ";", False, joins[at]
            elif sign == "\n":
                put = " "
            pieces.append(put)
            self._from += range(at, at + len(sign)) if put == sign else [at] * len(put)
        if open_at:
            place = self.place(open_at[-1], open_at[-1] + 1)
            raise ExpressionError(place, "is never closed", "add the bracket that closes it")
        return "".join(pieces)

    def _count(self, open_at: list[int], at: int, sign: str) -> None:
        """Note a bracket that opens or closes; in texts and comments there are none."""
        if sign in _OPENING:
            open_at.append(at)
            if len(open_at) > DEEPEST:
                raise ExpressionError(
                    self.place(at, at + 1),
                    f"opens bracket number {len(open_at)} inside one another",
                    f"nest at most {DEEPEST}: give a part a name of its own",
                )
        elif sign in _CLOSING:
            if not open_at or _CLOSING.index(sign) != _OPENING.index(self.text[open_at[-1]]):
                raise ExpressionError(
                    self.place(at, at + 1),
                    "closes what was never opened",
                    "take it away, or open it before",
                )
            open_at.pop()

    def _tidy(self) -> None:
        kept: list[str] = []
        origin: list[int] = []
        at = 0
        for line in self.code.split("\n"):
            for piece in _statements(line):
                start = at + piece[0]
                text, origins = piece[1], self._from[start : start + len(piece[1])]
                if of := _OF_NAMES.match(text):
                    # f(x, y) = ... names f; of a function that is known it says what is known.
                    if called(of[1]):
                        self.passed = True
                        continue
                    text = text[: of.start(2)] + text[of.end(2) :]
                    origins = [*origins[: of.start(2)], *origins[of.end(2) :]]
                kept.append(text + "\n")
                origin += [*origins, self._from[start + len(piece[1])]]
            at += len(line) + 1
        self.code = "".join(kept)
        self._from = [*origin, len(self.written)]

    def place(self, start: int, end: int) -> Place:
        """Return the place of a piece of what was written."""
        line = max(k for k, begin in enumerate(self._starts) if begin <= start)
        return Place(line + 1, start - self._starts[line] + 1, self.written[start:end])

    def place_in_code(self, line: int, column: int, end_line: int, end_column: int) -> Place:
        """Return where a piece of the code was written; lines from 1, columns in characters."""
        start, end = self._at(line, column), self._at(end_line, end_column)
        first = self._from[min(start, len(self._from) - 1)]
        last = self._from[min(max(end - 1, start), len(self._from) - 1)] + 1
        return self.place(first, min(last, len(self.written)))

    def place_of(self, tree: ast.expr | ast.stmt) -> Place:
        """Return where a piece of the parsed code was written."""
        start, end = tree.lineno, tree.end_lineno or tree.lineno
        return self.place_in_code(
            start,
            self._characters(start, tree.col_offset),
            end,
            self._characters(end, tree.end_col_offset or 0),
        )

    def _characters(self, line: int, offset: int) -> int:
        """Return the column of an offset in UTF-8, as `ast` counts."""
        text = self.code[self._at(line, 0) :].partition("\n")[0]
        return len(text.encode()[:offset].decode(errors="ignore"))

    def _at(self, line: int, column: int) -> int:
        return self._lines[min(line, len(self._lines)) - 1] + column


def _statements(line: str) -> list[tuple[int, str]]:
    """Return the statements of a line with where each begins; a ; in quotes ends none."""
    ends = [piece.start() for piece in _PIECE.finditer(line) if piece[0] == ";"]
    found = []
    for start, end in zip([0, *(end + 1 for end in ends)], [*ends, len(line)], strict=True):
        piece = line[start:end]
        bare = piece.strip()
        if bare:
            found.append((start + piece.index(bare), bare))
    return found


def _power(sign: str) -> str:
    """Return a sign as Python writes it: a power."""
    if sign == "^":
        return "**"
    digits = "".join(RAISED.get(one, "") for one in sign)
    if not digits:
        return sign
    return f"**(-{digits})" if sign[0] == "\u207b" else f"**{digits}"
