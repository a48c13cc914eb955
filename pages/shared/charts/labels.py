"""Labels along an axis that never cover each other: those too close together become one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

NARROW = 270
"""Width of a chart's plane on a phone in pixels."""
CHARACTER = 7.0
"""Width of a character in pixels, no less than Chromium's."""
GAP = 8
"""Room between two labels in pixels."""


class Label(NamedTuple):
    """A text, and where along the axis it is centred."""

    at: float
    text: str


def spread(
    names: Sequence[str],
    places: Sequence[float],
    span: tuple[float, float],
    *,
    width: int = NARROW,
    most: int = 6,
    after: str = "",
) -> list[Label]:
    """Return a label for each place, or one for several that are too close for labels of their own.

    Parameters
    ----------
    span : the ends of the axis; a label may reach a little beyond.
    width : of the axis in pixels.
    most : names in one label; of more the first are given and the others counted.
    after : what each label ends with.
    """
    per_unit = width / ((span[1] - span[0]) or 1.0)
    order = sorted(range(len(names)), key=lambda i: (places[i], i))
    groups = [[i] for i in order]

    def label(group: list[int]) -> Label:
        listed = [names[i] for i in sorted(group)]
        more = f" +{len(listed) - most}" if len(listed) > most else ""
        text = ", ".join(listed[:most]) + more + after
        return Label(sum(places[i] for i in group) / len(group), text)

    k = 0
    while k < len(groups) - 1:
        one, other = label(groups[k]), label(groups[k + 1])
        needed = CHARACTER * (len(one.text) + len(other.text)) / 2 + GAP
        if (other.at - one.at) * per_unit < needed:
            groups[k : k + 2] = [groups[k] + groups[k + 1]]
            # The joined label is wider: it may now reach the one before.
            k = max(k - 1, 0)
        else:
            k += 1
    return [label(group) for group in groups]
