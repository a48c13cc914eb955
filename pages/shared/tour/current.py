"""Where the reader is in the tour, and its numbers: its own, so that the exercise stays as it was.

What a film imagines never goes into the session: a run cut short at an access would keep it.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, replace

import streamlit as st

from blame.exercise.exercise import Exercise
from pages.shared.picture.component import Owner
from pages.shared.state import axes, choice_widgets
from pages.shared.state.choices import CHOICES
from pages.shared.state.exercise import put_in_link
from pages.shared.state.settings import answer
from pages.shared.tour.steps import STEPS, Step
from pages.shared.words.tour.hand import Hand

STEP = "tour"
"""The step's name in links, and in the session."""
_WALKS = "tour_walks"
_IMAGINED: ContextVar[Exercise | None] = ContextVar("imagined_on_the_tour", default=None)


@dataclass(frozen=True)
class Walk:
    """What has been done in one step: as `Hand`, with the numbers at rest, and what it found."""

    start: Exercise
    before: Exercise
    rest: Exercise
    now: Exercise
    presses: int = 0
    pressed: bool = False
    found: Hand | None = None
    """The hand that did what the step asks for, the last of them."""

    @property
    def hand(self) -> Hand:
        """Where the hand is: one in motion has taken up what rested before."""
        before = self.before if self.now == self.rest else self.rest
        pressed = self.pressed and self.now == self.rest
        return Hand(self.start, before, self.now, self.presses, pressed)


def number() -> int:
    """Return the step the reader is at, from 1."""
    return int(st.session_state[STEP])


def step() -> Step:
    """Return that step."""
    return STEPS[number() - 1]


def begin() -> None:
    """Take the step of the link, and put it there."""
    choice = CHOICES[STEP]
    choice_widgets.from_link(
        STEP, lambda text: None if choice.trouble(text) else int(choice.read(text)), 1
    )
    st.session_state.setdefault(STEP, 1)
    put_in_link(STEP, "" if number() == 1 else str(number()))


def go_to(there: int) -> None:
    """Go to a step, as it was left. For callbacks of what stands in the lesson."""
    st.session_state[STEP] = there


def begin_again() -> None:
    """Forget all that has been done, and go to the first step."""
    st.session_state.pop(_WALKS, None)
    go_to(1)


def done(of: int | None = None) -> bool:
    """Whether a hand has done what a step asks for, the current one if None."""
    return walk(of).found is not None


def walk(of: int | None = None) -> Walk:
    """Return what has been done in a step."""
    at = of or number()
    start = STEPS[at - 1].start
    found: Walk = st.session_state.get(_WALKS, {}).get(at) or Walk(start, start, start, start)
    return found


def hand() -> Hand:
    """Return where the hand is, or where a film imagines it."""
    kept = walk()
    imagined = _IMAGINED.get()
    return (kept if imagined is None else replace(kept, now=imagined)).hand


def now() -> Exercise:
    """Return the numbers on screen."""
    return hand().now


@contextmanager
def imagined(other: Exercise) -> Iterator[None]:
    """Have whatever is drawn meanwhile drawn as if the step's numbers were others."""
    before = _IMAGINED.set(other)
    try:
        yield
    finally:
        _IMAGINED.reset(before)


def axis_of(name: str) -> axes.Axis | None:
    """Return the axis of a number of the step, along which a film can be made."""
    only, kept = step().movable, walk()
    found = axes.number_axis(now(), name, imagined)
    if found is None or (only is not None and name not in only):
        return None
    # The sentences also speak of where the hand took the number up, and of what was found.
    return replace(found, others=(found.others, kept.before, kept.rest, kept.found, kept.presses))


def owner() -> Owner:
    """Return who is told of the numbers that are moved in the step's picture."""
    return Owner(now, _follow, _write, step().movable)


def press() -> None:
    """Press the step's button. For callbacks of what stands in the lesson."""
    button, kept = step().button, walk()
    assert button is not None
    made = button.make(kept.now, kept.presses + 1)
    _keep(replace(kept, before=kept.now, rest=made, now=made, presses=kept.presses + 1,
                  pressed=True))  # fmt: skip


def _follow(name: str, value: float) -> None:
    kept = walk()
    _keep(replace(kept, now=kept.now.with_numbers({name: value})))
    answer(numbers_only=True)


def _write(name: str, value: float) -> None:
    kept = walk()
    moved = kept.now.with_numbers({name: value})
    if moved != kept.rest:
        kept = replace(kept, before=kept.rest, pressed=False)
    _keep(replace(kept, rest=moved, now=moved))
    answer(numbers_only=True)


def _keep(changed: Walk) -> None:
    """Keep what was done, and whether it is what the step asks for, at rest."""
    if changed.now == changed.rest and step().done(changed.hand):
        changed = replace(changed, found=changed.hand)
    walks: dict[int, Walk] = st.session_state.get(_WALKS, {})
    st.session_state[_WALKS] = {**walks, number(): changed}
