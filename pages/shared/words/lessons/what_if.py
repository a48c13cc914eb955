"""What a nudge did, beside what blame promised, in words."""

from __future__ import annotations

import math
from collections.abc import Sequence

from blame.exercise.names import array_of
from blame.probe.every_nudge import Nudged
from blame.probe.what_if import gap_order
from blame.training.updates import Update
from pages.shared.words.agreeing import ALMOST, adds_up, agreeing, beside_promise, multiplied
from pages.shared.words.numbers import Numbers

NOISE = 1e-12
"""A change of the loss below this share of it may be rounding."""
MOST_FLIPS = 3
"""So many gates that flip on the way are told; the rest are counted."""
MOST_NAMED = 3
"""So many numbers whose nudge leaves the floats are named; the rest are counted."""
BEYOND = (
    "beyond what floats hold, as where a guess is so near 0 or 1 that they keep it as exactly that"
)
"""Where a loss is that is infinite in floats, though not on paper."""


def sentence(found: Nudged, numbers: Numbers) -> str:
    """Say what blame promised and what the loss did."""
    n, curve = numbers, found.curve
    moved = agreeing(curve.value, curve.value + found.nudge, n)
    promised = curve.slope * found.nudge
    if not math.isfinite(found.after):
        made = multiplied((curve.slope, found.nudge), promised, n)
        return (
            f"{curve.name} moves from {moved.before} to {moved.after}. Blame × nudge promised "
            f"{n.signed(curve.slope)} × {made.factors[1]} {made.equals} "
            f"**{'+' if promised > 0 else ''}{made.product}**. The loss there is {BEYOND}. Take a "
            "smaller nudge to compare promise and truth."
        )
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
    elif order is None and math.isfinite(found.after):
        said.append(
            "From this nudge down the gap is too close to rounding to see how it shrinks; a "
            "larger nudge shows it."
        )
    elif order is not None and order > 1.5:
        said.append(
            f"The gap shrinks like the nudge to the power {order:.1f}: a nudge 10 times smaller "
            f"leaves a gap about {10**order:.0f} times smaller. That is what makes the blame true."
        )
    elif order is not None:
        said.append(
            f"The gap shrinks only like the nudge to the power {order:.1f}: {curve.name} stands on "
            "a kink, and on this side of it the loss has another slope than the blame says."
        )
    if update is not None:
        said += _of_update(curve.name, update)
    known = [k for k, truth in enumerate(found.truths) if math.isfinite(truth)]
    left = [name for k, name in enumerate(found.names) if k not in known]
    if left:
        said.append(f"A nudge of {n.text(found.nudge)} to {_listed(left)} takes the loss {BEYOND}.")
    if not known:
        return said
    of_all = "Of all other numbers" if left else "Of all numbers"
    top = max(known, key=lambda k: abs(found.truths[k]))
    if found.truths[top]:
        said.append(
            f"{of_all}, a nudge of {n.text(found.nudge)} to {found.names[top]} moves the "
            f"loss the most: {n.signed(found.truths[top])}, where blame promised "
            f"{n.signed(found.promises[top])}."
        )
    best = min(known, key=lambda k: found.truths[k])
    if found.truths[best] < 0 and best != top:
        said.append(
            f"The one that lowers it the most is {found.names[best]}: "
            f"{n.signed(found.truths[best])}."
        )
    return said


def _listed(names: Sequence[str]) -> str:
    """Return names in a sentence, of many the first and how many more there are."""
    if len(names) == 1:
        return names[0]
    if len(names) <= MOST_NAMED:
        return f"{', '.join(names[:-1])} or {names[-1]}"
    return f"{', '.join(names[:MOST_NAMED])} or one of {len(names) - MOST_NAMED} more"


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
