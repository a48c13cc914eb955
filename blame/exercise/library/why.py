"""Why a published number differs: by the slip that is found, or as it is told by hand."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from blame.exercise.library.entry import Entry
from blame.practise.slips.asked import NEW
from blame.practise.slips.published import explain_published
from blame.practise.slips.registry import SLIPS


@lru_cache(maxsize=64)
def why_of(entry: Entry, updates: int) -> Mapping[str, str]:
    """Return a sentence for each number that a source prints wrong, after so many updates.

    What the best explanation from the numbers alone makes is told by its slip. What it does not
    make, and what is printed after more than one update, has a sentence of the entry's own.
    """
    found: dict[str, str] = {}
    if updates < 2:
        for best in explain_published(entry)[:1]:
            for name in best.explains:
                plain = name.removeprefix(NEW)
                if (plain != name) == (updates == 1):
                    found[plain] = " ".join(SLIPS[key].sentence for key in best.slips)
    return {**found, **entry.wrong.get(updates, {})}
