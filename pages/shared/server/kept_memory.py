"""Memory that one answer has used is kept for the next."""

from __future__ import annotations

import ctypes

_TRIM_THRESHOLD, _MMAP_THRESHOLD, _ARENA_MAX = -1, -3, -8
"""What glibc's malloc.h calls the three in `mallopt`."""
ARENAS = 2
"""Each arena keeps memory of its own, and each thread would have one: every reader's run is one."""
LARGEST_KEPT = 8 << 20
"""Bytes of one array up to which its memory is kept: a run's arrays are some hundred thousand."""
MOST_KEPT = 16 << 20
"""Bytes that may lie unused at an arena's end before they go back to the system."""


def keep_memory() -> bool:
    """Tell the C library to keep freed memory; return whether it can be told.

    By default the memory of an array above some hundred thousand bytes comes fresh from the system
    each time and is cleared page by page: in a sweep of learning rates that took longer than the
    sums. Only glibc is told; elsewhere nothing changes.
    """
    try:
        mallopt = ctypes.CDLL(None).mallopt
        return all(
            mallopt(option, size) == 1
            for option, size in (
                (_MMAP_THRESHOLD, LARGEST_KEPT),
                (_TRIM_THRESHOLD, MOST_KEPT),
                (_ARENA_MAX, ARENAS),
            )
        )
    except (AttributeError, OSError, TypeError):
        # Another system, or another C library.
        return False
