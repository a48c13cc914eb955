"""What a pupil hands in, as one short text: what was asked, answered and done. Knows no Streamlit.

Nothing is stored on the server: the text is all there is, and whoever has it can read it.
"""

from __future__ import annotations

import base64
import binascii
import json
import re
import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

from blame.exercise.exercise import Exercise
from blame.exercise.links import read_link
from blame.exercise.names import title_of

BEGINS = "BLAME1-"
"""What such a text begins with, so that it is found in a mail or behind a link."""
MOST_CODE = 8000
"""So many characters one of them has."""
MOST_READ = 40
"""So many are read at once: a class."""
MOST_TEXT = 60_000
"""So many characters of pasted text are looked through."""
MOST_ANSWER = 400
"""So many characters of an answer are kept."""
MOST_NAME = 40
MOST_GIVEN = 8
"""So many answers to one question are kept, the last of them all."""
MOST_CHANGES = 40
"""So many changes are told, the last of them all."""
_MOST_JSON = 60_000
_MOST_LINES = 60
_RUN = re.compile(r"[A-Za-z0-9_-]+")


@dataclass(frozen=True)
class Answered:
    """A question, every answer that was given to it in order, and its key if it can be marked."""

    question: str
    given: tuple[str, ...]
    key: str = ""


@dataclass(frozen=True)
class HandedIn:
    """What one pupil hands in.

    `page` is the file of the page, `began` and `now` the queries of the numbers at the beginning
    and at the end, `changes` what was changed between, in order.
    """

    page: str
    answers: tuple[Answered, ...]
    began: Mapping[str, str] = field(default_factory=dict)
    now: Mapping[str, str] = field(default_factory=dict)
    changes: tuple[str, ...] = ()
    name: str = ""


def changes_of(been: Sequence[Exercise]) -> tuple[str, ...]:
    """Return what was changed from each exercise to the next, the last `MOST_CHANGES` of all."""
    told = []
    for before, after in pairwise(been):
        if before.shape != after.shape:
            told.append("another exercise")
            continue
        was, now = before.numbers(), after.numbers()
        names = [name for name in now if now[name] != was[name]]
        listed = ", ".join(f"{title_of(name)} = {now[name]:g}" for name in names[:3])
        if names:
            told.append(f"{listed} and {len(names) - 3} more" if names[3:] else listed)
    return tuple(told[-MOST_CHANGES:])


def write(handed: HandedIn) -> str:
    """Return the text to hand in."""
    told = {
        "p": handed.page,
        "a": [[each.question, each.key, list(each.given[-MOST_GIVEN:])] for each in handed.answers],
        "b": dict(handed.began),
        "e": dict(handed.now),
        "c": list(handed.changes[-MOST_CHANGES:]),
        "n": handed.name,
    }
    packed = zlib.compress(json.dumps(told, separators=(",", ":")).encode(), 9)
    return BEGINS + base64.urlsafe_b64encode(packed).decode().rstrip("=")


def read(text: str) -> tuple[list[HandedIn], int]:
    """Return what stands in a pasted text, and how many of its codes could not be read.

    A code may stand in a link or a sentence, and may have been broken into lines. The same one
    twice counts once.
    """
    found: dict[str, HandedIn] = {}
    broken = 0
    for piece in text[:MOST_TEXT].split(BEGINS)[1:]:
        if len(found) == MOST_READ:
            break
        for code in _runs(piece):
            if (handed := _read_one(code)) is not None:
                found.setdefault(code, handed)
                break
        else:
            broken += 1
    return list(found.values()), broken


def _runs(piece: str) -> Iterator[str]:
    """Return what the code may be: the first run of its signs, then with each next line."""
    code = ""
    for run in _RUN.findall(piece)[:_MOST_LINES]:
        code += run
        if len(code) > MOST_CODE:
            return
        yield code


def _read_one(code: str) -> HandedIn | None:
    try:
        packed = base64.b64decode(code + "=" * (-len(code) % 4), altchars=b"-_", validate=True)
        unpack = zlib.decompressobj()
        plain = unpack.decompress(packed, _MOST_JSON)
        if not unpack.eof or unpack.unused_data:
            return None
        return _checked(json.loads(plain))
    except (binascii.Error, zlib.error, ValueError, KeyError, TypeError, RecursionError):
        return None


def _checked(told: Any) -> HandedIn:
    """Return what a code tells, each text of it as short as a pupil could have made it."""
    answers = tuple(
        Answered(
            _text(question, 1000),
            tuple(_text(each, MOST_ANSWER) for each in _list(given)[-MOST_GIVEN:]),
            _text(key, 40),
        )
        for question, key, given in _list(told["a"])[:12]
    )
    return HandedIn(
        _text(told["p"], 40),
        tuple(each for each in answers if each.given),
        _query(told["b"]),
        _query(told["e"]),
        tuple(_text(each, 200) for each in _list(told["c"])[-MOST_CHANGES:]),
        _text(told["n"], MOST_NAME),
    )


def _text(given: Any, most: int) -> str:
    if not isinstance(given, str):
        raise TypeError(f"a text was expected, got {type(given).__name__}")
    # No sign that moves or hides others: what is read is what stands there.
    plain = (" " if sign in "\t\n\r" else sign for sign in given)
    return "".join(sign for sign in plain if sign.isprintable())[:most]


def _list(given: Any) -> list[Any]:
    if not isinstance(given, list):
        raise TypeError(f"a list was expected, got {type(given).__name__}")
    return given


def _query(given: Any) -> dict[str, str]:
    if not isinstance(given, dict):
        raise TypeError(f"a query was expected, got {type(given).__name__}")
    return {_text(name, 40): _text(value, 4000) for name, value in list(given.items())[:200]}


def exercise_in(query: Mapping[str, str]) -> Exercise:
    """Return the numbers of a query; what it has wrong is left at its default."""
    return read_link({name: [text] for name, text in query.items()}).exercise
