"""Runs side by side in a table."""

from __future__ import annotations

from collections.abc import Mapping

from blame import History
from blame.runs.verdicts import VERDICTS
from pages.shared.words import tables
from pages.shared.words.numbers import short

MOST_SAID = 3
"""So many gates of one sample are told one by one; more are counted."""


def table(runs: Mapping[str, History], verdicts: Mapping[str, str]) -> str:
    """Return what each run ended with, as a Markdown table; runs and verdicts by the same names.

    Where no neuron has a gate nothing is said of gates.
    """
    rows = []
    for name, history in runs.items():
        rows.append(
            [
                name,
                VERDICTS[verdicts[name]].title,
                f"{history.steps}",
                short(float(history.losses[-1])),
                short(float(history.losses.min())),
                _gates(history),
            ]
        )
    heads = ["run", "ended", "steps", "last loss", "lowest", "gates at the end"]
    if not any(row[-1] for row in rows):
        heads, rows = heads[:-1], [row[:-1] for row in rows]
    return tables.table(heads, rows)


def _gates(history: History) -> str:
    """Return which gates are open at the end, or on how many of all samples so many are."""
    gates = [
        z[-1] > layer.activation.kinks[0]
        for layer, z in zip(history.networks.layers, history.forward.z, strict=True)
        if layer.activation.kinks
    ]
    if not gates:
        return ""
    if len(gates) == 1 and gates[0].shape[0] == 1 and gates[0].size <= MOST_SAID:
        return ", ".join("open" if gate else "shut" for gate in gates[0][0])
    some = sum(int(layer.any(axis=0).sum()) for layer in gates)
    said = f"{some} of {sum(layer.shape[1] for layer in gates)} open"
    return said if gates[0].shape[0] == 1 else f"{said} on some sample"
