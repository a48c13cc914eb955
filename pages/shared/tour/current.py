"""Where the reader is in the tour, and its numbers: its own, so that the exercise stays as it was.

What a film imagines never goes into the session: a run cut short at an access would keep it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import replace
from typing import Any

import streamlit as st

from blame.exercise.exercise import Exercise
from pages.shared.live.kept import keep
from pages.shared.picture.component import Owner
from pages.shared.state import axes
from pages.shared.state.choices import CHOICES, choice_values
from pages.shared.state.exercise import put_in_link
from pages.shared.state.settings import LESSON, Settings, answer, kept
from pages.shared.tour.steps import STEPS, Step
from pages.shared.tour.walk import Walk, begun, read_walk, write_walk
from pages.shared.words.tour.hand import Hand

STEP = "tour"
"""The step's name in links, and in the session."""
_WALKS = "tour_walks"
_IMAGINED: ContextVar[Exercise | None] = ContextVar("imagined_on_the_tour", default=None)


def number() -> int:
    """Return the step the reader is at, from 1."""
    return int(st.session_state[STEP])


def step() -> Step:
    """Return that step."""
    return STEPS[number() - 1]


def begin() -> None:
    """Take the step of the link, and put it there."""
    choice = CHOICES[STEP]
    choice_values.from_link(
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
    return _walks().get(at) or begun(STEPS[at - 1])


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
    st.session_state[_WALKS] = {**_walks(), number(): changed}


def _walks() -> Mapping[int, Walk]:
    walks: Mapping[int, Walk] = st.session_state.get(_WALKS, {})
    return walks


def keep_in_browser() -> None:
    """Have the reader's browser keep what has been done: a reload finds it again."""
    kept(_written, _keep_written)


def _written(_settings: Settings) -> tuple[str, ...]:
    walks = _walks()
    return tuple(write_walk(walks[at]) if at in walks else "" for at in range(1, len(STEPS) + 1))


def _keep_written(place: Any, texts: tuple[str, ...]) -> None:
    with place:
        keep(STEP, {str(at): text for at, text in enumerate(texts, start=1)}, _restore)


def _restore(found: Mapping[str, str]) -> None:
    for name, text in found.items():
        walk = read_walk(text, STEPS[int(name) - 1])
        if walk is not None:
            st.session_state[_WALKS] = {**_walks(), int(name): walk}
    st.rerun([LESSON])
