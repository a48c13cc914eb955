"""The parts of a lesson that follow a number: laid out once, then only what changed is sent."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from copy import copy
from typing import Any

import streamlit as st
from streamlit.runtime.scriptrunner_utils.script_run_context import ThreadState

from blame.refusals import RefusedError
from pages.shared.state import steps, wire
from pages.shared.state.wire import collecting, mounting


class Parts:
    """The parts of one lesson, in order.

    Those laid out belong to the lesson's own fragment: they stay on screen though an answer, a run
    of another fragment, leaves them out.
    """

    def __init__(self) -> None:
        now = ThreadState.get()
        self._lesson = {"fragment_id": now.fragment_id, "delta_path": now.delta_path}
        self._laid_out: list[tuple[Callable[[], None], Hashable]] = []
        self._anew: list[tuple[Any, Callable[[], None]]] = []

    def __bool__(self) -> bool:
        return bool(self._laid_out or self._anew)

    def lay_out(self, draw: Callable[[], None]) -> None:
        """Draw a part of components and slots, which only hears of what changes from now on."""
        with mounting():
            self._laid_out.append((draw, _drawn(draw, say_refused)))

    def draw_anew(self, draw: Callable[[], None]) -> None:
        """Have a part drawn with each answer."""
        self._anew.append((st.container(), draw))

    def answer(self, send: Callable[[], None], *, laid_out: bool) -> None:
        """Show what has changed; only what is drawn anew if the rest has just been laid out.

        The wire goes first, by `send`: what follows it, words and formulas, takes the browser
        longer.
        """
        words: list[Callable[[], None]] = []
        if not laid_out:
            with collecting(words), ThreadState.scoped(**self._lesson):
                as_before = [_drawn(draw) == before for draw, before in self._laid_out]
            if not all(as_before):
                # Other parts than are on screen, or for another reason none.
                st.rerun()
            send()
            with ThreadState.scoped(**self._lesson):
                for show in words:
                    show()
        for place, draw in self._anew:
            with place:
                draw()
        if laid_out:
            # Last: it listens to all parts, those too that have just been drawn.
            send()

    def imagine(self) -> dict[str, Any] | None:
        """Return what each part on screen would be told by now, by its key.

        None where other parts would be on screen. What only waits for the hand to rest is left out.
        """
        with wire.imagining() as told, ThreadState.scoped(**self._lesson):
            same = all(_drawn(draw) == before for draw, before in self._laid_out if before)
        return told if same else None

    def showing(self, run: str) -> Parts:
        """Return those parts that show the step of a run."""
        found = copy(self)
        with wire.imagining(), ThreadState.scoped(**self._lesson):
            # Words, which only wait for the hand to rest, are left out here too.
            found._laid_out = [
                (draw, before) for draw, before in self._laid_out if before and _reads(draw, run)
            ]
        return found


class Slot:
    """A place for one thing, sent only where it has changed.

    Parameters
    ----------
    draw : given the place and what is to be shown.
    width : of the place, as `st.container` takes it; "content" in a row.
    """

    def __init__(self, draw: Callable[[Any, Any], Any], width: Any = "stretch") -> None:
        self._draw = draw
        self._width = width
        self._place: Any = None
        self._shown: Any = None

    def show(self, shown: Hashable) -> None:
        """Show it, in the place where it is shown first."""
        if self._place is None:
            # Not st.empty: it would be sent first, and what stood here taken away and put back.
            self._place = st.container(width=self._width)
            self._draw(self._place, shown)
        elif shown != self._shown:
            wire.wire().later(lambda: self._change(shown))
        self._shown = shown

    def _change(self, shown: Hashable) -> None:
        self._place._cursor.reset()
        self._draw(self._place, shown)


def say_refused(refused: RefusedError) -> None:
    """Say for which exercises a part holds."""
    # As text: it may quote what the reader entered.
    with st.container(border=True):
        st.caption("Not for this exercise")
        st.text(f"{refused}.")


def _reads(draw: Callable[[], None], run: str) -> bool:
    with steps.reading() as read:
        _drawn(draw)
    return run in read


def _drawn(
    draw: Callable[[], None], refuse: Callable[[RefusedError], None] = lambda refused: None
) -> Hashable:
    """Draw a part, and return which components it has, or why it has none."""
    of = wire.wire()
    before = len(of.taken)
    try:
        draw()
    except RefusedError as refused:
        refuse(refused)
        return str(refused)
    return tuple(of.taken[before:])
