"""Read what a link says beside the exercise: the choices of pages. Knows no Streamlit."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from blame.exercise.exercise import Exercise
from blame.exercise.links import is_ours
from blame.exercise.names import name_in_link, title_of
from blame.exercise.starts import STARTS
from blame.exercise.typed.numbers import read_number
from pages.shared.address.query import Mended, mend
from pages.shared.state.choices import CHOICES, Between, Text

MOST_PROBLEMS = 5
ASKED, KEPT, MET, BEGUN, HANDED = "ask", "kept", "met", "begun", "handed"
"""Names in links that are neither numbers nor choices: a teacher's question, the runs kept, the
challenges met and the one begun, what a pupil hands in."""


def as_meant(parameters: Mapping[str, Sequence[str]]) -> Mended:
    """Return a link's query as it was before a messenger or a mail program changed it."""
    texts = [name for name, choice in CHOICES.items() if isinstance(choice, Text)]
    return mend(
        parameters,
        lambda name: is_ours(name) or name in CHOICES or name in (ASKED, KEPT, MET, BEGUN, HANDED),
        free=(ASKED, MET, HANDED, *texts),
        good=_is_good,
    )


def _is_good(name: str, text: str) -> bool:
    if name == "exercise":
        return text in STARTS
    return name in CHOICES and not CHOICES[name].trouble(text)


def wrong_choices(parameters: Mapping[str, Sequence[str]]) -> list[str]:
    """Return a sentence for each choice of a page that a link spells wrongly.

    Parameters
    ----------
    parameters : the query of the URL, each name with all its values.
    """
    return [
        f"{name} {trouble}. The default {CHOICES[name].default} is used."
        for name, values in parameters.items()
        if name in CHOICES and (trouble := choice_trouble(name, values))
    ]


def read_otherwise(
    parameters: Mapping[str, Sequence[str]], exercise: Exercise
) -> tuple[dict[str, str], list[str]]:
    """Return what a link's good choices are called in plain, where they are spelled otherwise.

    A widget that is bound to a link reads Python's spellings only: 0,5 has to be 0.5 there. With
    them a sentence for each number, of the exercise too, that is worth one.
    """
    plain: dict[str, str] = {}
    said: list[str] = []
    for name, values in parameters.items():
        if len(values) != 1 or _is_plain(values[0]):
            continue
        typed = read_number(values[0])
        known = name_in_link(name)
        if known in exercise.names():
            good = typed.value is not None and exercise.numbers()[known] == typed.value
        else:
            good = isinstance(CHOICES.get(name), Between) and not choice_trouble(name, values)
        if not good:
            continue
        if name in CHOICES:
            whole = getattr(CHOICES[name], "whole", False)
            plain[name] = repr(int(typed.value or 0) if whole else typed.value)
        if typed.said:
            said.append(f"{title_of(known)}: {typed.said}")
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
