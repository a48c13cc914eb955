"""What all tests share: skipping honestly, and never skipping where everything is required.

With BLAME_REQUIRE_ALL=1 a test that would be skipped, because a development tool or Chromium is
missing, fails instead. Only PyTorch is never required: it is too large to ask for.
"""

from __future__ import annotations

import os

import pytest

REQUIRE_ALL = os.environ.get("BLAME_REQUIRE_ALL") == "1"


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
