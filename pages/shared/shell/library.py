"""The library in the dialog: find a public exercise by words, shape, activation or loss."""

from __future__ import annotations

import streamlit as st

from blame.activations import ACTIVATIONS
from blame.exercise.library.entry import Entry
from blame.exercise.library.library import LIBRARY
from blame.exercise.library.search import search
from blame.expression.library.library import EXPRESSIONS
from blame.losses import LOSSES
from pages.shared.state.exercise import change_to
from pages.shared.state.navigation import page_link
from pages.shared.words.exercise import loss_title, shape_words

ANY = "Any"
_HEIGHT = 420
"""Pixels; the list scrolls in it, so that what narrows it down stays in sight."""


def show() -> None:
    """Show what narrows the list down, and the list."""
    words, shape, unit, loss = st.columns([4, 2, 2, 3], vertical_alignment="bottom")
    with words:
        text = st.text_input(
            "Find", key="library_text", placeholder="Mazur, XOR, softmax", persist_state="session"
        )
    shapes = sorted({_sizes(entry) for entry in LIBRARY.values()}, key=lambda s: (len(s), s))
    with shape:
        sizes = _any("library_shape", "Shape", shapes)
    with unit:
        activation = _any("library_unit", "Activation", list(ACTIVATIONS))
    with loss:
        chosen = _any("library_loss", "Loss", list(LOSSES))
    found = search(
        text or "",
        shape=None if sizes is None else tuple(map(int, sizes.split("-"))),
        activation=activation,
        loss=chosen,
    )
    with st.container(horizontal=True, gap="medium", vertical_alignment="center"):
        st.caption(f"{len(found)} of {len(LIBRARY)} public exercises", width="content")
        page_link("expression", f"{len(EXPRESSIONS)} formulas that are no network: Any expression")
    if not found:
        st.markdown("None fits all of that. Take one condition away, or build yours.")
        return
    with st.container(height=_HEIGHT, key="library_list"):
        for entry in found:
            _card(entry)


def _card(entry: Entry) -> None:
    with st.container(border=True):
        told, use = st.columns([4, 1], vertical_alignment="center")
        with told:
            st.markdown(f"**{entry.title}**  \n{entry.special}")
            st.caption(f"{shape_words(entry.exercise)}. Source: {entry.source}")
        with use:
            # A screen reader hears the buttons one by one: each says what it opens.
            if st.button(f"Open {entry.key}", key=f"library_{entry.key}", width="stretch"):
                change_to(entry.exercise, entry.key)
                st.rerun()


def _any(key: str, label: str, options: list[str]) -> str | None:
    chosen = st.selectbox(
        label,
        [ANY, *options],
        key=key,
        format_func=lambda name: loss_title(name) if name in LOSSES else name,
        persist_state="session",
    )
    return None if chosen in (ANY, None) else str(chosen)


def _sizes(entry: Entry) -> str:
    return "-".join(map(str, entry.exercise.sizes))
