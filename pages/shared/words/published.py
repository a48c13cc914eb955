"""What the source of an exercise prints, beside what is true."""

from __future__ import annotations

from collections.abc import Sequence

from blame.exercise.library.compare import Compared
from blame.practise.slips.asked import NEW
from blame.practise.slips.explanation import Explanation
from pages.shared.words.slips import on_screen
from pages.shared.words.tables import table


def is_blame(name: str) -> bool:
    """Return whether a published number belongs to the way back."""
    return name.startswith(("d_", "dW", "db"))


def heading(updates: int) -> str:
    """Return when the numbers are those of."""
    if updates == 0:
        return "Before any update"
    return "After 1 update" if updates == 1 else f"After {updates:,} updates"


def summary(found: Sequence[Compared]) -> str:
    """Return how many of the published numbers agree with the true ones."""
    wrong = [each for each in found if not each.agrees]
    if not wrong:
        return (
            f"All {len(found)} agree to their last printed digit."
            if len(found) > 1
            else ("It agrees to its last printed digit.")
        )
    return (
        f"{len(found) - len(wrong)} of {len(found)} agree to their last printed digit. Where one "
        "differs, the true number stands beside it."
    )


def published_table(found: Sequence[Compared]) -> str:
    """Return the numbers as a Markdown table, each with how it compares."""
    rows = [[each.name, each.sentence] for each in found]
    return table(["number", "published"], rows)


def found_slip(explanations: Sequence[Explanation], updates: int, shown: Sequence[Compared]) -> str:
    """Return which slip makes some of the shown numbers, as found from the numbers alone."""
    before = "" if updates == 0 else NEW
    names = {f"{before}{each.name}" for each in shown if not each.agrees} if updates < 2 else set()
    for best in explanations[:1]:
        if names & set(best.explains):
            return f"Found from the numbers alone: {on_screen(best.words)}"
    return ""
