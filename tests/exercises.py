"""Short ways to say which exercise a test is about. Names are spelled as links spell them."""

from __future__ import annotations

from blame.exercise.exercise import Exercise
from blame.exercise.names import SETTINGS, link_name, name_in_link, title_of
from blame.exercise.presets import NOTEBOOK

SYMBOLS = {link_name(name): title_of(name) for name in NOTEBOOK.names()[:14]}
"""b1_0 -> b1[0], for the notebook's numbers."""
NAMES = tuple(SYMBOLS)
BOUNDS = {name: NOTEBOOK.bounds_of(name_in_link(name)) for name in NAMES}


def changed(exercise: Exercise, **changes: float) -> Exercise:
    """Return an exercise with some numbers changed, `b1_1=-0.2`; the last of a name counts."""
    return exercise.with_numbers({name_in_link(name): value for name, value in changes.items()})


def notebook_with(**changes: float) -> Exercise:
    """Return the notebook's exercise with some numbers changed."""
    return changed(NOTEBOOK, **changes)


def number_of(exercise: Exercise, name: str) -> float:
    """Return one number of an exercise."""
    value: float = exercise.numbers()[name_in_link(name)]
    return value


def by_link_name(exercise: Exercise) -> dict[str, float]:
    """Return the numbers of an exercise, each as links spell it, without those of no use here."""
    found = {link_name(name): value for name, value in exercise.numbers().items()}
    return {name: found[name] for name in found if name not in SETTINGS[2:]}
