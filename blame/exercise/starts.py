"""Everything that an exercise can start from, by the key that links name it with."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

from blame.exercise.exercise import Exercise
from blame.exercise.presets import PRESETS


class Start(Protocol):
    """What a reader can choose: it has a title and the exercise itself."""

    @property
    def title(self) -> str:
        """What the reader chooses it by."""

    @property
    def story(self) -> str:
        """What it shows, in one sentence."""

    @property
    def exercise(self) -> Exercise:
        """The exercise."""


STARTS: Mapping[str, Start] = {**PRESETS}
"""Every preset by its key."""
