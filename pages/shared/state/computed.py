"""What several parts of a page ask for, computed once for the same numbers.

Keyed by the numbers themselves and read-only, so whoever has the same numbers may share it; the
few kept at a time are those of the changes being answered.
"""

from __future__ import annotations

from functools import lru_cache

from blame import BackwardPass, History
from blame.exercise.example import Example


@lru_cache(maxsize=32)
def run_of(example: Example) -> History:
    """Return the training run of these numbers."""
    return example.train()


@lru_cache(maxsize=64)
def passes_of(example: Example) -> BackwardPass:
    """Return the forward and backward pass of these numbers."""
    return example.backward()
