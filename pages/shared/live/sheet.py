"""The sheet: every number of the exercise in one part, laid out like the matrices they are.

Python reads what was typed, writes it into the exercise and says what became of it; the scripts
lay the cells out, walk through them, and keep what is being typed.
"""

from __future__ import annotations

import secrets
from collections.abc import Collection, Mapping
from pathlib import Path
from typing import Any

import streamlit as st

from pages.shared.live.mounted import part
from pages.shared.live.sheet_data import RATES, lesson_parts, order_of, written
from pages.shared.live.sheet_replies import Reply, pasted, typed
from pages.shared.state import exercise
from pages.shared.state.settings import SHEET, answer, follow, redraw, write_numbers

_HERE = Path(__file__).with_name("scripts")
_SCRIPTS = ("steps", "entries", "sheet_send", "sheet_cells", "sheet_keys", "sheet_buttons", "sheet")
SHEET_PART = part("blame_sheet", [_HERE / f"{name}.js" for name in _SCRIPTS], _HERE / "sheet.css")
_PLACE = "sheet_part"
_SEEN = "sheet_seen"
_REPLY = "sheet_reply"
_SESSION = "sheet_session"
_VISIT = "sheet_visit"
_ORDER = "sheet_order"


def sheet(hidden: Collection[str] = ()) -> None:
    """Show the numbers; without the `hidden` groups, which a teacher's link leaves out."""
    state = st.session_state
    # A run of the whole script: the address is that of this page by now (entries.js).
    state[_VISIT] = state.get(_VISIT, 0) + 1

    def draw() -> None:
        now = exercise.current_exercise()
        parts = [part for part in lesson_parts(now) if _group(part["key"]) not in hidden]
        numbers = now.numbers()
        order = state[_ORDER] = order_of(parts)
        data = {
            "session": state.setdefault(_SESSION, secrets.token_hex(4)),
            "visit": state[_VISIT],
            "seen": state.get(_SEEN, 0),
            "parts": parts,
            "texts": {name: written(numbers[name]) for name in order},
            "reply": state.get(_REPLY),
            "undo": exercise.can_undo(),
            "redo": exercise.can_redo(),
        }
        # In a list: Streamlit looks for data frames in a dictionary, and imports pandas to do so.
        SHEET_PART.draw(data=[data], key=_PLACE, on_said_change=_hear)

    st.fragment(draw, key=SHEET)()


def _group(key: str) -> str:
    """Return the group that a matrix belongs to: all weights are one, and all biases."""
    return "rates" if key in RATES else key.rstrip("0123456789")


def _hear() -> None:
    """Do what the sheet says, once, however often it says it."""
    said = getattr(st.session_state.get(_PLACE), "said", None)
    count = said.get("number") if isinstance(said, Mapping) else None
    if not isinstance(said, Mapping) or not isinstance(count, int):
        return
    if count > st.session_state.get(_SEEN, 0):
        st.session_state[_SEEN] = count
        _do(said, count)
    redraw(SHEET)


def _do(said: Mapping[str, Any], count: int) -> None:
    """Do what is said and have drawn what answers to it; nothing where it makes no sense."""
    name, text, value = said.get("name"), said.get("text"), said.get("value")
    order: list[str] = st.session_state[_ORDER]
    if said.get("back") == "undo":
        exercise.undo()
        answer()
    elif said.get("back") == "redo":
        exercise.redo()
        answer()
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
