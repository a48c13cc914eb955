"""Try .ci/deploy and print what it holds: python -m tests.deploy [--only PART].

`copies` searches for the largest crowd that one and two processes behind nginx answer in time,
`killed` ends one of two in the middle, `docker` takes the Dockerfile's steps outside Docker.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import signal

from tests.benchmarks.load import SETTLE, largest
from tests.benchmarks.load.crowd import Crowd, Figures
from tests.benchmarks.load.visits import VISITS
from tests.deploy import container
from tests.deploy.proxy import Site, nginx, site

READERS = 24
"""How many read while one of two processes is ended."""
BEFORE, AFTER = 10.0, 20.0
PARTS = ("copies", "killed", "docker")


def main() -> None:
    """Try what was asked for."""
    parser = argparse.ArgumentParser(
        prog="python -m tests.deploy",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--only", choices=PARTS)
    parser.add_argument("--readers", type=int, default=READERS, help="for `killed`")
    given = parser.parse_args()
    for part in PARTS if given.only is None else (given.only,):
        if part == "docker":
            print(f"the Dockerfile's steps outside Docker: well after {container.try_out():.0f} s")
        elif nginx() is None:
            print(f"{part}: not tried. nginx is missing: apt-get install nginx-light")
        elif part == "copies":
            copies()
        else:
            with site(2) as running:
                before, after = asyncio.run(killed(running, given.readers))
            print(f"two processes, {given.readers} readers: {before}")
            print(f"one of them killed: {after}")


def copies() -> None:
    """Print how many readers one and two processes hold."""
    for count in (1, 2):
        with site(count) as running:
            held = asyncio.run(largest(running.url, VISITS, 40))
        print(f"{count} behind nginx: {held} readers, 95 of 100 changes answered within 0.5 s")


async def killed(running: Site, readers: int) -> tuple[Figures, Figures]:
    """Let a crowd read, end one process at once, and return what they met before and after."""
    crowd = Crowd(running.url, VISITS)
    await crowd.grow(readers)
    await asyncio.sleep(SETTLE)
    before = await crowd.watch(BEFORE)
    os.kill(running.copies[0].pid, signal.SIGKILL)
    after = await crowd.watch(AFTER)
    await crowd.leave()
    return before, after


if __name__ == "__main__":
    main()
