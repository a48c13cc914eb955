"""Which slips make the wrong entries of a worksheet."""

from __future__ import annotations

from collections.abc import Mapping

from blame.exercise.exercise import Exercise
from blame.exercise.typed.numbers import read_number
from blame.practise.items import LOSS_AFTER, NEW
from blame.practise.slips.asked import known_places
from blame.practise.slips.explanation import Explanation
from blame.practise.slips.search import find_slips
from blame.practise.worksheet import Checked, goes_by_paper

_ON_PAPER = "gate_shut_at_0"
"""On paper such a gate is shut, and a sheet that goes by it makes no slip."""


def slips_of_entries(
    exercise: Exercise, entries: Mapping[str, str], checked: Mapping[str, Checked]
) -> tuple[Explanation, ...]:
    """Return what makes the wrong entries of a sheet, the best explanation first.

    Entries that are right within the sheet's tolerance, but not to their last digit, are left
    out: the sheet takes them, and so they are not explained away.

    Parameters
    ----------
    entries : texts by the sheet's names.
    checked : what became of each.
    """
    if not any(each.state == "wrong" for each in checked.values()):
        return ()
    places = known_places(exercise)
    numbers: dict[str, float | str] = {}
    for name, found in checked.items():
        known = _known(name)
        if found.state in ("empty", "unreadable") or known not in places:
            continue
        text = entries[name].strip()
        value = read_number(text).value
        if value is not None:
            numbers[known] = text if _is_plain(text) else value
    always = (_ON_PAPER,) if goes_by_paper(checked) else ()
    taken = {_known(name) for name, found in checked.items() if found.state == "right"}
    explanations = find_slips(exercise, numbers, always)
    return tuple(each for each in explanations if not set(each.explains) <= taken)


def slip_of_entry(name: str, explanations: tuple[Explanation, ...]) -> Explanation | None:
    """Return the best explanation of one wrong entry of a sheet."""
    known = _known(name)
    return next((each for each in explanations if known in each.explains), None)


def _known(name: str) -> str:
    """Return how slips call an entry of the sheet: a tied bias by the first of its layer."""
    if name == LOSS_AFTER:
        return f"{NEW}loss"
    return f"{name}[0]" if name.startswith(f"{NEW}b") and "[" not in name else name


def _is_plain(text: str) -> bool:
    """Whether a text is a number as Python reads it, so that its zeros count."""
    try:
        float(text)
    except ValueError:
        return False
    return "_" not in text
