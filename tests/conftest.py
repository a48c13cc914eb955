"""What all tests share: skipping honestly, and never skipping where everything is required.

With BLAME_REQUIRE_ALL=1 a test that would be skipped, because a development tool or Chromium is
missing, fails instead. Only PyTorch is never required: it is too large to ask for.
"""

from __future__ import annotations

import os
import sys
from importlib import import_module
from pathlib import Path

import pytest

REQUIRE_ALL = os.environ.get("BLAME_REQUIRE_ALL") == "1"


def pytest_addoption(parser):
    parser.addoption(
        "--static",
        action="store_true",
        help="let the browser tests visit the edition without a server (.ci/deploy/static)",
    )


LONG = ("static", "browser", "deploy", "fuzz", "mutation")
"""The rooms whose files take long, each begun before all the others where several work."""


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config, items):
    # Whoever has finished takes the next file: small ones at the end leave nobody idle for long.
    if hasattr(config, "workerinput"):
        rooms = {name: place for place, name in enumerate(LONG)}
        items.sort(key=lambda item: rooms.get(_room(item), len(LONG)))


def _room(item) -> str:
    return item.path.relative_to(Path(__file__).parent).parts[0]


def _is_missing(name: str) -> bool:
    try:
        import_module(name)
    except ModuleNotFoundError:
        return True
    return False


class _Missing:
    """Skips whatever imports a package of requirements-dev.txt that is not installed."""

    packages = frozenset(filter(_is_missing, ("hypothesis", "autograd")))

    def find_spec(self, name, path=None, target=None):
        """Raise what skips the module that imports one of them; all else is found elsewhere."""
        if name in self.packages:
            reason = f"{name} is missing: pip install -r requirements-dev.txt"
            pytest.skip(reason, allow_module_level=True)


sys.meta_path.append(_Missing())

if "hypothesis" not in _Missing.packages:
    from hypothesis import settings

    # The check says the same each time it is asked; who looks for new cases sets a seed.
    settings.register_profile("fixed", derandomize=True)
    settings.load_profile("fixed")


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_makereport(item, call):
    outcome = yield
    report = outcome.get_result()
    asked_for = item.get_closest_marker("torch") is None
    if REQUIRE_ALL and report.skipped and asked_for and not hasattr(report, "wasxfail"):
        report.outcome = "failed"
        report.longrepr = f"{item.nodeid} was skipped, but BLAME_REQUIRE_ALL=1: {report.longrepr}"


@pytest.hookimpl(hookwrapper=True)
def pytest_make_collect_report(collector):
    outcome = yield
    report = outcome.get_result()
    if REQUIRE_ALL and report.outcome == "skipped":
        report.outcome = "failed"
        reason = report.longrepr[-1]
        report.longrepr = f"{collector.nodeid} was skipped, but BLAME_REQUIRE_ALL=1: {reason}"
