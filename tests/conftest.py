"""What all tests share: skipping honestly, and never skipping where everything is required.

With BLAME_REQUIRE_ALL=1 a test that would be skipped, because a development tool or Chromium is
missing, fails instead. Only PyTorch is never required: it is too large to ask for.
"""

from __future__ import annotations

import os
import sys
from importlib.util import find_spec

import pytest

REQUIRE_ALL = os.environ.get("BLAME_REQUIRE_ALL") == "1"


class _Missing:
    """Skips whatever imports a package of requirements-dev.txt that is not installed."""

    packages = frozenset(name for name in ("hypothesis", "autograd") if find_spec(name) is None)

    def find_spec(self, name, path=None, target=None):
        """Raise what skips the module that imports one of them; all else is found elsewhere."""
        if name in self.packages:
            reason = f"{name} is missing: pip install -r requirements-dev.txt"
            pytest.skip(reason, allow_module_level=True)


sys.meta_path.append(_Missing())


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
