"""Print measurements as one table: python -m tests.benchmarks [--only PART] [--minutes N]."""

from __future__ import annotations

import argparse
from collections.abc import Iterable

from tests.benchmarks import (
    browser,
    dragging,
    exercise,
    lab,
    load,
    long_hand,
    maths,
    play,
    server,
    slow,
    static,
)
from tests.benchmarks.row import Row
from tests.browser.chromium import missing

PARTS = {
    "maths": maths.rows,
    "lab": lab.rows,
    "server": server.rows,
    "exercise": exercise.rows,
    "browser": browser.rows,
    "dragging": dragging.rows,
    "load": load.rows,
    "play": play.rows,
    "hand": long_hand.rows,
    "slow": slow.rows,
    "static": static.rows,
}
IN_BROWSER = ("browser", "dragging", "play", "hand", "slow", "static")
ON_REQUEST = ("play", "hand", "static")
"""What takes too long to be part of everything, or needs pieces from elsewhere."""


def main() -> None:
    """Measure what was asked for and print it."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks", description=__doc__)
    parser.add_argument("--only", choices=PARTS)
    parser.add_argument(
        "--minutes", type=float, default=long_hand.MINUTES, help="how long the hand drags and plays"
    )
    asked = parser.parse_args()
    only = asked.only
    for name, rows in PARTS.items():
        if name != only and (only is not None or name in ON_REQUEST):
            continue
        if name in IN_BROWSER and (reason := missing()):
            print(f"{name}: not measured. {reason}")
            continue
        _print(rows(asked.minutes) if rows is long_hand.rows else rows())


def _print(rows: Iterable[Row]) -> None:
    for row in rows:
        ratio = "-" if row.ratio is None else f"{row.ratio:.2f}"
        verdict = {True: "met", False: "MISSED", None: ""}[row.met]
        told = f"{row.what:<75}{row.ours:>12}{row.other:>9}{ratio:>8}  {row.goal:<13}{verdict}"
        # Each as soon as it is known.
        print(told, flush=True)


if __name__ == "__main__":
    main()
