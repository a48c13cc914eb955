"""Print measurements as one table: python -m tests.benchmarks [--only PART]."""

from __future__ import annotations

import argparse

from tests.benchmarks import (
    browser,
    dragging,
    exercise,
    lab,
    load,
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
    "slow": slow.rows,
    "static": static.rows,
}
IN_BROWSER = ("browser", "dragging", "play", "slow", "static")
ON_REQUEST = ("play", "static")
"""What takes too long to be part of everything, or needs pieces from elsewhere."""


def main() -> None:
    """Measure what was asked for and print it."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks", description=__doc__)
    parser.add_argument("--only", choices=PARTS)
    only = parser.parse_args().only
    for name, rows in PARTS.items():
        if name != only and (only is not None or name in ON_REQUEST):
            continue
        if name in IN_BROWSER and (reason := missing()):
            print(f"{name}: not measured. {reason}")
            continue
        _print(rows())


def _print(rows: list[Row]) -> None:
    for row in rows:
        ratio = "-" if row.ratio is None else f"{row.ratio:.2f}"
        verdict = {True: "met", False: "MISSED", None: ""}[row.met]
        print(f"{row.what:<75}{row.ours:>12}{row.other:>9}{ratio:>8}  {row.goal:<13}{verdict}")


if __name__ == "__main__":
    main()
