"""The steps of the Dockerfile, taken outside Docker: copy, install, start, ask if it is well."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from contextlib import ExitStack
from pathlib import Path

from tests.browser.server import ROOT, free_port

DOCKERFILE = ROOT / ".ci" / "deploy" / "Dockerfile"
PORT = "8501"
START_TIMEOUT = 60.0
KNOWN = ("FROM", "WORKDIR", "COPY", "RUN", "ENV", "USER", "EXPOSE", "HEALTHCHECK", "CMD")


def steps(text: str) -> list[tuple[str, str]]:
    """Return the instructions of a Dockerfile and what they are given."""
    lines = (line.strip() for line in text.splitlines())
    found = [
        (word, rest) for word, _, rest in (line.partition(" ") for line in lines) if word.isupper()
    ]
    if unknown := {word for word, _ in found} - set(KNOWN):
        raise ValueError(f"not tried yet: {', '.join(sorted(unknown))}")
    return found


def try_out() -> float:
    """Take every step in a folder and an environment of its own; return the seconds it took.

    Raises
    ------
    RuntimeError
        If a step fails or the app does not say that it is well.
    """
    begun = time.monotonic()
    with ExitStack() as stack:
        place = Path(stack.enter_context(tempfile.TemporaryDirectory(ignore_cleanup_errors=True)))
        app = place / "app"
        app.mkdir()
        _run([sys.executable, "-m", "venv", str(place / "venv")], app, os.environ.copy())
        environment = os.environ | {"PATH": f"{place / 'venv' / 'bin'}:{os.environ['PATH']}"}
        port = str(free_port())
        for word, rest in steps(DOCKERFILE.read_text(encoding="utf-8")):
            given = rest.replace(PORT, port)
            if word == "COPY":
                source, target = given.split()
                _copy(ROOT / source, app / target)
            elif word == "RUN":
                _run(["sh", "-c", given], app, environment)
            elif word == "ENV":
                name, _, value = given.partition("=")
                environment[name] = value
            elif word == "HEALTHCHECK":
                check = json.loads(given.removeprefix("CMD "))
            elif word == "CMD":
                process = subprocess.Popen(
                    json.loads(given), cwd=app, env=environment, stdout=subprocess.DEVNULL
                )
                stack.callback(process.wait, START_TIMEOUT)
                stack.callback(process.terminate)
        _until_well(check, app, environment)
    return time.monotonic() - begun


def _copy(source: Path, target: Path) -> None:
    if source.is_dir():
        shutil.copytree(source, target, ignore=shutil.ignore_patterns("__pycache__"))
    else:
        shutil.copy(source, target)


def _run(command: list[str], app: Path, environment: dict[str, str]) -> None:
    done = subprocess.run(command, cwd=app, env=environment, capture_output=True, text=True)
    if done.returncode:
        raise RuntimeError(f"{' '.join(command)} failed:\n{done.stderr[-2000:]}")


def _until_well(check: list[str], app: Path, environment: dict[str, str]) -> None:
    until = time.monotonic() + START_TIMEOUT
    while subprocess.run(check, cwd=app, env=environment, stderr=subprocess.DEVNULL).returncode:
        if time.monotonic() > until:
            raise RuntimeError("the app does not say that it is well")
        time.sleep(0.2)
