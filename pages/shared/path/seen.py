"""Which pages a reader has opened: known in the session, kept by the browser."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

import streamlit as st

from pages.shared.state.menu import SECTIONS
from pages.shared.state.wire import session_token

_SCRIPT = Path(__file__).with_name("seen.js")
_COMPONENT = st.components.v2.component("blame_seen", js=_SCRIPT.read_text(encoding="utf-8"))
_KEY = "blame_seen"
_SEEN = "pages_seen"
_FORGET = "pages_to_forget"


def seen() -> tuple[str, ...]:
    """Return the files of the pages that have been opened, in that order."""
    found: tuple[str, ...] = st.session_state.setdefault(_SEEN, ())
    return found


def mark_seen(name: str) -> None:
    """Note that a page has been opened."""
    if name not in seen():
        st.session_state[_SEEN] = (*seen(), name)


def keep_seen(*, asks: bool) -> None:
    """Have the browser keep what has been seen; where it is shown, ask what it has from before.

    Once a page, outside what answers to a number.
    """
    data = {
        "seen": list(seen()),
        "session": session_token(),
        "asks": asks,
        "forget": bool(st.session_state.pop(_FORGET, False)),
    }
    _COMPONENT(data=[data], key=_KEY, on_kept_change=_take_up)


def forget() -> None:
    """Forget all that has been seen, in the browser too. For callbacks."""
    st.session_state[_SEEN] = ()
    st.session_state[_FORGET] = True


def _take_up() -> None:
    said: Any = getattr(st.session_state.get(_KEY), "kept", None)
    if isinstance(said, list):
        for name in known(said):
            mark_seen(name)


def known(said: Iterable[Any]) -> list[str]:
    """Return what a browser says it has kept, without what names no page."""
    files = {page.file for pages in SECTIONS.values() for page in pages}
    return [name for name in said if isinstance(name, str) and name in files]
