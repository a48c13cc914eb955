"""Start a Streamlit server of its own for a test or a measurement, and stop it again."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
APP = ROOT / "streamlit_app.py"
START_TIMEOUT = 60.0
STOP_TIMEOUT = 10.0
# Without a proxy: the server is on this very machine.
_OPENER = urllib.request.build_opener(urllib.request.ProxyHandler({}))


@dataclass(frozen=True)
class Server:
    """A running server: where it answers, its process, and where it writes its log."""

    url: str
    pid: int
    log_file: Path
    started: float
    """time.monotonic() just before the process was started."""

    def log(self) -> str:
        """Return what the server has written so far."""
        return self.log_file.read_text(encoding="utf-8", errors="replace")


@contextmanager
def serve(
    app: Path = APP,
    cwd: Path = ROOT,
    environment: Mapping[str, str] | None = None,
    port: int | None = None,
) -> Iterator[Server]:
    """Run `app` on a free port until the block ends; it is ready, and has had no visitor yet."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as home:
        log_file = Path(home) / "server.log"
        port = port or free_port()
        # A home of its own: the settings of whoever runs the tests must not matter.
        its_environment = {
            **os.environ,
            **(environment or {}),
            "HOME": home,
            "STREAMLIT_BROWSER_GATHER_USAGE_STATS": "false",
            "PYTHONUNBUFFERED": "1",
        }
        # As on a reader's machine, Python keeps what it has compiled.
        its_environment.pop("PYTHONDONTWRITEBYTECODE", None)
        command = [sys.executable, "-m", "streamlit", "run", str(app)]
        command += ["--server.port", str(port), "--server.headless", "true"]
        command += ["--server.address", "127.0.0.1"]
        started = time.monotonic()
        with log_file.open("wb") as log:
            process = subprocess.Popen(
                command,
                cwd=cwd,
                env=its_environment,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
            )
        try:
            server = Server(f"http://127.0.0.1:{port}", process.pid, log_file, started)
            _wait_until_healthy(server, process)
            yield server
        finally:
            _stop(process)


class Switch:
    """A server that can be switched off and on again, always at the same address."""

    def __init__(self) -> None:
        self._port = free_port()
        self._running = ExitStack()
        self._pid: int | None = None
        self.url = f"http://127.0.0.1:{self._port}"

    def on(self) -> None:
        """Start it and wait until it is ready."""
        self._pid = self._running.enter_context(serve(port=self._port)).pid

    def off(self) -> None:
        """Kill it, with all it knew of its visitors and without a goodbye to them."""
        if self._pid is not None:
            os.kill(self._pid, signal.SIGKILL)
            self._pid = None
        self._running.close()


def free_port() -> int:
    """Return a port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait_until_healthy(server: Server, process: subprocess.Popen[bytes]) -> None:
    # The health address opens no session, so the first visitor is still to come.
    while time.monotonic() - server.started < START_TIMEOUT:
        if process.poll() is not None:
            raise RuntimeError(
                f"the server stopped with code {process.returncode}:\n{server.log()}"
            )
        try:
            with _OPENER.open(f"{server.url}/_stcore/health", timeout=2) as answer:
                if answer.status == 200:
                    return
        except OSError:
            time.sleep(0.01)
    raise RuntimeError(f"no healthy server within {START_TIMEOUT:g} s:\n{server.log()}")


def _stop(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    try:
        process.wait(STOP_TIMEOUT)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait(STOP_TIMEOUT)
