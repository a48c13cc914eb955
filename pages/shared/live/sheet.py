"""The sheet: every number of the exercise in one part, laid out like the matrices they are.

Python reads what was typed, writes it into the exercise and says what became of it; the scripts
lay the cells out, walk through them, and keep what is being typed.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from pathlib import Path
from typing import Any

import streamlit as st

from pages.shared.live.mounted import part
from pages.shared.live.sheet_data import RATES, Part, lesson_parts, order_of, written
from pages.shared.live.sheet_replies import Reply, pasted, typed
from pages.shared.state import exercise
from pages.shared.state.settings import answer, follow, write_numbers
from pages.shared.state.wire import session_token

_HERE = Path(__file__).with_name("scripts")
_NAMES = ("entries", "send", "cells", "keys", "buttons", "sheet")
SCRIPTS = (
    _HERE / "steps.js",
    _HERE / "sending.js",
    *(_HERE / "sheet" / f"{name}.js" for name in _NAMES),
)
STYLES = _HERE / "sheet" / "sheet.css"
SHEET_PART = part("blame_sheet", SCRIPTS, STYLES)
_PLACE = "sheet_part"
_SEEN = "sheet_seen"
_REPLY = "sheet_reply"
_VISIT = "sheet_visit"
_ORDER = "sheet_order"
_HIDDEN = "sheet_hidden"
_SHAPE = "sheet_shape"
_DRAWN = "sheet_shape_drawn"


def lay_out(hidden: Collection[str] = ()) -> None:
    """Send the sheet's code and where its cells stand, once a page.

    Without the `hidden` groups, which a teacher's link leaves out.
    """
    state = st.session_state
    # A run of the whole script: the address is that of this page by now (entries.js).
    state[_VISIT] = state.get(_VISIT, 0) + 1
    state[_HIDDEN] = tuple(hidden)
    state[_SHAPE] = _layout_of()
    SHEET_PART.send_code(_parts())


def _parts() -> list[Part]:
    now = exercise.current_exercise()
    st.session_state[_DRAWN] = _layout_of()
    parts = lesson_parts(now, exercise.own_names())
    shown = [part for part in parts if _group(part["key"]) not in st.session_state[_HIDDEN]]
    st.session_state[_ORDER] = order_of(shown)
    return shown


def _layout_of() -> tuple[Any, ...]:
    """Return all that the layout depends on."""
    return exercise.current_exercise().shape, tuple(exercise.own_names().items())


def sheet() -> None:
    """Show the numbers; in what answers to a changed one."""
    state = st.session_state
    now = exercise.current_exercise()
    parts = _parts() if _layout_of() != state[_DRAWN] else None
    if _layout_of() != state[_SHAPE]:
        # Another exercise than the page was laid out for: its layout comes with the numbers.
        parts = parts or _parts()
    numbers = now.numbers()
    data = {
        "parts": parts,
        "session": session_token(),
        "visit": state[_VISIT],
        "seen": state.get(_SEEN, 0),
        "texts": {name: written(numbers[name]) for name in state[_ORDER]},
        "reply": state.get(_REPLY),
        "undo": exercise.can_undo(),
        "redo": exercise.can_redo(),
    }
    SHEET_PART.draw(data, _PLACE, said=_hear)


def _group(key: str) -> str:
    """Return the group that a matrix belongs to: all weights are one, and all biases."""
    return "rates" if key in RATES else key.rstrip("0123456789")


def _hear(said: Any) -> None:
    """Do what the sheet says, once, however often it says it."""
    count = said.get("number") if isinstance(said, Mapping) else None
    if not isinstance(said, Mapping) or not isinstance(count, int):
        return
    if count > st.session_state.get(_SEEN, 0):
        st.session_state[_SEEN] = count
        _do(said, count)
    answer(numbers_only=True)


def _do(said: Mapping[str, Any], count: int) -> None:
    """Do what is said; nothing where it makes no sense."""
    name, text, value = said.get("name"), said.get("text"), said.get("value")
    order: list[str] = st.session_state[_ORDER]
    if said.get("back") == "undo":
        exercise.undo()
    elif said.get("back") == "redo":
        exercise.redo()
    elif name in order and isinstance(text, str):
        now = exercise.current_exercise()
        if said.get("pasted"):
            reply = pasted(now, name, text, _cells(name, order))
        else:
            reply = typed(now, name, text)
        _keep(count, reply)
        if reply.changes:
            write_numbers(reply.changes)
    elif name in order and isinstance(value, int | float):
        _step(name, value, rest=bool(said.get("rest")))


def _cells(name: str, order: list[str]) -> list[str]:
    """Return the cells that several numbers may fill: none runs on into the rates."""
    return order if name in RATES else [cell for cell in order if cell not in RATES]


def _keep(count: int, reply: Reply) -> None:
    st.session_state[_REPLY] = {
        "number": count,
        "said": reply.said,
        "refused": reply.refused,
        "words": reply.words,
    }


def _step(name: str, value: float, *, rest: bool) -> None:
    try:
        value = exercise.current_exercise().check_number(name, value)
    except ValueError:
        return
    if rest:
        write_numbers({name: value})
    else:
        follow(name, value)
