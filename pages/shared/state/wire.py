"""One element for all that a change moves: the scripts hand each part on screen its own.

Each element that is sent wakes the server's loop, the browser and its layout. So a lesson mounts
its parts once, and from then on what they show, and what they say, goes over this one wire.
"""

from __future__ import annotations

import json
import secrets
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import streamlit as st

Heard = Mapping[str, Callable[[Any], None]]
"""What a part may say -> who is told, with what it said."""
_SCRIPT = Path(__file__).parents[1] / "live" / "scripts" / "wire.js"
_COMPONENT = st.components.v2.component("blame_wire", js=_SCRIPT.read_text(encoding="utf-8"))
_KEY = "blame_wire"
_OF_NUMBERS = ("moved", "said")
"""What a part says when a number is changed by hand."""
_STATE = "wire"


@dataclass
class Wire:
    """What is on the wire of one session.

    Attributes
    ----------
    session : another one tells the scripts that the server has forgotten all.
    at : counts what is sent, so that of two the scripts know the newer.
    on : whether the lesson has a wire, so that all parts speak over it.
    mounting, collecting : whether a part is to be mounted, or put on the wire.
    told : what each part is to show.
    heard : who listens to each part.
    taken : the parts that have been drawn, in order.
    waiting : shows what comes after the wire, while it is being loaded.
    lesson : counts the lessons that have been laid out.
    choices : counts what the reader chose since, and what else is no number of the exercise.
    """

    session: str = field(default_factory=lambda: secrets.token_hex(4))
    at: int = 0
    on: bool = False
    mounting: bool = False
    collecting: bool = False
    told: dict[str, Any] = field(default_factory=dict)
    heard: dict[str, Heard] = field(default_factory=dict)
    taken: list[str] = field(default_factory=list)
    lesson: int = 0
    choices: int = 0
    waiting: list[Callable[[], None]] | None = None

    def later(self, show: Callable[[], None]) -> None:
        """Show something once the wire is sent; at once where nothing is put on it now."""
        if self.waiting is None:
            show()
        else:
            self.waiting.append(show)

    def take(self, key: str, told: Any, heard: Heard) -> bool:
        """Take what a part shows, if it is on screen and only to be told; else it is to be sent."""
        if self.on:
            self.heard[key] = heard
        if self.mounting or self.collecting:
            self.taken.append(key)
        if self.collecting:
            self.told[key] = told
        return self.collecting

    def address(self) -> dict[str, Any]:
        """Return what a part that is mounted now needs to know of the wire."""
        return {"wired": self.on, "session": self.session, "at": self.at}


def wire() -> Wire:
    """Return the session's wire."""
    if _STATE not in st.session_state:
        st.session_state[_STATE] = Wire()
    found: Wire = st.session_state[_STATE]
    return found


def session_token() -> str:
    """Return what tells a part that the server was started again, and has forgotten all."""
    return wire().session


@contextmanager
def mounting() -> Iterator[None]:
    """Mount the parts that are drawn meanwhile: what they show from now on comes by the wire."""
    of = wire()
    of.mounting = True
    try:
        yield
    finally:
        of.mounting = False


@contextmanager
def collecting(waiting: list[Callable[[], None]]) -> Iterator[None]:
    """Put on the wire what the parts show that are drawn meanwhile; what may wait is `waiting`."""
    of = wire()
    of.collecting, of.told, of.taken, of.waiting = True, {}, [], waiting
    try:
        yield
    finally:
        of.collecting, of.waiting = False, None


@contextmanager
def imagining() -> Iterator[dict[str, Any]]:
    """Give what the parts drawn meanwhile would be told; the wire itself stays as it is."""
    of = wire()
    before = of.on, of.collecting, of.told, of.taken
    of.on, of.collecting, of.told, of.taken = False, True, {}, []
    try:
        yield of.told
    finally:
        of.on, of.collecting, of.told, of.taken = before


def begin(*, on: bool) -> None:
    """Begin a lesson, `on` the wire or without: no part is on screen yet."""
    of = wire()
    of.on = on
    of.at += 1
    of.lesson += 1
    of.told, of.heard, of.taken = {}, {}, []


def send(films: Mapping[str, str], answer: Callable[[], None]) -> None:
    """Send what is on the wire; in what answers to a changed number.

    Parameters
    ----------
    films : what each film that the browser may hold has to be of, so as to be true still (axes.py).
    answer : answers to what is said. A browser that says two things at once names the fragment of
        the first only: of that which sends films, it may be.
    """
    of = wire()
    told, of.told = of.told, {}
    of.at += 1
    # As bytes: anything else Streamlit writes out twice, once to tell it from the one before.
    whole = {"session": of.session, "at": of.at, "lesson": of.lesson, "films": films, "told": told}
    sent = json.dumps(whole, separators=(",", ":"))
    events = {
        f"on_{key}__{what}_change": _teller(key, what, heard, answer)
        for key, part in of.heard.items()
        for what, heard in part.items()
    }
    _COMPONENT(data=sent.encode(), key=_KEY, **events)


def _teller(
    key: str, what: str, heard: Callable[[Any], None], answer: Callable[[], None]
) -> Callable[[], None]:
    def tell() -> None:
        said = getattr(st.session_state.get(_KEY), f"{key}__{what}", None)
        of = wire()
        if what not in _OF_NUMBERS:
            of.choices += 1
        # What is on its way while the reader turns to another page is of a part that is gone there:
        # the number it is of is not.
        of.heard.get(key, {}).get(what, heard)(said)
        answer()

    return tell
