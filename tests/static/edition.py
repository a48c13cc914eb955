"""Builds the static edition and serves it as a reader's host would: Python's own http.server."""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.browser.chromium import open_context
from tests.browser.server import free_port
from tests.static.place import BUILD

MISSING = 3
"""What the build returns when a piece cannot be had."""
PATIENCE = 45_000
"""Milliseconds: the first visit of a context starts Python, on a busy machine."""


class PieceMissingError(Exception):
    """A piece of the edition cannot be fetched here."""


@dataclass(frozen=True)
class Host:
    """What serves a folder, with all that a test of the server's asks of one."""

    url: str
    pid: int
    log_file: Path

    def log(self) -> str:
        """Return what was asked for, a line each."""
        return self.log_file.read_text(encoding="utf-8")


def built(out: Path, *options: str) -> str:
    """Build the edition into a folder, and return what the build says.

    Raises
    ------
    PieceMissingError
        If a piece cannot be had.
    """
    command = [sys.executable, str(BUILD), str(out), *options]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode == MISSING:
        raise PieceMissingError(done.stderr.strip())
    if done.returncode:
        raise RuntimeError(done.stderr)
    return done.stdout


@contextmanager
def hosted(folder: Path) -> Iterator[Host]:
    """Serve a folder until the block ends."""
    port = free_port()
    command = [sys.executable, "-m", "http.server", str(port), "--bind", "127.0.0.1"]
    command += ["--directory", str(folder)]
    with tempfile.TemporaryDirectory() as place:
        log_file = Path(place) / "asked.log"
        with (
            log_file.open("wb") as log,
            subprocess.Popen(command, stdout=log, stderr=log) as process,
        ):
            try:
                host = Host(f"http://127.0.0.1:{port}", process.pid, log_file)
                _wait(host.url)
                yield host
            finally:
                process.terminate()


def open_visitor(browser, **options):
    """Return a new context that waits until Python has started."""
    context = open_context(browser, **options)
    context.set_default_timeout(PATIENCE)
    return context


def wait_until_kept(page) -> None:
    """Wait until the browser has kept what the next visit needs."""
    page.wait_for_function("document.documentElement.dataset.kept === 'yes'")


def _wait(url: str) -> None:
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    until = time.monotonic() + 20
    while time.monotonic() < until:
        try:
            opener.open(url, timeout=2).close()
        except OSError:
            time.sleep(0.05)
        else:
            return
    raise RuntimeError("http.server does not answer")
