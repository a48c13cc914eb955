"""The names of an exercise's numbers, indexed as NumPy does, and how links spell them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from itertools import product

SETTINGS = ("learning_rate", "steps", "momentum", "weight_decay")
"""The numbers that no array holds."""
_NAME = re.compile(r"(x|y_true|[Wb]\d{1,2})(?:\[(\d{1,2})(?:, ?(\d{1,2}))?\])?")
# One spelling only: no leading zeros, and no digits of other scripts, which int would read.
_INDEX = r"(0|[1-9][0-9]?)"
_LINK = re.compile(rf"(x|y_true|[Wb][1-9][0-9]?)(?:_{_INDEX})?(?:_{_INDEX})?")


def entry_name(array: str, index: Sequence[int]) -> str:
    """Return the name of an entry, W1[0, 1] for W1 and (0, 1); the array's own without an index."""
    return f"{array}[{', '.join(map(str, index))}]" if index else array


def entry_names(array: str, shape: Sequence[int]) -> list[str]:
    """Return the names of an array's entries, in NumPy's order."""
    return list(_entry_names(array, tuple(shape)))


@lru_cache(maxsize=256)
def _entry_names(array: str, shape: tuple[int, ...]) -> tuple[str, ...]:
    return tuple(entry_name(array, index) for index in product(*map(range, shape)))


def array_of(name: str) -> str:
    """Return the name of the array that a number stands in."""
    return name.partition("[")[0]


def index_of(name: str) -> tuple[int, ...]:
    """Return the indices in a name; none for a bare one."""
    match = _NAME.fullmatch(name)
    return tuple(int(i) for i in match.groups()[1:] if i is not None) if match else ()


def plain_name(name: str) -> str:
    """Return a name with its indices as they are written here, W1[0, 1] for W1[0,1]."""
    return entry_name(array_of(name), index_of(name))


def link_name(name: str) -> str:
    """Return how links spell a name, W1_0_1 for W1[0, 1]."""
    return "_".join((array_of(name), *map(str, index_of(name))))


def name_in_link(spelled: str) -> str:
    """Return the name that a link spells, W1[0, 1] for W1_0_1; what is none comes back as it is."""
    match = _LINK.fullmatch(spelled)
    if match is None:
        return spelled
    return entry_name(match[1], [int(i) for i in match.groups()[1:] if i is not None])


def title_of(name: str) -> str:
    """Return what a number is called on screen: its name, or in words for the settings."""
    return name.replace("_", " ") if name in SETTINGS else name
