"""What a page tells whoever answers it: a server, or the worker of the edition without one."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any


def hear_sent(page: Any, heard: Callable[[bytes], object]) -> None:
    """Call `heard`, and nothing given before, with all that a page sends from now on.

    That is over whatever socket it opens later; of one that is open already only if this has been
    called before.
    """
    if hasattr(page, "heard"):
        page.heard = heard
        return
    page.heard = heard
    tell = lambda said: page.heard(_as_bytes(said))  # noqa: E731
    page.on("websocket", lambda line: line.on("framesent", tell))
    # The browser knows nothing of a socket that leads to a worker (chromium.py repeats it).
    page.expose_function("blameSent", lambda letters: page.heard(letters.encode("latin-1")))


def told_in_motion(page: Any) -> list[bytes]:
    """Return what a page tells of numbers that move: a list that grows as it tells."""
    sent: list[bytes] = []

    def heard(said: bytes) -> None:
        # Where it rests may be told at any time: a test's hand is slow. So may what is asked ahead.
        if (b"__moved" in said or b"__said" in said) and b'"rest":false' in said:
            sent.append(said)

    hear_sent(page, heard)
    return sent


def _as_bytes(told: bytes | str) -> bytes:
    return told if isinstance(told, bytes) else told.encode()
