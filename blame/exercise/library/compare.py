"""What a source prints beside what is true, and whether its printed digits agree."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache

from blame.exercise.exercise import Exercise
from blame.exercise.library.entry import Entry
from blame.exercise.library.why import why_of
from blame.exercise.typed.bounds import MOST_STEPS

_NOISE = Decimal("1e-12")
"""Relative; what the order of a few float64 operations may change in a number."""

_RAISED = str.maketrans("0123456789\N{MINUS SIGN}+", "⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁺")


@dataclass(frozen=True)
class Compared:
    """One published number beside the true one.

    `sentence` says for a reader how they compare and, where they differ, by which slip.
    """

    name: str
    published: float
    true: float
    agrees: bool
    sentence: str


def differs(published: float, true: float) -> bool:
    """Whether a published number differs from the true one by more than its printed digits allow.

    A source may round to its last digit or cut off after it. How many digits it prints is read
    from the number itself, as Python writes it: 0.69 has two decimals. A zero printed at the end
    is lost, so 0.10 counts as 0.1: that makes the rule kinder, never stricter.
    """
    printed, exact = Decimal(repr(published)), Decimal(true)
    unit = _last_place(printed)
    noise = abs(exact) * _NOISE
    rounded = abs(printed - exact) <= unit / 2 + noise
    cut_off = printed * exact > 0 and -noise <= abs(exact) - abs(printed) < unit - noise
    return not (rounded or cut_off)


@lru_cache(maxsize=64)
def compare(entry: Entry, updates: int = 0) -> tuple[Compared, ...]:
    """Return every number that an entry's source prints, after so many updates, beside the true.

    Empty where the source prints none there. Thousands of updates take seconds, once.
    """
    if updates not in entry.moments:
        return ()
    after = _after(entry.exercise, updates)
    true = _all_of(after)
    why = why_of(entry, updates)
    published = entry.published.get(updates, {})
    return (
        *(_compared(name, printed, true[name], why) for name, printed in published.items()),
        *(
            _compared(derived.title, derived.published, derived.work_out(after), why)
            for derived in entry.derived
            if derived.updates == updates
        ),
    )


def true_numbers(exercise: Exercise, updates: int = 0) -> dict[str, float]:
    """Return all numbers and quantities of an exercise by their names, after so many updates.

    Raises
    ------
    ValueError
        If the updates carry momentum and are more than one run may have.
    """
    return _all_of(_after(exercise, updates))


def _all_of(exercise: Exercise) -> dict[str, float]:
    numbers = exercise.numbers() | exercise.values()
    return {name: float(value) for name, value in numbers.items()}


def following(exercise: Exercise, updates: int) -> Iterator[tuple[int, Exercise]]:
    """Yield the exercise after ever more updates, and how many: the last is the one asked for.

    Each part is worked out once, so that whoever shows how far it has got may ask again.

    Raises
    ------
    ValueError
        If the updates carry momentum and are more than one run may have.
    """
    if exercise.momentum and updates > MOST_STEPS:
        raise ValueError(
            f"with momentum an exercise can be followed for {MOST_STEPS} updates, got {updates}"
        )
    done = 0
    yield done, exercise
    while done < updates:
        steps = min(updates - done, MOST_STEPS)
        exercise, done = _trained(exercise, steps), done + steps
        yield done, exercise


@lru_cache(maxsize=64)
def _trained(exercise: Exercise, steps: int) -> Exercise:
    return replace(exercise, network=replace(exercise, steps=steps).train().at(-1))


def _after(exercise: Exercise, updates: int) -> Exercise:
    *_, (_, last) = following(exercise, updates)
    return last


def _compared(name: str, printed: float, true: float, why: Mapping[str, str]) -> Compared:
    if not differs(printed, true):
        return Compared(name, printed, true, True, f"{_said(repr(printed))}, as published.")
    sentence = f"Published {_said(repr(printed))}, worked out {_said(_like(printed, true))}."
    return Compared(name, printed, true, False, f"{sentence} {why.get(name, '')}".strip())


def _last_place(printed: Decimal) -> Decimal:
    """Return one unit of the last digit."""
    return Decimal(1).scaleb(int(printed.as_tuple().exponent))


def _like(printed: float, true: float) -> str:
    """Return the true number with as many digits as the source prints."""
    text = repr(printed)
    digits, power, _ = text.partition("e")
    decimals = len(digits.partition(".")[2])
    if power:
        return f"{true:.{decimals + 1}g}"
    # No minus zero.
    return f"{round(true, decimals) + 0.0:.{decimals}f}"


def _said(text: str) -> str:
    """Return a number's text as it stands on screen: the minus long, the power of ten raised."""
    digits, power, exponent = text.replace("-", "\N{MINUS SIGN}").partition("e")
    raised = exponent.replace("\N{MINUS SIGN}0", "\N{MINUS SIGN}").translate(_RAISED)
    return f"{digits} \N{MULTIPLICATION SIGN} 10{raised}" if power else digits
