"""Copies of the app behind nginx on the loopback address, set up by .ci/deploy/blame.conf."""

from __future__ import annotations

import re
import shutil
import subprocess
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.browser.server import ROOT, Server, free_port, serve

CONF = ROOT / ".ci" / "deploy" / "blame.conf"
_FRAME = """
daemon off; master_process off; pid {home}/nginx.pid; error_log {home}/error.log;
events {{ worker_connections 4096; }}
http {{
    access_log off;
    client_body_temp_path {home}/body; proxy_temp_path {home}/proxy;
    fastcgi_temp_path {home}/fastcgi; uwsgi_temp_path {home}/uwsgi; scgi_temp_path {home}/scgi;
    include {home}/blame.conf;
}}
"""
START_TIMEOUT = 10.0


@dataclass(frozen=True)
class Site:
    """The address that readers use, and the processes behind it."""

    url: str
    copies: list[Server]


def nginx() -> str | None:
    """Return the path of nginx, or None where there is none."""
    return shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin:/usr/local/sbin")


@contextmanager
def site(copies: int) -> Iterator[Site]:
    """Run so many copies behind nginx until the block ends."""
    with ExitStack() as stack:
        servers = [stack.enter_context(serve()) for _ in range(copies)]
        home = Path(stack.enter_context(tempfile.TemporaryDirectory(ignore_cleanup_errors=True)))
        port = free_port()
        (home / "blame.conf").write_text(_with_ports(port, servers), encoding="utf-8")
        (home / "nginx.conf").write_text(_FRAME.format(home=home), encoding="utf-8")
        command = [str(nginx()), "-p", str(home), "-e", str(home / "error.log")]
        process = subprocess.Popen([*command, "-c", str(home / "nginx.conf")])
        stack.callback(_stop, process)
        url = f"http://127.0.0.1:{port}"
        _wait(url, process, home)
        yield Site(url, servers)


def _with_ports(port: int, servers: list[Server]) -> str:
    """Return the documented set-up with the addresses of this trial; nothing else is changed."""
    conf = CONF.read_text(encoding="utf-8")
    (line,) = {match[1] for match in re.finditer(r"server 127\.0\.0\.1:\d+ (.+);", conf)}
    named = "\n".join(f"server {server.url.removeprefix('http://')} {line};" for server in servers)
    conf = re.sub(r"( *server 127\.0\.0\.1:\d+ .+;\n)+", named + "\n", conf)
    return re.sub(r"listen \d+;", f"listen 127.0.0.1:{port};", conf)


def _wait(url: str, process: subprocess.Popen[bytes], home: Path) -> None:
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    until = time.monotonic() + START_TIMEOUT
    while time.monotonic() < until and process.poll() is None:
        try:
            with opener.open(f"{url}/_stcore/health", timeout=2):
                return
        except OSError:
            time.sleep(0.05)
    raise RuntimeError((home / "error.log").read_text(encoding="utf-8") or "nginx does not answer")


def _stop(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    process.wait(START_TIMEOUT)
