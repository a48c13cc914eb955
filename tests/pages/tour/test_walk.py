"""What a browser keeps of the tour: written and read again, and never trusted."""

import json

import pytest

from pages.shared.tour import exercises
from pages.shared.tour.steps import STEPS
from pages.shared.tour.walk import Walk, begun, read_walk, write_walk
from pages.shared.words.tour.hand import Hand
from tests.pages.tour.test_tour import BY_HAND, PRESSED


def walked(at):
    """Return a step done as `test_tour` does it, with the hand away from there again."""
    step = STEPS[at - 1]
    before = now = step.start
    for name, value in BY_HAND.get(at, []):
        before, now = now, now.with_numbers({name: value})
    for times in range(PRESSED.get(at, 0)):
        before, now = now, step.button.make(now, times + 1)
    presses = PRESSED.get(at, 0)
    found = Hand(step.start, before, now, presses, bool(presses))
    assert step.done(found)
    (name, *_) = step.movable or now.parameter_names()
    away = now.with_numbers({name: -1.25})
    return Walk(step.start, now, away, away, presses, found=found)


@pytest.mark.parametrize("at", range(1, len(STEPS) + 1))
def test_what_is_written_is_read(at):
    walk = walked(at)
    assert read_walk(write_walk(walk), STEPS[at - 1]) == walk
    assert len(write_walk(walk)) < 3000
    fresh = begun(STEPS[at - 1])
    assert read_walk(write_walk(fresh), STEPS[at - 1]) == fresh


def test_the_largest_network_is_kept_too():
    times = len(exercises.SHAPES) - 1
    now = exercises.grown(times).with_numbers({"W1[3, 4]": 0.123456789})
    walk = Walk(STEPS[6].start, exercises.grown(times - 1), now, now, times, pressed=True)
    assert read_walk(write_walk(walk), STEPS[6]) == walk


def test_what_was_not_done_is_not_taken_as_done():
    step = STEPS[0]
    started = Hand(step.start, step.start, step.start)
    walk = read_walk(write_walk(Walk(*[step.start] * 4, found=started)), step)
    assert walk.found is None


HAND = {"before": {}, "now": {}, "presses": 0, "pressed": False}


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{}",
        "[]",
        "[3]",
        "null",
        "[" * 50_000,
        # The notebook has another shape than the first step.
        json.dumps([HAND]),
        json.dumps([{**HAND, "presses": "x"}]),
        '[{"before":{},"now":{},"presses":Infinity,"pressed":true}]',
        json.dumps([{**HAND, "now": {"sizes": "1-1", "bias": "no", "W1_0_0": "1e400"}}]),
        json.dumps([{**HAND, "now": [1, 2]}]),
    ],
    ids=lambda text: text[:30],
)
def test_what_nobody_has_done_is_no_walk(text):
    assert read_walk(text, STEPS[0]) is None
