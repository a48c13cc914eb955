"""Servers and a browser for the tests in this folder; each test says which it wants."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.browser.chromium import missing, open_browser, open_context
from tests.browser.helpers import open_page, watch_console
from tests.browser.server import serve

HERE = Path(__file__).parent


def pytest_collection_modifyitems(items):
    for item in items:
        if item.path.is_relative_to(HERE):
            item.add_marker("browser")


# Package, not session: Playwright keeps an event loop running in this thread, which the tests of
# other folders must not meet.
@pytest.fixture(scope="package")
def browser():
    """A running Chromium."""
    if reason := missing():
        pytest.skip(reason)
    with open_browser() as browser:
        yield browser


@pytest.fixture(scope="package")
def server(browser):
    """The address of a server that has served a page before."""
    with serve() as server:
        context = open_context(browser)
        open_page(context.new_page(), server.url)
        context.close()
        yield server


@pytest.fixture
def fresh_server(browser):
    """A server that nobody has visited yet."""
    with serve() as server:
        yield server


@pytest.fixture
def context(browser):
    """A visitor's browser context, 1280 x 1000."""
    context = open_context(browser)
    yield context
    context.close()


@pytest.fixture
def page(context):
    """A page that keeps its console errors for `console_problems`."""
    page = context.new_page()
    watch_console(page)
    return page


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item, call):
    report = yield
    if report.failed:
        for name in ("fresh_server", "server"):
            if server := item.funcargs.get(name):
                report.sections.append((f"log of {name}", server.log()[-4000:]))
    return report
