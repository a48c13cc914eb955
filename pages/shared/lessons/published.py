"""The numbers that the source of a public exercise prints, on the page they belong to."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from blame.exercise.exercise import Exercise
from blame.exercise.library.compare import Compared, following
from blame.exercise.library.entry import Entry
from blame.exercise.library.library import LIBRARY
from pages.shared.state.computed import published_of, published_slips_of
from pages.shared.state.exercise import start_key
from pages.shared.state.settings import Settings
from pages.shared.words.published import found_slip, heading, is_blame, published_table, summary

SOON = 100
"""Numbers after more updates than this are worked out when they are asked for."""


def forward(settings: Settings) -> None:
    """Show the published numbers of the forward pass."""
    _show(settings.exercise, lambda found: not is_blame(found.name), (0,))


def backward(settings: Settings) -> None:
    """Show the published gradients."""
    _show(settings.exercise, lambda found: is_blame(found.name), (0,))


def training(settings: Settings) -> None:
    """Show the published numbers of after the updates."""
    entry = LIBRARY.get(start_key())
    later = () if entry is None else tuple(m for m in entry.moments if m > 0)
    _show(settings.exercise, lambda found: True, later)


def _show(exercise: Exercise, wanted: Callable[[Compared], bool], moments: tuple[int, ...]) -> None:
    entry = LIBRARY.get(start_key())
    if entry is None or not _are_its_numbers(entry, exercise):
        return
    asked = {m: _numbers(entry, m, wanted) for m in moments if m in entry.moments}
    found = {updates: numbers for updates, numbers in asked.items() if numbers}
    if not found:
        return
    with st.expander("Published numbers", icon=":material/menu_book:", expanded=True):
        st.caption(f"{entry.title}. {entry.source}")
        if entry.one_by_one:
            st.markdown("The source updates after each sample; here each step takes them all.")
        for updates, numbers in found.items():
            if len(found) > 1 or updates:
                st.markdown(f"**{heading(updates)}**")
            st.markdown(f"{summary(numbers)}\n\n{published_table(numbers)}")
            if said := found_slip(published_slips_of(entry.key), updates, numbers):
                st.markdown(said)


def _numbers(
    entry: Entry, updates: int, wanted: Callable[[Compared], bool]
) -> list[Compared] | None:
    """Return the numbers of one moment, or None where the reader has not asked for them yet."""
    if updates > SOON:
        label = f"Work out the numbers after {updates:,} updates"
        if not st.toggle(label, key=f"published_{entry.key}_{updates}"):
            return None
        # Each part that is reached is drawn, and to draw is where a reader's other wish is heard.
        bar = st.progress(0.0, f"0 of {updates:,} updates")
        for done, _ in following(entry.exercise, updates):
            bar.progress(done / updates, f"{done:,} of {updates:,} updates")
        bar.empty()
    return [found for found in published_of(entry.key, updates) if wanted(found)]


def _are_its_numbers(entry: Entry, exercise: Exercise) -> bool:
    return exercise.with_numbers({"steps": entry.exercise.steps}) == entry.exercise
