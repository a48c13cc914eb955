"""The gradient check in a table and in words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from blame.exercise.names import array_of
from blame.probe.gradient_check import Check, ErrorCurve
from blame.training.updates import Update
from pages.shared.words import tables
from pages.shared.words.numbers import Numbers, short

CLOSE = 1e-3
"""Relative error below which a quotient counts as having come near."""


MOST_ROWS = 40
"""So many checks are shown one by one; of more those of one array at a time."""
MOST_NAMED = 6
"""So many parameters are named in a sentence, and so many kinks told; the rest are counted."""


def arrays(found: Sequence[Check]) -> list[str]:
    """Return the arrays whose checks are shown one at a time; none where all are shown."""
    if len(found) <= MOST_ROWS:
        return []
    return list(dict.fromkeys(array_of(check.name) for check in found))


def summary(found: Sequence[Check]) -> str:
    """Return how the checks of each array came out as a Markdown table."""
    rows = []
    for array in dict.fromkeys(array_of(check.name) for check in found):
        own = [check for check in found if array_of(check.name) == array]
        counts = Counter(check.verdict for check in own)
        said = ", ".join(f"{count} {_COUNTED[v][count > 1]}" for v, count in counts.items())
        # Of what is not finite there is no error.
        known = [check for check in own if check.verdict != "not finite"]
        worst = max(known, key=lambda check: check.relative_error, default=None)
        told = f"{short(worst.relative_error, 2)} at {worst.name}" if worst else ""
        rows.append([array, f"{len(own)}", said, told])
    return tables.table(["gradients of", "parameters", "verdicts", "largest relative error"], rows)


_COUNTED = {
    "agrees": ("agrees", "agree"),
    "rounding": ("lost in rounding", "lost in rounding"),
    "kink": ("across a kink", "across a kink"),
    "differs": ("differs", "differ"),
    "not finite": ("not finite", "not finite"),
}
"""How one check, and how several, are counted by their verdict."""


def some(names: Sequence[str]) -> str:
    """Return names in a row, the rest counted where there are many."""
    more = len(names) - MOST_NAMED
    return ", ".join(names[:MOST_NAMED]) + (f" and {more} more" if more > 0 else "")


def table(found: Sequence[Check], numbers: Numbers) -> str:
    """Return every check as a row of a Markdown table."""
    rows = [
        [
            check.name,
            numbers.text(check.backprop),
            numbers.text(check.quotient),
            "" if check.verdict == "not finite" else short(check.relative_error, 2),
            _verdict(check),
        ]
        for check in found
    ]
    heads = ["gradient", "backprop", "difference quotient", "relative error", "verdict"]
    return tables.table(heads, rows)


def _verdict(check: Check) -> str:
    """Return a verdict, with the side from which alone it was found."""
    return (
        f"{check.verdict}, from {check.clean}" if check.flipped and check.clean else check.verdict
    )


def kinks(found: Sequence[Check], numbers: Numbers) -> list[str]:
    """Return, for each check beside a kink, its two slopes and the one backpropagation takes."""
    n = numbers
    crossing = [check for check in found if check.flipped and check.verdict != "not finite"]
    said = [
        f"{check.name}: {_crossing(check)} crosses 0 within h. The slope is "
        f"{n.text(check.below)} below and {n.text(check.above)} above; backpropagation takes "
        f"{n.text(check.backprop)}, the one {check.side}."
        for check in crossing[:MOST_NAMED]
    ]
    if len(crossing) > MOST_NAMED:
        said.append(f"And {len(crossing) - MOST_NAMED} more cross a kink within h.")
    return said


def _crossing(check: Check) -> str:
    return " and ".join(check.flipped) if len(check.flipped) <= 3 else some(check.flipped)


def notes(
    found: Sequence[Check],
    errors: ErrorCurve,
    h: float,
    numbers: Numbers,
    update: Update | None = None,
) -> list[str]:
    """Say what is true of these checks.

    Parameters
    ----------
    update : what is held and tied; nothing is where it is None.
    """
    said = []
    kinks = [check for check in found if check.verdict == "kink"]
    beside = [c for c in found if c.flipped and c.clean and c.verdict != "not finite"]
    agreed = [check for check in found if check.verdict == "agrees"]
    lost = [check for check in found if check.verdict == "rounding"]
    wrong = [check for check in found if check.verdict == "differs"]
    if agreed:
        said.append(
            f"{len(agreed)} of {len(found)} gradients agree with the difference quotient to within "
            "one part in a million. The quotient knows nothing of backpropagation: it only runs "
            "the network at other numbers."
        )
    if lost:
        names = some([check.name for check in lost])
        said.append(
            f"{names}: at h = {short(h)} what is left of the difference of the two losses is "
            "rounding. The step, or the gradient itself, is too small for it to show."
        )
    if beside:
        names = some([check.name for check in beside])
        said.append(
            f"{names}: a gate flips within the step, on one side. There are two slopes there, and "
            "a difference across both would be their mean, which is neither: so the quotient is "
            "taken from the side alone that keeps the gate as it is."
        )
    if kinks:
        names = some([check.name for check in kinks])
        said.append(
            f"{names}: gates flip within the step on both sides, so that every quotient mixes "
            "slopes and proves nothing. Take a smaller step."
        )
    if wrong:
        said.append(
            f"{some([check.name for check in wrong])}: the quotient differs by more than "
            "rounding explains."
        )
    if lost_all := [check.name for check in found if check.verdict == "not finite"]:
        said.append(
            f"{some(lost_all)}: the loss or its gradient is too large for the floats, so there is "
            "nothing to compare."
        )
    best = int(errors.one_sided.argmin())
    # Across a kink on the shut side it never comes near, whatever the step.
    if 0 < errors.one_sided[best] < CLOSE:
        said.append(
            f"The one-sided difference of {errors.name} is best near h = "
            f"{short(float(errors.steps[best]), 2)}: above it the curve of the loss (truncation) "
            "spoils it, below it rounding does."
        )
    if errors.parabola:
        lead = "Between kinks this" if errors.kinks else "This"
        # Of numbers such as 0 not even that is left.
        left = ": only rounding, which grows as h shrinks" if errors.central.any() else ""
        said.append(
            f"{lead} loss is a parabola in each single parameter, so the central "
            f"difference has no truncation error here{left}."
        )
    if update is not None:
        said += of_update(update)
    return said


def of_update(update: Update) -> list[str]:
    """Say what tied and held parameters mean for their gradients."""
    said = [
        f"{name} is tied, one number for its layer: all of it is moved at once, and its gradient "
        f"is the sum of all of d{name}."
        for name in update.tied
    ]
    if update.held:
        said.append(
            f"Held, so not trained: {some(update.held)}. Its gradient is there all the same."
        )
    return said
