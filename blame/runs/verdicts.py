"""What became of a run, in one word; of a whole stack of runs at once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np

from blame.runs import evidence
from blame.runs.evidence import Evidence
from blame.runs.signs import (
    CALM,
    LITTLE,
    RECENT,
    RISES,
    Flags,
    Signs,
    blame_size,
    calm_below,
    fewest_flips,
    flip_counts,
    is_calm,
    resting_gates,
)
from blame.training import History

__all__ = [
    "CALM",
    "LITTLE",
    "RECENT",
    "RISES",
    "VERDICTS",
    "Verdict",
    "blame_size",
    "calm_below",
    "fewest_flips",
    "flip_counts",
    "is_calm",
    "ranked",
    "resting_gates",
    "verdicts",
]


def _at_the_end(history: History) -> Evidence:
    return Evidence(history.steps, {})


@dataclass(frozen=True)
class Verdict:
    """One thing that can become of a run, with all that pages and remedies ask about it.

    key       its name in code
    title     its name on screen, which goes on from "the run ended ..."
    holds     whether it fits each run of a stack, of whose signs it is asked
    rank      how good it is: of two verdicts the higher one is better
    remedy    the way the learning rate should go; "" where no rate is to blame
    learning  whether such a run has learned or still can; a sweep's lowest loss is one of these
    find      the step and the numbers that show it, of a single run
    sentence  what a page says of it: {step}, {where} and each number of the evidence by its name
              stand for what was found. Empty where the words know a longer way to say it
    mark      Plotly's name for its mark on the sweep of learning rates
    legend    its name beside that mark, where it is not the title; those of one name are together
    """

    key: str
    title: str
    holds: Callable[[Signs], Flags | bool]
    rank: int
    remedy: Literal["slower", "faster", ""] = ""
    learning: bool = False
    find: Callable[[History], Evidence] = _at_the_end
    sentence: str = ""
    mark: str = "hexagon"
    legend: str = ""


VERDICTS: dict[str, Verdict] = {
    verdict.key: verdict
    for verdict in (
        Verdict(
            "away",
            "ran away",
            lambda signs: signs.left_the_floats | signs.grows,
            rank=0,
            remedy="slower",
            find=evidence.away,
            mark="triangle-up",
        ),
        # Shut and on a kink, or going to and fro over one.
        Verdict(
            "kink",
            "stuck on a kink",
            lambda signs: (
                (signs.resting & signs.dead) | (signs.flipping & ~signs.calm & signs.unsettled)
            ),
            rank=1,
            remedy="slower",
            find=evidence.kink,
            mark="star",
        ),
        Verdict(
            "dead",
            "all dead",
            lambda signs: signs.dead,
            rank=2,
            remedy="slower",
            find=evidence.dead,
            mark="x",
        ),
        Verdict(
            "converged",
            "converged",
            lambda signs: signs.calm,
            rank=6,
            learning=True,
            find=evidence.converged,
            mark="circle",
            legend="learned",
        ),
        Verdict(
            "oscillating",
            "oscillating",
            lambda signs: signs.unsettled,
            rank=3,
            remedy="slower",
            learning=True,
            find=evidence.oscillating,
            mark="square",
        ),
        Verdict(
            "slow",
            "slow",
            lambda signs: signs.little_gained,
            rank=4,
            remedy="faster",
            learning=True,
            find=evidence.slow,
            mark="diamond",
            legend="still falling",
        ),
        # None of these.
        Verdict(
            "falling",
            "still falling",
            lambda signs: True,
            rank=5,
            remedy="faster",
            learning=True,
            find=evidence.falling,
            mark="diamond",
        ),
    )
}
"""Every verdict by its key; where several hold, the first of them is given, so the last holds
always. A new one is one entry here, before the last."""


def verdicts(history: History) -> np.ndarray[tuple[int, ...], np.dtype[np.str_]]:
    """Return a key of `VERDICTS` for each run of the history, with the shape of its stack."""
    signs, shape = Signs(history), history.losses.shape[1:]
    found: Any = np.empty(shape, dtype=f"<U{max(map(len, VERDICTS))}")
    with np.errstate(all="ignore"):
        # From the weakest to the strongest, so that the first is written last.
        for verdict in reversed(VERDICTS.values()):
            found[np.broadcast_to(verdict.holds(signs), shape)] = verdict.key
    return found


def ranked(keys: Callable[[Verdict], bool]) -> tuple[str, ...]:
    """Return the keys of the verdicts for which `keys` holds, the best first."""
    chosen = [verdict for verdict in VERDICTS.values() if keys(verdict)]
    return tuple(v.key for v in sorted(chosen, key=lambda v: -v.rank))
