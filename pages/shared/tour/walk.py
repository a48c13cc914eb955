"""What has been done in a step of the tour, and the text in which a browser keeps it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from blame.exercise.exercise import Exercise
from blame.exercise.links import read_link, write_link
from pages.shared.tour import exercises
from pages.shared.tour.steps import Step
from pages.shared.words.tour.hand import Hand

MOST = 60_000
"""So many characters are read of what was kept of a step."""


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


def begun(step: Step) -> Walk:
    """Return a step in which nothing has been done."""
    return Walk(step.start, step.start, step.start, step.start)


def write_walk(walk: Walk) -> str:
    """Return what has been done in a step as a text; what is still in motion is no part of it."""
    hand = Hand(walk.start, walk.before, walk.rest, walk.presses, walk.pressed)
    told = [_told(each) for each in (hand, walk.found) if each is not None]
    return json.dumps(told, separators=(",", ":"))


def read_walk(text: str, step: Step) -> Walk | None:
    """Return what a text of `write_walk` says of a step, or None: a browser may hold anything."""
    try:
        told = [_hand(each, step) for each in json.loads(text[:MOST])]
        (rest, *found) = told
    except (ValueError, TypeError, KeyError, AttributeError, OverflowError, RecursionError):
        return None
    good = found[0] if found and step.done(found[0]) else None
    return Walk(step.start, rest.before, rest.now, rest.now, rest.presses, rest.pressed, good)


def _told(hand: Hand) -> dict[str, Any]:
    before, now = write_link(hand.before), write_link(hand.now)
    return {"before": before, "now": now, "presses": hand.presses, "pressed": hand.pressed}


def _hand(told: Mapping[str, Any], step: Step) -> Hand:
    before, now = (_exercise(told[when], step) for when in ("before", "now"))
    return Hand(
        step.start, before, now, max(0, min(int(told["presses"]), MOST)), bool(told["pressed"])
    )


def _exercise(query: Mapping[str, str], step: Step) -> Exercise:
    read = read_link({name: [text] for name, text in query.items()})
    grown = step.button is not None and step.button.make is exercises.grow
    known = map(exercises.grown, range(len(exercises.SHAPES))) if grown else [step.start]
    if read.problems or read.exercise.shape not in [each.shape for each in known]:
        raise ValueError(f"no network of the step {step.name}")
    if not read.exercise.backward().finite:
        raise ValueError("numbers beyond the floats")
    return read.exercise
