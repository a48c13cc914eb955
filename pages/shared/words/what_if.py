"""What a nudge did, beside what blame promised, in words."""

from __future__ import annotations

from blame.exercise.names import array_of
from blame.probe.every_nudge import Nudged
from blame.probe.what_if import gap_order
from blame.updates import Update
from pages.shared.words.agreeing import ALMOST, adds_up, agreeing, beside_promise
from pages.shared.words.numbers import Numbers

NOISE = 1e-12
"""A change of the loss below this share of it may be rounding."""
MOST_FLIPS = 3
"""So many gates that flip on the way are told; the rest are counted."""


def sentence(found: Nudged, numbers: Numbers) -> str:
    """Say what blame promised and what the loss did."""
    n, curve = numbers, found.curve
    moved = agreeing(curve.value, curve.value + found.nudge, n)
    promised = curve.slope * found.nudge
    found_to = beside_promise(curve.loss, found.after, promised, n)
    factors = n.text(curve.slope), n.text(found.nudge)
    equals = "=" if adds_up([factors], found_to.promised) else ALMOST
    change = found_to.change
    return (
        f"{curve.name} moves from {moved.before} to {moved.after}. Blame × nudge promised "
        f"{n.signed(curve.slope)} × {n.text(found.nudge)} {equals} **{found_to.promised}**. The "
        f"loss went from {change.before} to {change.after}: **{change.by}**. The gap is "
        f"{found_to.gap}."
    )


def why_it_rose(found: Nudged, numbers: Numbers) -> str:
    """Say why the loss rose; nothing where it did not, or by rounding alone."""
    n, promised = numbers, found.curve.slope * found.nudge
    if found.after <= found.curve.loss or n.is_nothing(found.curve.slope):
        return ""
    if found.after - found.curve.loss <= NOISE * max(1.0, abs(found.curve.loss)):
        return ""
    if promised > 0:
        return "It rose as promised: the nudge goes the way that blame points, not against it."
    if promised < 0:
        return "It rose although blame promised a fall: the slope does not hold that far."
    return "It rose although blame is 0: the slope is 0 here, but not on the way."


def notes(found: Nudged, numbers: Numbers, update: Update | None = None) -> list[str]:
    """Say what is true of this nudge.

    Parameters
    ----------
    update : what is held and tied; nothing is where it is None.
    """
    n, curve, order = numbers, found.curve, gap_order(found.shrunk)
    said = []
    crossed = [f for f in curve.flips if min(0, found.nudge) < f.at < max(0, found.nudge)]
    for flip in crossed[:MOST_FLIPS]:
        said.append(
            f"On the way {flip.neuron} crosses 0 at {curve.name} = "
            f"{n.text(curve.value + flip.at)}: a gate flips, and blame, taken before it, does "
            "not know."
        )
    if len(crossed) > MOST_FLIPS:
        said.append(f"And {len(crossed) - MOST_FLIPS} more gates flip on the way.")
    if found.nudge == 0:
        said.append("A nudge of 0 changes nothing. Give it a size to compare promise and truth.")
    elif (found.shrunk.gaps <= found.shrunk.noise).all():
        said.append("Promise and truth agree up to rounding, at this nudge and at smaller ones.")
    elif order is None:
        said.append(
            "From this nudge down the gap is too close to rounding to see how it shrinks; a "
            "larger nudge shows it."
        )
    elif order > 1.5:
        said.append(
            f"The gap shrinks like the nudge to the power {order:.1f}: a nudge 10 times smaller "
            f"leaves a gap about {10**order:.0f} times smaller. That is what makes the blame true."
        )
    else:
        said.append(
            f"The gap shrinks only like the nudge to the power {order:.1f}: {curve.name} stands on "
            "a kink, and on this side of it the loss has another slope than the blame says."
        )
    if update is not None:
        said += _of_update(curve.name, update)
    top = max(range(len(found.names)), key=lambda k: abs(found.truths[k]))
    if found.truths[top]:
        said.append(
            f"Of all numbers, a nudge of {n.text(found.nudge)} to {found.names[top]} moves the "
            f"loss the most: {n.signed(found.truths[top])}, where blame promised "
            f"{n.signed(found.promises[top])}."
        )
    best = min(range(len(found.names)), key=lambda k: found.truths[k])
    if found.truths[best] < 0 and best != top:
        said.append(
            f"The one that lowers it the most is {found.names[best]}: "
            f"{n.signed(found.truths[best])}."
        )
    return said


def _of_update(name: str, update: Update) -> list[str]:
    """Say of the number that is moved whether it is tied or held."""
    array = array_of(name)
    if array in update.tied:
        return [
            f"{array} is tied, one number for its layer: all of it moves at once, and its blame is "
            f"the sum of all of d{array}."
        ]
    if {array, name} & set(update.held):
        return [f"{name} is held: training leaves it as it is, though blame arrives there."]
    return []
