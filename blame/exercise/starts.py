"""Everything that an exercise can start from, by the key that links name it with."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from blame.exercise.exercise import Exercise
from blame.exercise.library.library import LIBRARY
from blame.exercise.presets import PRESETS


@dataclass(frozen=True)
class Start:
    """An exercise to start from: its title, one sentence on it, and who published it, if so."""

    title: str
    story: str
    exercise: Exercise
    source: str = ""


class _Starts(Mapping[str, Start]):
    """Both registries as one; asked each time, so that whatever is entered there is known here."""

    def __getitem__(self, key: str) -> Start:
        if key in PRESETS:
            preset = PRESETS[key]
            return Start(preset.title, preset.story, preset.exercise)
        entry = LIBRARY[key]
        return Start(entry.title, entry.special, entry.exercise, entry.source)

    def __iter__(self) -> Iterator[str]:
        yield from (*PRESETS, *LIBRARY)

    def __len__(self) -> int:
        return len(PRESETS) + len(LIBRARY)


STARTS: Mapping[str, Start] = _Starts()
"""Every preset and every exercise of the library by its key."""
