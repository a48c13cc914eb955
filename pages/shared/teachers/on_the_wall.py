"""What a projector needs: large letters, nothing around the picture, and keys that step."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

_SCRIPTS = Path(__file__).with_name("scripts")
_COMPONENT = st.components.v2.component(
    "blame_wall", js=(_SCRIPTS / "on_the_wall.js").read_text(encoding="utf-8")
)
_STYLES = _SCRIPTS / "on_the_wall.css"
KEYS = (
    "Right and left, or a presenter's buttons, step through the passes; Home begins again, F fills "
    "the screen, M shows menu and sidebar."
)


def title() -> None:
    """Show what the page is, and its keys, as small as may be."""
    st.title("On the wall", anchor=False)
    st.caption(KEYS)


def begin(picture: str) -> None:
    """Make the page a wall's.

    Parameters
    ----------
    picture : the key of the picture that the keys step through.
    """
    st.html(_STYLES)
    _COMPONENT(data=[picture], key="blame_wall")
