"""Runs tests for a mutant in a fork of a process that has already imported the large libraries.

Started as a script in a copy of the tree, because what it imports must come from that copy. Reads
one job a line, as JSON, and answers each with a line. Time is counted in processor seconds, so
that a busy machine kills no mutant.
"""

from __future__ import annotations

import contextlib
import importlib
import json
import os
import resource
import signal
import sys
import tempfile
import time
import traceback
from pathlib import Path
from typing import Any

LARGE = (
    "numpy",
    "pytest",
    "hypothesis",
    "coverage",
    "streamlit.testing.v1",
    "plotly.graph_objects",
)
OPTIONS = ["-q", "-p", "no:cacheprovider", "--assert=plain", "--tb=no", "-o", "addopts="]
MEMORY = 6 << 30
"""Bytes; a mutant that asks for more fails."""
OVER = (signal.SIGXCPU, signal.SIGKILL)
"""What ends a process whose processor seconds have run out."""


def main() -> None:
    """Answer jobs until there are no more."""
    sys.path[0] = os.getcwd()
    sys.dont_write_bytecode = True
    # Told to end, it still stops its fork and puts the file back.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit())
    answers = os.fdopen(os.dup(1), "w")
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    for name in LARGE:
        with contextlib.suppress(ImportError):
            importlib.import_module(name)
    with contextlib.suppress(ImportError):
        _settle_hypothesis()
    for line in sys.stdin:
        print(json.dumps(_do(json.loads(line))), file=answers, flush=True)


def _settle_hypothesis() -> None:
    from hypothesis import Phase, settings

    # The same examples each time, and no search for the smallest one: that it fails is enough.
    phases = (Phase.explicit, Phase.generate)
    settings.register_profile("mutation", derandomize=True, deadline=None, phases=phases)
    settings.load_profile("mutation")


def _do(job: dict[str, Any]) -> dict[str, Any]:
    """Change the file, run the tests in a fork, and put the file back whatever happens."""
    with tempfile.NamedTemporaryFile("r", suffix=".json") as answer:
        path = Path(job["path"]) if "path" in job else None
        original = path.read_bytes() if path else b""
        try:
            if path:
                path.write_text(job["source"], encoding="utf-8")
            if not (child := os.fork()):
                _be_child(job, answer.name)
            over = _wait(child, job["wall"])
        finally:
            if path:
                path.write_bytes(original)
        said = answer.read()
    return json.loads(said) if said and not over else {"outcome": "time" if over else "failed"}


def _wait(child: int, wall: float) -> bool:
    """Wait for the child and whatever it started; return whether its time ran out."""
    ends = time.monotonic() + wall
    ended = status = 0
    try:
        while not ended and time.monotonic() < ends:
            time.sleep(0.005)
            ended, status = os.waitpid(child, os.WNOHANG)
    finally:
        # Before it has a group of its own there is nothing but the child itself to stop.
        for stop in (os.killpg, os.kill):
            with contextlib.suppress(ProcessLookupError):
                stop(child, signal.SIGKILL)
        if not ended:
            os.waitpid(child, 0)
    return not ended or (os.WIFSIGNALED(status) and os.WTERMSIG(status) in OVER)


def _be_child(job: dict[str, Any], answer: str) -> None:
    code: dict[str, Any] = {"outcome": "failed"}
    try:
        os.setsid()
        null = os.open(os.devnull, os.O_RDWR)
        for stream in (0, 1, 2):
            os.dup2(null, stream)
        cpu = int(job["cpu"]) + 1
        resource.setrlimit(resource.RLIMIT_CPU, (cpu, cpu + 1))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
        code = _map(job) if "map" in job else _run(job)
    except BaseException:
        code["error"] = traceback.format_exc()
    finally:
        Path(answer).write_text(json.dumps(code), encoding="utf-8")
        os._exit(0)


class _Chosen:
    """Keeps the chosen tests in the order asked for, and remembers which one failed."""

    def __init__(self, names: list[str]) -> None:
        self.order = {name: place for place, name in enumerate(names)}
        self.by: str | None = None

    def pytest_collection_modifyitems(self, items: list[Any]) -> None:
        there = {item.nodeid for item in items}
        # A mutant may rename a parametrised test: then any of its kind stands for it.
        gone = {name.partition("[")[0]: p for name, p in self.order.items() if name not in there}
        places = {
            item: self.order.get(item.nodeid, gone.get(item.nodeid.partition("[")[0]))
            for item in items
        }
        items[:] = sorted((i for i in items if places[i] is not None), key=lambda i: places[i])

    def pytest_runtest_logreport(self, report: Any) -> None:
        if report.failed and self.by is None:
            self.by = report.nodeid


def _run(job: dict[str, Any]) -> dict[str, Any]:
    import pytest

    chosen = _Chosen(job["tests"])
    files = dict.fromkeys(name.partition("::")[0] for name in job["tests"])
    code = pytest.main([*OPTIONS, "-x", *files], plugins=[chosen])
    # No test left to run (5) notices nothing; whatever else goes wrong, the mutant did.
    passed = code in (pytest.ExitCode.OK, pytest.ExitCode.NO_TESTS_COLLECTED)
    return {"outcome": "passed" if passed else "failed", "by": chosen.by}


class _Mapper:
    """Follows which lines each test runs, how long it takes and whether it passes."""

    def __init__(self, coverage: Any) -> None:
        self.coverage = coverage
        self.tests: dict[str, dict[str, Any]] = {}
        self.began = 0.0

    def pytest_make_collect_report(self, collector: Any) -> None:
        # What a test file works out as it is imported serves all of its tests.
        self.coverage.switch_context(collector.nodeid.partition("::")[0])

    def pytest_runtest_logstart(self, nodeid: str) -> None:
        self.clear()
        self.coverage.switch_context(nodeid)
        self.tests[nodeid] = {"passed": True, "skipped": False, "lines": {}}
        self.began = sum(os.times()[:4])

    def pytest_runtest_logreport(self, report: Any) -> None:
        self.tests[report.nodeid]["passed"] &= not report.failed
        self.tests[report.nodeid]["skipped"] |= report.skipped

    def pytest_runtest_logfinish(self, nodeid: str) -> None:
        self.tests[nodeid]["seconds"] = round(sum(os.times()[:4]) - self.began, 3)
        self.coverage.switch_context("")

    def clear(self) -> None:
        """Empty the app's own caches: a test that is served from one must be seen to use it."""
        for name, module in list(sys.modules.items()):
            if name.partition(".")[0] in self.ours:
                for thing in list(vars(module).values()):
                    if hasattr(thing, "cache_clear"):
                        thing.cache_clear()

    ours: frozenset[str] = frozenset()


def _map(job: dict[str, Any]) -> dict[str, Any]:
    import coverage
    import pytest

    here = os.getcwd()
    measured = coverage.Coverage(
        data_file=None, config_file=False, include=[f"{here}/{name}" for name in job["sources"]]
    )
    measured.start()
    # Imported here, what runs on import belongs to no test.
    for name in job["sources"]:
        with contextlib.suppress(Exception):
            importlib.import_module(name.removesuffix(".py").replace("/", "."))
    mapper = _Mapper(measured)
    mapper.ours = frozenset(name.partition("/")[0] for name in job["sources"])
    pytest.main([*OPTIONS, job["map"]], plugins=[mapper])
    measured.stop()
    data = measured.get_data()
    for path in data.measured_files():
        name = os.path.relpath(path, here)
        for line, contexts in data.contexts_by_lineno(path).items():
            for context in contexts:
                tests = [context] if "::" in context else mapper.tests if context else ()
                for test in tests:
                    if test in mapper.tests:
                        mapper.tests[test]["lines"].setdefault(name, []).append(line)
    return {"outcome": "passed", "tests": mapper.tests}


if __name__ == "__main__":
    main()
