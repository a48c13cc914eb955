"""Read a link: which numbers it sets, and what is wrong with the rest. Knows no Streamlit."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from blame.exercise.example import BOUNDS, Example, parse_number
from blame.exercise.typed_numbers import read_number
from pages.shared.state.choices import CHOICES, Between

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


def read_otherwise(parameters: Mapping[str, Sequence[str]]) -> tuple[dict[str, str], list[str]]:
    """Return what a link's good numbers are called in plain, where they are spelled otherwise.

    A widget that is bound to a link reads Python's spellings only: 0,5 has to be 0.5 there. With
    them a sentence for each that is worth one.
    """
    plain: dict[str, str] = {}
    said: list[str] = []
    for name, values in parameters.items():
        is_number = name in BOUNDS or isinstance(CHOICES.get(name), Between)
        if not is_number or len(values) != 1 or _is_plain(values[0]):
            continue
        if name in read_link({name: values})[0] or (
            name in CHOICES and not choice_trouble(name, values)
        ):
            typed = read_number(values[0])
            whole = name == "steps" or getattr(CHOICES.get(name), "whole", False)
            plain[name] = repr(int(typed.value or 0) if whole else typed.value)
            if typed.said:
                said.append(f"{name}: {typed.said}")
    return plain, said


def _is_plain(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True


def choice_trouble(name: str, values: Sequence[str]) -> str:
    """Return what is wrong with a link's values for a page's choice, or nothing."""
    if len(values) != 1:
        return f"must be given once, got {len(values)} values"
    trouble = CHOICES[name].trouble(values[0])
    return f"{trouble}, got {values[0][:40]!r}" if trouble else ""
