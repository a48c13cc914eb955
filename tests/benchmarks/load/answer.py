"""What came back from the server for one change."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any


class WrongAnswerError(RuntimeError):
    """The server's answer is not what a reader should see."""


@dataclass
class Answer:
    """What came back for one change.

    Attributes
    ----------
    charts : how many charts were sent.
    charted : time.perf_counter() when the last of them came; the end where there are none.
    ended : time.perf_counter() when the run ended.
    texts : every markdown, caption and heading sent, in order.
    elements : everything sent, as it came.
    told : what each part on screen was given over the wire.
    film : the piece of a film that came.
    size : bytes received.
    runs : how often the server began to run for it.
    """

    charts: int = 0
    charted: float = 0.0
    ended: float = 0.0
    texts: list[str] = field(default_factory=list)
    elements: list[Any] = field(default_factory=list)
    told: dict[str, Any] = field(default_factory=dict)
    film: bytes = b""
    size: int = 0
    runs: int = 0
