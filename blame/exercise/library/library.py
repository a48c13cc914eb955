"""The library: every public exercise by its key."""

from __future__ import annotations

from blame.exercise.library.entries import (
    batches,
    deep,
    neurons,
    seeded,
    sigmoid_nets,
    small_nets,
    softmax,
    straight_neurons,
)
from blame.exercise.library.entry import Entry

LIBRARY: dict[str, Entry] = {
    entry.key: entry
    for theme in (
        sigmoid_nets,
        small_nets,
        neurons,
        straight_neurons,
        batches,
        seeded,
        softmax,
        deep,
    )
    for entry in theme.ENTRIES
}
"""Every entry by its key, the best known first."""
