"""The doors of Home, and its map of all pages."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from pages.shared.path.next_page import minutes_said
from pages.shared.path.seen import forget, seen
from pages.shared.state.menu import HOME, SECTIONS, Page, page_of
from pages.shared.state.navigation import page_link

SEEN = ":green[:material/check_circle:]"


def doors(bring: Callable[[], None]) -> None:
    """Show the three ways in: an exercise of one's own, from nothing, a number that is wrong.

    Parameters
    ----------
    bring : shows what takes an exercise of one's own.
    """
    with st.container(key="doors"):
        own, nothing, wrong = st.columns(3, border=True)
    with own:
        st.markdown("**I have an exercise**")
        st.caption("From a lecture, a book or a listing: all pages then speak of it.")
        with st.container(horizontal=True, gap="small"):
            bring()
    with nothing:
        st.markdown("**I am new to this**")
        st.caption("Begin with one weight and one input, and move each thing before it is named.")
        page_link("tour", page_of("tour").title)
    with wrong:
        st.markdown("**I have a wrong number**")
        st.caption("Enter what you got; the slip that makes it is named.")
        page_link("my_numbers", page_of("my_numbers").title)


def all_pages() -> None:
    """Show every page under its name in the menu, what it is about, and whether it was opened."""
    been = seen()
    for section, pages in SECTIONS.items():
        if not section:
            continue
        st.markdown(f"**{section}**")
        for page in pages:
            with st.container(
                horizontal=True, gap="small", vertical_alignment="center", key=f"map_{page.file}"
            ):
                page_link(page.file, page.title)
                st.caption(_said(page, opened=page.file in been), width="content")
    if any(name != HOME for name in been):
        with st.container(horizontal=True, gap="small", vertical_alignment="center"):
            st.caption(f"{SEEN} opened before. Only your own browser keeps this.", width="content")
            st.button("Forget it", key="forget_seen", type="tertiary", on_click=forget)


def _said(page: Page, *, opened: bool) -> str:
    invitation = f"{page.invitation}." if page.invitation else ""
    said = f"{invitation}{minutes_said(page.minutes)}".strip()
    return f"{said} {SEEN} seen" if opened else said
