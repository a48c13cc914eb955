"""What a text asks and an exercise cannot keep: said with its line, never dropped in silence."""

from __future__ import annotations

import math
import re

from blame.exercise.reading.parts import Parts
from blame.exercise.reading.text.hints import as_float
from blame.exercise.reading.text.loose_numbers import NUMBER

_LEAK = r"(?i)leak|slope|relu|where|max|alpha"


def check_leak(parts: Parts, slope: float) -> None:
    if slope != 0.01:
        parts.problems.append(
            f"{_line(parts, slope, _LEAK)}the leak of {slope:g} could not be kept: the leaky ReLU "
            "here has a leak of 0.01."
        )


def leak_said(parts: Parts, activations: list[str]) -> None:
    """Say what becomes of a leak, where an activation has one."""
    if "leaky_relu" not in activations or (parts.listing.network and parts.listing.network.slopes):
        return
    if parts.hints.leak is None:
        parts.assumed.ask("leak", "0.01")
    else:
        check_leak(parts, parts.hints.leak)


def momentum_for(parts: Parts) -> float:
    """Return the momentum, 0 where the text's own is none that an exercise takes."""
    found = _number(parts, "momentum", parts.hints.momentum)
    if 0 <= found < 1:
        return found
    parts.problems.append(
        f"{_line(parts, found, '(?i)momentum')}the momentum of {found:g} could not be kept: here "
        "it is at least 0 and below 1. The exercise is without momentum."
    )
    return 0.0


def weight_decay_for(parts: Parts) -> float:
    """Return the weight decay, 0 where the text's own is none that an exercise takes."""
    found = _number(parts, "weight_decay", parts.hints.weight_decay)
    if 0 <= found <= 1:
        return found
    words = r"(?i)weight[\s_-]?decay"
    parts.problems.append(
        f"{_line(parts, found, words)}the weight decay of {found:g} could not be kept: here it is "
        "between 0 and 1. The exercise is without weight decay."
    )
    return 0.0


def one_by_one_said(parts: Parts, n_samples: int) -> None:
    """Say what becomes of a loop that updates the weights after each sample."""
    line = parts.listing.run.one_by_one
    if line is None:
        cut = parts.listing.run.cut_short
        if cut is not None and parts.listing.network is not None:
            parts.problems.append(
                f"Line {cut}: the loop goes through more samples than are followed here. The "
                "loss is of those that are kept."
            )
        return
    if n_samples > 1:
        parts.problems.append(
            f"Line {line}: the loop updates the weights after each sample. Here the samples are "
            "trained together, in one update, so the weights after it are others."
        )
    else:
        parts.problems.append(
            f"Line {line}: the loop updates the weights after each sample. The exercise is its "
            "first sample alone, the others are left out."
        )


def _number(parts: Parts, name: str, said: float | None) -> float:
    written = parts.values.get(name)
    if written is not None and written.ndim == 0:
        return float(written)
    return said or 0.0


def _line(parts: Parts, value: float, words: str) -> str:
    """Return the line that writes a number beside some words, else the first that writes it."""
    found = [
        (not re.search(words, written), line)
        for line, written in enumerate(parts.text.split("\n"), start=1)
        if any(_same(one, value) for one in re.findall(NUMBER, written))
    ]
    return f"Line {min(found)[1]}: " if found else "In the text: "


def _same(written: str, value: float) -> bool:
    number = as_float(written)
    return number is not None and math.isclose(number, value, rel_tol=1e-9)
