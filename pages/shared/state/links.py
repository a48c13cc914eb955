"""Read a link: which numbers it sets, and what is wrong with the rest. Knows no Streamlit."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from blame.exercise.example import BOUNDS, Example, parse_number
from pages.shared.state.choices import CHOICES

# Looks like one of ours, yet is none: most likely an index that does not exist.
_LIKE_OURS = re.compile(r"(x|y_true|[Wb]\d+|learning_rate|steps)(_\d+)*")
MOST_PROBLEMS = 5


def read_link(parameters: Mapping[str, Sequence[str]]) -> tuple[dict[str, float], list[str]]:
    """Return the good numbers of a link by name, and a sentence for each wrong number or choice.

    Parameters
    ----------
    parameters : the query of the URL, each name with all its values.
    """
    defaults = Example().numbers()
    good: dict[str, float] = {}
    problems: list[str] = []
    for name, values in parameters.items():
        if name in BOUNDS:
            try:
                if len(values) != 1:
                    raise ValueError(f"{name} must be given once, got {len(values)} values")
                good[name] = parse_number(name, values[0])
            except ValueError as error:
                problems.append(f"{error}. The default {defaults[name]:g} is used.")
        elif name in CHOICES:
            if trouble := choice_trouble(name, values):
                problems.append(f"{name} {trouble}. The default {CHOICES[name].default} is used.")
        elif _LIKE_OURS.fullmatch(name[:40]):
            problems.append(f"{name[:40]} is not a number of this network and is ignored.")
    return good, problems


def choice_trouble(name: str, values: Sequence[str]) -> str:
    """Return what is wrong with a link's values for a page's choice, or nothing."""
    if len(values) != 1:
        return f"must be given once, got {len(values)} values"
    trouble = CHOICES[name].trouble(values[0])
    return f"{trouble}, got {values[0][:40]!r}" if trouble else ""
