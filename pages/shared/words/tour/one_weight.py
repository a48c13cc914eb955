"""One weight and one input: the guess, its loss, a nudge, the slope and its sign."""

from __future__ import annotations

from decimal import Decimal

from pages.shared.words.agreeing import ALMOST, agreeing, multiplied
from pages.shared.words.numbers import short
from pages.shared.words.tour.hand import Hand, factor, loss, minus, product, said, value

WEIGHT = "W1[0, 0]"
SMALL_LOSS = 0.1
SMALL_NUDGE = 0.2
"""A nudge is no larger than this."""
ROUNDING = 1e-9


def guess_state(hand: Hand) -> str:
    """Say how far the guess is off."""
    now = hand.now
    off = f"The guess is {said(now, 'y_pred')} and should be {said(now, 'y_true')}"
    small = "below" if loss(now) < SMALL_LOSS else "not yet below"
    return f"{off}: the loss is **{said(now, 'loss')}**, {small} {SMALL_LOSS:g}."


def guess_learned(hand: Hand) -> str:
    """Say what the loss is."""
    now = hand.now
    guess = multiplied((value(now, WEIGHT), value(now, "x[0]")), value(now, "y_pred"))
    y, t, squared = (short(value(now, name)) for name in ("y_pred", "y_true", "loss"))
    equals = "=" if (Decimal(y) - Decimal(t)) ** 2 == Decimal(squared) else ALMOST
    off = f"{minus(y)} \N{MINUS SIGN} {factor(minus(t))}"
    return (
        f"How far the guess, {product(guess)}, is from where it should be, squared: "
        f"({off})² {equals} {minus(squared)}."
    )


def nudge_of(hand: Hand) -> float:
    """Return how far the hand moved the weight."""
    return value(hand.now, WEIGHT) - value(hand.before, WEIGHT)


def is_nudge(hand: Hand) -> bool:
    """Whether the hand moved the weight, and only a little."""
    return ROUNDING < abs(nudge_of(hand)) <= SMALL_NUDGE + ROUNDING


def nudge_state(hand: Hand) -> str:
    """Say what the hand's movement is: none so far, a nudge, or too much for one."""
    here = f"The weight is {said(hand.now, WEIGHT)}, the loss **{said(hand.now, 'loss')}**"
    far = agreeing(value(hand.before, WEIGHT), value(hand.now, WEIGHT))
    if far.by == "0":
        return f"{here}: not moved."
    what = "a nudge" if is_nudge(hand) else f"a leap, where a nudge is {SMALL_NUDGE:g} at most"
    return f"{here}. Moved by {minus(far.by)}: {what}."


def nudge_learned(hand: Hand) -> str:
    """Say what a slope is."""
    moved = agreeing(value(hand.before, WEIGHT), value(hand.now, WEIGHT))
    came = agreeing(loss(hand.before), loss(hand.now))
    each = (loss(hand.now) - loss(hand.before)) / nudge_of(hand)
    return (
        f"A nudge of {minus(moved.by)} changed the loss by {minus(came.by)}, which is "
        f"{minus(short(each))} for each 1 of weight. The smaller the nudge, the closer this comes "
        f"to {said(hand.before, f'd{WEIGHT}')}, how steep the curve is at {minus(moved.before)}: "
        "the dashed line."
    )


def way_of(slope: float) -> str:
    """Return what a slope says of a little more of its number."""
    if slope == 0:
        return "a little more or less changes next to nothing"
    return f"a little more of the weight {'raises' if slope > 0 else 'lowers'} the loss"


def crossed(hand: Hand) -> bool:
    """Whether the slope has the other sign by now."""
    return value(hand.start, f"d{WEIGHT}") * value(hand.now, f"d{WEIGHT}") < 0


def bottom_state(hand: Hand) -> str:
    """Say what the slope is, and what it says."""
    slope = value(hand.now, f"d{WEIGHT}")
    where = ", the very bottom" if slope == 0 else ""
    return f"The slope is **{said(hand.now, f'd{WEIGHT}')}**{where}: {way_of(slope)}."


def bottom_learned(hand: Hand) -> str:
    """Say what a gradient is."""
    before, now = (value(one, f"d{WEIGHT}") for one in (hand.start, hand.now))
    return (
        f"The slope of a weight. At {said(hand.start, WEIGHT)} it was "
        f"{said(hand.start, f'd{WEIGHT}')}, {_so(before)}; at {said(hand.now, WEIGHT)} it is "
        f"{said(hand.now, f'd{WEIGHT}')}, {_so(now)}. These pages call it **blame**, and write it "
        "below its weight."
    )


def _so(slope: float) -> str:
    return f"more of it {'raises' if slope > 0 else 'lowers'} the loss"
