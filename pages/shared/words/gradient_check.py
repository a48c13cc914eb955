"""The gradient check in a table and in words."""

from __future__ import annotations

from collections.abc import Sequence

from blame.probe.gradient_check import Check, ErrorCurve
from pages.shared.words import tables
from pages.shared.words.numbers import Numbers, short

CLOSE = 1e-3
"""Relative error below which a quotient counts as having come near."""


def table(found: Sequence[Check], numbers: Numbers) -> str:
    """Return every check as a row of a Markdown table."""
    rows = [
        [
            check.name,
            numbers.text(check.backprop),
            numbers.text(check.central),
            short(check.relative_error, 2),
            check.verdict,
        ]
        for check in found
    ]
    heads = ["gradient", "backprop", "central difference", "relative error", "verdict"]
    return tables.table(heads, rows)


def kinks(found: Sequence[Check], numbers: Numbers) -> list[str]:
    """Return, for each check across a kink, its two slopes and the one backpropagation takes."""
    n = numbers
    return [
        f"{check.name}: {' and '.join(check.flipped)} crosses 0 within h. The slope is "
        f"{n.text(check.below)} below and {n.text(check.above)} above; backpropagation takes "
        f"{n.text(check.backprop)}, the one {check.side}."
        for check in found
        if check.verdict == "kink"
    ]


def notes(found: Sequence[Check], errors: ErrorCurve, h: float, numbers: Numbers) -> list[str]:
    """Say what is true of these checks."""
    said = []
    kinks = [check for check in found if check.verdict == "kink"]
    agreed = [check for check in found if check.verdict == "agrees"]
    lost = [check for check in found if check.verdict == "rounding"]
    wrong = [check for check in found if check.verdict == "differs"]
    if agreed:
        said.append(
            f"{len(agreed)} of {len(found)} gradients agree with the central difference to within "
            "one part in a million. The difference knows nothing of backpropagation: it only "
            "runs the network twice."
        )
    if lost:
        names = ", ".join(check.name for check in lost)
        said.append(
            f"{names}: at h = {short(h)} what is left of the difference of the two losses is "
            "rounding. The step, or the gradient itself, is too small for it to show."
        )
    if kinks:
        names = ", ".join(check.name for check in kinks)
        said.append(
            f"{names}: a gate flips within the step. There are two slopes there, one on each "
            "side, and the central difference is their mean, which is neither. A check across a "
            "kink proves nothing; take a smaller step or, on the kink itself, another point."
        )
    if wrong:
        said.append(
            f"{', '.join(check.name for check in wrong)}: the quotient differs by more than "
            "rounding explains."
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
        said.append(
            "Between kinks this loss is a parabola in each single parameter, so the central "
            "difference has no truncation error here: only rounding, which grows as h shrinks."
        )
    return said
