"""The living picture of an expression: its numbers can be moved and opened.

It is drawn by the scripts of the network's picture; only where things stand is its own.
"""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

import streamlit as st

from blame.exercise.typed.numbers import read_number
from pages.shared.expression import current
from pages.shared.expression.data import picture_data
from pages.shared.expression.flow import flow_data
from pages.shared.expression.names import numbers_of, openable
from pages.shared.expression.receipt import lit_by, receipt_data
from pages.shared.live.mounted import part
from pages.shared.state.settings import Settings
from pages.shared.state.wire import session_token
from pages.shared.words.expression import notes as words

_HERE = Path(__file__).with_name("scripts")
_PICTURE = _HERE.parents[1] / "picture" / "scripts"
_SHARED = _HERE.parents[1] / "live" / "scripts"
_SCRIPTS = ("draw", "reach", "scrub", "halt", "typing", "save", "receipt", "flow", "main")
GRAPH = part(
    "blame_graph",
    [
        *(_SHARED / f"{name}.js" for name in ("steps", "sending", "printed")),
        _PICTURE / "touch.js",
        _HERE / "place.js",
        *(_PICTURE / f"{name}.js" for name in _SCRIPTS),
    ],
    _PICTURE / "network.css",
)
KEY = "expression_picture"
HINT_FIXED = "Mend the text to move numbers again. Click any number to open it."
HINT = (
    "Drag a dotted number left or right to change it. Click any number to open it: its formula, "
    "its slope, and all ways to the result."
)
IDLE = "Watch the numbers travel to the result, and the blame back, one operation at a time."
_SEEN, _OPENED, _WATCHED, _TYPED, _HALTED = (
    f"{KEY}_{what}" for what in ("seen", "opened", "watched", "typed", "halted")
)


def picture(settings: Settings) -> None:
    """Draw the expression on screen, in a part that `live` draws."""
    state = st.session_state
    expression = current.current()
    numbers = numbers_of(expression, settings.numbers.all_digits)
    opened = str(state.get(_OPENED, ""))
    # A number moved now would be written over the text that the reader is still mending.
    editable = current.trouble() is None
    data = picture_data(expression, numbers, editable=editable)
    data |= {
        "seen": state.get(_SEEN, 0),
        "session": session_token(),
        "hint": HINT if editable else HINT_FIXED,
        "idle": IDLE,
        "names": openable(expression),
        "receipt": receipt_data(expression, opened, numbers),
        "lit": lit_by(expression, opened),
        "flows": True,
        "flow": flow_data(expression, numbers) if state.get(_WATCHED) else [],
        "typed": state.get(_TYPED),
        "halted": state.get(_HALTED),
    }
    GRAPH.draw(data, KEY, moved=_move, opened=_open, watched=_watch, back=_back)


def _move(said: Any) -> None:
    """Write a number that was moved or typed."""
    if not isinstance(said, Mapping):
        return
    state = st.session_state
    name, value, count = said.get("name"), said.get("value"), said.get("number")
    if isinstance(count, int):
        state[_SEEN] = count
    if isinstance(said.get("opened"), str):
        state[_OPENED] = said["opened"]
    state[_TYPED] = state[_HALTED] = None
    if name not in current.current().number_places or current.trouble():
        return
    typed = isinstance(said.get("text"), str)
    if typed:
        read = read_number(said["text"])
        value = read.value
        state[_TYPED] = {"value": value, "said": read.said}
    if not isinstance(value, int | float):
        return
    rest = bool(said.get("rest"))
    try:
        current.move({str(name): float(value)}, rest=rest)
        return
    except ValueError as error:
        # Without a value on the way the number of before is left, and why is said beside it.
        if typed:
            state[_TYPED] = {"value": None, "said": f"{error}."}
            return
        state[_HALTED] = {"number": count, "said": words.halted(str(name), float(value), error)}
    before = said.get("before")
    if isinstance(before, int | float):
        with suppress(ValueError):
            current.move({str(name): float(before)}, rest=rest)


def _open(said: Any) -> None:
    name = said.get("name") if isinstance(said, Mapping) else None
    st.session_state[_OPENED] = name if isinstance(name, str) else ""


def _back(said: Any) -> None:
    if said in ("undo", "redo"):
        current.go(said)


def _watch(_said: Any) -> None:
    st.session_state[_WATCHED] = True
