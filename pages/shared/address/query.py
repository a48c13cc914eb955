"""The query of a link as it was meant. Knows no Streamlit, and no name but those it is told."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import parse_qsl, unquote

from blame.exercise.names import name_in_link, title_of

MOST_ENCODED = 3
"""So often a link may have been encoded beyond the once that browsers undo."""
MOST_MARKS = 6
"""So many marks around a value are taken off."""
_LONGEST = 4000
_ENCODED = re.compile(r"%[0-9A-Fa-f]{2}")
_ESCAPED = re.compile(r"&(?:amp|#38|#x26);", re.IGNORECASE)
_BEFORE_NAMES = re.compile(r"\A(?:amp;|#38;|#x26;|[?&\s\u200b\u2060\ufeff])+", re.IGNORECASE)
# A further name and its sign stand behind it.
_BEHIND = re.compile(r"[&;?#\uff06](?=[^&;?#=\uff06]{1,40}=)")
_UNSEEN = "\u200b\u200e\u200f\u2060\ufeff"
_QUOTES = "\"'`*\u201c\u201d\u201e\u2018\u2019\u00ab\u00bb"
_MARKS = _QUOTES + "!?;:,|\\=#\u3001\u3002\uff01\uff0c\uff0e\uff1a\uff1b\uff1f"
_LETTER = re.compile("[A-Za-z]")
_OPENING = "([{<"
_CLOSING = dict(zip(")]}>\uff09\u300d\u3011", "([{<\uff08\u300c\u3010", strict=True))
# As a mail of quoted-printable text writes the sign that stands before it.
_SIGN_BEFORE = re.compile(r"\A=?(?:3D|=)(?=[-+.,\d])")
# A minus that stands apart, and a negative number in parentheses: without it, they may mean that.
_APART = re.compile(r"\A([+-]) {1,4}(?=[.,\d])")
_IN_PARENTHESES = re.compile(r"\A\( ?(-[^()]{1,40}?) ?\)\Z")
_INDEXED = re.compile(r"(\w{1,20}) ?\[(\d{1,2})(?:, ?(\d{1,2}))?\]")
_OTHER_CAPITALS = re.compile(
    r"[xb]\d{0,2}(?:_\d{1,2}){0,2}|w\d{1,2}(?:_\d{1,2}){1,2}", re.IGNORECASE
)
_DASHES = re.compile("[\u2010\u2011\u2012\u2013\u2014\u2212]")


@dataclass(frozen=True)
class Mended:
    """A query as it was meant; for each name that was read otherwise, a sentence.

    `gone` are the names of the address that are none: they hold nothing that `query` has not.
    """

    query: dict[str, list[str]]
    said: tuple[tuple[str, str], ...]
    gone: tuple[str, ...]

    def told(self, problems: Sequence[str]) -> list[str]:
        """Return the sentences that are true: not those of names that `problems` begin with."""
        wrong = {name_in_link(problem.partition(" ")[0].rstrip(":")) for problem in problems}
        return [told for name, told in self.said if not {name, name_in_link(name)} & wrong]


def mend(
    query: Mapping[str, Sequence[str]],
    known: Callable[[str], bool],
    *,
    free: Collection[str] = (),
    good: Callable[[str, str], bool] = lambda name, text: False,
) -> Mended:
    """Return what a link meant before something on its way changed it.

    A mark of a sentence at a value's end, `&amp;` for `&`, encoded twice or as a whole, a space or
    a dash that looks like another, are undone. What is none of ours is left as it is.

    Parameters
    ----------
    query : of the address, each name with all its values.
    known : whether a name is ours.
    free : the names of texts of the reader's own, in which every mark may be meant.
    good : whether a value needs no mending, by its name.
    """
    found: dict[str, list[str]] = {}
    said: list[tuple[str, str]] = []
    gone: list[str] = []
    for name, values in query.items():
        meant = _named(name, values, known)
        if meant is None or any(other != name and other in query for other, _ in meant):
            found.setdefault(name, []).extend(values)
            continue
        if any(other != name for other, _ in meant):
            gone += [] if any(other == name for other, _ in meant) else [name]
            names = list(dict.fromkeys(other for other, _ in meant))
            said += [
                (other, f"{_short(name)} is read as {_title(other)}.")
                for other in names
                if name.replace(" ", "") != _title(other).replace(" ", "")
            ]
        for other, text in meant:
            parts = [(other, text)] if other in free else _parted(other, text, known)
            for own, part in parts:
                value = _value(own, part, own in free, good)
                if own != other:
                    said.append(
                        (own, f"{_title(own)} stood in the value of {_title(other)}, and is read.")
                    )
                if value != part and not _same(value, part):
                    said.append((own, f"{_title(own)}: {_short(part)} is read as {value[:40]}."))
                found.setdefault(own, []).append(value)
    # The same twice over is said once.
    once = {name: values[:1] if known(name) and len({*values}) == 1 else values
            for name, values in found.items()}  # fmt: skip
    return Mended(once, tuple(said), tuple(gone))


def _named(
    name: str, values: Sequence[str], known: Callable[[str], bool]
) -> list[tuple[str, str]] | None:
    """Return the names of ours that a name of the address stands for, with their values."""
    if known(name):
        return [(name, text) for text in values]
    plain = _BEFORE_NAMES.sub("", _decoded(name[:_LONGEST])).strip().strip(_UNSEEN)
    own = next((each for each in _spellings(plain) if known(each)), None)
    if own is not None:
        return [(own, text) for text in values]
    if "=" in plain:
        # All of a query was encoded, its signs too; what came behind it is its last value's.
        text = "=".join([plain, *values]) if any(values) else plain
        pairs = parse_qsl(_ESCAPED.sub("&", text), keep_blank_values=True)
        ours = [(_BEFORE_NAMES.sub("", own), value) for own, value in pairs]
        ours = [(own, value) for own, value in ours if known(own)]
        return ours or None
    return None


def _spellings(name: str) -> list[str]:
    """Return a name as links spell it, where it is written as on screen or in other capitals."""
    bare = name.strip(_QUOTES + _OPENING + " ")
    if shown := _INDEXED.fullmatch(bare):
        bare = "_".join(part for part in shown.groups() if part)
    if not _OTHER_CAPITALS.fullmatch(bare):
        return [name, bare]
    return [name, bare, bare.capitalize() if bare[0] in "wW" else bare.lower()]


def _parted(name: str, text: str, known: Callable[[str], bool]) -> list[tuple[str, str]]:
    """Return a value, and the names with their values that something has put behind it."""
    if "=" not in text and not _ENCODED.search(text):
        return [(name, text)]
    pieces = _BEHIND.split(_ESCAPED.sub("&", _decoded(text[:_LONGEST])))
    found = [(name, pieces[0])]
    for piece in pieces[1:]:
        own, _, value = piece.partition("=")
        own = _BEFORE_NAMES.sub("", own)
        if not known(own):
            # Not a link's: all of the text is the value.
            return [(name, text)]
        found.append((own, value))
    return found if len(found) > 1 else [(name, text)]


def _value(name: str, text: str, is_free: bool, good: Callable[[str, str], bool]) -> str:
    if is_free:
        # Blanks that are still encoded, and none that is not: encoded twice.
        return (
            _decoded(text) if re.search(r"%(?:25)*(?:20|0A|2C)", text) and " " not in text else text
        )
    if good(name, text) or len(text) > _LONGEST:
        return text
    bare = _bare(_decoded(text))
    for meant in (bare, bare.replace("+", " "), bare.lower()):
        if good(name, meant):
            return meant
    return bare


def _bare(text: str) -> str:
    """Return a value without what a sentence puts around it."""
    text = text.strip(_UNSEEN).strip()
    if _LETTER.search(text):
        # In a number a space that holds digits together is another than one that parts them.
        text = " ".join(text.split())
    for _ in range(MOST_MARKS):
        last = text[-1:]
        unopened = last in _CLOSING and text.count(_CLOSING[last]) < text.count(last)
        # Three points are no end: something has been left out.
        stop = last == "." and not text.endswith("..")
        if last and (last in _MARKS + _OPENING or unopened or stop):
            text = text[:-1].rstrip(_UNSEEN).rstrip()
    text = _SIGN_BEFORE.sub("", _DASHES.sub("-", text.lstrip(_QUOTES)))
    return _APART.sub(r"\1", _IN_PARENTHESES.sub(r"\1", text))


def _decoded(text: str) -> str:
    for _ in range(MOST_ENCODED):
        if not _ENCODED.search(text):
            break
        text = unquote(text)
    return text


def _same(value: str, text: str) -> bool:
    """Whether two texts differ in signs only that every reader takes for the same."""
    bare = _DASHES.sub("-", text.strip(_UNSEEN).strip())
    return value in (bare, bare.rstrip(".,;"))


def _title(name: str) -> str:
    return title_of(name_in_link(name))


def _short(text: str) -> str:
    return repr(text[:40] + ("..." if len(text) > 40 else ""))
