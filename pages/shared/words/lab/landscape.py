"""What a slice of the loss shows, in words."""

from __future__ import annotations

from blame import History
from blame.probe.landscape import Landscape, crossed, on_the_map, slopes_at
from pages.shared.words.lab.neurons import listed
from pages.shared.words.numbers import short

_NUMBERS = {2: "two", 3: "three", 4: "four", 5: "five", 6: "six", 7: "seven", 8: "eight", 9: "nine"}
_ONE = "the other parameter is as it is"
MOST_GATES = 6
"""So many gates are told of one by one."""


def notes(found: Landscape, history: History, step: int, roof: float | None) -> list[str]:
    """Say what the map shows, and what it leaves out.

    `roof` is the height at which a surface is cut off; None where contours are drawn.
    """
    inside = on_the_map(found, history)
    others = sum(array.size for array in history.at(0).parameters().values())
    others -= sum(_counted(history, name) for name in (found.first, found.second))
    said = []
    if others > 0:
        rest = f"the other {_NUMBERS.get(others, others)} parameters are as they are"
        said.append(f"A slice: {rest if others > 1 else _ONE} at step {step}.")
    for name in (found.first, found.second):
        if _counted(history, name) > 1:
            array = name.partition("[")[0]
            said.append(f"{array} is tied: all of it moves with {name}.")
    behind = "; the rest of the run lies before or behind the slice" if others > 0 else ""
    said.append(f"The line with dots is the run, the ring its step {step}{behind}.")
    if inside < history.steps + 1:
        said.append(f"Of {history.steps + 1} points of the run {inside} are on the map.")
    if roof is not None:
        said.append(f"The surface is cut off above a loss of {short(roof, 3)}.")
        return said
    if any(slopes_at(found, history, step)):
        said.append("The arrow is the negative gradient of these two; only its direction counts.")
    else:
        said.append("There is no arrow: no blame reaches these two.")
    flipping = crossed(found)
    if flipping:
        said.append("Where a dashed gate line is crossed, the slope changes at once.")
    still = [name for name in found.gates if name not in flipping]
    if still and len(found.gates) <= MOST_GATES:
        flips = "flips" if len(still) == 1 else "flip"
        said.append(f"{listed(still)} {flips} nowhere on this map.")
    return said


def _counted(history: History, name: str) -> int:
    """Return how many parameters move with one: all of a bias that is tied."""
    array = name.partition("[")[0]
    return history.at(0).parameters()[array].size if array in history.update.tied else 1
