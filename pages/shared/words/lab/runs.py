"""Runs side by side in a table."""

from __future__ import annotations

from collections.abc import Mapping

from blame import History
from blame.runs.verdicts import VERDICTS
from pages.shared.words import tables
from pages.shared.words.numbers import short


def table(runs: Mapping[str, History], verdicts: Mapping[str, str]) -> str:
    """Return what each run ended with, as a Markdown table; runs and verdicts by the same names."""
    rows = []
    for name, history in runs.items():
        gates = history.forward.z[0][-1, 0] > 0
        rows.append(
            [
                name,
                VERDICTS[verdicts[name]].title,
                f"{history.steps}",
                short(float(history.losses[-1])),
                short(float(history.losses.min())),
                ", ".join("open" if gate else "shut" for gate in gates),
            ]
        )
    heads = ["run", "ended", "steps", "last loss", "lowest", "gates at the end"]
    return tables.table(heads, rows)
