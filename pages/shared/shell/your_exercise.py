"""The dialog "Your exercise": from the library, built unit by unit, or pasted."""

from __future__ import annotations

import streamlit as st

from pages.shared.shell import build_exercise, library, paste

WAYS = ("Library", "Build", "Paste")
_WAY = "exercise_way"


def button(
    key: str, label: str = "Your exercise", *, way: str = WAYS[0], wide: bool = True
) -> None:
    """Show a button that opens the dialog, at one of its ways to begin."""
    pressed = st.button(
        label,
        key=key,
        icon=":material/edit_note:",
        width="stretch" if wide else "content",
        help="Bring an exercise of your own: any network, any numbers, any form.",
    )
    if pressed:
        st.session_state[_WAY] = way
        _dialog()


@st.dialog("Your exercise", width="large", icon=":material/edit_note:")
def _dialog() -> None:
    way = st.segmented_control(
        "How to begin", WAYS, key=_WAY, required=True, label_visibility="collapsed"
    )
    if way == "Build":
        build_exercise.show()
    elif way == "Paste":
        paste.show()
    else:
        library.show()
