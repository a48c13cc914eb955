"""The parts of a lesson: what follows a number in motion, and what waits until it rests."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import Any

import streamlit as st

from blame.refusals import RefusedError
from pages.shared.state.computed import passes_of
from pages.shared.state.settings.chosen import Settings, current_settings, settings_at_rest
from pages.shared.state.settings.keys import MISSING, OF_EXERCISE, PARTS
from pages.shared.state.settings.parts import Parts, Slot, say_refused
from pages.shared.words.numbers import printed


def live(*parts: Callable[[Settings], None]) -> None:
    """Draw parts of a lesson that follow a number while it is being moved: charts, the picture.

    The rest of the lesson, its words and formulas, waits until the hand rests: with them the
    browser would be too slow to follow it.
    """
    for part in parts:
        if st.session_state.get(MISSING):
            _draw(part, current_settings)
        else:
            _lay_out(part, current_settings)


def worded(*parts: Callable[[Settings], str]) -> None:
    """Show Markdown that follows a number once the hand rests; sent only where it has changed."""
    for words in parts:
        kept(words, lambda place, text: place.markdown(printed(text)))


def kept(
    shown: Callable[[Settings], Hashable],
    draw: Callable[[Any, Any], Any],
    width: Any = "stretch",
) -> None:
    """Show one thing that follows a number once the hand rests; sent only where it has changed.

    Parameters
    ----------
    shown : says what is to be shown.
    draw : shows it, given the place for it.
    width : of that place; "content" in a row.
    """
    slot = Slot(draw, width)
    _lay_out(lambda settings: slot.show(shown(settings)), settings_at_rest)


def told(*parts: Callable[[Settings], None]) -> None:
    """Draw parts of a lesson that follow a number once the hand rests, and are no mere words."""
    for part in parts:
        _draw(part, settings_at_rest)


def _lay_out(part: Callable[[Settings], None], settings: Callable[[], Settings]) -> None:
    parts: Parts | None = st.session_state.get(PARTS)
    if parts is None:
        if_it_holds(part, settings)
    else:
        parts.lay_out(lambda: part(_within_floats(settings())))


def _draw(part: Callable[[Settings], None], settings: Callable[[], Settings]) -> None:
    parts: Parts | None = st.session_state.get(PARTS)
    if parts is None:
        if_it_holds(part, settings)
    else:
        parts.draw_anew(lambda: if_it_holds(part, settings))


def if_it_holds(
    part: Callable[[Settings], None], settings: Callable[[], Settings], title: str = ""
) -> None:
    """Draw a part, or say for which exercises it holds where it does not for this one.

    `title` is that of a page, which is named too where none of it can be shown.
    """
    try:
        now = _within_floats(settings())
    except RefusedError as refused:
        if title:
            st.title(title)
        say_refused(refused)
        return
    try:
        part(now)
    except RefusedError as refused:
        say_refused(refused)


def _within_floats(settings: Settings) -> Settings:
    """Return the settings if both passes of their numbers are numbers.

    Raises
    ------
    RefusedError
        Where the loss or some blame is none, for then nothing true can be said of it.
    """
    if st.session_state[OF_EXERCISE] and not passes_of(settings.exercise).finite:
        raise RefusedError(
            "the loss or some blame of these numbers is too large for a float, as where a guess "
            "is exactly 0 or 1 and its target is not; take smaller weights or inputs, or another "
            "loss"
        )
    return settings
