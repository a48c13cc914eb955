"""What a page keeps in the reader's browser, so that a reload or a new server has it again."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import streamlit as st

from pages.shared.state.wire import session_token

_SCRIPT = Path(__file__).with_name("scripts") / "kept.js"
_COMPONENT = st.components.v2.component("blame_kept", js=_SCRIPT.read_text(encoding="utf-8"))
_KEY = "blame_kept"


def keep(where: str, texts: Mapping[str, str], restore: Callable[[dict[str, str]], None]) -> None:
    """Keep texts in the browser under a name; those of before a reload are given to `restore`.

    Only texts come back, and only those by names that are kept now; they are the reader's own, and
    whoever restores them reads them as typed.
    """

    def restored() -> None:
        said = getattr(st.session_state.get(_KEY), "found", None)
        if isinstance(said, Mapping) and said.get("where") == where:
            found: Any = said.get("texts")
            if isinstance(found, Mapping):
                restore({
                    name: text
                    for name, text in found.items()
                    if name in texts and isinstance(text, str)
                })  # fmt: skip

    sent = {
        "where": where,
        "session": session_token(),
        "texts": {name: text for name, text in texts.items() if text},
    }
    # As bytes: anything else Streamlit looks through for data frames.
    _COMPONENT(data=json.dumps(sent).encode(), key=_KEY, on_found_change=restored)
