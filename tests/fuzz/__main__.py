"""`python -m tests.fuzz --links 10000 --sequences 300`: open links and use pages at random."""

from __future__ import annotations

import argparse
import logging
import time
from collections.abc import Callable

from streamlit import config

from tests.fuzz.clicking import use
from tests.fuzz.links import make_link
from tests.fuzz.opening import open_link, read_alone

MOST_SHOWN = 40


def main() -> None:
    """Run, print what fails as it fails, and a summary at the end."""
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz", description=__doc__)
    parser.add_argument("--links", type=int, default=1000, help="links, over all pages in turn")
    parser.add_argument("--sequences", type=int, default=100, help="sequences of 12 uses each")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--first", type=int, default=0, help="the number of the first of each")
    given = parser.parse_args()
    logging.disable(logging.CRITICAL)
    # The app shows readers no details of an error; here they are wanted.
    config.set_option("client.showErrorDetails", "full")
    seed, first = given.seed, given.first

    def link(number: int) -> list[str]:
        made = make_link(seed, number)
        found = read_alone(made) + open_link(made)
        return [*found, f"{made.page}?{made.query[:2000]}"] if found else []

    bad = _many("link", given.links, seed, first, link)
    bad += _many("sequence", given.sequences, seed, first, lambda number: use(seed, number))
    raise SystemExit(1 if bad else 0)


def _many(what: str, count: int, seed: int, first: int, check: Callable[[int], list[str]]) -> int:
    began, bad, slowest = time.monotonic(), 0, (0.0, first)
    for number in range(first, first + count):
        at = time.monotonic()
        found = check(number)
        slowest = max(slowest, (time.monotonic() - at, number))
        if found:
            bad += 1
            if bad <= MOST_SHOWN:
                print(f"{what} {number} of seed {seed}:", *found, sep="\n  ", flush=True)
        if (number - first + 1) % 1000 == 0:
            print(f"... {number - first + 1} {what}s, {bad} failed", flush=True)
    took = time.monotonic() - began
    print(
        f"{count} {what}s of seed {seed}: {bad} failed, {took:.0f} s; "
        f"the slowest, {slowest[1]}, {slowest[0]:.1f} s",
        flush=True,
    )
    return bad


if __name__ == "__main__":
    main()
