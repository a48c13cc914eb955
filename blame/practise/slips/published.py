"""Which slips make the wrong numbers of a public source, found from its numbers alone."""

from __future__ import annotations

from blame.exercise.library.entry import Entry
from blame.practise.slips.asked import NEW, known_places
from blame.practise.slips.explanation import Explanation
from blame.practise.slips.search import find_slips


def published_numbers(entry: Entry) -> dict[str, float]:
    """Return what a source prints before and after one update, by the names slips have."""
    after = {f"{NEW}{name}": value for name, value in entry.published.get(1, {}).items()}
    numbers = {**entry.published.get(0, {}), **after}
    known = known_places(entry.exercise)
    return {name: value for name, value in numbers.items() if name in known}


def explain_published(entry: Entry) -> tuple[Explanation, ...]:
    """Return what makes the wrong numbers of a source, the best explanation first.

    Empty where all are right, and where nothing known makes what is wrong. A source that updates
    after each sample takes other steps than its exercise here: of its updates nothing is said.
    """
    numbers = published_numbers(entry)
    if entry.one_by_one:
        numbers = {name: value for name, value in numbers.items() if not name.startswith(NEW)}
    return find_slips(entry.exercise, numbers)
