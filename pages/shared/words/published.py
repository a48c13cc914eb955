"""What the source of an exercise prints, beside what is true."""

from __future__ import annotations

from collections.abc import Sequence

from blame.exercise.library.compare import Compared
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
