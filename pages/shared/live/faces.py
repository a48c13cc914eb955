"""One quantity, all its faces: what is pointed at, focused or touched lights up wherever it stands.

Whatever stands for a number says which by `data-quantity`, one name a line; bars say it by the
figure's `meta`, names in sentences and code are found by themselves. Nothing goes to the server.
"""

from __future__ import annotations

from pathlib import Path

import streamlit as st

_HERE = Path(__file__).with_name("scripts") / "faces"
_SCRIPTS = ("names", "light", "charts", "texts", "factors", "hands")
_COMPONENT = st.components.v2.component(
    "blame_faces",
    js="\n".join((_HERE / f"{name}.js").read_text(encoding="utf-8") for name in _SCRIPTS),
)


def light_faces() -> None:
    """Send what lights them; once a page, outside what answers to a number."""
    _COMPONENT(key="blame_faces")
