"""What a slice of the loss shows, in words."""

from __future__ import annotations

from blame import History
from blame.probe.landscape import Landscape, crossed, on_the_map, slopes_at
from pages.shared.words.numbers import short


def notes(found: Landscape, history: History, step: int, roof: float | None) -> list[str]:
    """Say what the map shows, and what it leaves out.

    `roof` is the height at which a surface is cut off; None where contours are drawn.
    """
    inside = on_the_map(found, history)
    said = [f"A slice: the other seven parameters are as they are at step {step}."]
    said.append(
        f"The line with dots is the run, the ring its step {step}; the rest of the run lies before "
        "or behind the slice."
    )
    if inside < history.steps + 1:
        said.append(f"Of {history.steps + 1} points of the run {inside} are on the map.")
    if roof is not None:
        said.append(f"The surface is cut off above a loss of {short(roof, 3)}.")
        return said
    if any(slopes_at(found, history, step)):
        said.append("The arrow is the negative gradient of these two; only its direction counts.")
    else:
        said.append("There is no arrow: no blame reaches these two.")
    if crossed(found):
        said.append("Where a dashed gate line is crossed, the slope changes at once.")
    return said
