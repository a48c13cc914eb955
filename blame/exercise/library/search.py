"""Find exercises of the library by words, shape, activation and loss."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence

from blame.exercise.library.entry import Entry
from blame.exercise.library.library import LIBRARY

_LETTERS = str.maketrans("\u0142\u00f8\u0111", "lod")
"""Letters with a stroke, which no accent can be taken off: Polish l, Danish o, Croatian d."""


def search(
    text: str = "",
    shape: Sequence[int] | None = None,
    activation: str | None = None,
    loss: str | None = None,
    entries: Iterable[Entry] | None = None,
) -> list[Entry]:
    """Return the entries that fit all that is asked, in the library's order.

    Parameters
    ----------
    text : words, each of which must stand in the entry's title, source, special, tags, key, the
        names of its activations and its loss, or its sizes written 2-2-1. Capitals and accents
        do not count.
    shape : the widths from the input to the output, (2, 2, 1).
    activation : a key of `ACTIVATIONS` that a layer has.
    loss : a key of `LOSSES`.
    entries : where to look; the whole library where it is None.
    """
    words = _plain(text).split()
    return [
        entry
        for entry in (LIBRARY.values() if entries is None else entries)
        if (shape is None or tuple(shape) == entry.exercise.sizes)
        and (activation is None or activation in entry.exercise.activations)
        and (loss is None or loss == entry.exercise.loss)
        and all(word in _said_of(entry) for word in words)
    ]


def _said_of(entry: Entry) -> str:
    """Return everything that words are looked for in."""
    exercise = entry.exercise
    sizes = "-".join(map(str, exercise.sizes))
    own = (entry.key, entry.title, entry.source, entry.special, *entry.tags)
    return _plain(" | ".join((*own, sizes, *exercise.activations, exercise.loss)))


def _plain(text: str) -> str:
    """Return the text without capitals and accents, and with every dash a plain one."""
    letters = unicodedata.normalize("NFKD", text.casefold())
    bare = "".join(letter for letter in letters if not unicodedata.combining(letter))
    return re.sub("[\u2010-\u2015\u2212]", "-", bare.translate(_LETTERS)).replace("_", " ")
